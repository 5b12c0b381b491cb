"""The tariff of fees: sums seen in practice, hand counts, and what holds of any number."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import Code, InputError, Refusal
from domain.tariff import FeeScale, Tariff
from law.files import load_tariff, parse

TARIFF = load_tariff(date(2021, 1, 1))


@pytest.mark.parametrize(
    ("pages", "yuan"),
    [
        *((1, 0), (30, 0), (31, 10), (100, 700), (101, 720), (200, 2700), (201, 2740)),
        *((57, 270), (68, 380), (72, 420), (109, 880), (119, 1080)),  # seen in practice
    ],
)
def test_pages_cost_what_practice_asks(pages: int, yuan: int) -> None:
    assert TARIFF.page.amount(pages) == yuan


@pytest.mark.parametrize(
    ("items", "yuan"),
    [
        *((1, 0), (10, 0), (11, 100), (30, 2000), (31, 2200), (40, 4000), (41, 4300)),
        *((50, 7000), (51, 7400), (60, 11000)),
    ],
)
def test_items_of_a_month_cost_more_the_more_there_are(items: int, yuan: int) -> None:
    assert TARIFF.item.amount(items) == yuan


def test_a_request_costs_what_it_adds_to_the_month() -> None:
    assert TARIFF.item.amount(3, before=9) == 200  # the 10th is free
    assert TARIFF.item.amount(1, before=30) == 200
    parts = TARIFF.item.parts(13, before=28)
    assert [tuple(part) for part in parts] == [
        (29, 30, 100, 200),
        (31, 40, 200, 2000),
        (41, 41, 300, 300),
    ]


def naive(standard: str, nth: int) -> int:
    """The rate of the n-th unit, said otherwise."""
    if standard == "page":
        return 0 if nth <= 30 else 10 if nth <= 100 else 20 if nth <= 200 else 40
    return 0 if nth <= 10 else 100 if nth <= 30 else 100 * ((nth - 31) // 10 + 2)


@given(st.sampled_from(("item", "page")), st.integers(1, 400), st.integers(0, 400))
def test_any_number_is_the_sum_of_its_units(standard: str, n: int, before: int) -> None:
    scale = TARIFF.item if standard == "item" else TARIFF.page
    expected = sum(naive(standard, nth) for nth in range(before + 1, before + n + 1))
    assert scale.amount(n, before) == expected
    parts = scale.parts(n, before)
    assert sum(part.last - part.first + 1 for part in parts) == n
    assert scale.amount(before) + expected == scale.amount(before + n) if before else True


def test_before_its_first_day_there_is_no_tariff() -> None:
    with pytest.raises(Refusal) as no:
        load_tariff(date(2020, 12, 31))
    assert no.value.code is Code.NOT_IN_FORCE


def test_steps_that_do_not_rise_are_refused() -> None:
    content = TARIFF.model_dump(mode="json")
    content["page"]["steps"][1]["up_to"] = 30
    with pytest.raises(InputError) as error:
        parse(Tariff, content, "cn.toml")
    assert error.value.params["field"] == "page"
    assert isinstance(TARIFF.page, FeeScale)


def test_the_tariff_says_who_checked_it() -> None:
    assert {"in_force_from", "item", "page"} == set(TARIFF.checked)
