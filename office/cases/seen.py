"""A case as somebody may see it, from the register alone."""

from sqlalchemy.orm import Session

from domain.case.reading import CasePart, Viewer
from office.access.reading import sight_in
from office.cases.record import Record, as_seen, record_of


def seen_case(session: Session, who: Viewer, case: str) -> Record:
    """The case by id, without the applicant, who is read apart. InputError(unknown_case),
    Refusal(case_not_visible): for whoever asks to put on record; Unreachable(key_…)."""
    sight = sight_in(session, who, CasePart.PAGE, case)
    return as_seen(record_of(session, case), sight)
