"""The picture of a year says of each day what every count says of it."""

from datetime import date

import pytest

from domain.calendar.closures import Closure, with_closures
from domain.calendar.picture import PicturedDay, PicturedKind, picture
from law.files import load_calendar

CN = load_calendar("cn")
MONDAY = date(2026, 7, 6)
NOTICE = "青政办〔2026〕9号（虚构）"


def closure(department: str | None, *off: date, work: tuple[date, ...] = ()) -> Closure:
    return Closure(
        name="flood",
        version="flood@1",
        organ="qinghe",
        department=department,
        off=off,
        work=work,
        notice=NOTICE,
        issued=date(2026, 7, 1),
    )


def year_of(year: int, closures: tuple[Closure, ...] = ()) -> list[PicturedDay]:
    return list(picture(CN, closures, date(year, 1, 1), date(year, 12, 31)))


@pytest.mark.parametrize("year", [2008, 2019, 2026, 2027])
def test_a_day_is_worked_in_the_picture_where_counts_say_so(year: int) -> None:
    days = year_of(year)
    assert [day.worked for day in days] == [CN.is_working_day(day.day) for day in days]
    assert (days[0].day, days[-1].day) == (date(year, 1, 1), date(year, 12, 31))


@pytest.mark.parametrize(("department", "worked"), [(None, False), ("ghj", True)])
def test_a_closure_is_marked_and_the_rest_of_the_organ_works(
    department: str | None, worked: bool
) -> None:
    days = {d.day: d for d in year_of(2026, (closure(department, MONDAY),))}
    shut = days[MONDAY]
    assert (shut.kind, shut.worked, shut.by[0].notice) == (PicturedKind.CLOSED, worked, NOTICE)


def test_a_layer_over_the_country_counts_as_it_is_pictured() -> None:
    work = (date(2026, 7, 11), date(2026, 10, 1))
    layer = closure(None, MONDAY, work=work)
    layered = with_closures(CN, (layer,))
    days = year_of(2026, (layer,))
    assert [d.worked for d in days] == [layered.is_working_day(d.day) for d in days]
    assert tuple(d.day for d in days if d.kind is PicturedKind.OPENED) == work


def test_days_after_the_newest_notice_are_open() -> None:
    opened = [d.day for d in year_of(2026) if d.open]
    assert opened[0] == CN.open_from


def test_of_a_year_nobody_lists_the_weekend_alone_is_known_and_all_is_open() -> None:
    days = list(picture(CN, (), date(1999, 5, 1), date(1999, 5, 31)))
    assert [d.worked for d in days] == [d.day.weekday() < 5 for d in days]
    assert all(d.open for d in days)
