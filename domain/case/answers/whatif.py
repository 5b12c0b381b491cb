"""What if: the last days of a case if more happened. Nothing is recorded.

The case's own law, calendar, settings and past; the supposed events are put among them in the
order of their days. The same clock counts, so what is supposed equals what happens.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from domain.case.answers.readings import readings_if_answered, readings_of
from domain.case.changes import replaced
from domain.case.parts import End
from domain.case.state import CaseState
from domain.case.topics.base import with_tick
from domain.clock import ClockEvent, ClockState, Limit, Reckoning
from domain.clock.aiming import aim, limits
from domain.clock.readings import Readings
from domain.errors import Code, InputError, Refusal
from domain.periods.period import Closures


@dataclass(frozen=True, slots=True)
class Shift:
    """One limit as it is and as it would be. None: it would have no day. `working_days`: from
    the one to the other, negative when earlier, None where there is none or no calendar."""

    name: str
    ref: str | None
    was: date | None
    due: date | None
    working_days: int | None


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The case as it is today, and as it would be on `as_of`, by every reading. The reply's days
    stand in `reply`; of a paused one the day where silence to the end of every limit would put
    it. `proof` has the ledger: of `then`, or where that stands still, of all answered on
    `as_of`."""

    as_of: date
    readings_now: Readings
    readings: Readings
    proof: Readings
    reply: Shift
    others: tuple[Shift, ...]
    warnings: tuple[str, ...]

    @property
    def now(self) -> Reckoning:
        """The count of today."""
        return self.readings_now.own

    @property
    def then(self) -> Reckoning:
        """The count as it would be."""
        return self.readings.own


def what_if(state: CaseState, events: Sequence[ClockEvent], today: date) -> WhatIf:
    """Count the case as if `events` happened too. The day asked for is `today`, or that of the
    last event where that is later. Raises what the clock raises, for the supposed events too."""
    _check(state, events)
    known = state.clock
    for event in events:
        known = with_tick(known, event)
    as_of = max([today, *(event.at for event in known)])
    now = readings_of(state, today)
    supposed = replaced(state, clock=known)
    then = readings_of(supposed, as_of)
    paused = then.own.state is ClockState.PAUSED
    return WhatIf(
        as_of,
        now,
        then,
        readings_if_answered(supposed, as_of) if paused else then,
        _reply(state, now.own, then.own),
        _others(state, now, then),
        tuple(w for w in then.own.warnings if w not in state.clock_warnings),
    )


def _check(state: CaseState, events: Sequence[ClockEvent]) -> None:
    """The clock knows every end but one: a number that was given in error."""
    if state.ending is not None and state.ending.how is End.VOIDED:
        kind = events[0].kind if events else "noted"
        raise Refusal(Code.CASE_ENDED, kind=kind, day=state.ending.on)


def last_day(reckoning: Reckoning) -> date | None:
    """The last day of the reply; of a paused one where silence would put it."""
    return reckoning.due or reckoning.due_at_latest


def _reply(state: CaseState, now: Reckoning, then: Reckoning) -> Shift:
    was, due = last_day(now), last_day(then)
    own = state.law.statute.period.closures is Closures.OWN
    return Shift("reply", None, was, due, _distance(state, was, due, own=own))


def _others(state: CaseState, now: Readings, then: Readings) -> tuple[Shift, ...]:
    before, after = (
        {_key(limit): limit for limit in limits(r, aim(r)) if limit.name != "reply"}
        for r in (now, then)
    )
    found = []
    for name, ref in dict.fromkeys([*before, *after]):
        old, new = before.get((name, ref)), after.get((name, ref))
        was, due = _due(old), _due(new)
        if was != due:
            own = any(limit.own for limit in (old, new) if limit)
            found.append(Shift(name, ref, was, due, _distance(state, was, due, own=own)))
    return tuple(found)


def _key(limit: Limit) -> tuple[str, str | None]:
    return str(limit.name), limit.ref


def _due(limit: Limit | None) -> date | None:
    return limit.due if limit else None


def _distance(state: CaseState, was: date | None, due: date | None, *, own: bool) -> int | None:
    if was is None or due is None:
        return None
    try:
        return state.days(own=own).count(was, due)
    except InputError:  # a year nobody listed
        return None
