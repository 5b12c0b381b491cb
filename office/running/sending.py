"""An update on its way to a case, whatever becomes of the case's run in that second.

A run ends, rests, goes on in a new one or is not there at all: the engine then says that there is
nothing, or that the update was dropped. The update is sent again under its own id, together with a
new run from the record where there is none; what was taken once is not taken twice.
"""

import asyncio
from datetime import timedelta
from time import monotonic
from uuid import uuid4

from temporalio.client import WithStartWorkflowOperation, WorkflowUpdateFailedError
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError, RPCStatusCode

from domain.case.act import Act
from domain.case.facts import LawRevised
from office.desk import Desk
from office.running.runs import WORKFLOW, attributes, from_record, start_run
from workflows.messages import TASK_QUEUE, ActAnswer, CaseInput, Revision, SentAct
from workflows.sending import name_of, revision_of, send

GONE = (RPCStatusCode.NOT_FOUND, RPCStatusCode.ABORTED)
"""No run, or one that closed while it had the update before it."""

ENDED_UNDER_IT = "AcceptedUpdateCompletedWorkflow"
"""The engine's word for an update that a run accepted and never answered."""

PAUSE = 0.05


async def update(
    desk: Desk, case: str, what: Act | Revision, update_id: str, within: timedelta | None = None
) -> ActAnswer:
    """Send an act or a revision; its answer, `repeated` also where the engine gave the one of an
    earlier sending.

    Raises WorkflowUpdateFailedError (the case's no), WorkflowUpdateRPCTimeoutOrCancelledError,
    RPCError, InputError(unknown_case), Unreachable.
    """
    client = await desk.client()
    sending = uuid4().hex if isinstance(what, Act) else None
    if isinstance(what, Act):
        what = SentAct(**dict(what), sending=sending)
    end = monotonic() + (within or desk.remaining).total_seconds()
    start: CaseInput | None = None
    while True:
        left = timedelta(seconds=max(0.2, end - monotonic()))
        try:
            if start is None:
                answer = await send(client, case, what, update_id, left)
            else:
                answer = await client.execute_update_with_start_workflow(
                    name_of(what),
                    what,
                    start_workflow_operation=_start(start),
                    id=update_id,
                    result_type=ActAnswer,
                    rpc_timeout=left,
                )
            if answer.sending == sending:
                return answer
            return answer.model_copy(update={"repeated": True})
        except RPCError as error:
            if error.status not in GONE or monotonic() >= end:
                raise
        except WorkflowUpdateFailedError as error:
            cause = error.cause
            ended = isinstance(cause, ApplicationError) and cause.type == ENDED_UNDER_IT
            if not ended or monotonic() >= end:
                raise
        if start is not None:
            await asyncio.sleep(PAUSE)
        start = await _without_run(desk, case)


async def _without_run(desk: Desk, case: str) -> CaseInput | None:
    """What to start the case with. None: it had no run yet, and has its first now."""
    start = await from_record(desk, case)
    if start.carried is None:
        await start_run(desk, start)
        return None
    return start


def _start(start: CaseInput) -> WithStartWorkflowOperation[object, object]:
    """A run that gets the update in its first task; where one runs, that one gets it."""
    return WithStartWorkflowOperation(
        WORKFLOW,
        start,
        id=start.id,
        task_queue=TASK_QUEUE,
        id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
        id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
        search_attributes=attributes(start),
    )


async def bring(desk: Desk, case: str, fact: LawRevised) -> ActAnswer | None:
    """Send the newest days; None where the case would not take them: the act goes on by those it
    has."""
    command = f"newest:{fact.version}"
    revision = revision_of(fact, command)
    try:
        return await update(desk, case, revision, f"{command}:{case}", desk.remaining / 2)
    except (WorkflowUpdateFailedError, RPCError):
        return None
