"""A calendar file: what is wrong with it, and what it makes of the calendar."""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from domain.calendar.diff import difference, spans_of
from domain.calendar.file import CalendarFile, amended, closure, problems
from domain.calendar.model import Calendar
from law.files import load_calendar

CN = load_calendar("cn")
TODAY = date(2026, 11, 22)
NOTICE = "国办发明电〔2026〕9号（虚构）"


def file(**fields: Any) -> CalendarFile:
    return CalendarFile.model_validate({"issued": "2026-11-10", "notice": NOTICE, **fields})


YEAR = file(
    year=2027,
    off=["2026-12-31", "2027-01-01", "2027-02-05", "2027-02-08", "2027-02-09"],
    work=["2027-01-03", "2027-02-14"],
)


def found(given: CalendarFile, calendar: Calendar = CN) -> set[tuple[str, str]]:
    return {(p.field, p.expected) for p in problems(given, calendar, TODAY)}


def test_a_years_notice_makes_the_year_known_and_the_next_one_unknown() -> None:
    assert found(YEAR) == set()
    new = amended(CN, YEAR)
    assert (new.version, new.open_from) == ("2026-11-10", date(2027, 12, 26))
    assert new.years[2027].notices == (NOTICE,)
    assert new.years[2026].complete
    assert not new.years[2027].complete
    assert new.years[2027].statutory_days_for_provisional_use == ()
    assert date(2026, 12, 31) in new.years[2026].off
    assert not new.is_working_day(date(2026, 12, 31))
    assert new.is_working_day(date(2027, 1, 3))
    assert new.is_working_day(date(2027, 4, 5))  # off by law before, not in this notice
    assert new.years[2028].notices == ()
    assert not new.provisional(TODAY, date(2027, 12, 25))
    assert new.provisional(TODAY, date(2028, 1, 3))


def test_the_difference_says_which_days_and_from_where_on() -> None:
    changed = difference(CN, amended(CN, YEAR))
    kinds = {c.day: c.worked for c in changed.days}
    assert kinds[date(2026, 12, 31)] is False
    assert kinds[date(2027, 1, 3)] is True
    assert date(2027, 1, 1) not in kinds  # off by law before, off by the notice now
    assert (changed.open_was, changed.open_from) == (date(2026, 12, 26), date(2027, 12, 26))
    assert changed.region == (date(2026, 12, 26), date.max)
    assert difference(CN, CN).region is None


def test_a_change_touches_only_its_days() -> None:
    change = file(kind="change", off=["2026-12-24"], work=["2026-12-05"], normal=["2026-10-10"])
    assert found(change) == set()
    new = amended(CN, change)
    days = {c.day: c.worked for c in difference(CN, new).days}
    assert days == {
        date(2026, 10, 10): False,
        date(2026, 12, 5): True,
        date(2026, 12, 24): False,
    }
    assert new.years[2026].notices[-1] == NOTICE
    assert new.open_from == CN.open_from


def test_a_change_taken_back_leaves_the_days_as_they_were() -> None:
    there = amended(CN, file(kind="change", off=["2026-12-24"], version="a"))
    back = amended(there, file(kind="change", normal=["2026-12-24"], version="b"))
    assert back.digest == CN.digest


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"year": 2027, "off": ["2027-01-02"]}, ("off[0]", "weekday")),
        ({"year": 2027, "work": ["2027-01-04"]}, ("work[0]", "weekend_day")),
        ({"year": 2027, "off": ["2027-01-01", "2027-01-01"]}, ("off[1]", "twice")),
        ({"year": 2027, "off": ["2027-01-01"], "work": ["2027-01-01"]}, ("work[0]", "twice")),
        ({"year": 2027, "off": ["2026-10-08"]}, ("off[0]", "in_years")),
        ({"year": 2027, "off": ["2028-01-03"]}, ("off[0]", "in_years")),
        ({"year": 2029, "off": ["2029-01-01"]}, ("years[0]", "next_year")),
        ({"year": 2027, "off": ["2027-01-01"], "notice": "x"}, ("notice", "notice")),
        (
            {"year": 2027, "off": ["2027-01-01"], "issued": "2026-12-01"},
            ("issued", "not_in_future"),
        ),
        ({"year": 2027}, ("off", "no_days")),
        ({"off": ["2027-01-01"]}, ("years", "years")),
        ({"year": 2027, "normal": ["2027-01-01"]}, ("normal", "only_change")),
        (
            {"kind": "change", "off": ["2026-12-24"], "department": "x"},
            ("department", "only_closure"),
        ),
        ({"kind": "closure", "off": ["2026-12-24"]}, ("organ", "organ")),
        ({"organ": "county", "off": ["2026-10-01"]}, ("off[0]", "off_already")),
        ({"organ": "county"}, ("off", "no_days")),
    ],
)
def test_what_is_wrong_is_named_by_field(fields: dict[str, Any], wrong: tuple[str, str]) -> None:
    assert wrong in found(file(**fields))


@pytest.mark.parametrize(
    "fields", [{"of": ["2027-01-01"]}, {"off": ["1 January"]}, {"issued": None}, {"name": "A B"}]
)
def test_unknown_fields_and_forms_are_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        file(**fields)


def test_a_closure_without_days_lifts_the_one_of_its_name() -> None:
    lifted = file(organ="county", name="flood")
    assert found(lifted) == set()
    assert closure(lifted).off == ()
    assert closure(lifted).name == "flood"
    assert file(organ="county", department="water", off=["2026-12-24"]).new_version == (
        "county-water-2026-11-10@2026-11-10"
    )


def test_neighbouring_days_are_shown_as_spans() -> None:
    days = (date(2026, 12, 24), date(2026, 12, 25), date(2026, 12, 28))
    assert spans_of(days) == [
        (date(2026, 12, 24), date(2026, 12, 25)),
        (date(2026, 12, 28), date(2026, 12, 28)),
    ]
