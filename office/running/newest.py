"""The newest days for a case before its next act, where a load did not touch it when it came."""

from sqlalchemy.orm import Session

from domain.case.facts import LawRevised
from law import files as lawfiles
from law.files import JURISDICTION
from office.legal_time import legal_now
from register.reads.queries import CaseRow
from register.reads.touched import behind


def lacking(session: Session, row: CaseRow) -> LawRevised | None:
    """What the case has to be sent before it may count on."""
    year = legal_now(row.clock_offset).year
    fallback = lawfiles.load_calendar(JURISDICTION)
    return behind(session, row.line.id, row.line.organ, row.start_input, fallback, year)
