"""Periods: a number and a unit, and what happens when the last day is a rest day."""

from calendar import monthrange
from datetime import date, time
from enum import StrEnum

from pydantic import Field

from domain.values import Value


class Unit(StrEnum):
    """What a period counts."""

    WORKING_DAY = "working_day"
    CALENDAR_DAY = "calendar_day"
    MONTH = "month"
    HOUR = "hour"


class Roll(StrEnum):
    """Where an end on a rest day goes."""

    NEXT_WORKING_DAY = "next_working_day"
    NONE = "none"


class Closures(StrEnum):
    """Whether a local closure of the organ touches a period. Only one that the organ itself has to
    keep is its `own`; those of applicants, third parties, courts and organs of reconsideration,
    and those it has to keep before them, run by the public days."""

    OWN = "own"
    NONE = "none"


class CitedPeriod(Value):
    """A period of the law with the article that sets it. `first_day_counts`: it begins with day 0
    and not after it ("three months beginning with the day …")."""

    n: int = Field(gt=0)
    unit: Unit
    roll: Roll = Roll.NONE
    first_day_counts: bool = False
    closures: Closures = Closures.NONE
    article: str = Field(min_length=1)


class Period(Value):
    """Any period, asked for by hand or named. `n` may be 0 (the day itself) or negative (back).

    `cut_off`: an instant later than this local time, or on a rest day, begins the next working
    day. `zone`: where days begin and end.
    """

    n: int = Field(ge=-100_000, le=100_000, strict=True)
    unit: Unit
    roll: Roll = Roll.NEXT_WORKING_DAY
    cut_off: time | None = None
    zone: str | None = None
    closures: Closures = Closures.NONE
    article: str = ""


def months_later(day: date, n: int) -> date:
    """The same day of the month `n` months on (back when negative), or that month's last day.
    ValueError beyond what a date can hold."""
    year, month = divmod(day.year * 12 + day.month - 1 + n, 12)
    first = date(year, month + 1, 1)
    return first.replace(day=min(day.day, monthrange(year, month + 1)[1]))
