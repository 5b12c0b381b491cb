"""Days and instants, as people say them."""

import re
from datetime import date, datetime

from domain.values import OFFICE_ZONE
from speech.words import say

_ISO = re.compile(r"(?<![\d-])\d{4}-\d\d-\d\d(?![\d-])")
"""A day as tables have it."""


def day(value: date, today: date | None = None) -> str:
    """A day with its weekday, with its year where that isn't the one of `today`:
    10月30日（周五）."""
    key = "date.day" if today is not None and value.year == today.year else "date.full"
    return _said(key, value)


def month(value: date) -> str:
    """The month of a day."""
    return say(f"month.{value.month}")


def full_day(value: date) -> str:
    """A day with its year and weekday."""
    return _said("date.full", value)


def instant(value: datetime) -> str:
    """An instant in the office's zone, to the minute."""
    local = value.astimezone(OFFICE_ZONE)
    return say("date.instant", day=_said("date.plain", local.date()), time=f"{local:%H:%M}")


def days_in_words(words: str, today: date) -> str:
    """Words made for tables and lines, with each day in them as people say it."""

    def said(found: re.Match[str]) -> str:
        try:
            return day(date.fromisoformat(found[0]), today)
        except ValueError:  # no day of any calendar
            return found[0]

    return _ISO.sub(said, words)


def _said(key: str, value: date) -> str:
    return say(
        key,
        year=value.year,
        month=say(f"month.{value.month}"),
        day=value.day,
        weekday=say(f"weekday.{value.isoweekday()}"),
    )
