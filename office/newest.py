"""The newest days for a case before its next act, where a load did not touch it when it came."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session
from temporalio.client import WorkflowUpdateFailedError
from temporalio.service import RPCError

from domain.case.facts import LawRevised
from domain.values import OFFICE_ZONE
from law import files as lawfiles
from office.sending import update
from register.reads.queries import CaseRow
from register.reads.touched import behind
from workflows.messages import ActAnswer, Revision

if TYPE_CHECKING:
    from office.desk import Desk

JURISDICTION = "cn"


def lacking(session: Session, row: CaseRow) -> LawRevised | None:
    """What the case has to be sent before it may count on."""
    offset = timedelta(seconds=row.clock_offset)
    year = (datetime.now(OFFICE_ZONE) + offset).year
    fallback = lawfiles.load_calendar(JURISDICTION)
    return behind(session, row.line.id, row.line.organ, row.start_input, fallback, year)


async def bring(desk: "Desk", case: str, fact: LawRevised) -> ActAnswer | None:
    """Send it; None where the case would not take it: the act goes on by the days it has."""
    revision = Revision(
        command_id=f"newest:{fact.version}",
        calendar=fact.calendar,
        closures=fact.closures,
        edition=fact.edition,
        version=fact.version,
    )
    try:
        return await update(
            desk, case, revision, f"newest:{fact.version}:{case}", desk.remaining / 2
        )
    except (WorkflowUpdateFailedError, RPCError):
        return None
