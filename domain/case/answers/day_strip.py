"""The days of a period one by one, from the ledger of its count: which of them count, the number of
each, and why the others don't."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from domain.calendar.model import Calendar
from domain.case.answers.readings import as_if_answered
from domain.case.count import reckoned
from domain.case.state import CaseState
from domain.clock import ClockState, Reckoning
from domain.errors import YishenError
from domain.periods.gauge import days_for
from domain.periods.ledger import Span

LONGEST = 45
"""Days that are past and still shown one by one; before them weeks are taken together."""


class DayKind(StrEnum):
    """What a day of a period is."""

    ZERO = "zero"
    """The day it begins with, which does not count."""
    COUNTED = "counted"
    WORKED_WEEKEND = "worked_weekend"
    """It counts: a notice made it a working day."""
    EXCLUDED = "excluded"
    """The clock stood still: see `why`."""
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    CLOSURE = "closure"


@dataclass(frozen=True, slots=True)
class StripDay:
    """One day. `number`: of those that count, from 1; `why` and `article` as in its span; `last`:
    the day on which the period ends."""

    day: date
    kind: DayKind
    number: int | None = None
    why: str = ""
    article: str = ""
    last: bool = False


@dataclass(frozen=True, slots=True)
class StripWeek:
    """Days from Monday to Sunday; `short`: long past, to be shown as its first and last number
    alone."""

    days: tuple[StripDay, ...]
    short: bool

    @property
    def numbers(self) -> tuple[int, int] | None:
        """The first and the last number in it; None: no day of it counts."""
        found = [day.number for day in self.days if day.number is not None]
        return (found[0], found[-1]) if found else None


@dataclass(frozen=True, slots=True)
class DayStrip:
    """The days of the reply's period as they stand. `due`: its last day; `stands_still`: it is
    counted as if all who were consulted answered today; `sent`: the day the reply left."""

    days: tuple[StripDay, ...]
    due: date
    stands_still: bool
    sent: date | None

    def weeks(self, today: date) -> tuple[StripWeek, ...]:
        """By weeks from Monday; those that ended more than `LONGEST` days ago are short."""
        found: dict[date, list[StripDay]] = {}
        for day in self.days:
            found.setdefault(day.day - timedelta(days=day.day.weekday()), []).append(day)
        before = today - timedelta(days=LONGEST)
        return tuple(StripWeek(tuple(part), part[-1].day < before) for part in found.values())


def strip_of(state: CaseState, today: date) -> DayStrip | None:
    """The strip of a case on a day; None: no period runs, or it can't be counted."""
    if state.receipt is None:
        return None
    try:
        own = reckoned(state, today)
        shown = as_if_answered(state, own)
        found = strip_of_count(shown, state.calendar)
    except YishenError:
        return None
    sent = state.dispatch.on if state.dispatch else None
    return found and replace(found, stands_still=own.state is ClockState.PAUSED, sent=sent)


def strip_of_count(counted: Reckoning, calendar: Calendar) -> DayStrip | None:
    """The strip of a count by itself; None: no period runs. Raises calendar_missing."""
    zero, due = counted.day_zero, counted.due
    if zero is None or due is None or not counted.ledger:
        return None
    days = days_for(counted.statute.period, calendar)
    shown = tuple(_days(counted.ledger, zero, due, days))
    return DayStrip(shown, due, stands_still=False, sent=None)


def _days(
    ledger: Sequence[Span], day_zero: date, due: date, calendar: Calendar
) -> Iterator[StripDay]:
    """Every day from day 0 to the end of the ledger. `due`: the last day of the period."""
    yield StripDay(day_zero, DayKind.ZERO)
    number, worked = 0, set(calendar.days_worked)
    for span in ledger:
        for day in _each(span):
            if span.counted:
                number += 1
                kind = DayKind.WORKED_WEEKEND if day in worked else DayKind.COUNTED
            else:
                kind = _rest(span.why)
            counted = number if span.counted else None
            yield StripDay(day, kind, counted, span.why, span.article, last=day == due)


def _rest(why: str) -> DayKind:
    """Of the days that don't count: a weekend within a holiday is a holiday."""
    found = {"weekend": DayKind.WEEKEND, "holiday": DayKind.HOLIDAY, "closure": DayKind.CLOSURE}
    return found.get(why, DayKind.EXCLUDED)


def _each(span: Span) -> Iterator[date]:
    for n in range(span.first.toordinal(), span.last.toordinal() + 1):
        yield date.fromordinal(n)
