"""Answer again: a decision orders a new reply, and a new clock begins beside the old record.

Calendar of the examples: 2024-09-14 (Saturday) worked, 09-15 to 09-17 mid-autumn, 09-29 (Sunday)
worked, 10-01 to 10-07 National Day, 10-12 (Saturday) worked.
"""

from datetime import date, timedelta
from typing import Any

import pytest

from domain.case import facts as f
from domain.case.people import Actor, Grant, Role
from domain.case.status import status
from domain.case.summary import Mover, Status
from domain.case.tasks import summarise
from domain.errors import Code, Refusal
from domain.periods.period import Unit
from tests.domain.case.desk import Desk
from tests.domain.case.remedies import (
    answered_anew,
    decided,
    judged,
    opened,
    reconsidered,
    refused,
    sued,
)

FIFTEEN_DAYS: dict[str, Any] = {
    "orders_reply": True,
    "within": 15,
    "within_unit": Unit.CALENDAR_DAY,
}


def steps(desk: Desk, limit: str) -> list[tuple[str, str, str]]:
    return [
        (a.step, a.instant.strftime("%m-%d %H:%M"), a.to)
        for e in desk.events
        if isinstance(a := e.what, f.AlarmRaised) and a.limit == limit
    ]


def test_annulled_with_fifteen_days_the_case_is_replied_to_anew() -> None:
    """Served Wednesday 2024-09-18: fifteen calendar days end on 10-03, in the holiday week, and
    go to Tuesday 10-08."""
    desk = refused(date(2024, 6, 3), date(2024, 6, 20))
    desk.until(date(2024, 7, 15))
    reconsidered(desk, accepted=date(2024, 7, 10))
    desk.until(date(2024, 9, 18))
    decided(desk, "annulled", **FIFTEEN_DAYS).until(date(2024, 9, 19))
    assert status(desk.state) is Status.IN_HAND
    assert desk.due() == date(2024, 10, 8)
    old = desk.state.rounds[0]
    assert old.reply is not None
    assert (old.number, old.reply.reply_kind) == (1, "refused_internal")
    assert old.dispatch is not None
    assert old.dispatch.on == date(2024, 6, 20)
    assert desk.state.items == ()
    assert desk.state.signatures == ()

    with pytest.raises(Refusal) as no:
        desk.draft().approve()
    assert no.value.code is Code.REPLY_NEEDS_RELEASE
    with pytest.raises(Refusal) as taken:
        desk.add("a")
    assert taken.value.code is Code.REF_TAKEN

    answered_anew(desk)
    assert status(desk.state) is Status.CLOSED
    assert desk.state.dispatch is not None
    assert desk.state.dispatch.in_time
    assert desk.refolded() == desk.state


def test_a_suit_after_the_decision_is_about_the_reply_the_decision_was_about() -> None:
    """Order of 2024-09-18, to 10-08; the suit after it arrives on 10-09, when the new reply is
    overdue: the remedies against that silence (60 days from 10-08, to Saturday 12-07: 12-09)
    are not used up by it."""
    desk = refused(date(2024, 6, 3), date(2024, 6, 20)).until(date(2024, 7, 15))
    reconsidered(desk, accepted=date(2024, 7, 10)).until(date(2024, 9, 18))
    decided(desk, "annulled", **FIFTEEN_DAYS).until(date(2024, 10, 9))
    sued(desk, after="r1", filed=date(2024, 9, 30))
    assert [p.round for p in desk.state.proceedings] == [1, 1]
    assert desk.due("remedy_reconsideration", "silence") == date(2024, 12, 9)


def test_the_ladder_runs_again_for_the_new_reply() -> None:
    desk = refused(date(2024, 6, 3), date(2024, 6, 20)).until(date(2024, 7, 15))
    reconsidered(desk).until(date(2024, 9, 18))
    decided(desk, "annulled", **FIFTEEN_DAYS).until(date(2024, 10, 9))
    assert [s[:2] for s in steps(desk, "reply")] == [
        ("reminder_5", "09-25 09:00"),
        ("reminder_3", "09-27 09:00"),
        ("reminder_1", "09-30 09:00"),
        ("last_day", "10-08 09:00"),
        ("overdue", "10-09 00:00"),
    ]


def test_without_a_stated_period_the_full_one_runs_from_the_day_of_receipt() -> None:
    """Twenty working days after 2024-09-18: 19, 20, 23-27 (7), 29, 30 (9), 10-08 to 12 (14),
    14-18 (19), 21 (20)."""
    desk = refused(date(2024, 6, 3), date(2024, 6, 20)).until(date(2024, 7, 15))
    reconsidered(desk).until(date(2024, 9, 18))
    decided(desk, "annulled", orders_reply=True).until(date(2024, 9, 19))
    assert desk.due() == date(2024, 10, 21)
    reopened = next(e.what for e in desk.events if isinstance(e.what, f.CaseReopened))
    assert (reopened.full, reopened.period.article) == (True, "art 33(2)")


