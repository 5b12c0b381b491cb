"""The calendar and its index: against two packages day by day, against a naive walk at random."""

from copy import deepcopy
from datetime import date, timedelta

import chinese_calendar
import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar.model import Calendar, CalendarYear
from domain.calendar.workdays import MON_TO_SUN
from domain.errors import Code, InputError
from law.files import load_calendar, parse_calendar

CN = load_calendar("cn")
ONE_DAY = timedelta(days=1)


def days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=i) for i in range((last - first).days + 1)]


def test_every_day_from_2008_to_2026_agrees_with_chinese_calendar() -> None:
    for day in days(date(2008, 1, 1), date(2026, 12, 31)):
        assert CN.is_working_day(day) == chinese_calendar.is_workday(day), day


def test_every_day_from_2008_to_2026_agrees_with_holidays() -> None:
    china = holidays.country_holidays("CN", years=range(2008, 2027))
    for day in days(date(2008, 1, 1), date(2026, 12, 31)):
        assert CN.is_working_day(day) == china.is_working_day(day), day


@pytest.mark.parametrize("year", [1890, 2007, 2028, 9999])
def test_a_year_not_listed_is_missing_not_guessed(year: int) -> None:
    with pytest.raises(InputError) as error:
        CN.is_working_day(date(year, 6, 1))
    assert error.value.code is Code.CALENDAR_MISSING
    assert error.value.params["year"] == str(year)


def test_a_count_that_leaves_the_listed_years_is_missing() -> None:
    for start, n, year in ((date(2027, 12, 20), 20, 2028), (date(2008, 1, 5), -20, 2007)):
        with pytest.raises(InputError) as error:
            CN.add_working_days(start, n)
        assert error.value.params["year"] == str(year)


def test_a_count_is_provisional_from_open_from_on() -> None:
    assert not CN.provisional(date(2026, 12, 1), date(2026, 12, 25))
    assert CN.provisional(date(2026, 12, 1), date(2026, 12, 26))
    assert CN.provisional(date(2027, 1, 4), date(2027, 1, 4))


def test_an_unpublished_year_rests_on_its_statutory_days() -> None:
    assert not CN.is_working_day(date(2027, 1, 1))
    assert not CN.is_working_day(date(2027, 2, 8))
    assert CN.is_working_day(date(2027, 2, 9))
    assert not CN.years[2027].complete


def test_a_slice_counts_the_same_and_keeps_its_identity() -> None:
    part = CN.slice([2021, 2023])
    assert sorted(part.years) == [2021, 2022, 2023]
    assert part.version == CN.version
    assert part.digest != CN.digest
    assert part.digest == Calendar.model_validate_json(part.model_dump_json()).digest
    assert part.add_working_days(date(2022, 9, 30), 20) == date(2022, 11, 2)


def test_a_changed_copy_is_counted_anew() -> None:
    part = CN.slice([2022])
    worked = CalendarYear(off=(date(2022, 1, 3),))
    changed = part.model_copy(update={"years": {2022: worked}})
    assert changed.is_working_day(date(2022, 10, 3))
    assert not part.is_working_day(date(2022, 10, 3))
    assert deepcopy(part).is_working_day(date(2022, 10, 8))


def test_the_index_is_shared_by_calendars_of_the_same_days() -> None:
    again = Calendar.model_validate_json(CN.model_dump_json())
    assert again.index is CN.index


def test_a_calendar_given_by_its_days_covers_every_year() -> None:
    plain = Calendar.of_days(["fri", "sat"], [date(2022, 1, 3)], [date(2022, 1, 7)])
    assert plain.is_working_day(date(2022, 1, 2))
    assert not plain.is_working_day(date(2022, 1, 3))
    assert plain.is_working_day(date(2022, 1, 7))
    assert not plain.is_working_day(date(1890, 1, 3))
    assert plain.is_working_day(date(2500, 1, 3))
    assert plain.count(date(1890, 1, 1), date(2500, 1, 1)) > 150_000


def test_growing_backward_keeps_ranks() -> None:
    plain = Calendar.of_days(["sun"], [], [])
    index = plain.index
    before = index.rank(date(2022, 1, 5))
    index.rank(date(2019, 1, 5))
    assert index.rank(date(2022, 1, 5)) == before
    assert index.at(before) == date(2022, 1, 5)
    assert plain.add_working_days(date(2022, 1, 5), -1000) == walk(plain, date(2022, 1, 5), -1000)


@pytest.mark.parametrize(
    ("content", "field"),
    [
        ('{"name": "x", "years": {}}', "file"),
        ('{"name": "x", "years": {"2020": {}, "2022": {}}}', "file"),
        ('{"name": "x", "years": {"2020": {"off": ["2021-01-01"]}}}', "file"),
        ('{"name": "x", "years": {"2020": {"off": ["2020-02-30"]}}}', "years.2020.off[0]"),
        ('{"name": "x", "years": {"2020": {"of": []}}}', "years.2020.of"),
        ('{"name": "x", "weekend": ["caturday"], "years": {"2020": {}}}', "weekend[0]"),
        (
            '{"name": "x", "years": {"2020": {"off": ["2020-01-01"], "work": ["2020-01-01"]}}}',
            "years.2020",
        ),
        ("[", "file"),
    ],
)
def test_a_bad_calendar_file_is_refused_by_field(content: str, field: str) -> None:
    with pytest.raises(InputError) as error:
        parse_calendar(content, "x.json")
    assert error.value.code is Code.BAD_LAW_FILE
    assert (error.value.params["file"], error.value.params["field"]) == ("x.json", field)


def test_a_week_needs_a_working_day() -> None:
    with pytest.raises(ValueError, match="working day"):
        Calendar.of_days(MON_TO_SUN, [], [])


def walk(calendar: Calendar, day: date, n: int) -> date:
    """The naive way: day by day."""
    step = ONE_DAY if n > 0 else -ONE_DAY
    left = abs(n)
    while left:
        day += step
        left -= calendar.is_working_day(day)
    return day


near = st.dates(date(2021, 1, 1), date(2023, 12, 31))
calendars = st.builds(
    lambda weekend, off, work: Calendar.of_days(weekend, off, work - off),
    st.sets(st.sampled_from(MON_TO_SUN), max_size=6),
    st.sets(near, max_size=60),
    st.sets(near, max_size=60),
)


@given(calendars, near, st.integers(-120, 120))
def test_the_index_gives_what_a_walk_gives(calendar: Calendar, day: date, n: int) -> None:
    assert calendar.add_working_days(day, n) == walk(calendar, day, n)


@given(calendars, near, near)
def test_counting_gives_what_a_walk_gives(calendar: Calendar, a: date, b: date) -> None:
    a, b = sorted((a, b))
    walked = sum(calendar.is_working_day(day) for day in days(a, b)[1:])
    assert calendar.count(a, b) == walked >= 0
    assert calendar.count(b, a) == -walked


@given(calendars, near, st.integers(1, 200))
def test_one_more_working_day_ends_later_and_is_worked(
    calendar: Calendar, day: date, n: int
) -> None:
    end = calendar.add_working_days(day, n)
    assert day < end < calendar.add_working_days(day, n + 1)
    assert calendar.is_working_day(end)
    assert calendar.count(day, end) == n
    assert calendar.roll(day) == (
        day if calendar.is_working_day(day) else calendar.add_working_days(day, 1)
    )
