"""What a period is measured with: working days or calendar days, under one interface."""

from datetime import date
from typing import Protocol

from domain.calendar.model import Calendar
from domain.calendar.workdays import Run
from domain.periods.period import CitedPeriod, Closures, Period, Roll, Unit, months_later


class Gauge(Protocol):
    """Numbers days so that a period is a difference of ranks."""

    def rank(self, day: date) -> int:
        """Counted days up to and including `day`, from a fixed origin."""

    def at(self, rank: int) -> date:
        """The counted day of that rank."""

    def run(self, day: date) -> Run:
        """The run of counted or uncounted days `day` stands in."""


class CalendarDays:
    """Every day counts."""

    _ENDLESS = Run(date.max, working=True, holiday=False)

    def rank(self, day: date) -> int:
        """The day's ordinal."""
        return day.toordinal()

    def at(self, rank: int) -> date:
        """The day of that ordinal."""
        return date.fromordinal(rank)

    def run(self, day: date) -> Run:
        """All days, as one run."""
        return self._ENDLESS


CALENDAR_DAYS = CalendarDays()


def days_for(period: CitedPeriod | Period, calendar: Calendar) -> Calendar:
    """The days by which a period is counted in an organ that works by `calendar`: its closures
    touch its own periods only."""
    return calendar if period.closures is Closures.OWN else calendar.public


def gauge_for(unit: Unit, calendar: Calendar) -> Gauge:
    """The gauge of a unit: months are kept in calendar days once their length is known."""
    return calendar.index if unit is Unit.WORKING_DAY else CALENDAR_DAYS


def length(period: CitedPeriod, n: int, day_zero: date) -> int:
    """`n` units of the period from `day_zero`, in days of its gauge. Hours from an unknown time of
    the day: the whole days they hold."""
    if period.unit is Unit.MONTH:
        last = months_later(day_zero, n)
        in_full = last.day == day_zero.day  # else there was no such day, and the month ends it
        return (last - day_zero).days - (period.first_day_counts and in_full)
    days = n // 24 if period.unit is Unit.HOUR else n
    return days - period.first_day_counts


def asks_calendar(period: CitedPeriod) -> bool:
    """Whether its last day depends on which days are worked."""
    return period.unit is Unit.WORKING_DAY or period.roll is Roll.NEXT_WORKING_DAY


def end(period: CitedPeriod, base: date, calendar: Calendar) -> date:
    """Last day of a plain period, without stops. Raises calendar_missing."""
    calendar = days_for(period, calendar)
    gauge = gauge_for(period.unit, calendar)
    last = gauge.at(gauge.rank(base) + length(period, period.n, base))
    return calendar.roll(last) if period.roll is Roll.NEXT_WORKING_DAY else last
