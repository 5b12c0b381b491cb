"""What is supposed equals what happens, and the other way round nothing is recorded."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.case import facts as f
from domain.case.answers.whatif import what_if
from domain.case.count import count
from domain.case.people import Role
from domain.clock import ClockEvent, Reckoning
from domain.clock import ClockEventKind as Kind
from domain.errors import Code, YishenError
from tests.domain.case.desk import Desk, fee_notice

RECEIVED = date(2024, 9, 9)
Act = Callable[[Desk], Desk]

ACTS: dict[str, tuple[Callable[[date], ClockEvent], Act]] = {
    "notice": (lambda day: ClockEvent(Kind.CORRECTION_NOTICE_SENT, day), lambda d: d.notice()),
    "consult": (
        lambda day: ClockEvent(Kind.THIRD_PARTY_CONSULTED, day, ref="t1"),
        lambda d: d.consult(),
    ),
    "fee": (
        lambda day: ClockEvent(Kind.FEE_NOTICE_SENT, day),
        lambda d: d.do(Role.HANDLER, fee_notice()),
    ),
    "later": (
        lambda day: ClockEvent(Kind.LIMIT_SET, day, until=date(2024, 12, 2)),
        lambda d: d.do(Role.DISCLOSURE_HEAD, f.LimitSet(until=date(2024, 12, 2), reason="多")),
    ),
    "withdrawn": (
        lambda day: ClockEvent(Kind.WITHDRAWN, day),
        lambda d: d.do(Role.INTAKE, f.Withdrawn()),
    ),
}


@settings(deadline=None)
@given(st.sampled_from(sorted(ACTS)), st.integers(0, 40), st.integers(0, 40))
def test_what_is_supposed_is_what_happens(act: str, ahead: int, later: int) -> None:
    """Asked today of a day ahead; on that day it is done."""
    event_of, do = ACTS[act]
    desk = Desk.open(RECEIVED).assign().until(RECEIVED + timedelta(days=ahead))
    day = desk.day + timedelta(days=later)
    supposed, no = attempted(lambda: what_if(desk.state, [event_of(day)], desk.day))
    _, refused = attempted(lambda: do(desk.until(day)))
    if refused is not None:
        # What the office may not do any more the clock refuses too, or would not apply.
        assert no is not None or (supposed and supposed.warnings)
        return
    assert supposed is not None
    assert days(supposed.then) == days(count(desk.state, day).reckoning)


T = TypeVar("T")


def attempted(do: Callable[[], T]) -> tuple[T | None, YishenError | None]:
    try:
        return do(), None
    except YishenError as error:
        return None, error


def days(found: Reckoning) -> Sequence[object]:
    """Every day a reckoning names; the act writes the default of correct_by out, so that the
    article of that limit may differ."""
    limits = sorted((x.name, x.ref or "", x.base, x.due) for x in found.limits if x.due)
    fields = (found.state, found.due, found.due_if_answered, found.due_at_latest, found.overdue)
    return (*fields, found.day_zero, found.working_days_left, limits, found.ledger)


def test_an_extension_moves_the_last_day_and_nothing_is_recorded() -> None:
    desk = Desk.open(RECEIVED).assign()
    told = ClockEvent(Kind.EXTENSION_GRANTED, date(2024, 9, 20), working_days=10)
    before = desk.state
    found = what_if(desk.state, [told], desk.day)
    assert (found.reply.was, found.reply.due) == (date(2024, 10, 12), date(2024, 10, 25))
    assert found.reply.working_days == 10
    assert desk.state is before


def test_a_supposed_consultation_shows_the_latest_day_and_its_own_limit() -> None:
    desk = Desk.open(RECEIVED).assign()
    asked = ClockEvent(Kind.THIRD_PARTY_CONSULTED, date(2024, 9, 16), ref="t")
    found = what_if(desk.state, [asked], desk.day)
    assert found.then.state == "paused"
    assert found.reply.due == found.then.due_at_latest
    assert [(s.name, s.was) for s in found.others if s.name == "third_party_answer"] == [
        ("third_party_answer", None)
    ]
    answered = ClockEvent(Kind.THIRD_PARTY_ANSWERED, date(2024, 9, 20), ref="t")
    both = what_if(desk.state, [asked, answered], desk.day)
    assert both.reply.working_days == 3  # 18, 19 and 20 September


def test_an_event_before_others_is_put_in_its_place() -> None:
    desk = Desk.open(RECEIVED).assign().until(date(2024, 9, 20)).consult()
    asked = ClockEvent(Kind.AGENCY_CONSULTED, date(2024, 9, 12), ref="a")
    answered = ClockEvent(Kind.AGENCY_ANSWERED, date(2024, 9, 13), ref="a")
    found = what_if(desk.state, [asked, answered], desk.day)
    assert found.reply.working_days == 1


def test_a_void_number_has_no_what_if() -> None:
    desk = Desk.open(RECEIVED).do(Role.INTAKE, f.Voided(reason="重复登记"))
    with pytest.raises(YishenError) as refused:
        what_if(desk.state, [ClockEvent(Kind.WITHDRAWN, desk.day)], desk.day)
    assert refused.value.code is Code.CASE_ENDED
