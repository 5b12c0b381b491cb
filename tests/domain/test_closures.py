"""A local closure over the national calendar."""

from datetime import date

import pytest

from domain.calendar.closures import Closure, LayeredCalendar, covering, with_closures
from domain.calendar.model import Calendar
from domain.periods.ledger import Stage, spans

NATIONAL = Calendar.of_days(
    ("sat", "sun"), [date(2026, 10, 1), date(2026, 10, 2)], [date(2026, 10, 10)]
)


def closure(*off: date, department: str | None = None, work: tuple[date, ...] = ()) -> Closure:
    return Closure(
        name="flood",
        version=f"flood-{len(off)}-{department}",
        organ="county",
        department=department,
        off=off,
        work=work,
        notice="县政办〔2026〕3号（虚构）",
        issued=date(2026, 9, 1),
    )


def test_closed_days_do_not_count_and_days_worked_instead_do() -> None:
    here = with_closures(NATIONAL, [closure(date(2026, 9, 14), work=(date(2026, 9, 19),))])
    assert not here.is_working_day(date(2026, 9, 14))
    assert here.is_working_day(date(2026, 9, 19))
    assert here.count(date(2026, 9, 11), date(2026, 9, 19)) == 5  # 15 to 19


def test_a_closure_may_take_away_a_worked_weekend_day() -> None:
    here = with_closures(NATIONAL, [closure(date(2026, 10, 10))])
    assert NATIONAL.is_working_day(date(2026, 10, 10))
    assert not here.is_working_day(date(2026, 10, 10))


def test_without_closures_the_calendar_is_the_same_object() -> None:
    assert with_closures(NATIONAL, ()) is NATIONAL


def test_the_same_content_gives_the_same_compiled_calendar() -> None:
    one = with_closures(NATIONAL, [closure(date(2026, 9, 14))])
    copy = NATIONAL.model_copy()
    assert with_closures(copy, [closure(date(2026, 9, 14))]) is one
    assert with_closures(NATIONAL, [closure(date(2026, 9, 15))]) is not one
    assert one.digest != NATIONAL.digest
    assert one.version == f"{NATIONAL.version}+flood-1-None"


def test_the_ledger_tells_closure_weekend_and_holiday_apart() -> None:
    """Wednesday 09-30 closed, 10-01 and 10-02 off everywhere, then the weekend, Monday closed."""
    here = with_closures(NATIONAL, [closure(date(2026, 9, 30), date(2026, 10, 5))])
    found = spans(
        here.index, here, date(2026, 9, 28), [Stage(date(2026, 10, 6), "period", "art 33")]
    )
    assert [(s.first.day, s.last.day, s.counted, s.why) for s in found] == [
        (29, 29, 1, "period"),
        (30, 30, 0, "closure"),
        (1, 4, 0, "holiday"),
        (5, 5, 0, "closure"),
        (6, 6, 1, "period"),
    ]
    assert found[1].article == "县政办〔2026〕3号（虚构）"


@pytest.mark.parametrize(("department", "covered"), [("planning", 2), ("water", 1), (None, 1)])
def test_a_closure_of_a_department_covers_its_cases_only(
    department: str | None, covered: int
) -> None:
    both = (closure(date(2026, 9, 14)), closure(date(2026, 9, 15), department="planning"))
    assert len(covering(both, "county", department)) == covered
    assert covering(both, "city", department) == ()


def test_a_layered_calendar_keeps_what_the_national_one_says() -> None:
    here = with_closures(NATIONAL, [closure(date(2026, 9, 14))])
    assert isinstance(here, LayeredCalendar)
    assert (here.weekend, here.open_from, here.years) == (
        NATIONAL.weekend,
        NATIONAL.open_from,
        NATIONAL.years,
    )
