"""The watch over the runs: a case of which something may still come has one, and its alarms come.

An engine that doesn't answer is away, not lost: nothing is concluded then. What looks lost is
looked at twice, a while apart, since a run may be going on in a new one, or may have just begun.
"""

import asyncio
from collections.abc import Collection
from datetime import UTC, datetime, timedelta

from temporalio.api.enums.v1 import WorkflowExecutionStatus
from temporalio.service import RPCError, RPCStatusCode

from domain.errors import Code, Unreachable
from domain.values import legal_time
from office.desk import Desk
from office.running.asking import AT_ONCE
from office.running.fence import admitted
from office.running.rebuilding import open_runs
from office.running.runs import from_record, start_run
from register.reads.living import LivingCase, living
from register.reads.troubles import troubles
from register.writes.reminders import tell_of_restart

GRACE = timedelta(seconds=20)
"""How long a run may take to show, and an alarm to come on record."""

ENDED = WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED
RUNNING = WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING


class RunWatch:
    """One watch; it remembers what looked lost the time before."""

    def __init__(self, desk: Desk, grace: timedelta = GRACE) -> None:
        self._desk = desk
        self._grace = grace
        self._doubtful: frozenset[str] = frozenset()

    async def look(self) -> list[LivingCase]:
        """Look once; the cases that were given a run, of whom supervisors and administrators are
        told in one notice. Raises Unreachable, InputError (another drives the register now)."""
        doubtful, self._doubtful = self._doubtful, frozenset()
        desk = self._desk.renewed()
        client = await desk.client()
        await admitted(desk.register, client)
        now = datetime.now(UTC)
        cases = await desk.read(lambda session: living(session, now))
        stuck = await desk.read(lambda s: {line.case_id for line in troubles(s, of_cases=True)})
        runs = await open_runs(client)
        suspects = [
            case
            for case in cases
            if case.started_at is not None
            and case.started_at < now - self._grace
            and case.id not in stuck
            and (case.id not in runs or self._is_late(case, now))
        ]
        self._doubtful = frozenset(case.id for case in suspects)
        gate = asyncio.Semaphore(AT_ONCE)

        async def one(case: LivingCase) -> LivingCase | None:
            async with gate:
                return case if await self._restarted(case) else None

        asked = [one(case) for case in suspects if case.id in doubtful]
        found = [case for case in await asyncio.gather(*asked) if case is not None]
        if found:
            await desk.renewed().write(
                lambda session: tell_of_restart(session, _numbers(found), _organs(found), now)
            )
        return found

    def _is_late(self, case: LivingCase, now: datetime) -> bool:
        """Its alarm's instant is over, and the event is not on record."""
        if case.next_alarm is None:
            return False
        return case.next_alarm < legal_time(now, case.clock_offset) - self._grace

    async def _restarted(self, case: LivingCase) -> bool:
        """Whether it had lost its run, or its run its timer, and has a new one."""
        desk = self._desk.renewed()
        handle = (await desk.client()).get_workflow_handle(case.id)
        try:
            found = (await handle.describe(rpc_timeout=desk.remaining)).raw_description
        except RPCError as error:
            if error.status is not RPCStatusCode.NOT_FOUND:
                raise Unreachable(
                    Code.CASE_UNANSWERED, case=case.id, detail=error.message
                ) from error
            return await start_run(desk, await from_record(desk, case.id), again=True)
        status = found.workflow_execution_info.status
        if status == ENDED:
            return False  # by its own decision, in a time that runs ahead of ours
        if status != RUNNING:
            return await start_run(desk, await from_record(desk, case.id), again=True)
        busy = found.pending_activities or found.HasField("pending_workflow_task")
        if busy or not self._is_late(case, datetime.now(UTC)):
            return False
        return await start_run(desk, await from_record(desk, case.id), instead=True)


def _numbers(cases: Collection[LivingCase]) -> list[str]:
    return [case.number for case in cases]


def _organs(cases: Collection[LivingCase]) -> set[str]:
    return {case.organ for case in cases}
