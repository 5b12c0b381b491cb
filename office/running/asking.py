"""Asking a case what it knows: its view, from its run."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import TypeVar

from temporalio.client import (
    WorkflowHandle,
    WorkflowQueryFailedError,
)
from temporalio.common import QueryRejectCondition
from temporalio.service import RPCError, RPCStatusCode

from domain.errors import Code, Unreachable
from office.desk import Desk
from office.running.runs import ensure_run
from register.reads import queries
from workflows.messages import WITHOUT_A_TASK, CaseStand, CaseView

AnswerT = TypeVar("AnswerT", CaseView, CaseStand)

CUT_OFF = QueryRejectCondition.NOT_COMPLETED_CLEANLY
"""Terminated, failed, timed out, cancelled: no case ends so."""

AT_ONCE = 20
"""Questions in flight; more only wait in the engine."""

ASK_AGAIN = 0.05
"""Seconds until a run that could not answer yet is asked again."""


async def case_view(
    desk: Desk, case: str, *, start: bool = True, within: timedelta | None = None
) -> CaseView:
    """The case as its workflow knows it now; `start`: give it a run when it has none.

    Raises InputError(unknown_case), Refusal(words_destroyed) and Unreachable(case_unanswered,
    engine_…, key_…).
    """
    client = await desk.client()
    handle = client.get_workflow_handle(case)
    for last in (not start, True):
        try:
            return await asked(desk, handle, within)
        except Unreachable as error:
            if error.code is Code.KEY_MISSING:  # a case that nobody registered has no key either
                await desk.read(lambda session: queries.case(session, case))
            raise
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
    return await _patiently(desk, handle, "view", CaseView, [datetime.now(UTC)], within=within)


async def stand(desk: Desk, handle: WorkflowHandle[object, object]) -> CaseStand:
    """As `asked`, in short. WorkflowQueryRejectedError: the run was cut off, by no decision of its
    own; it would answer all the same, from its history."""
    return await _patiently(desk, handle, "stand", CaseStand, [], refused=CUT_OFF)


async def _patiently(
    desk: Desk,
    handle: WorkflowHandle[object, object],
    question: str,
    form: type[AnswerT],
    given: Sequence[object],
    *,
    within: timedelta | None = None,
    refused: QueryRejectCondition | None = None,
) -> AnswerT:
    end = monotonic() + (within or desk.remaining).total_seconds()
    while True:
        try:
            left = timedelta(seconds=max(0.2, end - monotonic()))
            found: AnswerT = await handle.query(
                question,
                args=given,
                result_type=form,
                reject_condition=refused,
                rpc_timeout=left,
            )
            return found
        except RPCError as error:
            if error.status is not RPCStatusCode.FAILED_PRECONDITION or monotonic() >= end:
                raise
        except WorkflowQueryFailedError as error:
            if WITHOUT_A_TASK not in str(error) or monotonic() >= end:
                raise
        await asyncio.sleep(ASK_AGAIN)
