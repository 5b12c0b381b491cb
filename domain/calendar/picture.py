"""Days as a picture: what each of its days is, and by which notice."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.calendar.closures import Closure
from domain.calendar.model import Calendar
from domain.calendar.workdays import MON_TO_SUN


class PicturedKind(StrEnum):
    """What a day is in an office."""

    WORKDAY = "workday"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    """A weekday off everywhere."""
    WORKED = "worked"
    """A weekend day worked everywhere."""
    CLOSED = "closed"
    """Worked elsewhere, off in the organ or in one of its departments."""
    OPENED = "opened"
    """Off elsewhere, worked there."""


@dataclass(frozen=True, slots=True)
class PicturedDay:
    """One day. `by`: the closures that make it other than everywhere; `open`: a notice still to
    come may change it."""

    day: date
    kind: PicturedKind
    open: bool
    by: tuple[Closure, ...] = ()

    @property
    def worked(self) -> bool:
        """Whether some of the organ works; of a department's closure the rest does."""
        if self.kind is PicturedKind.CLOSED:
            return all(closure.department is not None for closure in self.by)
        return self.kind in (PicturedKind.WORKDAY, PicturedKind.WORKED, PicturedKind.OPENED)


def picture(
    calendar: Calendar, closures: Sequence[Closure], first: date, last: date
) -> Iterator[PicturedDay]:
    """Every day from `first` to `last`, with the closures of one organ; of a year the calendar
    does not list what the weekend says, and open."""
    for number in range(first.toordinal(), last.toordinal() + 1):
        day = date.fromordinal(number)
        listed = day.year in calendar.years
        kind = _kind(calendar, day, listed)
        everywhere = kind in (PicturedKind.WORKDAY, PicturedKind.WORKED)
        off = tuple(c for c in closures if day in c.off)
        work = tuple(c for c in closures if day in c.work)
        if everywhere and off:
            kind = PicturedKind.CLOSED
        elif not everywhere and work:
            kind = PicturedKind.OPENED
        by = off if kind is PicturedKind.CLOSED else work if kind is PicturedKind.OPENED else ()
        yield PicturedDay(day, kind, not listed or calendar.provisional(day, day), by)


def _kind(calendar: Calendar, day: date, listed: bool) -> PicturedKind:
    weekend = MON_TO_SUN[day.weekday()] in calendar.weekend
    if calendar.is_working_day(day) if listed else not weekend:
        return PicturedKind.WORKED if weekend else PicturedKind.WORKDAY
    return PicturedKind.WEEKEND if weekend else PicturedKind.HOLIDAY
