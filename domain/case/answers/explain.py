"""A ledger as a reader needs it: which consultation took the days out, which weekend days were
worked, how many days are counted so far."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from domain.calendar.model import Calendar
from domain.case.state import CaseState
from domain.clock import Consultation, Reckoning, Span
from domain.statute import Party

_ONE_DAY = timedelta(days=1)
_PARTIES = frozenset(Party)


@dataclass(frozen=True, slots=True)
class ExplainedSpan:
    """A span of a ledger in its case. `total`: counted up to its end; `refs`: the consultations
    that took its days out; `worked`: weekend days in it that a notice made working days."""

    first: date
    last: date
    counted: int
    total: int
    why: str
    article: str
    refs: tuple[str, ...] = ()
    worked: tuple[date, ...] = ()
    notice: str = ""


def explain(
    ledger: Iterable[Span], state: CaseState, reckoning: Reckoning, *, own: bool = True
) -> tuple[ExplainedSpan, ...]:
    """Every span of `ledger` with what stands behind it in the case; `own`: of a limit in which
    closures of the organ count."""
    return tuple(_lines(ledger, state, reckoning, state.days(own=own)))


def _lines(
    ledger: Iterable[Span], state: CaseState, reckoning: Reckoning, calendar: Calendar
) -> Iterator[ExplainedSpan]:
    total = 0
    for first, last, counted, why, article in ledger:
        total += counted
        worked: tuple[date, ...] = ()
        notice = ""
        # A period in calendar days counts its rest days too; a worked one is no news there.
        if counted and state.law.statute.period.unit == "working_day":
            worked = tuple(day for day in calendar.days_worked if first <= day <= last)
            notice = " ".join(dict.fromkeys(calendar.notice(day, day) for day in worked))
        refs: tuple[str, ...] = ()
        if why in _PARTIES and not counted:
            refs = _covering(first, last, state, reckoning.consultations)
        yield ExplainedSpan(first, last, counted, total, why, article, refs, worked, notice)


def _covering(
    first: date, last: date, state: CaseState, consultations: Sequence[Consultation]
) -> tuple[str, ...]:
    """Refs of the consultations that take out a day between `first` and `last`."""
    policy = state.law.policy
    both_ends = policy.exclusion_ends == "both_ends"
    found = []
    for asked in consultations:
        if not asked.excluded or asked.ref is None:
            continue
        begins = asked.asked if both_ends else asked.asked + _ONE_DAY
        ends = asked.answered or date.max
        if asked.limit is not None and policy.silent_consultation != "until_answer":
            ends = min(ends, asked.limit)
        if begins <= last and ends >= first:
            found.append(asked.ref)
    return tuple(found)
