"""CalendarRevision: one calendar version on its way to the open cases it touches.

Its id is the version. It finds the cases in the register and has each sent the version, portion
by portion; where it was cut off does not matter, because every case knows what it has. One case
that fails holds up nobody: it is tried again a few times, then listed.
"""

import asyncio
from datetime import timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy

with workflow.unsafe.imports_passed_through():
    from workflows.activity_names import (
        DELIVER_MOVED,
        FIND_TOUCHED,
        REVISE_CASES,
        Done,
        Found,
        Portion,
        Search,
    )
    from workflows.messages import RevisionProgress, RevisionStart

TELLINGS = 300
"""Rounds of notices at the end, at most: a case writes its row after it has answered."""
PASSES = 3
"""Looks into the register, at most: acts decided while it ran may have been recorded late."""

_PATIENT = RetryPolicy(
    initial_interval=timedelta(seconds=1), maximum_interval=timedelta(seconds=30)
)


@workflow.defn(name="CalendarRevision")
class CalendarRevision:
    """One version, once."""

    @workflow.init
    def __init__(self, start: RevisionStart) -> None:
        self._start = start
        self._version = start.version
        self._progress = start.carried or RevisionProgress(version=start.version)

    @workflow.run
    async def run(self, start: RevisionStart) -> RevisionProgress:
        """Until every touched case has the version, or is listed as failed."""
        while not self._progress.all_found:
            await self._pass()
        for attempt, pause in enumerate(start.pauses, 2):
            if not self._progress.failed:
                break
            await workflow.sleep(timedelta(seconds=pause))
            await self._again(attempt)
        for _ in range(TELLINGS):
            if not await self._tell():
                break
            await workflow.sleep(timedelta(seconds=1))
        self._add(finished=True)
        return self._progress

    @workflow.query(name="progress")
    def progress(self) -> RevisionProgress:
        """How far it is."""
        return self._progress

    async def _pass(self) -> None:
        """Once through the register; the next portion is looked for while one is sent."""
        search = asyncio.create_task(self._find())
        portions = new = 0
        while True:
            found = await search
            progress = self._progress
            cases = tuple(c for c in found.cases if c not in progress.failed)
            last = found.after is None
            self._add(after=found.after or "", found=progress.found + len(cases))
            if not last and portions + 1 < self._start.portions:
                search = asyncio.create_task(self._find())
            if cases:
                await self._send(cases, 1)
            new += len(cases)
            portions += 1
            if last:
                break
            if portions >= self._start.portions:
                self._add(new_in_pass=progress.new_in_pass + new)
                self._go_on_in_a_new_run()
        new += self._progress.new_in_pass
        passes = self._progress.passes + 1
        self._add(passes=passes, new_in_pass=0, all_found=not new or passes >= PASSES)

    async def _again(self, attempt: int) -> None:
        failed = self._progress.failed
        self._add(failed=())
        for begin in range(0, len(failed), self._start.portion):
            await self._send(failed[begin : begin + self._start.portion], attempt)

    async def _find(self) -> Found:
        found: Found = await workflow.execute_activity(
            FIND_TOUCHED,
            Search(
                version=self._version,
                now=workflow.now(),
                after=self._progress.after,
                limit=self._start.portion,
            ),
            result_type=Found,
            start_to_close_timeout=timedelta(minutes=2),
            retry_policy=_PATIENT,
        )
        return found

    async def _tell(self) -> int:
        """Send the notices there are; how many rows are still to come."""
        left: int = await workflow.execute_activity(
            DELIVER_MOVED,
            self._version,
            result_type=int,
            start_to_close_timeout=timedelta(minutes=2),
            retry_policy=_PATIENT,
        )
        return left

    async def _send(self, cases: tuple[str, ...], attempt: int) -> None:
        telling = asyncio.create_task(self._tell())  # of the portions before
        done: Done = await workflow.execute_activity(
            REVISE_CASES,
            Portion(version=self._version, now=workflow.now(), cases=cases, attempt=attempt),
            result_type=Done,
            start_to_close_timeout=timedelta(minutes=10),
            heartbeat_timeout=timedelta(seconds=10),
            retry_policy=_PATIENT,
        )
        await telling
        progress = self._progress
        self._add(
            moved=done.moved,
            unchanged=done.unchanged,
            already_there=done.already_there,
            failed=(*progress.failed, *done.failed),
        )

    def _add(self, **changes: object) -> None:
        self._progress = self._progress.model_copy(update=changes)

    def _go_on_in_a_new_run(self) -> None:
        workflow.continue_as_new(self._start.model_copy(update={"carried": self._progress}))
