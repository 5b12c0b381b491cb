"""When somebody has to be reminded that a year's notice is missing.

Notices come between late October and mid December; from 15 October the coming year is missed, on
every working day at 09:00, until it is loaded.
"""

from datetime import date, datetime, time, timedelta

from domain.calendar.model import Calendar
from domain.errors import InputError
from domain.values import OFFICE_ZONE

SEASON = (10, 15)
AT = time(9)


def published(calendar: Calendar, year: int) -> bool:
    """Whether the notice of a year is in the calendar (its last days may still be open)."""
    first = date(year, 1, 1)
    return year in calendar.years and (calendar.open_from is None or calendar.open_from > first)


def missing(calendar: Calendar, day: date) -> int | None:
    """The year whose notice is missed on `day`."""
    years = [day.year]
    if (day.month, day.day) >= SEASON:
        years.append(day.year + 1)
    return next((year for year in years if not published(calendar, year)), None)


def is_time(calendar: Calendar, now: datetime) -> bool:
    """Whether `now` is past 09:00 of a working day (UTC+8)."""
    local = now.astimezone(OFFICE_ZONE)
    return local.time() >= AT and _works(calendar, local.date())


def next_look(calendar: Calendar, now: datetime) -> datetime:
    """The next 09:00 to look at the calendar: of the next working day while a year is missed,
    else of the next 15 October."""
    local = now.astimezone(OFFICE_ZONE)
    day = local.date()
    if missing(calendar, day) is None:
        this_year = date(day.year, *SEASON)
        day = this_year if day < this_year else date(day.year + 1, *SEASON)
    elif local.time() >= AT:
        day += timedelta(days=1)
    while not _works(calendar, day):
        day += timedelta(days=1)
    return datetime.combine(day, AT, tzinfo=OFFICE_ZONE)


def _works(calendar: Calendar, day: date) -> bool:
    """Whether `day` is worked; of a year nobody listed, every day is."""
    try:
        return calendar.is_working_day(day)
    except InputError:
        return True
