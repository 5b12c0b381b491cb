"""The record against the engine: what each running case says of itself, and what its row says."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy.orm import Session
from temporalio.client import WorkflowQueryFailedError
from temporalio.service import RPCError, RPCStatusCode

from domain.errors import Code, Unreachable
from office.acts import row_written
from office.asking import asked
from office.desk import Desk
from register.reads.lists import CaseLine, Filter, case_lines
from register.verify import Mismatch, Verification, against_engine, verify

AT_ONCE = 20
"""Questions in flight; more only wait in the engine."""


@dataclass(frozen=True, slots=True)
class Verified:
    """The record by itself and, as far as they answered, against the running cases; `trouble`:
    why they were not asked."""

    record: Verification
    differences: tuple[Mismatch, ...]
    compared: int = 0
    trouble: Unreachable | None = None


async def verified(desk: Desk, *, offline: bool) -> Verified:
    """Check the whole register; `offline`: without the engine. Raises Unreachable where the
    register can't be read."""
    record = await asyncio.to_thread(verify, desk.register)
    if offline:
        return Verified(record, record.differences)
    try:
        compared, more = await compare_running(desk.renewed())
    except Unreachable as error:
        return Verified(record, record.differences, trouble=error)
    return Verified(record, (*record.differences, *more), compared)


async def compare_running(desk: Desk) -> tuple[int, list[Mismatch]]:
    """How many running cases were asked, and every difference from their rows.

    Raises Unreachable when engine or worker don't answer.
    """
    lines = await desk.read(lambda s: case_lines(s, Filter(training=True, limit=None)))
    now = datetime.now(UTC)
    running = [line for line in lines if _should_run(line, now)]
    gate = asyncio.Semaphore(AT_ONCE)

    async def one(line: CaseLine) -> Sequence[Mismatch]:
        async with gate:
            return await _compare(desk.renewed(), line)

    found = await asyncio.gather(*(one(line) for line in running))
    return len(running), [difference for part in found for difference in part]


def _should_run(line: CaseLine, now: datetime) -> bool:
    """A started case whose remedies may still come; a training case has a time of its own."""
    over = line.ended_how is not None and (line.next_alarm is None or line.next_alarm <= now)
    return line.seq > 0 and not line.training and not over


async def _compare(desk: Desk, line: CaseLine) -> Sequence[Mismatch]:
    client = await desk.client()
    try:
        view = await asked(desk, client.get_workflow_handle(line.id))
    except WorkflowQueryFailedError as error:
        raise Unreachable(Code.CASE_UNANSWERED, case=line.id, detail=error) from error
    except RPCError as error:
        if error.status is RPCStatusCode.NOT_FOUND:
            return [Mismatch(line.id, "engine", "", "run", line.status, None)]
        raise Unreachable(Code.CASE_UNANSWERED, case=line.id, detail=error.message) from error
    # An act may be on its way to the register; give it the time any command gives it.
    await row_written(desk, line.id, view.state.seq)

    def query(session: Session) -> list[Mismatch]:
        return against_engine(session, line.id, view.summary)

    return await desk.read(query)
