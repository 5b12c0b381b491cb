"""Giving a case its run: the first, one that a crash left out, or a new one from the record."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy.orm import Session
from temporalio.common import (
    SearchAttributePair,
    TypedSearchAttributes,
    WorkflowIDConflictPolicy,
    WorkflowIDReusePolicy,
)
from temporalio.exceptions import WorkflowAlreadyStartedError
from temporalio.service import RPCError

from domain.case.status import status
from domain.case.summary import Status
from domain.errors import Code, Unreachable
from office.desk import Desk
from office.running.catching_up import missed
from office.running.reopening import rebuilt, reopening
from register.reads import queries
from register.writes.outbox import pending_notices
from register.writes.requests import mark_started, requests_without_run
from workflows.attributes import CASE_STATUS, REQUEST_NO, STATUTE
from workflows.messages import TASK_QUEUE, CaseInput

WORKFLOW = "CaseWorkflow"


async def start_run(
    desk: Desk, start: CaseInput, *, again: bool = False, instead: bool = False
) -> bool:
    """Start the case and note that in its row; False: it runs already, which is fine.

    `again` only for a case rebuilt from the record: nothing else may reuse the id of a run that
    came to its end. One that failed or was broken off with nothing on record may begin anew.
    `instead`: in place of a run that is there and not what the record says.
    Raises Unreachable(registered_not_started).
    """
    client = await desk.client()
    policy, conflict = WorkflowIDReusePolicy, WorkflowIDConflictPolicy
    started = True
    try:
        await client.start_workflow(
            WORKFLOW,
            start,
            id=start.id,
            task_queue=TASK_QUEUE,
            id_reuse_policy=policy.ALLOW_DUPLICATE
            if again or instead
            else policy.ALLOW_DUPLICATE_FAILED_ONLY,
            id_conflict_policy=conflict.TERMINATE_EXISTING if instead else conflict.FAIL,
            search_attributes=attributes(start),
            rpc_timeout=desk.remaining,
        )
    except WorkflowAlreadyStartedError:
        started = False
    except RPCError as error:
        raise Unreachable(
            Code.REGISTERED_NOT_STARTED,
            number=start.number,
            command_id=start.command_id,
            detail=error.message,
        ) from error
    at = datetime.now(UTC)
    await desk.write(lambda session: mark_started(session, start.id, at))
    return started


async def ensure_run(desk: Desk, case: str) -> None:
    """A run for a registered case that has none. InputError(unknown_case).

    No event yet: its first run. Events on record: its run is over (or was lost with the
    engine's data) and it goes on from the record.
    """
    start = await from_record(desk, case)
    await start_run(desk, start, again=start.carried is not None)


async def from_record(desk: Desk, case: str) -> CaseInput:
    """The input of a run of the case, carried from its record where it has any events; one whose
    past is not all on record moves in again. InputError(unknown_case)."""

    def query(session: Session) -> CaseInput:
        row = queries.case(session, case)
        start = CaseInput.model_validate(row.start_input)
        events = queries.events(session, case)
        if not events or (start.history and events[-1].moved_in_by):
            return start  # what is on record of its past comes out the same
        state = rebuilt(start, events)
        waiting = len(pending_notices(session, case))
        return reopening(start, state, missed(session, state), waiting)

    return await desk.read(query)


async def start_missing(desk: Desk, limit: int = 100) -> list[str]:
    """Start the registered cases the engine never took over, oldest first; their ids."""
    waiting = await desk.read(lambda session: requests_without_run(session, limit))
    for request in waiting:
        await start_run(desk, CaseInput.model_validate(request.start_input))
    return [request.id for request in waiting]


def attributes(start: CaseInput) -> TypedSearchAttributes:
    """What the engine's lists show of a case from its first moment."""
    now = status(start.carried.state) if start.carried else Status.REGISTERED
    pairs: list[SearchAttributePair[Any]] = [
        SearchAttributePair(CASE_STATUS, now.value),
        SearchAttributePair(STATUTE, start.law.statute.id),
        SearchAttributePair(REQUEST_NO, start.number),
    ]
    return TypedSearchAttributes(pairs)
