"""The proof of one limit, from the record alone: every setting of it with its ledger as recorded,
what replaced it, and whether counting again from the recorded facts gives the same.

Nothing here asks the engine or a table that can change: law, calendar, settings and rules number
are those the case carried when each setting was recorded.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from domain.case.act import DeadlineChange, Event
from domain.case.answers.explain import ExplainedSpan, explain
from domain.case.answers.readings import readings_if_answered, readings_of
from domain.case.changes import replaced
from domain.case.count import cause_of, count
from domain.case.evolve import steps
from domain.case.state import CaseState
from domain.clock import ClockState, Limit, Reckoning, Span
from domain.clock.aiming import aim, limits
from domain.clock.readings import Readings, cited
from domain.errors import YishenError
from domain.periods.period import Closures
from domain.policy import Policy
from domain.values import legal_day


@dataclass(frozen=True, slots=True)
class Recount:
    """What counting again gives. `due` None: no such limit, or no count at all."""

    same: bool
    due: date | None


@dataclass(frozen=True, slots=True)
class LimitSetting:
    """One setting of the limit: the event that made it, what it said, what the calendar was, and
    the event that moved or ended it (None: it stands)."""

    event: Event
    change: DeadlineChange
    calendar_digest: str
    recount: Recount
    ended: Event | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the limit stands after the last event. `due` None: no period runs, or it stands
    still; `latest` and `if_answered` of one that stands still, with the ledger of the latter.
    `recorded`: the ledger is the one on record, else it was counted now."""

    due: date | None
    base: date | None
    cause: str
    own: bool
    article: str
    provisional: bool
    recorded: bool
    recount: Recount
    lines: tuple[ExplainedSpan, ...] = ()
    met: date | None = None
    latest: date | None = None
    if_answered: date | None = None


@dataclass(frozen=True, slots=True)
class Proof:
    """One limit of a case as of its last event; `start`: the case before its first; `bearing`:
    the events that it hangs on."""

    start: CaseState
    name: str
    ref: str | None
    state: CaseState
    as_of: date
    reckoning: Reckoning
    bearing: tuple[Event, ...]
    settings: tuple[LimitSetting, ...]
    standing: Standing
    readings: Readings

    @property
    def deciding(self) -> tuple[str, ...]:
        """The settings that decided the days of the limit."""
        found = {
            *self.readings.deciding(self.name, self.ref),
            *dict(cited(self.standing.article)),
        }
        return tuple(name for name in Policy.model_fields if name in found)

    @property
    def same(self) -> bool:
        """Counting again gave every setting, and the standing, as recorded."""
        return self.standing.recount.same and all(s.recount.same for s in self.settings)


def limits_of(events: Sequence[Event]) -> list[tuple[str, str | None]]:
    """Every limit that was ever set, in order of the first setting."""
    found = ((c.name, c.ref) for event in events for c in event.deadlines if c.due is not None)
    return list(dict.fromkeys(found))


def prove(start: CaseState, events: Sequence[Event], name: str, ref: str | None = None) -> Proof:
    """The proof of limit `name` (of consultation `ref`) after `events`, the record of the case
    from its beginning on; `start` as it was before. Raises what the clock raises."""
    state = start
    bearing: list[Event] = []
    settings: list[LimitSetting] = []
    for (event, *_), after in steps(start, events):
        before, state = state, after
        changed = next((c for c in event.deadlines if (c.name, c.ref) == (name, ref)), None)
        if changed is not None and settings and settings[-1].ended is None:
            last = settings[-1]
            settings[-1] = LimitSetting(
                last.event, last.change, last.calendar_digest, last.recount, event
            )
        if changed is not None and changed.due is not None:
            again = _recount(state, event, changed)
            days = state.days(own=changed.own)
            settings.append(LimitSetting(event, changed, days.digest, again))
        own = settings[-1].change.own if settings else True
        if changed is not None or _bears(before, state, own=own):
            bearing.append(event)
    as_of = _days(state, events[-1])[0]
    readings = readings_of(state, as_of)
    reckoning = readings.own
    standing = _standing(state, readings, settings, name, ref)
    return Proof(
        start,
        name,
        ref,
        state,
        as_of,
        reckoning,
        tuple(bearing),
        tuple(settings),
        standing,
        readings,
    )


def _bears(before: CaseState, after: CaseState, *, own: bool) -> bool:
    """`own`: whether the limit is the organ's own to keep, so that its closures move it."""
    return (
        before.clock is not after.clock
        or before.receipt is not after.receipt
        or (before.law is not after.law and (own or _more_than_closures(before, after)))
        or before.ending is not after.ending
    )


