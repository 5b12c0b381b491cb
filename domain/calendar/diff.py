"""What differs between two versions of a calendar, as far as a date can hang on it."""

from dataclasses import dataclass
from datetime import date, timedelta

from domain.calendar.model import Calendar
from domain.calendar.workdays import MON_TO_SUN


@dataclass(frozen=True, slots=True)
class DayChange:
    """A day that is worked under one of the two only."""

    day: date
    worked: bool
    """Under the second."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Days that changed, in order; from when on each version is open; years only the second
    lists (their days are not among the changed ones)."""

    days: tuple[DayChange, ...]
    open_was: date | None
    open_from: date | None
    years: tuple[int, ...] = ()

    @property
    def region(self) -> tuple[date, date] | None:
        """First and last day on which a count may differ; None: no count does."""
        firsts = [change.day for change in self.days]
        lasts = list(firsts)
        if self.open_was != self.open_from:
            firsts += [day for day in (self.open_was, self.open_from) if day]
            lasts.append(date.max)
        if self.years:
            firsts.append(date(self.years[0], 1, 1))
            lasts.append(date.max)
        return (min(firsts), max(lasts)) if firsts else None


def difference(old: Calendar, new: Calendar) -> Difference:
    """What `new` changes about `old`."""
    candidates = {*old.days_off} ^ {*new.days_off} | {*old.days_worked} ^ {*new.days_worked}
    years = () if old.every_year else tuple(sorted(new.years.keys() - old.years.keys()))
    days = tuple(
        DayChange(day, _worked(new, day))
        for day in sorted(candidates)
        if day.year not in years and _worked(old, day) != _worked(new, day)
    )
    return Difference(days, old.open_from, new.open_from, years)


def _worked(calendar: Calendar, day: date) -> bool:
    """Whether it is worked; of a year not listed, by the plain week."""
    if MON_TO_SUN[day.weekday()] in calendar.weekend:
        return day in calendar.days_worked
    return day not in calendar.days_off


def spans_of(days: tuple[date, ...]) -> list[tuple[date, date]]:
    """Neighbouring days as spans, for people."""
    found: list[tuple[date, date]] = []
    for day in days:
        if found and found[-1][1] + timedelta(days=1) == day:
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found
