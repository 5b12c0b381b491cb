"""Due dates in bulk are those one by one."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.errors import InputError
from domain.periods.bulk import due_days
from law.files import load_calendar

CN = load_calendar("cn")


@settings(deadline=None)
@given(
    st.lists(st.integers(0, 5000).map(lambda n: date(2010, 1, 1) + timedelta(days=n)), max_size=60),
    st.integers(-30, 40),
)
def test_bulk_agrees_with_one_by_one(days: list[date], n: int) -> None:
    assert due_days(CN, days, n) == [CN.add_working_days(day, n) for day in days]
    dense = [date(2020, 1, 1) + timedelta(days=len(days) - i) for i in range(len(days))]
    assert due_days(CN, dense, n) == [CN.add_working_days(day, n) for day in dense]


def test_a_missing_year_is_an_error_in_bulk_too() -> None:
    with pytest.raises(InputError):
        due_days(CN, [date(2020, 1, 1), date(2027, 12, 30)], 20)
