"""The way out of a case: events to the register in order, notices to the mail drop."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import TypeVar

from temporalio import workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import ActivityError

with workflow.unsafe.imports_passed_through():
    from domain.case.act import Event
    from domain.case.notices import is_notice
    from domain.case.size import portion
    from domain.case.summary import Summary
    from workflows.activity_names import (
        DELIVER_NOTICES,
        EVENTS_SINCE,
        RECORD_EVENTS,
        RecordBatch,
        Recorded,
        Since,
    )

T = TypeVar("T")

BATCH = 100
"""Most events handed to the register at once."""

_PATIENT = RetryPolicy(
    initial_interval=timedelta(seconds=1),
    backoff_coefficient=2,
    maximum_interval=timedelta(seconds=30),
)
"""Retried without limit: an outage of the register or the mail drop costs time, never a row."""

_ATTEMPT = timedelta(seconds=10)
"""A killed worker says nothing: only after this long is its attempt made again. The register
itself gives up after half of it, so an attempt that lives ends before."""


class Outbox:
    """What a case has decided and not yet handed over. `summary`: the case's line as it stands;
    `caught_up`: called whenever the register has everything."""

    def __init__(
        self, case_id: str, summary: Callable[[], Summary], caught_up: Callable[[], None]
    ) -> None:
        self._case = case_id
        self._summary = summary
        self._caught_up = caught_up
        self.unwritten: list[Event] = []
        self.undelivered = 0

    @property
    def empty(self) -> bool:
        """Whether every event has its row and every notice is out."""
        return not self.unwritten and not self.undelivered

    def put(self, events: Sequence[Event]) -> None:
        """More events, in order."""
        self.unwritten.extend(events)

    async def write(self) -> None:
        """The one writer: events leave in order, one batch at a time."""
        while True:
            await workflow.wait_condition(lambda: bool(self.unwritten))
            batch = portion(self.unwritten, BATCH)
            told = await _until_done(
                RECORD_EVENTS,
                RecordBatch(case_id=self._case, events=batch, summary=self._summary()),
                bool,
            )
            del self.unwritten[: len(batch)]
            if not told:
                self.undelivered += sum(is_notice(event) for event in batch)
            if not self.unwritten:
                self._caught_up()

    async def deliver(self) -> None:
        """Notices that have their row are handed to the mail drop."""
        while True:
            await workflow.wait_condition(lambda: self.undelivered > 0)
            told = self.undelivered
            await _until_done(DELIVER_NOTICES, self._case, None)
            self.undelivered -= told


async def recorded_since(case_id: str, seq: int) -> Sequence[Event]:
    """What the record of the case holds after number `seq`."""
    found: Recorded = await _until_done(EVENTS_SINCE, Since(case_id=case_id, seq=seq), Recorded)
    return found.events


async def _until_done(name: str, argument: RecordBatch | Since | str, result: type[T] | None) -> T:
    """Run an activity until it succeeds; what it says. What retrying alone can't cure (a conflict
    with the record) waits for a person and shows in the engine and in `yishen case`."""
    while True:
        try:
            said: T = await workflow.execute_activity(
                name,
                argument,
                result_type=result,
                start_to_close_timeout=_ATTEMPT,
                retry_policy=_PATIENT,
            )
        except ActivityError:
            workflow.logger.error("activity %s gave up; trying again in a minute", name)
            await workflow.sleep(60)
        else:
            return said
