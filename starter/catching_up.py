"""A case that comes back after years takes up what its first run could not know: the calendar of
the years since, and the limits of remedies where it was registered before there were any."""

from datetime import datetime, timedelta

import structlog
from sqlalchemy.orm import Session
from temporalio.client import WorkflowUpdateFailedError
from temporalio.service import RPCError

from domain.case.facts import LawRevised
from domain.case.state import CaseState
from domain.remedies.law import OrganProfile
from domain.values import OFFICE_ZONE
from register import queries
from register.calendars import standing
from register.touched import slice_for
from starter import lawfiles
from starter.desk import Desk
from starter.remedylaw import load_remedy_law
from workflows.messages import ActAnswer, CaseInput, Revision

JURISDICTION = "cn"

log = structlog.get_logger()


async def catch_up(desk: Desk, start: CaseInput) -> None:
    """Send the case what it lacks; a case that would not take it goes on by what it has."""
    if start.carried is None:
        return
    state = start.carried.state
    fact = await desk.read(lambda session: _lacks(session, state))
    if fact is None:
        return
    revision = Revision(
        command_id=f"reopened:{state.seq}", **{n: getattr(fact, n) for n in REVISED}
    )
    client = await desk.client()
    try:
        await client.get_workflow_handle(start.id).execute_update(
            "revise",
            revision,
            id=f"reopened:{state.seq}:{start.id}",
            result_type=ActAnswer,
            rpc_timeout=desk.remaining / 2,
        )
    except (WorkflowUpdateFailedError, RPCError) as error:
        log.warning("law_not_taken", case=start.id, why=str(error))


REVISED = ("calendar", "closures", "edition", "remedies", "ladder")


def _lacks(session: Session, state: CaseState) -> LawRevised | None:
    law = state.law
    days = standing(session)
    year = (datetime.now(OFFICE_ZONE) + timedelta(seconds=state.clock_offset)).year
    calendar = slice_for(
        days.calendar or lawfiles.load_calendar(JURISDICTION), law.calendar.years, year
    )
    newer = calendar.digest != law.calendar.digest
    if not newer and law.remedies is not None:
        return None
    profiles = {line.id: line.profile for line in queries.organs(session)}
    profile = profiles.get(state.organ, OrganProfile())
    fresh = law.remedies is None
    return LawRevised(
        calendar=calendar if newer else None,
        closures=days.of(state.organ) if newer else None,
        edition=days.edition if newer and days.edition > law.edition else None,
        remedies=load_remedy_law(profile, JURISDICTION) if fresh else None,
        ladder=lawfiles.load_ladder() if fresh else None,
    )
