"""A loaded calendar on its way to the open cases."""

import asyncio
from collections.abc import AsyncIterator
from time import monotonic
from typing import Any

from temporalio.client import WorkflowQueryFailedError
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.service import RPCError

from domain.errors import Code, Unreachable
from office.desk import Desk
from workflows.messages import TASK_QUEUE, RevisionProgress, RevisionStart

WORKFLOW = "CalendarRevision"
POLL = 0.3
PATIENCE = 30.0


async def start(desk: Desk, version: str, **other: Any) -> None:
    """Send the version on its way; one that is under way goes on. `other`: fields of its start.
    Raises Unreachable."""
    client = await desk.client()
    try:
        await client.start_workflow(
            WORKFLOW,
            RevisionStart(version=version, **other),
            id=workflow_id(version),
            task_queue=TASK_QUEUE,
            id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
            rpc_timeout=desk.remaining,
        )
    except RPCError as error:
        raise Unreachable(Code.REVISION_UNFINISHED, version=version, done=0) from error


def workflow_id(version: str) -> str:
    """The id of the run that brings a version to its cases."""
    return f"calendar-{version}"


async def follow(desk: Desk, version: str) -> AsyncIterator[RevisionProgress]:
    """Its progress until it has finished. Raises Unreachable(revision_unfinished) when it hasn't
    answered for `PATIENCE` seconds: a worker that was killed costs ten."""
    client = await desk.client()
    handle = client.get_workflow_handle(workflow_id(version))
    last: RevisionProgress | None = None
    heard = monotonic()
    while last is None or not last.finished:
        try:
            now: RevisionProgress = await handle.query(
                "progress", result_type=RevisionProgress, rpc_timeout=desk.renewed().remaining
            )
        except (RPCError, WorkflowQueryFailedError) as error:
            if monotonic() - heard > PATIENCE:
                done = last.done if last else 0
                raise Unreachable(Code.REVISION_UNFINISHED, version=version, done=done) from error
            await asyncio.sleep(POLL)
            continue
        heard = monotonic()
        if now != last:
            yield now
        last = now
        if not now.finished:
            await asyncio.sleep(POLL)
