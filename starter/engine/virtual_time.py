"""Jump a case forward in virtual time; for the engines of demo and tests only.

The server has to allow it (`time_skipping=True`), and the case has to be started through
`skipper(client).client`, with skipping off until `fast_forward` is called.
"""

import asyncio
import uuid
from datetime import timedelta
from typing import Any

from temporalio.client import Client, WorkflowHandle
from temporalio.service import RPCError
from temporalio.testing import TimeSkipper, TimeSkippingConfig

from domain.errors import Code, Unreachable

# The server ends a fast-forward without an error at 200 timers crossed unless told otherwise.
MAX_SKIPS = 10_000
WITHIN = timedelta(seconds=60)


def skipper(client: Client) -> TimeSkipper:
    """A skipper whose `.client` starts workflows in real time that can be jumped later."""
    config = TimeSkippingConfig(enabled=False, max_session_skip_count=MAX_SKIPS)
    return TimeSkipper(client, config=config)


async def fast_forward(
    client: Client,
    handle: WorkflowHandle[Any, Any],
    duration: timedelta,
    *,
    within: timedelta = WITHIN,
) -> None:
    """Advance the workflow's clock by `duration`, firing its timers on the way.

    Needs a running worker. Raises Unreachable(time_skip_failed) when the jump ends early (the
    workflow ended, too many timers, the server doesn't skip) or takes longer than `within`.
    """
    try:
        async with asyncio.timeout(within.total_seconds()):
            arrived = await skipper(client).fast_forward(handle, duration)
    except TimeoutError as error:
        # The usual reason: no worker takes the workflow's tasks.
        raise _failed(handle, duration, "timeout") from error
    except RPCError as error:
        raise _failed(handle, duration, error.message) from error
    if not arrived:
        raise _failed(handle, duration, "ended early")


def _failed(handle: WorkflowHandle[Any, Any], duration: timedelta, why: str) -> Unreachable:
    return Unreachable(Code.TIME_SKIP_FAILED, workflow=handle.id, duration=duration, detail=why)


async def has_time_skipping(client: Client) -> bool:
    """Whether the server takes and keeps a time-skipping setting; needs no worker.

    Servers before the feature ignore the field, servers with the flag off refuse it.
    """
    probe = skipper(client)
    try:
        handle = await probe.client.start_workflow(
            "time-skipping-probe", id=f"probe-{uuid.uuid4()}", task_queue="time-skipping-probe"
        )
    except RPCError:
        return False
    try:
        return await probe.get_time_skipping_info(handle) is not None
    finally:
        await handle.terminate("probe")
