"""Counting any period: working days, calendar days, months or hours, forward or back."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo

from domain.calendar.model import Calendar
from domain.errors import Code, InputError
from domain.periods.gauge import CALENDAR_DAYS, days_for
from domain.periods.ledger import ONE_DAY, Span, Stage, rest_source, spans
from domain.periods.period import Period, Roll, Unit, months_later


@dataclass(frozen=True, slots=True)
class PeriodCount:
    """`start` is day 0, `raw` the end before rolling, `due` the end; instants where hours count."""

    start: date
    raw: date
    due: date
    provisional: bool
    ledger: tuple[Span, ...]


def count_period(
    period: Period, calendar: Calendar, begun: date | datetime, zone: tzinfo | None
) -> PeriodCount:
    """Count a period from the day or instant `begun`; an instant is taken in `zone`, or in its
    own offset where none is given. Raises bad_field, calendar_missing."""
    calendar = days_for(period, calendar)
    try:
        if period.unit is Unit.HOUR:
            return _hours(period, calendar, begun, zone)
        return _days(period, calendar, _start(period, calendar, begun, zone))
    except (OverflowError, ValueError) as error:  # beyond what a date can hold
        raise InputError(Code.BAD_FIELD, field="period.n", detail="date_range") from error


def _start(period: Period, calendar: Calendar, begun: date | datetime, zone: tzinfo | None) -> date:
    """Day 0: the day itself, unless a cut-off moves it."""
    if not isinstance(begun, datetime):
        return begun if period.cut_off is None else calendar.roll(begun)
    local = begun.astimezone(zone) if zone else begun
    day = local.date()
    if period.cut_off is None:
        return day
    if local.time() > period.cut_off:
        return calendar.add_working_days(day, 1)
    return calendar.roll(day)


def _days(period: Period, calendar: Calendar, start: date) -> PeriodCount:
    raw = _raw_end(period, calendar, start)
    rolls = period.roll is Roll.NEXT_WORKING_DAY
    due = calendar.roll(raw) if rolls else raw
    asks_calendar = rolls or period.unit is Unit.WORKING_DAY or period.cut_off is not None
    provisional = asks_calendar and calendar.provisional(start, due)
    return PeriodCount(start, raw, due, provisional, _ledger(period, calendar, start, raw, due))


def _raw_end(period: Period, calendar: Calendar, start: date) -> date:
    match period.unit:
        case Unit.WORKING_DAY:
            return calendar.add_working_days(start, period.n)
        case Unit.MONTH:
            return months_later(start, period.n)
        case _:
            return start + timedelta(days=period.n)


def _ledger(
    period: Period, calendar: Calendar, start: date, raw: date, due: date
) -> tuple[Span, ...]:
    """From the day after day 0 to the end; counting back, from the end to the day before. A day
    put off to the next working day cites the period and where the rest day is published."""
    gauge = calendar.index if period.unit is Unit.WORKING_DAY else CALENDAR_DAYS
    back = raw < start
    before, last = (raw - ONE_DAY, start - ONE_DAY) if back else (start, raw)
    found = spans(gauge, calendar, before, [Stage(last, "period", period.article)])
    if due > raw and not back:
        cited = "; ".join(filter(None, (period.article, rest_source(calendar, raw))))
        found += (Span(raw + ONE_DAY, due, 0, "rolled", cited),)
    return found


def _hours(
    period: Period, calendar: Calendar, begun: date | datetime, zone: tzinfo | None
) -> PeriodCount:
    """Hours run on through rest days; an end on one goes to the same time of the next working
    day. They need an instant to begin at. Raises bad_field."""
    if not isinstance(begun, datetime):
        raise InputError(Code.BAD_FIELD, field="from", detail="instant")
    start = begun.astimezone(zone) if zone else begun
    if period.cut_off is not None:
        day = _start(period, calendar, begun, zone)
        if day != start.date():
            start = datetime.combine(day, datetime.min.time(), start.tzinfo)
    # in UTC, so that an hour is an hour over a change of summer time
    raw = (start.astimezone(UTC) + timedelta(hours=period.n)).astimezone(start.tzinfo)
    due = raw
    rolls = period.roll is Roll.NEXT_WORKING_DAY
    if rolls:
        due = datetime.combine(calendar.roll(raw.date()), raw.timetz())
    provisional = rolls and calendar.provisional(start.date(), due.date())
    ledger = _ledger(period, calendar, start.date(), raw.date(), due.date())
    return PeriodCount(start, raw, due, provisional, ledger)
