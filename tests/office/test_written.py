"""Days and numbers in the habits of people."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from domain.errors import Code, InputError
from domain.values import OFFICE_ZONE
from office.written import written_amount, written_count, written_day, written_moment

TODAY = date(2026, 3, 9)


@pytest.mark.parametrize(
    "written",
    [
        *("2026-03-07", "2026.3.7", "2026/3/7", "2026年3月7日", "2026 年 3 月 7 日", "20260307"),
        *(
            "２０２６．３．７",
            "２０２６年３月７日",
            "3/7",
            "3.7",
            "3-7",
            "3月7日",
            "3月7号",
            "３月７日",
        ),
        *(
            "2026年3月7日（周六）",
            "3月7日 星期六",
            "前天",
            " 2026-3-7 ",
            "7 Mar 2026",
            "Sat 7 Mar 2026",
        ),
        *("7 March", "2026－03－07"),
    ],
)
def test_a_day_is_read_as_people_write_it(written: str) -> None:
    assert written_day(written, TODAY) == date(2026, 3, 7)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "2026",
        "26.3.7",
        "2026-13-01",
        "2026-02-30",
        "2月30日",
        "三月七日",
        "7/3/2026",
        "3",
        "0-0",
    ],
)
def test_what_is_no_day_or_could_be_two_is_refused(written: str) -> None:
    with pytest.raises(InputError) as no:
        written_day(written, TODAY)
    assert no.value.code is Code.BAD_DATE


def test_a_day_without_its_year_is_the_one_that_is_meant() -> None:
    new_year = date(2027, 1, 4)
    assert written_day("12月30日", new_year) == date(2026, 12, 30)
    assert written_day("10月30日", new_year, ahead=True) == date(2027, 10, 30)
    assert written_day("10月30日", new_year, ahead=False) == date(2026, 10, 30)
    assert written_day("1月4日", new_year, ahead=False) == new_year
    assert written_day("2月29日", new_year) == date(2028, 2, 29)


@pytest.mark.parametrize(
    "written",
    [
        *("2026-05-06T14:30", "2026-05-06 14:30", "2026年5月6日 14:30", "2026年5月6日下午2点半"),
        *(
            "5月6日 下午2:30",
            "2026.5.6 14时30分",
            "２０２６．５．６　１４：３０",
            "2026-05-06T06:30Z",
        ),
        *("2026/5/6 14:30", "2026-05-06T14:30+08:00"),
    ],
)
def test_an_instant_is_read_as_people_write_it(written: str) -> None:
    wanted = datetime(2026, 5, 6, 14, 30, tzinfo=OFFICE_ZONE)
    assert written_moment(written, TODAY) == wanted


@pytest.mark.parametrize(
    "written",
    ["0001-01-01T00:00", "0001-01-01T00:00+14:00", "9999-12-31T23:59-14:00", "9999-12-31T20:00Z"],
)
def test_an_instant_whose_day_no_calendar_has_is_none(written: str) -> None:
    with pytest.raises(InputError) as no:
        written_moment(written, TODAY)
    assert no.value.code is Code.BAD_DATE


def test_numbers_come_with_their_units_and_in_any_width() -> None:
    assert [written_count(w) for w in ("20", "２０", "20个工作日", " 20 页", "x", "2.5", "-1")] == [
        *(20, 20, 20, 20, None, None, None),
    ]
    amounts = ("1200", "1,200.50", "１２００元", "￥1200.5", "1，200元", "一千", "1.2.3", "-5")
    assert [written_amount(w) for w in amounts] == [
        *(Decimal(1200), Decimal("1200.50"), Decimal(1200), Decimal("1200.5"), Decimal(1200)),
        *(None, None, None),
    ]
    assert written_amount("9" * 12 + ".00") == Decimal(999_999_999_999)
    too_long = "9" * 13
    assert (written_amount(too_long), written_count(too_long)) == (None, None)
