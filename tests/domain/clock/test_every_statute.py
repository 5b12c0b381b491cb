"""What holds under every statute, over random courses of events and random calendars."""

from calendar import monthrange
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.calendar.model import Calendar
from domain.calendar.workdays import MON_TO_SUN
from domain.clock import Channel, ClockEvent, ClockState, Receipt, Reckoner, Reckoning, reckon
from domain.clock import ClockEventKind as Kind
from domain.clock.stops import Stop, union
from domain.errors import Code, YishenError
from domain.periods.count import count_period
from domain.periods.period import Period, Roll, Unit, months_later
from domain.policy import Policy
from domain.statute import Statute
from law.files import load_calendar, load_statutes

STATUTES = {law.id: law for law in load_statutes()}
ELSEWHERE = sorted(name for name in STATUTES if not name.startswith("cn-"))
ONE_DAY = timedelta(days=1)
days = st.dates(date(2019, 1, 1), date(2030, 12, 31))
kinds = [k for k in Kind if k not in (Kind.REPLY_DISPATCHED, Kind.WITHDRAWN)]
steps = st.lists(st.tuples(st.sampled_from(kinds), st.integers(0, 9)), max_size=6)


def course(law: Statute, start: date, drawn: Sequence[tuple[Kind, int]]) -> list[ClockEvent]:
    day, events = start, []
    for kind, gap in drawn:
        day += timedelta(days=gap)
        n = law.extension.n if law.extension and kind is Kind.EXTENSION_GRANTED else None
        until = day + timedelta(days=60) if kind is Kind.LIMIT_SET else None
        events.append(ClockEvent(kind, day, working_days=n, until=until))
    return events


@settings(max_examples=600, deadline=None)
@given(st.sampled_from(ELSEWHERE), days, steps, st.integers(0, 40))
def test_the_ledger_of_any_course_adds_up(
    name: str, start: date, drawn: Sequence[tuple[Kind, int]], later: int
) -> None:
    law = STATUTES[name]
    events = course(law, start, drawn)
    as_of = max([start, *(e.at for e in events)]) + timedelta(days=later)
    receipt = Receipt(channel=Channel.EMAIL, arrived=start)
    try:
        found = reckon(law, load_calendar(law.calendar), Policy(), receipt, events, as_of)
    except YishenError:
        return
    assert (found.due is not None) == (found.state in (ClockState.RUNNING, ClockState.ANSWERED))
    if found.state is ClockState.PAUSED:
        assert found.due_if_answered is not None
        assert found.due_if_answered > as_of
    if found.due is None:
        return
    assert found.day_zero is not None
    assert found.due > found.day_zero
    assert found.ledger[0].first == found.day_zero + ONE_DAY
    assert found.ledger[-1].last == found.due
    for before, after in pairwise(found.ledger):
        assert after.first == before.last + ONE_DAY
    assert all(span.article for span in found.ledger)
    counted = sum(span.counted for span in found.ledger)
    later_limit = any(span.why == "later_limit" for span in found.ledger)
    period = law.acknowledgement if found.superseded and law.acknowledgement else law.period
    others = [rule.period for rule in law.consultations.values() if rule.period]
    cited = {span.article for span in found.ledger}
    period = next((other for other in others if other.article in cited), period)
    whole = period.n
    if found.due_before_extension is not None and law.extension:
        whole += law.extension.n
    if period.unit is Unit.MONTH:
        whole = (months_later(found.day_zero, whole) - found.day_zero).days
    assert counted >= whole if later_limit else counted == whole


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(sorted(STATUTES)), days, steps, st.booleans())
def test_counting_on_is_counting_anew(
    name: str, start: date, drawn: Sequence[tuple[Kind, int]], confirmed: bool
) -> None:
    """Event by event; one that is refused is left out, as a case does."""
    law = STATUTES[name]
    start = start if law.in_force(start) else date(2018, 3, 1)
    receipt = Receipt(channel=Channel.EMAIL, arrived=start)
    given = (law, load_calendar(law.calendar), Policy(), receipt)
    reckoner, events = Reckoner(*given), list[ClockEvent]()
    begun = [ClockEvent(Kind.RECEIPT_CONFIRMED, start)] if confirmed else []
    for event in (*begun, *course(law, start, drawn)):
        as_of = event.at + timedelta(days=3)
        anew = answer(lambda e=event, d=as_of: reckon(*given, [*events, e], d))  # type: ignore[misc]
        assert answer(lambda e=event, d=as_of: reckoner.reckon([*events, e], d)) == anew  # type: ignore[misc]
        if isinstance(anew, Reckoning):
            events.append(event)


