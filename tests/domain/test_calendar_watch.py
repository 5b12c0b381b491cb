"""When a missing notice is missed, and when somebody is reminded."""

from datetime import date, datetime

import pytest

from domain.calendar.file import CalendarFile, amended
from domain.calendar.watch import is_time, missing, next_look, published
from domain.values import OFFICE_ZONE
from law.files import load_calendar

CN = load_calendar("cn")  # knows 2026, not 2027
LOADED = amended(
    CN,
    CalendarFile.model_validate(
        {"year": 2027, "issued": "2026-11-10", "notice": "某通知", "off": ["2027-01-01"]}
    ),
)


def at(month: int, day: int, hour: int, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, tzinfo=OFFICE_ZONE)


def test_a_year_is_published_though_its_last_days_are_open() -> None:
    assert published(CN, 2026)
    assert not published(CN, 2027)
    assert published(LOADED, 2027)
    assert not published(LOADED, 2028)


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2026, 10, 14), None),
        (date(2026, 10, 15), 2027),
        (date(2026, 12, 31), 2027),
        (date(2027, 1, 5), 2027),
    ],
)
def test_the_coming_year_is_missed_from_15_october_on(day: date, year: int | None) -> None:
    assert missing(CN, day) == year
    assert missing(LOADED, day) is None


@pytest.mark.parametrize(
    ("now", "then"),
    [
        (at(11, 20, 8), at(11, 20, 9)),  # Friday morning
        (at(11, 20, 10), at(11, 23, 9)),  # Friday: Monday
        (at(11, 22, 10), at(11, 23, 9)),  # Sunday
        (at(10, 10, 8), at(10, 15, 9)),  # nothing is missed yet
        (at(9, 30, 12), at(10, 15, 9)),
    ],
)
def test_the_next_look_is_at_nine_of_a_working_day(now: datetime, then: datetime) -> None:
    assert next_look(CN, now) == then


def test_once_loaded_nobody_looks_before_the_next_october() -> None:
    assert next_look(LOADED, at(11, 23, 9)) == at(10, 15, 9, year=2027)


@pytest.mark.parametrize(
    ("now", "due"),
    [(at(11, 23, 9), True), (at(11, 23, 8), False), (at(11, 22, 12), False)],
)
def test_reminders_go_out_on_working_days_from_nine(now: datetime, due: bool) -> None:
    assert is_time(CN, now) is due