def test_a_judgment_that_orders_a_reply_reopens_the_case_once_it_takes_effect() -> None:
    """Served Friday 2024-12-06 on both; appeal until Saturday 12-21, moved to Monday 12-23; in
    effect on the 24th; ten working days after it: 12-25 to 27 (3), 30, 31 (5), 01-02, 03 (7),
    06-08 (10). 01-01 is off."""
    desk = (
        opened(date(2024, 6, 3))
        .until(date(2024, 6, 20))
        .draft("does_not_exist", search_record="档案室，王某")
    )
    desk.approve()
    hand = f.Dispatched(channel=f.DispatchChannel.HANDED_OVER)
    desk.do(Role.HANDLER, hand).do(Role.HANDLER, f.Delivered()).until(date(2024, 8, 1))
    sued(desk).until(date(2024, 12, 6))
    ten: dict[str, Any] = {"orders_reply": True, "within": 10, "within_unit": Unit.WORKING_DAY}
    judged(desk, "annulled", **ten)
    assert desk.due("appeal", "s1") == date(2024, 12, 23)
    desk.until(date(2024, 12, 23))
    assert status(desk.state) is Status.CLOSED
    desk.until(date(2024, 12, 24))
    assert status(desk.state) is Status.IN_HAND
    assert desk.due() == date(2025, 1, 8)


def test_an_order_against_silence_gives_the_unfinished_work_a_new_clock() -> None:
    """Due 2024-07-02, silent; ordered on 08-19 to perform within 15 days: 09-03."""
    desk = opened(date(2024, 6, 3)).add().until(date(2024, 7, 8))
    reconsidered(desk, against="inaction").until(date(2024, 8, 19))
    decided(desk, "ordered_to_perform", within=15).until(date(2024, 8, 20))
    assert desk.due() == date(2024, 9, 3)
    assert [i.ref for i in desk.state.items] == ["a"]
    desk.review().sign().draft().approve().dispatch()
    assert desk.state.dispatch is not None
    assert desk.state.dispatch.in_time


def test_whoever_made_the_attacked_reply_does_not_record_its_end() -> None:
    desk = refused(date(2024, 6, 3), date(2024, 6, 20)).until(date(2024, 7, 15))
    reconsidered(desk).until(date(2024, 9, 18))
    approver = Actor(
        person="disclosure_head_1", grants=(Grant(role=Role.LEGAL, organ=desk.state.organ),)
    )
    upheld = f.ReconsiderationDecided.model_validate({"ref": "r1", "outcome": "upheld"})
    act = desk.act(Role.LEGAL, upheld).model_copy(update={"actor": approver})
    with pytest.raises(Refusal) as no:
        desk.take(act)
    assert no.value.code is Code.FOUR_EYES


def test_two_orders_make_three_rounds() -> None:
    desk = refused(date(2024, 6, 3), date(2024, 6, 20)).until(date(2024, 7, 15))
    reconsidered(desk).until(date(2024, 9, 18))
    decided(desk, "annulled", **FIFTEEN_DAYS).until(date(2024, 9, 20))
    answered_anew(desk).until(date(2024, 10, 21))
    reconsidered(desk, "r2").until(date(2024, 12, 2))
    decided(desk, "annulled", "r2", orders_reply=True).until(date(2024, 12, 3))
    assert [r.number for r in desk.state.rounds] == [1, 2]
    assert desk.state.round == 3
    # the full period of the statute, not the fifteen days before: 20 working days, 01-01 off
    assert desk.due() == date(2024, 12, 31) - timedelta(days=1)
    assert desk.state.proceedings[1].round == 2


def test_the_request_keeps_its_receipt_day_and_the_new_reply_has_its_own() -> None:
    desk = refused(date(2024, 3, 4), date(2024, 3, 20)).until(date(2024, 5, 6))
    reconsidered(desk).until(date(2024, 6, 20))
    decided(desk, "annulled", orders_reply=True).until(date(2024, 6, 21))
    summary = summarise(desk.state, None)
    assert (summary.receipt_day, summary.reopened_on) == (date(2024, 3, 4), date(2024, 6, 20))


def test_an_answer_owed_in_a_proceeding_is_the_offices_move_after_the_end() -> None:
    desk = refused(date(2024, 3, 4), date(2024, 3, 20)).until(date(2024, 5, 6))
    assert summarise(desk.state, None).mover is Mover.NOBODY
    reconsidered(desk)
    summary = summarise(desk.state, None)
    assert summary.mover is Mover.OFFICE
    assert [task.kind for task in summary.tasks] == ["answer_submitted"]
    desk.do(Role.LEGAL, f.AnswerSubmitted(ref="r1"))
    assert summarise(desk.state, None).mover is Mover.NOBODY
