"""Rules by number: what a running case keeps, and what raising it does."""

from datetime import date

import pytest

from domain.case import facts as f
from domain.case.people import Role
from domain.case.revising import revise
from domain.errors import Code, Refusal
from domain.rules import CURRENT_RULES
from tests.domain.case.desk import Desk, law, noon

DAY = date(2024, 9, 2)
WINDOW = date(2024, 9, 11)


def reminders(desk: Desk) -> list[str]:
    return [
        e.what.step
        for e in desk.events
        if isinstance(e.what, f.AlarmRaised) and e.what.limit == "correction_notice"
    ]


def under_review(rules: int) -> Desk:
    return Desk.open(DAY, case_law=law(rules=rules)).assign().add()


def test_under_rules_1_a_case_under_review_is_reminded_of_the_window() -> None:
    desk = under_review(1)
    assert desk.due("correction_notice") == WINDOW
    assert reminders(desk.until(date(2024, 9, 12))) == ["reminder_5", "reminder_3", "reminder_1"]


def test_under_rules_2_the_first_item_ends_the_reminders_and_says_so() -> None:
    desk = under_review(2)
    (change,) = desk.events[-1].deadlines
    assert (change.name, change.was, change.due) == ("correction_notice", WINDOW, None)
    assert reminders(desk.until(date(2024, 9, 12))) == []
    assert desk.due() == date(2024, 9, 30)


def test_under_rules_2_a_case_in_hand_is_reminded_still() -> None:
    desk = Desk.open(DAY, case_law=law(rules=2)).assign().until(date(2024, 9, 12))
    assert reminders(desk) == ["reminder_5", "reminder_3", "reminder_1"]


def test_a_notice_may_still_be_sent_while_items_are_under_review() -> None:
    desk = under_review(2).until(date(2024, 9, 5)).notice()
    assert desk.due("correction") is not None


def test_raising_a_case_records_what_was_and_what_is() -> None:
    desk = under_review(1).until(date(2024, 9, 5))
    raised = revise(desk.state, f.LawRevised(rules=2), "raise", noon(desk.day))
    (event,) = raised.events
    assert [(c.name, c.was, c.due) for c in event.deadlines] == [
        ("correction_notice", WINDOW, None)
    ]
    assert raised.state.law.rules == 2
    assert raised.state.deadline("reply") == desk.state.deadline("reply")
    desk.state = raised.state
    assert reminders(desk.until(date(2024, 9, 12))) == ["reminder_5"]


def test_rules_only_rise() -> None:
    desk = under_review(2)
    with pytest.raises(Refusal) as no:
        revise(desk.state, f.LawRevised(rules=1), "lower", noon(DAY))
    assert no.value.code is Code.RULES_ONLY_RISE


def test_a_case_of_older_rules_takes_every_act_that_one_of_the_present_takes() -> None:
    for rules in range(1, CURRENT_RULES + 1):
        desk = Desk.open(DAY, case_law=law(rules=rules)).ready().dispatch()
        desk.do(Role.HANDLER, f.Delivered())
        assert desk.refolded() == desk.state
