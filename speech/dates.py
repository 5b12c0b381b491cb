"""Days and instants, as people say them."""

import re
from datetime import date, datetime

from domain.values import OFFICE_ZONE
from speech.words import on_pages, say

_ISO = re.compile(r"(?<![\d-])\d{4}-\d\d-\d\d(?![\d-])")
"""A day as tables have it."""


def day(value: date, today: date | None = None) -> str:
    """A day with its weekday, with its year where that isn't the one of `today`:
    10月30日（周五）."""
    key = "date.day" if today is not None and value.year == today.year else "date.full"
    return _said(key, value)


def month(value: date) -> str:
    """The month of a day, as short as it is said."""
    return say(f"month_short.{value.month}")


def full_day(value: date) -> str:
    """A day with its year and weekday."""
    return _said("date.full", value)


def plain_day(value: date) -> str:
    """A day with its year, without its weekday: within a sentence."""
    return _said("date.plain", value)


def as_said(value: object) -> object:
    """A value of a message: a day, or a day as tables have it, as people say it where they have no
    commands to type it into."""
    if isinstance(value, datetime) or not on_pages():
        return value
    if isinstance(value, str) and _ISO.fullmatch(value):
        try:
            value = date.fromisoformat(value)
        except ValueError:  # no day of any calendar
            return value
    return plain_day(value) if isinstance(value, date) else value


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
