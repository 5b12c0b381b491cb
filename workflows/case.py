"""CaseWorkflow: one request from the counter to the end of its last remedy.

It waits, validates and calls. What an act means, what a limit is and who is told of it stands in
`domain/`; what is written and sent stands in `activities/`. One writer hands events to the
register in order; an act never waits for it. What is long (an opening with a long past, a long
outage) goes in slices, and acts wait for its end.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import TypeVar

from temporalio import workflow
from temporalio.exceptions import ApplicationError

with workflow.unsafe.imports_passed_through():
    from domain.case.act import Act
    from domain.case.agenda import backlog, idle_until, pass_over, settle, upcoming
    from domain.case.count import count
    from domain.case.decide import decide, remembered
    from domain.case.evolve import evolve
    from domain.case.facts import LawRevised
    from domain.case.opening import blank, opening
    from domain.case.record import Decided
    from domain.case.revising import revise
    from domain.case.size import check_size, recordable
    from domain.case.state import CaseState
    from domain.case.summary import Summary
    from domain.case.tasks import summarise
    from domain.errors import Code, Refusal, YishenError
    from domain.values import legal_day, midnight
    from workflows.messages import (
        ActAnswer,
        Carried,
        CaseInput,
        CaseStand,
        CaseView,
        DeadlineMove,
        Revision,
        SentAct,
    )
    from workflows.outbox import Outbox, recorded_since
    from workflows.shown import Shown

T = TypeVar("T")

SLICE = 250
"""Most steps of the ladder, or acts of the past, taken in one go: a tenth of a second. The engine
takes a workflow for hung after two."""

LONGEST, LARGEST = 20_000, 20_000_000
"""Events and bytes of a run after which no act is taken while the register is away: such a run
can't go on in a new one, and the engine ends it at two and a half times as many."""

PAUSE = timedelta(milliseconds=1)
"""Between slices: only a timer ends the one and begins the other."""