def _more_than_closures(before: CaseState, after: CaseState) -> bool:
    """The edition counts the loads of closures too."""
    law = after.law
    return replaced(before.law, closures=law.closures, edition=law.edition) != law


def _days(state: CaseState, event: Event) -> list[date]:
    """The days as of which the limits were counted when `event` was recorded: that of recording;
    or, of the past of a case that moved in and of what was found late, its own."""
    last = max((e.at for e in state.clock), default=event.effective_on)
    recorded = legal_day(event.at)
    return list(dict.fromkeys(max(day, last) for day in (recorded, event.effective_on)))


def _recount(state: CaseState, event: Event, recorded: DeadlineChange) -> Recount:
    due = None
    for day in _days(state, event):
        try:
            running = count(state, day).running
        except YishenError:
            continue
        for run in running:
            if (run.name, run.ref) == (recorded.name, recorded.ref):
                due = run.due
                if _same(recorded, run.base, run.due, run.provisional, run.ledger):
                    return Recount(True, due)
    return Recount(False, due)


def _same(
    recorded: DeadlineChange,
    base: date,
    due: date | None,
    provisional: bool,
    ledger: tuple[Span, ...],
) -> bool:
    return (recorded.base, recorded.due, recorded.provisional, recorded.ledger) == (
        base,
        due,
        provisional,
        ledger,
    )


def _standing(
    state: CaseState,
    readings: Readings,
    settings: Sequence[LimitSetting],
    name: str,
    ref: str | None,
) -> Standing:
    reckoning = readings.own
    every = limits(readings, aim(readings))
    counted = next((x for x in every if (x.name, x.ref) == (name, ref)), None)
    last = settings[-1] if settings else None
    if name == "reply" and reckoning.state is ClockState.PAUSED:
        return _paused(state, reckoning)
    if last is not None and (last.ended is None or _is(counted, last.change)):
        change = last.change
        lines = explain(change.ledger, state, readings, name, ref, own=change.own)
        met = counted.met if counted else None
        # One that is over is counted again by the days it had: newer ones left it where it was.
        its_days = state.days(own=change.own).digest == last.calendar_digest
        over = last.ended is not None and its_days
        return Standing(
            due=change.due,
            base=change.base,
            cause=change.cause,
            own=change.own,
            article=change.article,
            provisional=change.provisional,
            recorded=True,
            recount=_again(counted, change) if over else last.recount,
            lines=lines,
            met=met,
        )
    if counted is not None and counted.due is not None:
        return _counted(state, readings, counted)
    article = last.change.article if last else ""
    own = last.change.own if last else False
    return Standing(None, None, "", own, article, False, True, Recount(True, None))


def _is(counted: Limit | None, change: DeadlineChange) -> bool:
    """Whether a limit that no longer runs was met under its last setting."""
    return counted is not None and (counted.base, counted.due) == (change.base, change.due)


def _again(counted: Limit | None, change: DeadlineChange) -> Recount:
    """Of a limit that is over: its days. A registration amended later may cite another article
    for the same days, and sets nothing anew."""
    if counted is None:
        return Recount(False, None)
    was = (change.base, change.due, change.provisional, _days_of(change.ledger))
    now = (counted.base, counted.due, counted.provisional, _days_of(counted.ledger))
    return Recount(was == now, counted.due)


def _days_of(ledger: tuple[Span, ...]) -> list[tuple[date, date, int]]:
    return [(span.first, span.last, span.counted) for span in ledger]


def _counted(state: CaseState, readings: Readings, counted: Limit) -> Standing:
    """A reply that left while the count stood still: its day was never on record as running."""
    return Standing(
        due=counted.due,
        base=counted.base,
        cause=cause_of(counted.cause, state),
        own=counted.own,
        article=counted.article,
        provisional=counted.provisional,
        recorded=False,
        recount=Recount(True, counted.due),
        lines=explain(counted.ledger, state, readings, counted.name, counted.ref, own=counted.own),
        met=counted.met,
    )


def _paused(state: CaseState, reckoning: Reckoning) -> Standing:
    """The count stands still: its proof as if everything open were answered on the day asked."""
    supposed = readings_if_answered(state, reckoning.as_of)
    base = reckoning.day_zero
    own = state.law.statute.period.closures is Closures.OWN
    return Standing(
        due=None,
        base=base,
        cause=cause_of(reckoning.cause, state),
        own=own,
        article=reckoning.article,
        provisional=reckoning.provisional,
        recorded=False,
        recount=Recount(True, None),
        lines=explain(supposed.own.ledger, state, supposed, own=own),
        latest=reckoning.due_at_latest,
        if_answered=reckoning.due_if_answered,
    )
