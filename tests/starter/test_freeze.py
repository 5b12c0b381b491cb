"""Calendars frozen from a package: what stands in the files is what the package said."""

import json
from datetime import date, timedelta
from importlib.metadata import version

import holidays
import pytest

from law import freeze
from law.files import load_calendar

SPEC = freeze.specification()
NAMES = freeze.names(SPEC)


@pytest.mark.parametrize("name", NAMES)
def test_a_file_says_what_it_was_frozen_from(name: str) -> None:
    content = json.loads((freeze.PLACE / f"{name}.json").read_text(encoding="utf-8"))
    source = content["frozen_from"]
    assert source["package"] == "holidays"
    assert content["version"] == f"holidays-{source['version']}"
    first, last = source["years"]
    assert sorted(load_calendar(name).years) == list(range(first, last + 1))


@pytest.mark.parametrize("name", NAMES)
def test_the_same_package_writes_the_same_file(name: str) -> None:
    written = (freeze.PLACE / f"{name}.json").read_text(encoding="utf-8")
    if json.loads(written)["frozen_from"]["version"] != version("holidays"):
        pytest.skip("another version of the package is installed")
    assert freeze.text(freeze.frozen(name, SPEC)) == written


@pytest.mark.parametrize(
    ("name", "country", "subdiv"),
    [("us", "US", None), ("de", "DE", None), ("tw", "TW", None), ("hk", "HK", None),
     ("uk-ew", "GB", "ENG"), ("in", "IN", None)],
)  # fmt: skip
def test_every_day_agrees_with_the_package(name: str, country: str, subdiv: str | None) -> None:
    calendar = load_calendar(name)
    years = sorted(calendar.years)
    package = holidays.country_holidays(country, subdiv=subdiv, years=years)
    day = date(years[0], 1, 1)
    while day.year <= years[-1]:
        assert calendar.is_working_day(day) == package.is_working_day(day), day
        day += timedelta(days=1)


def test_what_departs_from_the_package_is_named() -> None:
    assert load_calendar("us-ny").is_working_day(date(2024, 2, 15))  # a day of commemoration
    bc = load_calendar("ca-bc")
    assert not bc.is_working_day(date(2024, 4, 1))  # Easter Monday
    assert not bc.is_working_day(date(2024, 12, 26))
    uk = load_calendar("uk")
    assert not uk.is_working_day(date(2024, 1, 2))  # Scotland
    assert not uk.is_working_day(date(2024, 7, 12))  # Northern Ireland
    assert load_calendar("uk-ew").is_working_day(date(2024, 7, 12))


def test_only_the_days_that_the_law_moves_are_moved() -> None:
    ny, bc, us = load_calendar("us-ny"), load_calendar("ca-bc"), load_calendar("us")
    assert ny.is_working_day(date(2026, 7, 3))  # the 4th is a Saturday
    assert not us.is_working_day(date(2026, 7, 3))
    assert not ny.is_working_day(date(2027, 7, 5))  # the 4th is a Sunday
    for month_day in ("2020-12-28", "2021-12-27", "2022-01-03", "2023-10-02", "2026-12-28"):
        assert bc.is_working_day(date.fromisoformat(month_day)), month_day
    assert bc.is_working_day(date(2028, 1, 3))
    assert not bc.is_working_day(date(2018, 7, 2))  # set by the Parliament of Canada
    assert not bc.is_working_day(date(2022, 12, 26))  # itself a holiday


@pytest.mark.parametrize("name", [*NAMES, "cn"])
def test_a_year_that_nobody_has_proclaimed_is_provisional(name: str) -> None:
    calendar = load_calendar(name)
    assert calendar.open_from is not None
    assert calendar.provisional(calendar.open_from, calendar.open_from)
    assert not any(y.complete for n, y in calendar.years.items() if n > calendar.open_from.year)


def test_an_unknown_name_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert freeze.main(["atlantis"]) == 2
    assert "atlantis" in capsys.readouterr().err
