"""Periods: a number and a unit, and what happens when the last day is a rest day."""

from calendar import monthrange
from datetime import date
from enum import StrEnum

from pydantic import Field

from domain.errors import Code, InputError
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


class CitedPeriod(Value):
    """A period of the law with the article that sets it."""

    n: int = Field(gt=0)
    unit: Unit
    roll: Roll = Roll.NONE
    article: str = Field(min_length=1)


def months_later(day: date, n: int) -> date:
    """The same day of the month `n` months on (back when negative), or that month's last day."""
    months = day.year * 12 + day.month - 1 + n
    year, month = divmod(months, 12)
    try:
        return day.replace(
            year=year, month=month + 1, day=min(day.day, monthrange(year, month + 1)[1])
        )
    except (ValueError, OverflowError) as error:
        raise InputError(Code.BAD_FIELD, field="n", detail="1..9999") from error
