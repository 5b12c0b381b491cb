"""Base of every value of the domain: frozen, strict about unknown fields, plain JSON outside."""

from calendar import monthrange
from datetime import date, datetime, time, timedelta, timezone
from typing import Self

from pydantic import BaseModel, ConfigDict

OFFICE_ZONE = timezone(timedelta(hours=8), "UTC+08:00")
"""The zone of legal days in China (no summer time since 1991)."""


def legal_time(at: datetime, clock_offset: int) -> datetime:
    """The instant `at` in the time a case lives in (that of a training case is its own,
    `clock_offset` seconds ahead), in the office's zone."""
    return at.astimezone(OFFICE_ZONE) + timedelta(seconds=clock_offset)


def legal_day(instant: datetime) -> date:
    """The day of an instant in the office's zone."""
    return instant.astimezone(OFFICE_ZONE).date()


def month_of(day: date) -> tuple[date, date]:
    """First and last day of the calendar month of `day`."""
    return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])


def midnight(day: date) -> datetime:
    """00:00 of a legal day, in the office's zone."""
    return datetime.combine(day, time(0), tzinfo=OFFICE_ZONE)


class Value(BaseModel):
    """An immutable value; a field nobody knows is an error, not a silent loss."""

    # An error must not quote what somebody wrote: it may end in a log. What checks a value is made
    # once its kind is first used (pydantic holds a lock): while modules load it takes a tenth of a
    # start.
    model_config = ConfigDict(
        frozen=True, extra="forbid", hide_input_in_errors=True, defer_build=True
    )

    def changed(self, **changes: object) -> Self:
        """A copy with other values, checked as if they had been given at first: what is recorded
        has to be readable. Raises ValidationError."""
        # Not model_copy, which checks nothing; values kept are models already and cost little.
        kept = {name: getattr(self, name) for name in self.model_fields_set}
        return type(self)(**(kept | changes))


def build_models(of: type[Value] = Value) -> None:
    """Make what checks the values, for whoever can't wait for it at their first use. In the order
    in which they are defined: each is made of those it holds, and the other way round takes seven
    times as long and as much memory."""
    for value in of.__subclasses__():
        value.model_rebuild()
        build_models(value)
