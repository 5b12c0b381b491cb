"""What time brings about in a case beside alarms: ends of limits, silences, judgments that take
effect, orders that begin a new clock. Each passes by itself at its legal instant."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from domain.case.facts import ConsultationSilent, LapseCause, Lapsed, SystemFact
from domain.case.standing import bound, end_of
from domain.case.state import CaseState, Deadline
from domain.clock import due_instant
from domain.ladder import Step

_LAPSES = {"correction": LapseCause.CORRECTION, "fee_payment": LapseCause.FEE}
_SILENCES = ("third_party_answer", "coproducer_answer")


@dataclass(frozen=True, slots=True)
class Upcoming:
    """The next thing of a case: its legal instant, and what it is (a step, or an end of limit)."""

    instant: datetime
    deadline: Deadline
    step: Step | None
    fact: SystemFact | None = None


def next_end(state: CaseState) -> Upcoming | None:
    """The next thing that is no step of the ladder. At one instant a lapse goes first, for
    nothing else ends after it; then limits by their names, before what they lead to; never by when
    they were set."""
    ends = [end for deadline in state.deadlines for end in _ends(state, deadline)]
    found = min(ends, key=_turn, default=None)
    for instant, fact in bound(state):
        if found is None or instant < found.instant:
            found = Upcoming(instant, _stand_in(fact, instant.date()), None, fact)
    return found


def _turn(end: Upcoming) -> tuple[datetime, bool, str, str]:
    deadline = end.deadline
    return end.instant, deadline.name not in _LAPSES, deadline.name, deadline.ref or ""


def _stand_in(fact: SystemFact, day: date) -> Deadline:
    """For what is bound to happen without a limit of its own."""
    return Deadline(
        name=fact.kind, ref=None, base=day, due=day, article="", cause="", own=False, proof=""
    )


def _ends(state: CaseState, deadline: Deadline) -> Iterator[Upcoming]:
    correction = state.law.statute.correction
    stays = deadline.name == "correction" and not (correction and correction.lapses)
    if deadline.name in _SILENCES or (deadline.name in _LAPSES and not stays):
        yield Upcoming(due_instant(deadline.due, state.law.statute), deadline, None)
    end = end_of(state, deadline.name, deadline.ref, deadline.due)
    if end is not None:
        yield Upcoming(due_instant(deadline.due, state.law.statute), deadline, None, end)


def ended(thing: Upcoming) -> SystemFact:
    """The fact that an end of a limit is."""
    if thing.fact is not None:
        return thing.fact
    deadline = thing.deadline
    if deadline.name in _LAPSES:
        return Lapsed(cause=_LAPSES[deadline.name])
    return ConsultationSilent(ref=deadline.ref or "")
