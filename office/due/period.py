"""One period line: any number of days, months or hours, counted on any calendar."""

from datetime import datetime
from typing import Any

from domain.calendar.zones import zone as zone_named
from domain.errors import Code, InputError
from domain.periods.book import PeriodBook
from domain.periods.count import count_period
from domain.periods.period import Period, Roll, Unit
from law.files import load_calendar, load_period_book
from office.due import fields as read
from office.due.fields import Json
from office.due.in_words import ledger
from office.due.request import HOME

FIELDS = ("id", "period", "from", "calendar")
PERIOD_FIELDS = ("n", "unit", "roll", "cut_off", "zone")
MOST = 100_000


def answer(line: Json) -> dict[str, Any]:
    """The answer to a period line, without its id. Raises bad_field, calendar_missing."""
    read.only(line, FIELDS)
    begun = read.day_or_instant(read.needed(line, "from"), "from")
    asked = read.needed(line, "period")
    book = _book(asked) if isinstance(asked, str) else None
    given = line.get("calendar")
    home = load_calendar(book.calendar if book else HOME)
    checked = True
    calendar = home if given is None else read.calendar(given, "calendar")
    place = calendar.time_zone or (home.time_zone if book else "")
    zone = zone_named(place) if place else None
    try:
        if book:
            day = begun.astimezone(zone).date() if isinstance(begun, datetime) else begun
            name = asked.partition("/")[2]
            period, version = book.period(name, day), book.version(name, day)
            begun = version.begins(day) if version.from_year_end else begun
            checked = book.is_checked(name, version)
        else:
            period = _period(asked)
            zone = read.zone(period.zone, "period.zone") if period.zone else zone
        count = count_period(period, calendar, begun, zone)
    except OverflowError:
        raise InputError(Code.BAD_FIELD, field="from", detail="date_range") from None
    found = {
        "ok": True,
        "start": count.start.isoformat(),
        "raw": count.raw.isoformat(),
        "due": count.due.isoformat(),
        "provisional": count.provisional,
        "ledger": ledger(count.ledger),
    }
    return found if checked else found | {"unchecked": [asked]}


def _book(name: str) -> PeriodBook:
    """The book of a named period such as cn-litigation/defence."""
    book = load_period_book(name.partition("/")[0])
    return book or read.wrong("period", "period")


def _period(value: object) -> Period:
    fields = read.mapping(value, "period")
    read.only(fields, PERIOD_FIELDS, "period.")
    n = read.integer(read.needed(fields, "n", "period."), "period.n")
    if abs(n) > MOST:
        read.wrong("period.n", f"-{MOST}..{MOST}")
    roll, cut_off, zone = (fields.get(name) for name in ("roll", "cut_off", "zone"))
    return Period(
        n=n,
        unit=read.word(Unit, read.needed(fields, "unit", "period."), "period.unit"),
        roll=Roll.NEXT_WORKING_DAY if roll is None else read.word(Roll, roll, "period.roll"),
        cut_off=None if cut_off is None else read.clock_time(cut_off, "period.cut_off"),
        zone=None if zone is None else read.words(zone, "period.zone"),
    )
