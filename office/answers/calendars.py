"""The calendar as the register has it: a year of an organ, and versions by their names."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from sqlalchemy.orm import Session

from domain.calendar.closures import Closure, with_closures
from domain.calendar.model import Calendar, CalendarYear
from domain.calendar.picture import PicturedDay, picture
from domain.errors import Code, InputError
from domain.values import month_of
from law.files import JURISDICTION, load_calendar
from register.reads.calendars import VersionLine, held_days, version, versions


@dataclass(frozen=True, slots=True)
class PicturedYear:
    """A year of one organ. `closures`: those with a day in it; `first`, `last`: the years there
    are; `days` are empty where nothing is known of the year."""

    year: int
    calendar: Calendar
    listed: CalendarYear | None
    months: tuple[tuple[PicturedDay, ...], ...]
    closures: tuple[Closure, ...]
    versions: Sequence[VersionLine]
    first: int
    last: int

    @property
    def days(self) -> tuple[PicturedDay, ...]:
        """All days, in order."""
        return tuple(day for month in self.months for day in month)

    @property
    def worked(self) -> int:
        """Working days of the year."""
        return sum(day.worked for day in self.days)


def packaged() -> Calendar:
    """The calendar that came with the software."""
    return load_calendar(JURISDICTION)


def pictured_year(session: Session, year: int, organ: str) -> PicturedYear:
    """The year as that organ works, by the newest calendar and closures."""
    held = held_days(session)
    calendar = held.calendar or packaged()
    closures = held.of(organ)
    here = tuple(c for c in closures if any(day.year == year for day in (*c.off, *c.work)))
    whole = date(year, 1, 1), date(year, 12, 31)
    days = picture(calendar, closures, *whole) if year in calendar.years else iter(())
    months = tuple(tuple(group) for _, group in groupby(days, lambda day: day.day.month))
    return PicturedYear(
        year=year,
        calendar=calendar,
        listed=calendar.years.get(year),
        months=months,
        closures=here,
        versions=versions(session),
        first=min(calendar.years),
        last=max(calendar.years),
    )


def pictured_month(session: Session, day: date, organ: str) -> tuple[PicturedDay, ...]:
    """The month of `day` as that organ works, by the newest calendar and closures."""
    held = held_days(session)
    return tuple(picture(held.calendar or packaged(), held.of(organ), *month_of(day)))


def calendar_named(session: Session | None, name: str) -> Calendar:
    """The days after the load of that version, closures included, or the packaged calendar.
    `session` None: there is no register. InputError(unknown_calendar_version)."""
    own = packaged()
    if name == own.version:
        return own
    if session is None:
        raise InputError(Code.UNKNOWN_CALENDAR_VERSION, version=name, known=own.version)
    held = held_days(session, version(session, name).edition)
    return with_closures(held.calendar or own, held.closures)
