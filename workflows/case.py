"""CaseWorkflow: one request from the counter to the end of its last remedy.

It waits, validates and calls. What an act means, what a limit is and who is told of it stands in
`domain/`; what is written and sent stands in `activities/`. One writer hands events to the
register in order; an act never waits for it.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from temporalio import workflow
from temporalio.common import RetryPolicy, SearchAttributeUpdate
from temporalio.exceptions import ActivityError, ApplicationError

with workflow.unsafe.imports_passed_through():
    from activities.names import DELIVER_NOTICES, RECORD_EVENTS, RecordBatch
    from domain.case.act import Act, Event
    from domain.case.agenda import idle_until, settle, upcoming
    from domain.case.count import count
    from domain.case.decide import Decided, decide, remembered, today
    from domain.case.facts import LawRevised
    from domain.case.opening import blank, open_case
    from domain.case.revising import revise
    from domain.case.state import CaseState
    from domain.case.summary import Summary
    from domain.case.tasks import is_notice, summarise
    from domain.errors import YishenError
    from workflows.messages import (
        CASE_STATUS,
        DEPARTMENT,
        DUE_AT,
        ActAnswer,
        Carried,
        CaseInput,
        CaseView,
        DeadlineMove,
        DeadlineView,
        Revision,
    )

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


@workflow.defn(name="CaseWorkflow")
class CaseWorkflow:
    """All clocks of one case, in one run at a time."""

    @workflow.init
    def __init__(self, start: CaseInput) -> None:
        self._start = start
        self._offset = timedelta(seconds=start.clock_offset)
        self._outbox: list[Event] = []
        self._undelivered = 0
        self._shown: dict[str, Any] = {}
        self._checked: tuple[Revision, CaseState, Decided] | None = None
        if start.carried is not None:
            self._state = start.carried.state
            self._outbox.extend(start.carried.unwritten)
            self._undelivered = start.carried.undelivered
            self._look_ahead()
            return
        self._state = blank(start.id, start.organ, start.law, start.clock_offset)
        self._take(
            _typed(
                lambda: open_case(
                    self._state,
                    start.receipt,
                    start.actor,
                    start.command_id,
                    self._now(),
                    start.history,
                )
            )
        )

    @workflow.run
    async def run(self, start: CaseInput) -> Summary:
        """Live until the longest remedy period after the end has passed; the last summary."""
        writer = asyncio.create_task(self._write())
        courier = asyncio.create_task(self._deliver())
        while not self._may_leave():
            await self._wait()
            self._take(settle(self._state, self._now()))
        await workflow.wait_condition(workflow.all_handlers_finished)
        writer.cancel()
        courier.cancel()
        if not self._is_over():
            carried = Carried(
                state=self._state,
                unwritten=tuple(self._outbox),
                undelivered=self._undelivered,
            )
            workflow.continue_as_new(start.model_copy(update={"carried": carried, "history": ()}))
        return self._summary()

    # -- acts -----------------------------------------------------------------------------------

    @workflow.update(name="act")
    async def act(self, act: Act) -> ActAnswer:
        """One act of the office; answered as soon as it is decided."""
        return self._answer(act.command_id, _typed(lambda: self._decide(act)))

    @act.validator
    def _check_act(self, act: Act) -> None:
        _typed(lambda: self._decide(act))

    @workflow.update(name="revise")
    async def revise(self, revision: Revision) -> ActAnswer:
        """Another calendar version, or newer rules: every limit is counted anew."""
        # Nothing came between its check and this: what was decided there holds. A replay doesn't
        # check and decides here, to the same end.
        checked, self._checked = self._checked, None
        if checked is not None and checked[0] == revision and checked[1] is self._state:
            return self._answer(revision.command_id, checked[2])
        return self._answer(revision.command_id, _typed(lambda: self._revise(revision)))

    @revise.validator
    def _check_revision(self, revision: Revision) -> None:
        self._checked = (revision, self._state, _typed(lambda: self._revise(revision)))

    def _decide(self, act: Act) -> Decided:
        """What the act brings about; nothing where it was here before."""
        if remembered(self._state, act) is not None:
            return Decided((), self._state)
        return self._lived(lambda state, now: decide(state, act, now))

    def _revise(self, revision: Revision) -> Decided:
        fact = LawRevised(
            calendar=revision.calendar,
            rules=revision.rules,
            closures=revision.closures,
            edition=revision.edition,
            version=revision.version,
            remedies=revision.remedies,
            ladder=revision.ladder,
        )
        return self._lived(lambda state, now: revise(state, fact, revision.command_id, now))

    def _lived(self, decision: Callable[[CaseState, datetime], Decided]) -> Decided:
        """What passed by itself up to now, then the decision, then what that brings about."""
        now = self._now()
        before = settle(self._state, now)
        done = decision(before.state, now)
        after = settle(done.state, now)
        return Decided((*before.events, *done.events, *after.events), after.state)

    def _answer(self, command_id: str, decided: Decided) -> ActAnswer:
        self._take(decided)
        entry = next(e for e in reversed(self._state.timeline) if e.command_id == command_id)
        event = next((e for e in decided.events if e.seq == entry.seq), None)
        return ActAnswer(
            seq=entry.seq,
            summary=self._summary(),
            warnings=event.warnings if event else (),
            repeated=event is None,
            moved=DeadlineMove.all_of(event) if event else (),
        )

    # -- questions ------------------------------------------------------------------------------

    @workflow.query(name="view")
    def view(self) -> CaseView:
        """State, who moves, deadlines with their ledgers, next alarm, timeline."""
        now = self._now()
        running = count(self._state, max([today(now), *(e.at for e in self._state.clock)])).running
        return CaseView(
            state=self._state,
            summary=self._summary(),
            deadlines=tuple(
                DeadlineView(
                    name=r.name,
                    ref=r.ref,
                    base=r.base,
                    due=r.due,
                    article=r.article,
                    provisional=r.provisional,
                    ledger=r.ledger,
                )
                for r in running
            ),
            now=now,
            unwritten=len(self._outbox),
        )

    # -- waiting --------------------------------------------------------------------------------

    def _now(self) -> datetime:
        """Legal now: the engine's time and the training case's offset."""
        return workflow.now() + self._offset

    def _take(self, decided: Decided) -> None:
        """Apply what was decided; the writer does the rest."""
        self._state = decided.state
        self._look_ahead()
        self._outbox.extend(decided.events)

    def _look_ahead(self) -> None:
        """The next legal instant, or the end of the run where nothing comes by itself any more."""
        thing = upcoming(self._state)
        self._rests = thing is None
        self._next = thing.instant if thing else idle_until(self._state)

    async def _wait(self) -> None:
        """Until the next legal instant. A timer that turns out too early is cheaper than one
        cancelled and set anew with every act; only an instant that moved nearer wakes the case."""
        armed = None if self._is_over() else self._next
        with suppress(TimeoutError):
            await workflow.wait_condition(
                lambda: (
                    self._may_leave()
                    or (
                        self._next is not None
                        and not self._is_over()
                        and (armed is None or self._next < armed)
                    )
                ),
                timeout=None if armed is None else max(armed - self._now(), timedelta()),
                timeout_summary="next legal instant",
            )

    def _is_over(self) -> bool:
        return self._rests and self._next is not None and self._now() >= self._next

    def _may_leave(self) -> bool:
        long = (
            workflow.info().get_current_history_length() >= self._start.history_limit
            or workflow.info().is_continue_as_new_suggested()
        )
        return (
            (long or self._is_over())
            and not self._outbox
            and not self._undelivered
            and workflow.all_handlers_finished()
        )

    # -- side effects ---------------------------------------------------------------------------

    async def _write(self) -> None:
        """The one writer: events leave in order, one batch at a time."""
        while True:
            await workflow.wait_condition(lambda: bool(self._outbox))
            batch = tuple(self._outbox[:BATCH])
            told = await _until_done(
                RECORD_EVENTS,
                RecordBatch(case_id=self._state.id, events=batch, summary=self._summary()),
            )
            del self._outbox[: len(batch)]
            # Runs begun when recording said nothing of notices have None here.
            if told is not True:
                self._undelivered += sum(is_notice(event) for event in batch)
            if not self._outbox:
                self._show()

    async def _deliver(self) -> None:
        """Notices that have their row are handed to the mail drop."""
        while True:
            await workflow.wait_condition(lambda: self._undelivered > 0)
            told = self._undelivered
            await _until_done(DELIVER_NOTICES, self._state.id)
            self._undelivered -= told

    def _summary(self) -> Summary:
        return summarise(self._state, self._next)

    def _show(self) -> None:
        """Bring the engine's search attributes up to the record; no names, no subjects.

        Only what changed, and only once the record has caught up: acts that follow one another
        closely cost one change instead of one each, which is what an operator's list needs.
        """
        summary = self._summary()
        now: list[SearchAttributeUpdate[Any]] = [
            CASE_STATUS.value_set(summary.status),
            DEPARTMENT.value_set(summary.department)
            if summary.department
            else DEPARTMENT.value_unset(),
            DUE_AT.value_set(summary.due_at) if summary.due_at else DUE_AT.value_unset(),
        ]
        shown = self._shown
        changed = [u for u in now if u.key.name not in shown or shown[u.key.name] != u.value]
        if changed:
            workflow.upsert_search_attributes(changed)
            self._shown = {u.key.name: u.value for u in now}


def _typed(decision: Callable[[], Decided]) -> Decided:
    """A refusal becomes the engine's typed error; anything else is a bug and retries."""
    try:
        return decision()
    except YishenError as error:
        raise ApplicationError(
            str(error),
            {"article": error.article, "params": error.params},
            type=error.code,
            non_retryable=True,
        ) from error


async def _until_done(name: str, argument: RecordBatch | str) -> object:
    """Run an activity until it succeeds; what it says. What retrying alone can't cure (a conflict
    with the record) waits for a person and shows in the engine and in `yishen case`."""
    while True:
        try:
            said: object = await workflow.execute_activity(
                name,
                argument,
                start_to_close_timeout=_ATTEMPT,
                retry_policy=_PATIENT,
            )
        except ActivityError:
            workflow.logger.error("activity %s gave up; trying again in a minute", name)
            await workflow.sleep(60)
        else:
            return said
