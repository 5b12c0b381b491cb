"""The ladder: when whom is reminded of a limit, and who hears of it once it is past.

Policy as data (`law/policy/ladder*.toml`). Days are working days of the case's calendar;
instants are in the office's zone. Overdue is always 00:00 after the last day: that instant is
the law's, not a policy.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Annotated

from pydantic import Field

from domain.calendars import Calendar
from domain.errors import YishenError
from domain.values import OFFICE_ZONE, Value

MOVER = "mover"
"""Addressee: whoever must move in the case when the step is due."""


class LimitLadder(Value):
    """Steps of one limit. Empty: nothing is said of it."""

    remind: tuple[Annotated[int, Field(ge=1)], ...] = ()
    """Working days before the last day, farthest first."""
    remind_to: str = MOVER
    last_day_to: str | None = None
    overdue_to: str | None = None
    repeat_to: str | None = None
    """Again on each working day after the last day."""
    later_from: Annotated[int, Field(ge=2)] | None = None
    later_to: str | None = None
    """From this working day after the last day on, to this role instead."""


class Ladder(Value):
    """All steps of an office. `at`: the local time of reminders and repeats."""

    id: str
    at: time = time(9)
    limits: dict[str, LimitLadder]


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its name, its legal instant, whom it addresses, how many working days late."""

    name: str
    instant: datetime
    to: str
    late: int = 0


def steps(ladder: Ladder, calendar: Calendar, limit: str, base: date, due: date) -> Iterator[Step]:
    """The steps of a limit in order; endless where overdue repeats.

    Steps on day 0 (`base`) or earlier are left out. Where the calendar ends, the steps end: a
    later calendar version brings the rest.
    """
    rungs = ladder.limits.get(limit)
    if rungs is None:
        return
    try:
        for days in sorted(rungs.remind, reverse=True):
            day = calendar.add_working_days(due, -days)
            if day > base:
                yield Step(f"reminder_{days}", _at(day, ladder.at), rungs.remind_to)
        if rungs.last_day_to and due > base:
            yield Step("last_day", _at(due, ladder.at), rungs.last_day_to)
        after = due + timedelta(days=1)
        if rungs.overdue_to:
            late = int(calendar.is_working_day(after))
            yield Step("overdue", _at(after, time(0)), rungs.overdue_to, late)
        if rungs.repeat_to:
            for late in count(1):
                day = calendar.add_working_days(due, late)
                if day == after:  # that morning the overdue step is nine hours old
                    continue
                higher = rungs.later_from is not None and late >= rungs.later_from
                to = rungs.later_to if higher and rungs.later_to else rungs.repeat_to
                yield Step(
                    "overdue_higher" if higher else "overdue_again", _at(day, ladder.at), to, late
                )
    except YishenError:  # calendar_missing: no day there can be named
        return


def _at(day: date, local: time) -> datetime:
    return datetime.combine(day, local, tzinfo=OFFICE_ZONE)
