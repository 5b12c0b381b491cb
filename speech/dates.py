"""Days and instants, as people say them."""

from datetime import date, datetime

from domain.values import OFFICE_ZONE
from speech.words import say


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


def _said(key: str, value: date) -> str:
    return say(
        key,
        year=value.year,
        month=say(f"month.{value.month}"),
        day=value.day,
        weekday=say(f"weekday.{value.isoweekday()}"),
    )
