"""The working-day calendar as a value: which days are worked, by which notice, known how far.

A year without its notice is unknown, not guessed: it is listed with the statutory days only and
every count that reaches `open_from` is provisional; a year not listed is an error.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, Literal, NamedTuple, Self

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from domain.calendar.workdays import MON_TO_SUN, WorkdayIndex
from domain.values import Value

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


class Rest(NamedTuple):
    """Days `first` to `last` without work: why, and where that is published."""

    first: date
    last: date
    why: str
    source: str


class CalendarYear(Value):
    """One year: weekdays off, weekend days worked, and the notices that say so."""

    complete: bool = True
    notices: tuple[str, ...] = ()
    off: tuple[date, ...] = ()
    work: tuple[date, ...] = ()
    statutory_days_for_provisional_use: tuple[date, ...] = ()
    note: str | None = None

    @model_validator(mode="after")
    def _off_or_work(self) -> Self:
        both = sorted({*self.off, *self.statutory_days_for_provisional_use} & {*self.work})
        if both:
            raise PydanticCustomError(
                "off_and_work",
                "a day is either off or worked, not both: {day}",
                {"day": f"{both[0]}"},
            )
        return self


class Calendar(Value):
    """Working days of one jurisdiction. `open_from`: a count that touches this day or a later
    one is provisional. `every_year`: unlisted years have plain weeks instead of being unknown."""

    name: str
    version: str = ""
    jurisdiction: str = ""
    time_zone: str = ""
    weekend: tuple[Weekday, ...] = ("sat", "sun")
    weekend_source: str = ""
    open_from: date | None = None
    every_year: bool = False
    years: dict[int, CalendarYear]

    @model_validator(mode="after")
    def _years_in_order(self) -> Self:
        if len(set(self.weekend)) == len(MON_TO_SUN):
            raise PydanticCustomError("no_week", "a week needs at least one working day")
        listed = sorted(self.years)
        if not self.every_year and not listed:
            raise PydanticCustomError("no_years", "at least one year has to be listed")
        if not self.every_year and listed != list(range(listed[0], listed[-1] + 1)):
            raise PydanticCustomError("years_gap", "the years listed leave a gap")
        for year, lists in self.years.items():
            for day in (*lists.off, *lists.work, *lists.statutory_days_for_provisional_use):
                if day.year != year:
                    raise PydanticCustomError(
                        "other_year",
                        "{day} stands under {year}",
                        {"day": f"{day}", "year": f"{year}"},
                    )
        return self

    @classmethod
    def of_days(
        cls, weekend: Iterable[str], off: Iterable[date], work: Iterable[date]
    ) -> "Calendar":
        """A calendar given by its days alone; it covers every year it is asked for.
        Raises ValidationError."""
        off, work = tuple(off), tuple(work)
        touched = sorted({day.year for day in (*off, *work)})
        years = {
            year: {
                "off": [day for day in off if day.year == year],
                "work": [day for day in work if day.year == year],
            }
            for year in touched
        }
        content = {"name": "given", "weekend": [*weekend], "every_year": True, "years": years}
        return cls.model_validate(content)

    @cached_property
    def days_off(self) -> tuple[date, ...]:
        """Weekdays not worked, in order; of an unpublished year the statutory days."""
        return tuple(sorted(self._off()))

    @cached_property
    def days_worked(self) -> tuple[date, ...]:
        """Weekend days worked, in order."""
        return tuple(sorted(self._worked()))

    def _off(self) -> set[date]:
        years = self.years.values()
        return {d for y in years for d in (*y.off, *y.statutory_days_for_provisional_use)}

    def _worked(self) -> set[date]:
        return {d for y in self.years.values() for d in y.work}

    @property
    def public(self) -> "Calendar":
        """The days that hold for everybody, without closures of one organ."""
        return self

    @cached_property
    def digest(self) -> str:
        """Hash of what decides a date (days, weekend, `open_from`), not of names or notes."""
        content = (
            *sorted(self.years),
            self.every_year,
            *sorted(self.weekend),
            *("off", *self.days_off, "work", *self.days_worked, "open_from", self.open_from),
        )
        return hashlib.sha256(" ".join(map(str, content)).encode()).hexdigest()

    @cached_property
    def index(self) -> WorkdayIndex:
        """The compiled table, shared by all calendars with the same days."""
        years = None if self.every_year else (min(self.years), max(self.years))
        weekend = tuple(MON_TO_SUN.index(day) for day in self.weekend)
        return _compiled(years, weekend, self.days_off, self.days_worked)

    def slice(self, years: Iterable[int]) -> "Calendar":
        """The part a case can touch: the listed years from the first to the last of `years`."""
        wanted = sorted(years)
        kept = {y: v for y, v in self.years.items() if wanted[0] <= y <= wanted[-1]}
        return self.model_copy(update={"years": kept})

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy, which works out again what was worked out from the fields."""
        copy = super().model_copy(update=update, deep=deep)
        for name in set(copy.__dict__) - set(type(self).model_fields):
            del copy.__dict__[name]
        return copy

    def is_working_day(self, day: date) -> bool:
        """Whether `day` is worked. Raises calendar_missing."""
        return self.index.is_working_day(day)

    def add_working_days(self, day: date, n: int) -> date:
        """The n-th working day after `day` (before it when negative). Raises calendar_missing."""
        return self.index.add(day, n)

    def count(self, a: date, b: date) -> int:
        """Working days d with a < d <= b. Raises calendar_missing."""
        return self.index.count(a, b)

    def roll(self, day: date) -> date:
        """`day`, or the next working day after a rest day. Raises calendar_missing."""
        return self.index.roll(day)

    def notice(self, first: date, last: date) -> str:
        """Where the days off from `first` to `last` are published; empty when nowhere yet."""
        years = sorted({first.year, last.year} & self.years.keys())
        return " ".join(dict.fromkeys(n for y in years for n in self.years[y].notices))

    def rest(self, first: date, last: date, *, holiday: bool) -> Iterator[Rest]:
        """The rest days from `first` to `last` by their reasons; `holiday`: a weekday is off."""
        if holiday:
            yield Rest(first, last, "holiday", self.notice(first, last))
        else:
            yield Rest(first, last, "weekend", self.weekend_source)

    def provisional(self, a: date, b: date) -> bool:
        """Whether the days from `a` to `b` touch one that a coming notice may still change."""
        return self.open_from is not None and max(a, b) >= self.open_from


@lru_cache(maxsize=256)
def _compiled(
    years: tuple[int, int] | None,
    weekend: tuple[int, ...],
    off: tuple[date, ...],
    work: tuple[date, ...],
) -> WorkdayIndex:
    return WorkdayIndex(years, weekend, off, work)
