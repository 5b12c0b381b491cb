"""Asking a case what it knows: its view, from its run."""

import asyncio
from datetime import UTC, datetime, timedelta
from time import monotonic

from temporalio.client import (
    WorkflowHandle,
    WorkflowQueryFailedError,
)
from temporalio.service import RPCError, RPCStatusCode

from domain.errors import Code, Unreachable
from office.desk import Desk
from office.running.runs import ensure_run
from workflows.messages import WITHOUT_A_TASK, CaseView

AT_ONCE = 20
"""Questions in flight; more only wait in the engine."""

ASK_AGAIN = 0.05
"""Seconds until a run that could not answer yet is asked again."""


async def case_view(
    desk: Desk, case: str, *, start: bool = True, within: timedelta | None = None
) -> CaseView:
    """The case as its workflow knows it now; `start`: give it a run when it has none.

    Raises InputError(unknown_case) and Unreachable(case_unanswered, engine_…).
    """
    client = await desk.client()
    handle = client.get_workflow_handle(case)
    for last in (not start, True):
        try:
            return await asked(desk, handle, within)
        except WorkflowQueryFailedError as error:
            raise Unreachable(Code.CASE_UNANSWERED, case=case, detail=error) from error
        except RPCError as error:
            if error.status is RPCStatusCode.NOT_FOUND and not last:
                await ensure_run(desk, case)
                continue
            raise Unreachable(Code.CASE_UNANSWERED, case=case, detail=error.message) from error
    raise AssertionError


async def asked(
    desk: Desk, handle: WorkflowHandle[object, object], within: timedelta | None = None
) -> CaseView:
    """The answer of a run; one that goes on in a new run this moment is asked until that begins,
    one that has yet to take in what happened, until it has.

    Raises RPCError and WorkflowQueryFailedError.
    """
    end = monotonic() + (within or desk.remaining).total_seconds()
    while True:
        try:
            left = timedelta(seconds=max(0.2, end - monotonic()))
            found: CaseView = await handle.query(
                "view", datetime.now(UTC), result_type=CaseView, rpc_timeout=left
            )
            return found
        except RPCError as error:
            if error.status is not RPCStatusCode.FAILED_PRECONDITION or monotonic() >= end:
                raise
        except WorkflowQueryFailedError as error:
            if WITHOUT_A_TASK not in str(error) or monotonic() >= end:
                raise
        await asyncio.sleep(ASK_AGAIN)
