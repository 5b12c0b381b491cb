"""Counting one limit of a remedy, with what stops it and what adds to it, and the proof."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from domain.calendar.model import Calendar
from domain.errors import Code, InputError
from domain.periods.count import count_period
from domain.periods.gauge import Gauge, days_for, gauge_for
from domain.periods.ledger import ONE_DAY, Gap, Span, Stage, spans
from domain.periods.period import Closures, Period, Roll, Unit, months_later
from domain.periods.running import Running


@dataclass(frozen=True, slots=True)
class CountedLimit:
    """The last day of a limit that began after `base`. `own`: the organ's own, closures of the
    organ count in it."""

    base: date
    due: date
    article: str
    provisional: bool
    ledger: tuple[Span, ...]
    own: bool = False

    def running(self, name: str, ref: str | None, cause: str) -> Running:
        """The limit of that name, so counted; `cause`: what happened on its day 0."""
        return Running(
            name=name,
            ref=ref,
            base=self.base,
            due=self.due,
            article=self.article,
            cause=cause,
            own=self.own,
            provisional=self.provisional,
            ledger=self.ledger,
        )


def counted(
    period: Period,
    calendar: Calendar,
    base: date,
    gaps: Sequence[Gap] = (),
    extra: int = 0,
) -> CountedLimit:
    """`period` from day 0 `base`; `gaps` (in order, apart) do not count; `extra` calendar days or
    working days, as the period's unit, are added by an extension.

    Where the calendar does not list the year of the end, a period in calendar days or months ends
    unrolled and provisional. Raises calendar_missing for working days.
    """
    try:
        return _counted(period, calendar, base, gaps, extra)
    except InputError as error:
        if error.code is not Code.CALENDAR_MISSING or period.unit is Unit.WORKING_DAY:
            raise
    plain = _counted(period.model_copy(update={"roll": Roll.NONE}), calendar, base, gaps, extra)
    return CountedLimit(base, plain.due, plain.article, True, plain.ledger, plain.own)


def _counted(
    period: Period, calendar: Calendar, base: date, gaps: Sequence[Gap], extra: int
) -> CountedLimit:
    own = period.closures is Closures.OWN
    if not gaps and not extra:
        plain = count_period(period, calendar, base, None)
        return CountedLimit(base, plain.due, period.article, plain.provisional, plain.ledger, own)
    calendar = days_for(period, calendar)
    gauge = gauge_for(period.unit, calendar)
    months = period.unit is Unit.MONTH
    n = (months_later(base, period.n) - base).days if months else period.n
    first = _shifted(gauge.rank(base) + n, gaps, gauge)
    target = _shifted(gauge.rank(base) + n + extra, gaps, gauge)
    raw = gauge.at(target)
    stages = [Stage(gauge.at(first), "period", period.article)]
    if extra:
        stages.append(Stage(raw, "extension", period.article))
    ledger = spans(gauge, calendar, base, stages, gaps)
    due = calendar.roll(raw) if period.roll is Roll.NEXT_WORKING_DAY else raw
    if due > raw:
        ledger += (Span(raw + ONE_DAY, due, 0, "rolled", period.article),)
    provisional = calendar.provisional(base, due)
    return CountedLimit(base, due, period.article, provisional, ledger, own)


def _shifted(target: int, gaps: Sequence[Gap], gauge: Gauge) -> int:
    """The rank moved on by every gap that begins before it is reached."""

    for gap in gaps:
        before = gauge.rank(gap.first - ONE_DAY)
        if before >= target:
            break
        target += gauge.rank(gap.last) - before
    return target
