"""What the case does by itself as time passes: lapses, silences, and the steps of the ladder.

`upcoming` names the next thing and its legal instant. Two ways bring a case up to an instant, both
in the order of the law: `settle` records each thing that a running case missed, however late it is
found; `pass_over` follows a decision (an opening, an act, a revision) whose limits lie in the past
already, and sums up the steps of each in one alarm. Only the highest step of a limit is delivered.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

from domain.case.act import Event
from domain.case.ends import Upcoming, ended, next_end
from domain.case.evolve import reworded
from domain.case.facts import (
    AlarmRaised,
    Delivery,
    SystemFact,
)
from domain.case.people import Role
from domain.case.record import Decided, Stamp, record
from domain.case.state import CaseState, Deadline
from domain.case.tasks import presses
from domain.clock import due_instant
from domain.ladder import MOVER, Climb, Step, climb, steps
from domain.periods.period import months_later
from domain.values import legal_day


def upcoming(state: CaseState) -> Upcoming | None:
    """The next thing the case will do by itself. At one instant ends of limits go before steps."""
    found = next_end(state)
    for deadline in state.deadlines:
        step = _next_step(state, deadline)
        if step is not None and (found is None or step.instant < found.instant):
            found = Upcoming(step.instant, deadline, step)
    return found


def _mark(state: CaseState, deadline: Deadline) -> datetime | None:
    """How far its ladder was climbed."""
    for mark in state.marks:
        if (mark.name, mark.ref, mark.due) == _key(deadline):
            return mark.through
    return None


def _key(deadline: Deadline) -> tuple[str, str | None, date]:
    return deadline.name, deadline.ref, deadline.due


def _silent(state: CaseState, deadline: Deadline) -> bool:
    """Whether nobody is reminded of it: our own period of appeal after a judgment for us."""
    if deadline.name != "appeal":
        return False
    ended = state.proceeding(deadline.ref or "")
    return ended is not None and not ended.lost


def _next_step(state: CaseState, deadline: Deadline) -> Step | None:
    if _silent(state, deadline):
        return None
    ladder, mark = state.law.ladder, _mark(state, deadline)
    found = steps(
        ladder,
        state.calendar,
        deadline.name,
        deadline.base,
        deadline.due,
        mark,
        only_over=_reminded_earlier(state, deadline),
    )
    return next(found, None)


def _reminded_earlier(state: CaseState, deadline: Deadline) -> bool:
    """Whether the reminders of the reply are those of the safe day."""
    return deadline.name == "reply" and state.deadline("safe_day") is not None


def _climb(state: CaseState, deadline: Deadline, until: datetime) -> Climb | None:
    if _silent(state, deadline):
        return None
    return climb(
        state.law.ladder,
        state.calendar,
        deadline.name,
        deadline.base,
        deadline.due,
        _mark(state, deadline),
        until,
        only_over=_reminded_earlier(state, deadline),
    )


def backlog(state: CaseState, until: datetime) -> int:
    """How many steps of the running limits are due by `until`; counted, not walked through."""
    climbs = (_climb(state, deadline, until) for deadline in state.deadlines)
    return sum(found.count for found in climbs if found is not None)


# -- what a running case missed -----------------------------------------------------------------


def settle(state: CaseState, until: datetime, *, most: int | None = None) -> Decided:
    """Everything the case does by itself up to and at the instant `until`, one by one; of a long
    time the first `most` things, so that the rest is left for another call."""
    events: list[Event] = []
    while (thing := upcoming(state)) is not None and thing.instant <= until:
        if most is not None and len(events) >= most:
            break
        decided = _recorded(state, thing, until)
        events.extend(decided.events)
        state = decided.state
    delivered = _highest(events, state, until)
    if not delivered:
        return Decided(tuple(events), state)
    told = tuple(_deliver(event, delivered) for event in events)
    return Decided(told, reworded(state, told))


def _recorded(state: CaseState, thing: Upcoming, at: datetime) -> Decided:
    stamp = Stamp(at=at, effective_on=legal_day(thing.instant))
    return record(state, _fact(state, thing), stamp)


def _fact(state: CaseState, thing: Upcoming) -> SystemFact:
    if thing.step is not None:
        return _alarm(state, thing.deadline, thing.step)
    return ended(thing)


def _alarm(state: CaseState, deadline: Deadline, step: Step) -> AlarmRaised:
    role, person = presses(state) if step.to == MOVER else (Role(step.to), None)
    if role is Role.HANDLER and person is None:
        person = state.handler
    return AlarmRaised(
        limit=deadline.name,
        ref=deadline.ref,
        step=step.name,
        due=deadline.due,
        instant=step.instant,
        to=role,
        person=person,
        delivery=Delivery.OUTRANKED,
        late=step.late,
    )


def _highest(events: list[Event], state: CaseState, until: datetime) -> set[int]:
    """Numbers of the alarms to deliver: the last of each limit that still runs, where no higher
    step of it is left for another call."""
    last: dict[tuple[str, str | None, date], int] = {}
    for event in events:
        if isinstance(event.what, AlarmRaised):
            last[(event.what.limit, event.what.ref, event.what.due)] = event.seq
    found = set()
    for deadline in state.deadlines:
        if _key(deadline) in last:
            step = _next_step(state, deadline)
            if step is None or step.instant > until:
                found.add(last[_key(deadline)])
    return found


def _deliver(event: Event, delivered: set[int]) -> Event:
    if event.seq not in delivered:
        return event
    return event.changed(what=event.what.changed(delivery=Delivery.DELIVERED))


# -- what lay in the past when it was set -------------------------------------------------------


def pass_over(
    state: CaseState,
    until: datetime,
    *,
    moving_in: bool = False,
    found: datetime | None = None,
) -> Decided:
    """What a decision brings about up to and at `until`: the ends of limits one by one, the steps
    of each limit in one alarm that says how many there were and since when.

    `moving_in`: the instants lie before the case came here; its alarms are recorded as passed,
    but for the present step of a limit that is overdue. `found`: the instant of recording where it
    is not `until`; the steps of limits that go on running are left for the last call then.
    """
    events: list[Event] = []
    outcome = Delivery.PASSED if moving_in else Delivery.OUTRANKED
    while (thing := next_end(state)) is not None and thing.instant <= until:
        end = thing

        def ends(before: CaseState, end: Upcoming = end) -> Decided:
            return _recorded(before, end, found or until)

        before = end.instant - timedelta(microseconds=1)
        decided = with_passed(state, ends, before, found or until, outcome)
        events.extend(decided.events)
        state = decided.state
    if found is None:
        summed = _summed(state, state.deadlines, until, until, outcome, tell=True)
        events.extend(summed.events)
        state = summed.state
    return Decided(tuple(events), state)


def with_passed(
    state: CaseState,
    decision: Callable[[CaseState], Decided],
    until: datetime,
    at: datetime,
    outcome: Delivery = Delivery.PASSED,
) -> Decided:
    """`decision` on `state`; the steps up to `until` of limits that it ends go on record before it,
    since nothing can be said of them after. Raises what the decision raises."""
    decided = decision(state)
    running = {_key(deadline) for deadline in decided.state.deadlines}
    gone = [deadline for deadline in state.deadlines if _key(deadline) not in running]
    summed = _summed(state, gone, until, at, outcome)
    if not summed.events:
        return decided
    decided = decision(summed.state)
    return Decided((*summed.events, *decided.events), decided.state)


def _summed(
    state: CaseState,
    deadlines: Sequence[Deadline],
    until: datetime,
    at: datetime,
    outcome: Delivery,
    *,
    tell: bool = False,
) -> Decided:
    """One alarm for each limit that has steps behind it. `tell`: it is delivered; of a case that
    moves in, only where the limit is overdue."""
    climbs = [(d, c) for d in deadlines if (c := _climb(state, d, until)) is not None]
    events: list[Event] = []
    for deadline, found in sorted(climbs, key=lambda pair: pair[1].last.instant):
        alarm = _alarm(state, deadline, found.last)
        news = outcome is not Delivery.PASSED or found.last.name.startswith("overdue")
        update: dict[str, object] = {"delivery": Delivery.DELIVERED if tell and news else outcome}
        if found.count > 1:
            update |= {"passed": found.count - 1, "since": found.first.instant}
        stamp = Stamp(at=at, effective_on=legal_day(found.last.instant))
        decided = record(state, alarm.changed(**update), stamp)
        events.extend(decided.events)
        state = decided.state
    return Decided(tuple(events), state)


def idle_until(state: CaseState) -> datetime | None:
    """When a closed case may end its run: after the longest remedy period of its statute, from
    its end or from the end of its last proceeding. None while anything may still come of one."""
    if state.ending is None or state.contested:
        return None
    statute = state.law.statute
    last = max((p.effective or p.served or p.received for p in state.proceedings), default=None)
    since = max(state.ending.on, last) if last else state.ending.on
    # Not rolled: the years of the case's calendar may end before, and nobody's right hangs on it.
    return due_instant(months_later(since, statute.longest_remedy.n), statute)
