"""The newest days for a case before its next act, where a load did not touch it when it came."""

from typing import TYPE_CHECKING

from sqlalchemy.orm import Session
from temporalio.client import WorkflowUpdateFailedError
from temporalio.service import RPCError

from domain.case.facts import LawRevised
from law import files as lawfiles
from office.legal_time import legal_now
from office.running.sending import update
from register.reads.queries import CaseRow
from register.reads.touched import behind
from workflows.messages import ActAnswer
from workflows.sending import revision_of

if TYPE_CHECKING:
    from office.desk import Desk

from law.files import JURISDICTION


def lacking(session: Session, row: CaseRow) -> LawRevised | None:
    """What the case has to be sent before it may count on."""
    year = legal_now(row.clock_offset).year
    fallback = lawfiles.load_calendar(JURISDICTION)
    return behind(session, row.line.id, row.line.organ, row.start_input, fallback, year)


async def bring(desk: "Desk", case: str, fact: LawRevised) -> ActAnswer | None:
    """Send it; None where the case would not take it: the act goes on by the days it has."""
    command = f"newest:{fact.version}"
    revision = revision_of(fact, command)
    try:
        return await update(desk, case, revision, f"{command}:{case}", desk.remaining / 2)
    except (WorkflowUpdateFailedError, RPCError):
        return None
