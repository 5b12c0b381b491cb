"""What the case does by itself as time passes: lapses, silences, and the steps of the ladder.

`upcoming` names the next thing and its legal instant; `settle` brings a case up to an instant, in
the order of the law however late it is found. Only the highest step of each limit that was due
in between is delivered; the others stand in the record.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from domain.case.act import Event
from domain.case.decide import Decided, Stamp, record
from domain.case.facts import (
    AlarmRaised,
    ConsultationSilent,
    Delivery,
    LapseCause,
    Lapsed,
    SystemFact,
)
from domain.case.people import Role
from domain.case.standing import bound, end_of
from domain.case.state import CaseState, Deadline
from domain.case.tasks import presses
from domain.clock import due_instant
from domain.ladder import MOVER, Step, steps
from domain.period import months_later
from domain.values import OFFICE_ZONE

_LAPSES = {"correction": LapseCause.CORRECTION, "fee_payment": LapseCause.FEE}
_SILENCES = ("third_party_answer", "coproducer_answer")


@dataclass(frozen=True, slots=True)
class Upcoming:
    """The next thing of a case: its legal instant, and what it is (a step, or an end of limit)."""

    instant: datetime
    deadline: Deadline
    step: Step | None
    fact: SystemFact | None = None


def upcoming(state: CaseState) -> Upcoming | None:
    """The next thing the case will do by itself. At one instant ends of limits go before steps."""
    found: Upcoming | None = None
    for deadline in state.deadlines:
        for candidate in _candidates(state, deadline):
            if found is None or candidate.instant < found.instant:
                found = candidate
    for instant, fact in bound(state):
        if found is None or instant < found.instant:
            day = instant.date()
            stand_in = Deadline(name=fact.kind, ref=None, base=day, due=day, article="")
            found = Upcoming(instant, stand_in, None, fact)
    return found


def _candidates(state: CaseState, deadline: Deadline) -> Iterator[Upcoming]:
    correction = state.law.statute.correction
    stays = deadline.name == "correction" and not (correction and correction.lapses)
    if deadline.name in _SILENCES or (deadline.name in _LAPSES and not stays):
        yield Upcoming(due_instant(deadline.due, state.law.statute), deadline, None)
    end = end_of(state, deadline.name, deadline.ref, deadline.due)
    if end is not None:
        yield Upcoming(due_instant(deadline.due, state.law.statute), deadline, None, end)
    step = _next_step(state, deadline)
    if step is not None:
        yield Upcoming(step.instant, deadline, step)


def _next_step(state: CaseState, deadline: Deadline) -> Step | None:
    mark = next(
        (
            m.through
            for m in state.marks
            if (m.name, m.ref, m.due) == (deadline.name, deadline.ref, deadline.due)
        ),
        None,
    )
    for step in steps(state.law.ladder, state.calendar, deadline.name, deadline.base, deadline.due):
        if mark is None or step.instant > mark:
            return step
    return None


def settle(
    state: CaseState, until: datetime, *, moving_in: bool = False, found: datetime | None = None
) -> Decided:
    """Everything the case does by itself up to and at the instant `until`.

    `moving_in`: the instants lie before the case came here; they are recorded as passed, and a
    limit that is overdue then raises its present step once. `found`: the instant of recording
    where it is not `until`; nothing is delivered then.
    """
    events: list[Event] = []
    while (thing := upcoming(state)) is not None and thing.instant <= until:
        fact = _fact(state, thing)
        stamp = Stamp(at=found or until, effective_on=_day(thing))
        decided = record(state, fact, stamp, max(_day(thing), _last_day(state)))
        events.extend(decided.events)
        state = decided.state
    delivered = set() if found else _highest(events, state, moving_in)
    return Decided(tuple(_deliver(e, delivered, moving_in) for e in events), state)


def _fact(state: CaseState, thing: Upcoming) -> SystemFact:
    deadline, step = thing.deadline, thing.step
    if thing.fact is not None:
        return thing.fact
    if step is None:
        if deadline.name in _LAPSES:
            return Lapsed(cause=_LAPSES[deadline.name])
        return ConsultationSilent(ref=deadline.ref or "")
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


def _day(thing: Upcoming) -> date:
    return thing.instant.astimezone(OFFICE_ZONE).date()


def _last_day(state: CaseState) -> date:
    """No day before what is on the clock already: an alarm may be found after a later act."""
    return max((e.at for e in state.clock), default=date.min)


def _highest(events: list[Event], state: CaseState, moving_in: bool) -> set[int]:
    """Numbers of the alarms to deliver: the last of each limit that still runs."""
    last: dict[tuple[str, str | None, date], int] = {}
    for event in events:
        if isinstance(event.what, AlarmRaised):
            alarm = event.what
            if not moving_in or alarm.step.startswith("overdue"):
                last[(alarm.limit, alarm.ref, alarm.due)] = event.seq
    running = {(d.name, d.ref, d.due) for d in state.deadlines}
    return {seq for key, seq in last.items() if key in running}


def _deliver(event: Event, delivered: set[int], moving_in: bool) -> Event:
    if not isinstance(event.what, AlarmRaised):
        return event
    if event.seq in delivered:
        outcome = Delivery.DELIVERED
    else:
        outcome = Delivery.PASSED if moving_in else Delivery.OUTRANKED
    return event.changed(what=event.what.changed(delivery=outcome))


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
