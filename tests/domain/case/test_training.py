"""The own time of a training case: it goes forward by an act, and what falls due happens."""

from datetime import date, timedelta

import pytest

from domain import numbers
from domain.case import facts as f
from domain.case.agenda import settle
from domain.case.decide import decide
from domain.case.number import case_id_of
from domain.case.people import Role
from domain.case.state import CaseState
from domain.errors import Code, InputError, Refusal
from tests.domain.case.desk import Desk, noon

DAY = date(2026, 3, 2)


def training() -> Desk:
    desk = Desk.open(DAY)
    desk.state = desk.state.model_copy(update={"clock_offset": -DAYS * 86_400})
    return desk


DAYS = 5


def advanced(desk: Desk, **how: object) -> CaseState:
    act = desk.act(Role.INTAKE, f.TrainingAdvanced.model_validate(how))
    return decide(desk.state, act, noon(desk.day)).state


def test_its_time_moves_on_by_days_or_to_a_day() -> None:
    desk = training()
    assert advanced(desk, days=3).clock_offset == (3 - DAYS) * 86_400
    assert advanced(desk, to=DAY + timedelta(days=60)).clock_offset == (60 - DAYS) * 86_400


def test_it_never_becomes_a_real_case() -> None:
    state = advanced(training(), days=DAYS)
    assert state.training
    assert state.clock_offset == 1


@pytest.mark.parametrize(
    ("how", "code"),
    [({"to": DAY}, Code.NOT_FORWARD), ({"to": DAY - timedelta(days=1)}, Code.NOT_FORWARD)],
)
def test_it_only_goes_forward(how: dict[str, date], code: Code) -> None:
    with pytest.raises(Refusal) as no:
        advanced(training(), **how)
    assert no.value.code is code


@pytest.mark.parametrize(
    "how",
    [{}, {"days": 3, "to": DAY + timedelta(days=9)}, {"to": DAY + timedelta(days=f.MOST_DAYS + 1)}],
)
def test_one_of_days_and_day_within_ten_years_is_given(how: dict[str, object]) -> None:
    with pytest.raises(InputError) as no:
        advanced(training(), **how)
    assert no.value.code is Code.BAD_FIELD


def test_a_real_case_lives_in_real_time() -> None:
    with pytest.raises(Refusal) as no:
        advanced(Desk.open(DAY), days=3)
    assert no.value.code is Code.NOT_TRAINING


def test_what_falls_due_on_the_way_is_on_record_in_order() -> None:
    state = advanced(training(), to=DAY + timedelta(days=60))
    passed = settle(state, noon(DAY + timedelta(days=60)))
    instants = [e.what.instant for e in passed.events if isinstance(e.what, f.AlarmRaised)]
    assert len(instants) > 3
    assert instants == sorted(instants)


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("T2026-0001", "T2026-0001"),
        ("t2026-1", "T2026-0001"),
        ("演练〔2026〕1号", "T2026-0001"),
        ("演练[2026]12", "T2026-0012"),
        ("依申〔2026〕1号", "2026-0001"),
        ("〔2026〕1号", "2026-0001"),
        ("２０２６-0001", "2026-0001"),
    ],
)
def test_both_series_are_read_in_any_usual_form(written: str, found: str) -> None:
    assert case_id_of(written) == found
    assert case_id_of(numbers.number_of(found)) == found
