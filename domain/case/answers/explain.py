"""A ledger as a reader needs it: which consultation took the days out, which weekend days were
worked, which settings decided it, how many days are counted so far."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from domain.calendar.model import Calendar
from domain.case.state import CaseState
from domain.clock import Consultation, Span
from domain.clock.readings import Readings, cited
from domain.statute import Party

_ONE_DAY = timedelta(days=1)
_PARTIES = frozenset(Party)


@dataclass(frozen=True, slots=True)
class ExplainedSpan:
    """A span of a ledger in its case. `total`: counted up to its end; `refs`: the consultations
    that took its days out; `worked`: weekend days in it that a notice made working days;
    `settings`: those that decided it, with the choice."""

    first: date
    last: date
    counted: int
    total: int
    why: str
    article: str
    refs: tuple[str, ...] = ()
    worked: tuple[date, ...] = ()
    notice: str = ""
    settings: tuple[tuple[str, str], ...] = ()


def explain(
    ledger: Sequence[Span],
    state: CaseState,
    readings: Readings,
    name: str = "reply",
    ref: str | None = None,
    *,
    own: bool = True,
) -> tuple[ExplainedSpan, ...]:
    """Every span of the `ledger` of a limit with what stands behind it in the case, counted by
    the `readings`; `own`: of a limit in which closures of the organ count."""
    return tuple(_lines(ledger, state, readings, state.days(own=own), (name, ref)))


def _lines(
    ledger: Sequence[Span],
    state: CaseState,
    readings: Readings,
    calendar: Calendar,
    limit: tuple[str, str | None],
) -> Iterator[ExplainedSpan]:
    total = 0
    for span, decided in zip(ledger, readings.behind(ledger, *limit), strict=True):
        first, last, counted, why, article = span
        total += counted
        worked: tuple[date, ...] = ()
        notice = ""
        # A period in calendar days counts its rest days too; a worked one is no news there.
        if counted and state.law.statute.period.unit == "working_day":
            worked = tuple(day for day in calendar.days_worked if first <= day <= last)
            notice = " ".join(dict.fromkeys(calendar.notice(day, day) for day in worked))
        refs: tuple[str, ...] = ()
        if why in _PARTIES and not counted:
            refs = _covering(first, last, state, readings.own.consultations)
        named = dict(cited(article))
        settings = tuple((name, named.get(name) or readings.chosen(name)) for name in decided)
        yield ExplainedSpan(
            first, last, counted, total, why, article, refs, worked, notice, settings
        )


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
