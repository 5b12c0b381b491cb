"""Days taken, left and late, counted by hand on the calendar of 2024 (National Day 1-7 October,
29 September and 12 October worked) and for any day by what must hold."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.case import facts as f
from domain.case.answers.day_counts import DayCounts, day_counts
from domain.case.count import count
from domain.case.people import Role
from domain.periods.period import Unit
from tests.domain.case.desk import Desk

WD = Unit.WORKING_DAY
RECEIVED = date(2024, 9, 9)
"""A Monday; the last of 20 working days is 2024-10-11 (Mid-Autumn 15-17, 14 September worked)."""


def days(desk: Desk, on: date | None = None) -> DayCounts:
    on = max([on or desk.day, *(event.at for event in desk.state.clock)])
    return day_counts(count(desk.state, on).reckoning, desk.state.calendar)


@pytest.mark.parametrize(
    ("on", "taken", "left", "late"),
    [
        (date(2024, 9, 9), 0, 20, 0),  # day 0 is not counted
        (date(2024, 9, 10), 1, 19, 0),
        (date(2024, 9, 14), 5, 15, 0),  # a worked Saturday
        (date(2024, 9, 17), 5, 15, 0),  # Mid-Autumn
        (date(2024, 9, 30), 15, 5, 0),  # 18-20, 23-27 and Sunday 29 worked, 30
        (date(2024, 10, 7), 15, 5, 0),  # National Day
        (date(2024, 10, 11), 19, 1, 0),
        (date(2024, 10, 12), 20, 0, 0),  # the last day, a worked Saturday
        (date(2024, 10, 13), 20, 0, 0),  # over, but no working day has passed
        (date(2024, 10, 14), 21, 0, 1),
        (date(2024, 10, 18), 25, 0, 5),
    ],
)
def test_a_running_count_by_hand(on: date, taken: int, left: int, late: int) -> None:
    desk = Desk.open(RECEIVED)
    assert desk.due() == date(2024, 10, 12)
    assert days(desk, on) == DayCounts(WD, taken, left, late)


def test_a_pause_says_only_what_is_left() -> None:
    desk = Desk.open(RECEIVED).assign().until(date(2024, 9, 13)).consult()
    assert days(desk, date(2024, 9, 20)) == DayCounts(WD, left=16)


def test_excluded_days_are_neither_taken_nor_left() -> None:
    desk = Desk.open(RECEIVED).assign().until(date(2024, 9, 13)).consult()
    desk.until(date(2024, 9, 20))
    desk.do(Role.HANDLER, f.ConsultationAnswered(ref="t1", answer=f.Answer.CONSENTS))
    assert days(desk, date(2024, 9, 23)) == DayCounts(WD, 5, 15, 0)


def test_while_no_period_runs_nothing_is_said() -> None:
    desk = Desk.open(RECEIVED).assign().until(date(2024, 9, 12)).notice()
    assert days(desk) == DayCounts(WD)


def test_a_restart_counts_anew() -> None:
    desk = Desk.open(RECEIVED).assign().until(date(2024, 9, 12)).notice()
    desk.until(date(2024, 9, 20)).do(Role.INTAKE, f.CorrectionReceived())
    assert days(desk, date(2024, 9, 23)) == DayCounts(WD, 1, 19, 0)


def test_dispatch_ends_the_count() -> None:
    in_time = Desk.open(RECEIVED).ready().until(date(2024, 9, 19)).dispatch()
    assert days(in_time, date(2024, 12, 2)) == DayCounts(WD, 7, None, 0)
    late = Desk.open(RECEIVED).ready().until(date(2024, 10, 16)).dispatch()
    assert days(late, date(2024, 12, 2)) == DayCounts(WD, 23, None, 3)


@settings(deadline=None)
@given(st.integers(0, 120), st.lists(st.integers(1, 12), max_size=3))
def test_from_day_to_day_what_is_taken_grows_by_what_left_shrinks(
    through: int, consulted: list[int]
) -> None:
    """Whatever was excluded: in time the two make the whole period; afterwards only late grows."""
    desk = Desk.open(RECEIVED).assign()
    for n, length in enumerate(consulted):
        desk.until(desk.day + timedelta(days=2)).consult(f"t{n}")
        desk.until(desk.day + timedelta(days=length))
        desk.do(Role.HANDLER, f.ConsultationAnswered(ref=f"t{n}", answer=f.Answer.CONSENTS))
    day = desk.day + timedelta(days=through)
    now, then = days(desk, day), days(desk, day + timedelta(days=1))
    assert now.taken is not None
    assert now.left is not None
    assert now.late is not None
    assert then.taken is not None
    assert now.taken + now.left == 20 + now.late
    assert not (now.left and now.late)
    assert then.taken - now.taken == int(desk.state.calendar.is_working_day(day + timedelta(1)))
