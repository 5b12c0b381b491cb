"""Working-day arithmetic by table: no walking, whatever the distance.

A table lists every working day of a run of years and, for each calendar day, how many working
days lie up to it (its rank). The n-th working day after a day is one look-up, the number of
working days between two days one subtraction.
"""

from collections.abc import Callable, Collection
from datetime import date
from itertools import accumulate, groupby
from threading import Lock
from typing import NamedTuple

from domain.errors import Code, InputError

_EVERY = (date.min.year, date.max.year)

MON_TO_SUN = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Run(NamedTuple):
    """Neighbouring days of one kind; `holiday` where a rest run holds a weekday off."""

    last: date
    working: bool
    holiday: bool


class _Table(NamedTuple):
    first: int  # ordinal of the first day covered
    base: int  # rank of the day before it; the rank of a day never changes when a table grows
    rank: list[int]  # per day: working days from `first` up to and including it
    days: list[date]  # the working days in order
    runs: list[Run]  # per day: the run it stands in


class WorkdayIndex:
    """The compiled calendar of the `years` from the first to the last.

    A day or a count outside them is the error `calendar_missing`. Without `years` the table opens
    at the year first asked for and grows. All numbers are working days unless said otherwise.
    """

    __slots__ = ("_build", "_days", "_every_year", "_lock", "_origin", "_table", "_years")

    def __init__(
        self,
        years: tuple[int, int] | None,
        weekend: Collection[int],
        off: Collection[date],
        work: Collection[date],
    ) -> None:
        self._days = (years, weekend, off, work)
        rest = frozenset(weekend)
        off_days = frozenset(day.toordinal() for day in off)
        work_days = frozenset(day.toordinal() for day in work)

        def works(ordinal: int) -> bool:
            if (ordinal + 6) % 7 in rest:  # 0 is Monday
                return ordinal in work_days
            return ordinal not in off_days

        self._build: Callable[[int, int], _Table] = lambda first, last: _table(
            first, last, self._origin, rest, works
        )
        self._every_year = years is None
        self._lock = Lock()
        self._origin = 0
        self._years = years
        self._table = _Table(0, 0, [], [], [])
        if years is not None:
            self._table = self._build(*years)

    def __reduce__(self) -> tuple[object, ...]:
        """Copies and pickles are compiled anew from the days."""
        return (WorkdayIndex, self._days)

    def run(self, day: date) -> Run:
        """The run of working or of rest days that `day` stands in. Raises calendar_missing."""
        table = self._table
        i = day.toordinal() - table.first
        if 0 <= i < len(table.runs):
            return table.runs[i]
        self._cover(day.year)
        return self.run(day)

    def is_working_day(self, day: date) -> bool:
        """Whether work is done on `day`. Raises calendar_missing."""
        return self.run(day).working

    def rank(self, day: date) -> int:
        """Working days up to and including `day`, from a fixed origin. Raises calendar_missing."""
        first, base, rank, _, _ = self._table
        i = day.toordinal() - first
        if 0 <= i < len(rank):
            return base + rank[i]
        self._cover(day.year)
        return self.rank(day)

    def at(self, rank: int) -> date:
        """The working day of that rank. Raises calendar_missing."""
        _, base, _, days, _ = self._table
        k = rank - base
        if 0 < k <= len(days):
            return days[k - 1]
        first, last = self._years or (0, 0)
        if not self._every_year:
            raise InputError(Code.CALENDAR_MISSING, year=last + 1 if k > 0 else first - 1)
        self._cover(last + 1 + (last - first) if k > 0 else first - 1 - (last - first))
        return self.at(rank)

    def add(self, day: date, n: int) -> date:
        """The n-th working day after `day` (n > 0) or before it (n < 0); n = 0 is `day` itself."""
        if n > 0:
            first, _, rank, days, _ = self._table
            i = day.toordinal() - first
            if i >= 0:
                try:
                    return days[rank[i] + n - 1]
                except IndexError:  # past the last day of the table
                    pass
            return self.at(self.rank(day) + n)
        if n == 0:
            return day
        return self.at(self.rank(day) + (not self.is_working_day(day)) + n)

    def count(self, a: date, b: date) -> int:
        """Working days d with a < d <= b; negative when b lies before a."""
        return self.rank(b) - self.rank(a)

    def roll(self, day: date) -> date:
        """`day` if it is a working day, else the next one."""
        return day if self.is_working_day(day) else self.at(self.rank(day) + 1)

    def _cover(self, year: int) -> None:
        """Grow so that `year` is covered, or say that the calendar doesn't list it."""
        with self._lock:
            if self._years is None:
                self._origin = date(year, 1, 1).toordinal()
                self._years = (year, year)
            else:
                first, last = self._years
                if not self._every_year or (last if year > last else first) in _EVERY:
                    beyond = max(_EVERY[0] - 1, min(year, _EVERY[1] + 1))
                    raise InputError(Code.CALENDAR_MISSING, year=beyond)
                self._years = (max(_EVERY[0], min(first, year)), min(_EVERY[1], max(last, year)))
            self._table = self._build(*self._years)


def _table(
    first_year: int, last_year: int, origin: int, rest: frozenset[int], works: Callable[[int], bool]
) -> _Table:
    first = date(first_year, 1, 1).toordinal()
    last = date(last_year, 12, 31).toordinal()
    working: list[bool] = [works(ordinal) for ordinal in range(first, last + 1)]
    rank: list[int] = list(accumulate(map(int, working)))
    days = [date.fromordinal(first + i) for i, on in enumerate(working) if on]
    runs: list[Run] = []
    for on, group in groupby(range(len(working)), working.__getitem__):
        members = list(group)
        holiday = not on and any((first + i + 6) % 7 not in rest for i in members)
        runs += [Run(date.fromordinal(first + members[-1]), on, holiday)] * len(members)
    return _Table(first, -sum(working[: max(0, origin - first)]), rank, days, runs)
