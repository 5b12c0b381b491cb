"""Local closures: a layer of one organ, or of one department, over the national calendar.

A closure has a name of its own; a newer version under the name replaces the older one, and one
without days lifts it. In a ledger its days stand apart, with its own notice.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from itertools import groupby
from typing import Any

from domain.calendar.model import Calendar, Rest
from domain.calendar.workdays import MON_TO_SUN
from domain.values import Value


class Closure(Value):
    """Days on which an organ (`department` None: all of it) does not work, or works instead."""

    name: str
    version: str
    organ: str
    department: str | None = None
    off: tuple[date, ...] = ()
    work: tuple[date, ...] = ()
    notice: str
    issued: date

    def covers(self, organ: str, department: str | None) -> bool:
        """Whether it holds for a case of that organ in that department."""
        return self.organ == organ and self.department in (None, department)


class LayeredCalendar(Calendar):
    """The `national` calendar with the closures that hold somewhere."""

    closures: tuple[Closure, ...] = ()
    national: Calendar

    @property
    def public(self) -> Calendar:
        """The national calendar alone."""
        return self.national

    @cached_property
    def closed(self) -> dict[date, str]:
        """Days closed, each with its notice; a later closure may order work again."""
        found: dict[date, str] = {}
        for closure in self.closures:
            found |= dict.fromkeys(closure.off, closure.notice)
            for day in closure.work:
                found.pop(day, None)
        return found

    def _off(self) -> set[date]:
        """As nationally, with the days closed here and without those worked here."""
        return (super()._off() | self.closed.keys()) - self._worked_here

    def _worked(self) -> set[date]:
        """As nationally, with the days worked here and without those closed here."""
        return (super()._worked() | self._worked_here) - self.closed.keys()

    @cached_property
    def _worked_here(self) -> set[date]:
        return {day for closure in self.closures for day in closure.work} - self.closed.keys()

    def rest(self, first: date, last: date, *, holiday: bool) -> Iterator[Rest]:
        """Closed days stand apart; what lies between them is a holiday only if it holds a day
        that is off everywhere."""
        days = [date.fromordinal(n) for n in range(first.toordinal(), last.toordinal() + 1)]
        for notice, group in groupby(days, self.closed.get):
            part = list(group)
            if notice is not None:
                yield Rest(part[0], part[-1], "closure", notice)
            else:
                weekdays = any(MON_TO_SUN[day.weekday()] not in self.weekend for day in part)
                yield from super().rest(part[0], part[-1], holiday=weekdays)


_KEPT: dict[tuple[object, ...], Calendar] = {}
_MOST_KEPT = 256


def with_closures(calendar: Calendar, closures: Sequence[Closure]) -> Calendar:
    """`calendar` with a layer of closures; the same content gives the same, compiled object."""
    if not closures:
        return calendar
    key = (calendar.name, calendar.version, calendar.digest, *closures)
    found = _KEPT.get(key)
    if found is None:
        if len(_KEPT) >= _MOST_KEPT:
            _KEPT.clear()
        fields: dict[str, Any] = {name: getattr(calendar, name) for name in Calendar.model_fields}
        fields["version"] = "+".join((calendar.version, *(c.version for c in closures)))
        fields |= {"closures": tuple(closures), "national": calendar}
        found = _KEPT[key] = LayeredCalendar.model_construct(**fields)
    return found


def covering(
    closures: Iterable[Closure], organ: str, department: str | None
) -> tuple[Closure, ...]:
    """Those that hold for a case of `organ` in `department`."""
    return tuple(c for c in closures if c.covers(organ, department))