def answer(count: Callable[[], Reckoning]) -> Reckoning | Code:
    try:
        return count()
    except YishenError as no:
        return no.code


@settings(deadline=None)
@given(st.sampled_from(ELSEWHERE), days, st.integers(1, 8), st.integers(0, 8))
def test_a_restart_drops_what_came_before(name: str, start: date, stop: int, more: int) -> None:
    law = STATUTES[name]
    if law.correction is None or law.fee is None or law.correction.effect != "restart":
        return
    calendar = load_calendar(law.calendar)
    asked = start + timedelta(days=stop)
    back = asked + timedelta(days=more)
    receipt = Receipt(channel=Channel.EMAIL, arrived=start)
    paused = [ClockEvent(Kind.FEE_NOTICE_SENT, asked), ClockEvent(Kind.FEE_PAID, asked)]
    anew = [
        ClockEvent(Kind.CORRECTION_NOTICE_SENT, asked),
        ClockEvent(Kind.CORRECTION_RECEIVED, back),
    ]
    found = reckon(law, calendar, Policy(), receipt, [*paused, *anew], back)
    plain = reckon(law, calendar, Policy(), Receipt(channel=Channel.EMAIL, arrived=back), [], back)
    assert found.due == plain.due


@given(
    st.dates(date(2020, 1, 1), date(2020, 2, 1)),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 30), st.booleans()), max_size=5),
    st.booleans(),
)
def test_overlapping_stops_are_a_union(
    day_zero: date, drawn: Sequence[tuple[int, int, bool]], both_ends: bool
) -> None:
    stops = [
        Stop("x", "a", day_zero + timedelta(days=a), None, day_zero + timedelta(days=a + n), first)
        for a, n, first in drawn
    ]
    covered = set()
    for stop in stops:
        assert stop.ended is not None
        whole = both_ends or stop.from_first_day
        day = stop.began if whole else stop.began + ONE_DAY
        while day <= stop.ended:
            covered.add(day)
            day += ONE_DAY
    gaps = union(stops, day_zero, date.max, from_first_day=both_ends)
    listed = [
        gap.first + timedelta(days=i)
        for gap in gaps
        for i in range((gap.last - gap.first).days + 1)
    ]
    assert sorted(listed) == sorted(day for day in covered if day > day_zero)
    assert len(listed) == len(set(listed))


calendars = st.builds(
    lambda weekend, off, work: Calendar.of_days(weekend, off - work, work),
    st.lists(st.sampled_from(MON_TO_SUN), min_size=0, max_size=3, unique=True),
    st.sets(st.dates(date(2023, 12, 1), date(2024, 4, 30)), max_size=25),
    st.sets(st.dates(date(2023, 12, 1), date(2024, 4, 30)), max_size=25),
)


@settings(deadline=None)
@given(calendars, st.dates(date(2024, 1, 1), date(2024, 3, 1)), st.integers(-25, 40))
def test_working_days_agree_with_a_walk(calendar: Calendar, start: date, n: int) -> None:
    asked = Period(n=n, unit=Unit.WORKING_DAY, roll=Roll.NONE)
    found = count_period(asked, calendar, start, None)
    day, left = start, abs(n)
    while left:
        day += ONE_DAY if n > 0 else -ONE_DAY
        left -= calendar.is_working_day(day)
    assert found.raw == found.due == day
    assert sum(span.counted for span in found.ledger) == abs(n)


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(-600, 600))
def test_months_agree_with_an_independent_reckoning(start: date, n: int) -> None:
    year, month = start.year, start.month
    for _ in range(abs(n)):
        month += 1 if n > 0 else -1
        if month in (0, 13):
            year, month = (year + 1, 1) if month == 13 else (year - 1, 12)
    last = monthrange(year, month)[1]
    assert months_later(start, n) == date(year, month, min(start.day, last))


@pytest.mark.parametrize("name", sorted(STATUTES))
def test_a_figure_of_every_statute_cites_its_source(name: str) -> None:
    law = STATUTES[name]
    assert law.source
    assert law.name.zh
    assert name.startswith("cn-") or law.checked
    years = load_calendar(law.calendar).years
    assert all(year.notices for n, year in years.items() if year.complete), law.calendar
