"""What a line of the timeline says beside its kind."""

from datetime import date, datetime

from domain.case.act import Event
from domain.case.facts import CaseReopened, FeePaid, RemedyLapsed
from domain.case.people import Role
from domain.periods.period import CitedPeriod, Unit
from domain.values import OFFICE_ZONE
from speech import words
from speech.detail import detail
from speech.marks import marks_of
from speech.names import NameBook
from tests.domain.case.desk import Desk, fee_notice


def test_a_limit_that_silence_began_is_said_in_words() -> None:
    words.speak("zh")
    event = Event(
        seq=9,
        at=datetime(2026, 12, 1, tzinfo=OFFICE_ZONE),
        effective_on=date(2026, 11, 30),
        person="system",
        role=Role.SYSTEM,
        what=RemedyLapsed(limit="remedy_reconsideration", ref="silence", due=date(2026, 11, 30)),
    )
    said = detail(event, "qinghe", NameBook())
    assert "不作为" in said
    assert "silence" not in said


def test_a_reopening_tells_the_days_of_the_two_replies_apart() -> None:
    words.speak("zh")
    ordered = CitedPeriod(n=10, unit=Unit.WORKING_DAY, article="r1")
    event = Event(
        seq=14,
        at=datetime(2026, 12, 1, tzinfo=OFFICE_ZONE),
        effective_on=date(2026, 12, 1),
        person="system",
        role=Role.SYSTEM,
        what=CaseReopened(
            ref="r1", period=ordered, closes=1, receipt_day=date(2026, 11, 10), replied=True
        ),
    )
    assert "此前的答复自 2026-11-10 起算" in detail(event, "qinghe", NameBook())


def test_an_entry_that_was_amended_and_is_set_aside_says_both() -> None:
    """Paid on the 6th, amended to the 7th; the notice that asked for it turns out to be of the
    9th."""
    words.speak("zh")
    desk = Desk.open(date(2024, 9, 2)).assign().until(date(2024, 9, 4))
    desk.do(Role.HANDLER, fee_notice()).until(date(2024, 9, 6))
    desk.do(Role.INTAKE, FeePaid.model_validate({"amount": "2000.00"})).until(date(2024, 9, 10))
    desk.do(Role.INTAKE, desk.amended("fee_paid", date(2024, 9, 7)))
    amended = desk.state.seq
    desk.do(Role.HANDLER, desk.amended("fee_notice_sent", date(2024, 9, 9)))
    mark = marks_of(desk.state.timeline)[desk.seq("fee_paid")]
    assert mark == f"（已由第 {amended} 条更正）（暂不计入）"
