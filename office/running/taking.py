"""An act taken to its case: the case's answer, or its no and the engine's errors in our words."""

import contextlib
from collections.abc import Iterator

from temporalio.client import (
    WorkflowUpdateFailedError,
    WorkflowUpdateRPCTimeoutOrCancelledError,
)
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError, RPCStatusCode

from domain.case.act import Act
from domain.errors import Code, Refusal, Unreachable, YishenError
from office.desk import Desk
from office.running.runs import from_record
from office.running.sending import update
from office.running.workers import worker_alive
from workflows.messages import ActAnswer

LOST = (RPCStatusCode.UNAVAILABLE, RPCStatusCode.DEADLINE_EXCEEDED, RPCStatusCode.CANCELLED)


async def taken(desk: Desk, case: str, act: Act) -> ActAnswer:
    """The answer; a case registered before there were limits of remedies takes them up first."""
    try:
        return await _answer(desk, case, act)
    except Refusal as no:
        if no.code is not Code.REMEDY_LAW_MISSING:
            raise
    start = await from_record(desk, case)
    lacks = start.carried.revision if start.carried else None
    if lacks is not None:
        with contextlib.suppress(WorkflowUpdateFailedError, RPCError):
            await update(desk, case, lacks, f"{lacks.command_id}:{case}", desk.remaining / 2)
    return await _answer(desk, case, act)


async def _answer(desk: Desk, case: str, act: Act) -> ActAnswer:
    client = await desk.client()
    try:
        with _mapped(desk, act.command_id):
            # The engine answers a known update id without asking the case: with the digest in the
            # id, another act under the same command id still reaches the case and is refused there.
            return await update(desk, case, act, f"{act.command_id}:{act.digest}")
    except Unreachable as error:
        if error.code is Code.ACT_UNANSWERED and not await worker_alive(client):
            raise Unreachable(Code.NO_WORKER, command_id=act.command_id) from error
        raise


@contextlib.contextmanager
def _mapped(desk: Desk, command_id: str) -> Iterator[None]:
    """The engine's errors in our words."""
    seconds = f"{desk.settings.timeout:g}"
    unanswered = Unreachable(Code.ACT_UNANSWERED, command_id=command_id, seconds=seconds)
    try:
        yield
    except WorkflowUpdateFailedError as error:
        raise refusal(error.cause) from error
    except WorkflowUpdateRPCTimeoutOrCancelledError as error:
        raise unanswered from error
    except RPCError as error:
        if error.status not in LOST:
            raise Unreachable(Code.ACT_FAILED, detail=error.message) from error
        raise unanswered from error


def refusal(cause: BaseException | None) -> YishenError:
    """The no of a case, from the engine's error: by its type, never by its words; of the class
    of its code."""
    if not isinstance(cause, ApplicationError):
        return Unreachable(Code.ACT_FAILED, detail=cause)
    if cause.type not in set(Code):
        return Unreachable(Code.ACT_FAILED, detail=cause.message)
    details = cause.details[0] if cause.details else {}
    return Code(cause.type).of(details.get("article"), **(details.get("params") or {}))