@workflow.defn(name="CaseWorkflow")
class CaseWorkflow:
    """All clocks of one case, in one run at a time."""

    @workflow.init
    def __init__(self, start: CaseInput) -> None:
        self._start = start
        shown = Shown()
        self._outbox = Outbox(start.id, self._summary, lambda: shown.bring_up_to(self._summary()))
        self._checked: tuple[SentAct | Revision, CaseState, Decided] | None = None
        self._next: datetime | None = None
        self._rests = False
        carried = start.carried
        self._opened = carried is not None and not carried.from_record
        if carried is not None:
            self._state = carried.state
            self._outbox.put(carried.unwritten)
            self._outbox.undelivered = carried.undelivered
            self._look_ahead()
        else:
            self._state = blank(start.id, start.organ, start.law, start.clock_offset)

    @workflow.run
    async def run(self, start: CaseInput) -> Summary:
        """Live until the longest remedy period after the end has passed; the last summary."""
        if not self._opened:
            await self._open()
        writer = asyncio.create_task(self._outbox.write())
        courier = asyncio.create_task(self._outbox.deliver())
        while not self._may_leave():
            await self._wait()
            await self._catch_up()
        await workflow.wait_condition(workflow.all_handlers_finished)
        writer.cancel()
        courier.cancel()
        if not self._is_over():
            carried = Carried(
                state=self._state,
                unwritten=tuple(self._outbox.unwritten),
                undelivered=self._outbox.undelivered,
            )
            workflow.continue_as_new(start.model_copy(update={"carried": carried, "history": ()}))
        return self._summary()

    # -- opening --------------------------------------------------------------------------------

    async def _open(self) -> None:
        """Bring the case to where acts find it. No refusal ends a run here: it would be the end of
        its number. An error fails the task, which shows, and is tried again until it is mended."""
        if self._start.carried is None:
            await self._begin()
        else:
            await self._go_on(self._start.carried)
        self._opened = True
        self._look_ahead()

    async def _begin(self) -> None:
        """What the counter decided, decided again as of the same instant. A counter whose clock was
        ahead may have registered a day that is still to come here: the case waits for it."""
        start = self._start
        while self._is_early():
            self._next = self._first_day()
            await workflow.sleep(self._next - self._now())
        opened_at = min(start.registered_at, self._now())
        pieces = opening(
            self._state,
            start.receipt,
            start.actor,
            start.command_id,
            opened_at,
            start.history,
            start.move_in,
            start.evidence,
            start.registered,
        )
        for number, piece in enumerate(pieces, 1):
            self._state = piece.state
            self._outbox.put(piece.events)
            if number % SLICE == 0:
                await workflow.sleep(PAUSE)

    def _first_day(self) -> datetime:
        """When the day of the registration begins."""
        return midnight(legal_day(self._start.registered_at))

    def _is_early(self) -> bool:
        return self._start.carried is None and self._now() < self._first_day()

    async def _go_on(self, carried: Carried) -> None:
        """From the record. Another run may have lived and ended since it was read: what it added is
        read now, when no other run can write."""
        for event in await recorded_since(self._state.id, self._state.seq):
            self._state = evolve(self._state, event)
        self._look_ahead()
        await self._catch_up()
        if carried.revision is not None:
            # A case that doesn't take the newest law goes on by what it has.
            with suppress(YishenError):
                self._take(self._revise(carried.revision))

    # -- acts -----------------------------------------------------------------------------------

    @workflow.update(name="act")
    async def act(self, act: SentAct) -> ActAnswer:
        """One act of the office; answered as soon as it is decided."""
        await self._until_present()
        answer = self._answer(act.command_id, self._as_checked(act, lambda: self._decide(act)))
        return answer.model_copy(update={"sending": act.sending})

    @act.validator
    def _check_act(self, act: SentAct) -> None:
        # Sizes only here, not in the handler: what was taken in once no replay refuses.
        _typed(self._refuse_early)
        _typed(lambda: self._refuse_what_does_not_fit(act))
        if not self._is_behind():
            self._check(act, lambda: recordable(act, self._decide(act)))

    @workflow.update(name="revise")
    async def revise(self, revision: Revision) -> ActAnswer:
        """Another calendar version, or newer rules: every limit is counted anew."""
        await self._until_present()
        decided = self._as_checked(revision, lambda: self._revise(revision))
        return self._answer(revision.command_id, decided)

    @revise.validator
    def _check_revision(self, revision: Revision) -> None:
        _typed(self._refuse_early)
        if not self._is_behind():
            self._check(revision, lambda: self._revise(revision))

    def _check(self, asked: SentAct | Revision, decision: Callable[[], Decided]) -> None:
        self._checked = (asked, self._state, _typed(decision))

    def _as_checked(self, asked: SentAct | Revision, decision: Callable[[], Decided]) -> Decided:
        """What was decided in its check, where nothing came between. A replay doesn't check and
        decides here, to the same end."""
        checked, self._checked = self._checked, None
        if checked is not None and checked[0] == asked and checked[1] is self._state:
            return checked[2]
        return _typed(decision)

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
        after = pass_over(done.state, now)
        return Decided((*before.events, *done.events, *after.events), after.state)

    def _refuse_early(self) -> None:
        if not self._opened and self._is_early():
            now = legal_day(self._now())
            raise Refusal(Code.IN_THE_FUTURE, day=legal_day(self._start.registered_at), today=now)

    def _refuse_what_does_not_fit(self, act: Act) -> None:
        check_size(act)
        info = workflow.info()
        length, size = info.get_current_history_length(), info.get_current_history_size()
        if self._outbox.unwritten and (length > LONGEST or size > LARGEST):
            raise Refusal(Code.RECORD_BEHIND, unwritten=len(self._outbox.unwritten))

    def _is_behind(self) -> bool:
        """Whether more lies between the state and now than an act may settle on its way."""
        return not self._opened or (self._is_due() and backlog(self._state, self._now()) > SLICE)

    async def _until_present(self) -> None:
        _typed(self._refuse_early)
        if self._is_behind():
            await workflow.wait_condition(lambda: not self._is_behind())

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
    def view(self, asked_at: datetime | None = None) -> CaseView:
        """State, who moves, deadlines with their ledgers, next alarm, timeline; counted as of now.

        In a question the engine's time is that of the case's last task, perhaps weeks ago;
        `asked_at`, the real instant of the one who asks, says how late it is.
        """
        engine = workflow.now()
        now = self._legal(engine if asked_at is None else max(engine, asked_at))
        running = count(self._state, legal_day(now)).running if self._state.receipt else ()
        return CaseView(
            state=self._state,
            summary=self._summary(),
            deadlines=running,
            now=now,
            unwritten=len(self._outbox.unwritten),
        )

    @workflow.query(name="stand")
    def stand(self) -> CaseStand:
        """Where it is, for whoever only wants to know whether that is where the record is."""
        state = self._state
        return CaseStand(seq=state.seq, digest=state.digest, summary=self._summary())

    # -- waiting --------------------------------------------------------------------------------

    def _now(self) -> datetime:
        """Legal now, as it is in a task of the case."""
        return self._legal(workflow.now())

    def _legal(self, real: datetime) -> datetime:
        """Real time and the training case's offset."""
        return real + timedelta(seconds=self._state.clock_offset)

    def _take(self, decided: Decided) -> None:
        """Apply what was decided; the writer does the rest."""
        self._state = decided.state
        self._look_ahead()
        self._outbox.put(decided.events)

    def _look_ahead(self) -> None:
        """The next legal instant, or the end of the run where nothing comes by itself any more."""
        thing = upcoming(self._state)
        self._rests = thing is None
        self._next = thing.instant if thing else idle_until(self._state)

    async def _catch_up(self) -> None:
        """What passed by itself up to now, in slices where that was long."""
        self._take(settle(self._state, self._now(), most=SLICE))
        while self._is_due():
            await workflow.sleep(PAUSE)
            self._take(settle(self._state, self._now(), most=SLICE))

    def _is_due(self) -> bool:
        return not self._rests and self._next is not None and self._next <= self._now()

    async def _wait(self) -> None:
        """Until the next legal instant. A timer that turns out too early is cheaper than one
        cancelled and set anew with every act; only an instant that moved nearer wakes the case."""
        armed = None if self._is_over() else self._next
        offset = self._state.clock_offset
        with suppress(TimeoutError):
            await workflow.wait_condition(
                lambda: (
                    self._may_leave()
                    or self._state.clock_offset != offset
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
        return (long or self._is_over()) and self._outbox.empty and workflow.all_handlers_finished()

    def _summary(self) -> Summary:
        return summarise(self._state, self._next)


def _typed(decision: Callable[[], T]) -> T:
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
