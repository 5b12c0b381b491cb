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

from domain.calendar.model import Calendar
from domain.errors import YishenError
from domain.values import OFFICE_ZONE, Value, legal_day

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
    repeat_every: Annotated[int, Field(ge=1)] = 1
    """Only after each so many of them."""
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


@dataclass(frozen=True, slots=True)
class Climb:
    """Steps of one limit taken together: the first, the last, how many."""

    first: Step
    last: Step
    count: int


def steps(
    ladder: Ladder,
    calendar: Calendar,
    limit: str,
    base: date,
    due: date,
    after: datetime | None = None,
    *,
    only_over: bool = False,
) -> Iterator[Step]:
    """The steps of a limit in order, those later than `after`; endless where overdue repeats.
    `only_over`: none before it is over.

    Steps on day 0 (`base`) or earlier are left out. Where the calendar ends, the steps end: a
    later calendar version brings the rest.
    """
    rungs = ladder.limits.get(limit)
    if rungs is None:
        return
    try:
        for step in _once(rungs, ladder.at, calendar, base, due, only_over):
            if after is None or step.instant > after:
                yield step
        if rungs.repeat_to:
            every = rungs.repeat_every
            for late in count(_up(_late_on(calendar, due, after), every), every):
                again = _again(rungs, ladder.at, calendar, due, late)
                if again is not None and (after is None or again.instant > after):
                    yield again
    except YishenError:  # calendar_missing: no day there can be named
        return


def climb(
    ladder: Ladder,
    calendar: Calendar,
    limit: str,
    base: date,
    due: date,
    after: datetime | None,
    until: datetime,
    *,
    only_over: bool = False,
) -> Climb | None:
    """The steps later than `after`, up to and at `until`, without walking through them: the
    repeats are counted by the calendar's index. None where there is none."""
    rungs = ladder.limits.get(limit)
    if rungs is None:
        return None
    found: list[Step] = []
    number = 0
    try:
        for step in _once(rungs, ladder.at, calendar, base, due, only_over):
            if step.instant <= until and (after is None or step.instant > after):
                found.append(step)
                number += 1
        if rungs.repeat_to:
            ends = [_repeat(rungs, ladder.at, calendar, due, after, until, last=x) for x in (0, 1)]
            if ends[0] and ends[1]:
                found += [ends[0], ends[1]]
                number += (ends[1].late - ends[0].late) // rungs.repeat_every + 1
    except YishenError:  # the calendar ends with or before the limit
        pass
    return Climb(found[0], found[-1], number) if found else None


def _once(
    rungs: LimitLadder, at: time, calendar: Calendar, base: date, due: date, only_over: bool
) -> Iterator[Step]:
    """Reminders, the last day, the overdue step."""
    for days in () if only_over else sorted(rungs.remind, reverse=True):
        day = calendar.add_working_days(due, -days)
        if day > base:
            yield Step(f"reminder_{days}", _at(day, at), rungs.remind_to)
    if rungs.last_day_to and due > base and not only_over:
        yield Step("last_day", _at(due, at), rungs.last_day_to)
    after = due + timedelta(days=1)
    if rungs.overdue_to:
        late = int(calendar.is_working_day(after))
        yield Step("overdue", _at(after, time(0)), rungs.overdue_to, late)


def _again(rungs: LimitLadder, at: time, calendar: Calendar, due: date, late: int) -> Step | None:
    """The repeat of that many working days after the last day. None on the first morning after
    it: the overdue step is nine hours old."""
    day = calendar.add_working_days(due, late)
    if day == due + timedelta(days=1):
        return None
    higher = rungs.later_from is not None and late >= rungs.later_from
    to = rungs.later_to if higher and rungs.later_to else rungs.repeat_to
    return Step("overdue_higher" if higher else "overdue_again", _at(day, at), to or "", late)


def _repeat(
    rungs: LimitLadder,
    at: time,
    calendar: Calendar,
    due: date,
    after: datetime | None,
    until: datetime,
    *,
    last: int,
) -> Step | None:
    """The first or the `last` repeat later than `after`, up to and at `until`."""
    end = until
    if not calendar.every_year:
        end = min(until, _at(date(max(calendar.years), 12, 31), time.max))
    late, every = _late_on(calendar, due, end if last else after), rungs.repeat_every
    nearest = late // every * every if last else _up(late, every)
    for number in (nearest, nearest - every if last else nearest + every):
        step = _again(rungs, at, calendar, due, number) if number > 0 else None
        if step and (after is None or step.instant > after) and step.instant <= end:
            return step
    return None


def _up(late: int, every: int) -> int:
    """The first repeat of so many days late or more."""
    return -(-late // every) * every


def _late_on(calendar: Calendar, due: date, instant: datetime | None) -> int:
    """How many working days after the last day an instant lies, from 1."""
    if instant is None:
        return 1
    day = legal_day(instant)
    return max(1, calendar.count(due, day)) if day > due else 1


def _at(day: date, local: time) -> datetime:
    return datetime.combine(day, local, tzinfo=OFFICE_ZONE)
