"""What the case does by itself: the ladder, lapses, silences, and what an outage leaves."""

from datetime import date, datetime

import pytest

from domain.case import facts as f
from domain.case.agenda import idle_until, settle, upcoming
from domain.case.people import Role
from domain.case.status import status
from domain.case.summary import Mover, Status
from domain.case.tasks import mover, tasks
from domain.errors import Code, Refusal
from domain.policy import Policy
from domain.statute import Channel, Party
from tests.domain.case.desk import Desk, law, noon

DAY = date(2024, 9, 2)  # a Monday; due 20 working days later, over mid-autumn: 2024-09-30


def alarms(desk: Desk, limit: str = "reply") -> list[tuple[str, str, str, str]]:
    return [
        (a.step, a.instant.strftime("%m-%d %H:%M"), a.to, a.delivery)
        for e in desk.events
        if isinstance(a := e.what, f.AlarmRaised) and a.limit == limit
    ]


def day_by_day(desk: Desk, *days: date) -> Desk:
    for day in days:
        desk.until(day)
    return desk


def days(first: date, last: date) -> tuple[date, ...]:
    return tuple(date.fromordinal(o) for o in range(first.toordinal(), last.toordinal() + 1))


def test_the_ladder_of_a_reply_climbs_from_the_handler_to_the_principal_leader() -> None:
    desk = Desk.open(DAY).assign()
    due = desk.due()
    assert due == date(2024, 9, 30)
    day_by_day(desk, *days(DAY, date(2024, 10, 11)))
    assert alarms(desk) == [
        # the 29th is a worked Sunday, 30 September the last day, then National Day week
        ("reminder_5", "09-24 09:00", "handler", "delivered"),
        ("reminder_3", "09-26 09:00", "handler", "delivered"),
        ("reminder_1", "09-29 09:00", "handler", "delivered"),
        ("last_day", "09-30 09:00", "leader_in_charge", "delivered"),
        ("overdue", "10-01 00:00", "supervisor", "delivered"),
        ("overdue_again", "10-08 09:00", "supervisor", "delivered"),
        ("overdue_again", "10-09 09:00", "supervisor", "delivered"),
        ("overdue_higher", "10-10 09:00", "principal_leader", "delivered"),
        ("overdue_higher", "10-11 09:00", "principal_leader", "delivered"),
    ]


def test_alarms_missed_in_an_outage_are_recorded_in_order_and_only_the_highest_is_sent() -> None:
    desk = Desk.open(DAY).assign().until(date(2024, 10, 9))
    assert alarms(desk) == [
        ("reminder_5", "09-24 09:00", "handler", "outranked"),
        ("reminder_3", "09-26 09:00", "handler", "outranked"),
        ("reminder_1", "09-29 09:00", "handler", "outranked"),
        ("last_day", "09-30 09:00", "leader_in_charge", "outranked"),
        ("overdue", "10-01 00:00", "supervisor", "outranked"),
        ("overdue_again", "10-08 09:00", "supervisor", "outranked"),
        ("overdue_again", "10-09 09:00", "supervisor", "delivered"),
    ]


def test_no_alarm_is_raised_twice() -> None:
    desk = Desk.open(DAY).assign().until(date(2024, 9, 30))
    assert settle(desk.state, noon(date(2024, 9, 30))).events == ()


def test_a_reminder_goes_to_whoever_must_move() -> None:
    desk = Desk.open(DAY).assign().add().until(date(2024, 9, 24))
    assert alarms(desk)[-1][2] == Role.REVIEWER


def test_dispatch_cancels_what_is_pending() -> None:
    desk = Desk.open(DAY).ready().dispatch().until(date(2024, 9, 20))
    desk.do(Role.HANDLER, f.Delivered()).until(date(2024, 11, 1))
    assert alarms(desk) == []
    assert upcoming(desk.state) is None


@pytest.mark.parametrize(
    ("answered", "runs"), [(date(2024, 9, 6), True), (date(2024, 9, 20), False)]
)
def test_a_window_opens_again_after_a_pause_only_while_it_lasts(answered: date, runs: bool) -> None:
    """Received 2024-09-02: a correction notice within seven working days, to 09-11."""
    desk = Desk.open(DAY).assign().until(date(2024, 9, 3)).consult().until(answered)
    assert desk.due("correction_notice") is None
    desk.do(Role.HANDLER, f.ConsultationAnswered(ref="t1", answer=f.Answer.CONSENTS))
    assert (desk.due("correction_notice") is not None) is runs
    desk.until(date(2024, 9, 30))
    later = [
        e.what.step
        for e in desk.events
        if isinstance(e.what, f.AlarmRaised)
        and e.what.limit == "correction_notice"
        and e.effective_on > answered
    ]
    assert later == (["reminder_1"] if runs else [])


def test_a_window_that_closed_in_silence_stays_closed() -> None:
    desk = Desk.open(DAY).assign().until(date(2024, 9, 3)).consult().until(date(2024, 9, 27))
    assert "consultation_silent" in [e.what.kind for e in desk.events]
    assert desk.due("correction_notice") is None


def test_a_case_waiting_for_a_third_party_is_reminded_of_nothing_but_the_answer() -> None:
    desk = Desk.open(DAY).assign().until(date(2024, 9, 27)).consult()
    assert desk.due() is None
    assert mover(desk.state) is Mover.THIRD_PARTY
    desk.until(date(2024, 10, 21))
    assert [a for a in alarms(desk) if a[1] > "09-27"] == []
    assert [a[:3] for a in alarms(desk, "third_party_answer")] == [
        ("reminder_5", "10-16 09:00", "handler"),
        ("reminder_3", "10-18 09:00", "handler"),
    ]


def test_a_letter_still_open_keeps_nobody_from_approval_and_dispatch() -> None:
    """An agency asked says nothing; the reply needs no answer of it."""
    desk = Desk.open(DAY).assign().add().review().consult(party=Party.AGENCY)
    assert mover(desk.state) is Mover.OTHER_AGENCY
    desk.sign().draft()
    assert mover(desk.state) is Mover.OFFICE
    assert [task.kind for task in tasks(desk.state)] == ["reply_approved"]
    desk.approve()
    assert desk.due() is None
    assert mover(desk.state) is Mover.OFFICE
    assert [task.kind for task in tasks(desk.state)] == ["dispatched"]
    desk.dispatch()
    assert desk.state.dispatch is not None


def test_a_release_in_the_public_interest_waits_for_no_third_party() -> None:
    desk = Desk.open(DAY).assign().add().consult()
    release = f.ItemReviewed(
        ref="a", decision=f.Decision.RELEASE, public_interest="公众健康（虚构）"
    )
    desk.do(Role.REVIEWER, release).sign().draft().approve()
    assert mover(desk.state) is Mover.OFFICE


def test_a_third_party_s_silence_lets_the_period_run_on() -> None:
    desk = Desk.open(DAY).assign().until(date(2024, 9, 9)).consult()
    limit = desk.due("third_party_answer", "t1")
    assert limit is not None
    desk.until(limit)
    assert desk.due() is None
    desk.until(date.fromordinal(limit.toordinal() + 1))
    assert any(isinstance(e.what, f.ConsultationSilent) for e in desk.events)
    assert desk.due() is not None
    assert mover(desk.state) is Mover.OFFICE


def test_a_late_consultation_does_not_hide_that_the_case_is_overdue() -> None:
    desk = Desk.open(DAY).assign().until(date(2024, 10, 8)).consult()
    assert desk.due() == date(2024, 9, 30)
    assert mover(desk.state) is Mover.OFFICE
    assert "consultation_after_due" in desk.events[-1].warnings


def test_no_correction_in_time_lapses_at_midnight_after_the_last_day() -> None:
    desk = Desk.open(DAY).assign().notice(date(2024, 9, 20)).until(date(2024, 9, 20))
    assert status(desk.state) is Status.CORRECTING
    desk.until(date(2024, 9, 21))
    assert status(desk.state) is Status.LAPSED
    assert desk.events[-1].effective_on == date(2024, 9, 21)
    assert desk.state.ending is not None
    assert desk.state.ending.reply_kind == "correction_lapsed"


def test_a_correction_that_arrived_in_time_but_was_entered_late_undoes_the_lapse() -> None:
    desk = Desk.open(DAY).assign().notice(date(2024, 9, 20)).until(date(2024, 9, 23))
    desk.do(Role.INTAKE, f.CorrectionReceived(), date(2024, 9, 20))
    assert status(desk.state) is Status.IN_HAND
    assert desk.due() == date(2024, 10, 23)


def test_a_late_correction_needs_a_good_reason_that_the_head_accepts() -> None:
    desk = Desk.open(DAY).assign().notice(date(2024, 9, 20)).until(date(2024, 9, 24))
    with pytest.raises(Refusal) as no:
        desk.do(Role.INTAKE, f.CorrectionReceived())
    assert no.value.code is Code.CORRECTION_LATE
    assert no.value.article
    desk.do(Role.DISCLOSURE_HEAD, f.LateCorrectionAccepted(reason="住院"))
    assert status(desk.state) is Status.IN_HAND
    assert desk.state.receipt_day == DAY


def test_a_reinstated_case_waits_for_the_applicant_again() -> None:
    desk = Desk.open(DAY).assign().notice(date(2024, 9, 20)).until(date(2024, 9, 24))
    desk.do(Role.DISCLOSURE_HEAD, f.Reinstated(until=date(2024, 10, 11), reason="信件退回"))
    assert status(desk.state) is Status.CORRECTING
    assert desk.due("correction") == date(2024, 10, 11)
    desk.until(date(2024, 10, 12))
    assert status(desk.state) is Status.LAPSED


def test_an_unpaid_fee_lapses_and_a_paid_one_starts_the_period_anew() -> None:
    from tests.domain.case.desk import fee_notice

    desk = Desk.open(DAY).assign().do(Role.HANDLER, fee_notice())
    assert desk.due() is None
    last = desk.due("fee_payment")
    assert last == date(2024, 9, 30)
    paid = Desk.open(DAY).assign().do(Role.HANDLER, fee_notice()).until(date(2024, 9, 10))
    paid.do(Role.HANDLER, f.FeePaid.model_validate({"amount": "2000.00"}))
    assert paid.due() == date(2024, 10, 14)
    desk.until(date(2024, 10, 1))
    assert desk.state.ending is not None
    assert desk.state.ending.reply_kind == "fee_unpaid"
    desk.do(Role.DISCLOSURE_HEAD, f.Reinstated(until=date(2024, 10, 20), reason="告知书未送达"))
    assert desk.due("fee_payment") == date(2024, 10, 20)


def test_an_unconfirmed_web_form_waits_for_its_confirmation_and_has_no_period() -> None:
    desk = Desk.open(DAY, Channel.WEB_FORM)
    assert desk.due() is None
    assert desk.due("receipt_confirmation") == date(2024, 9, 3)
    desk.until(date(2024, 9, 4))
    assert [a[:3] for a in alarms(desk, "receipt_confirmation")] == [
        ("last_day", "09-03 09:00", "intake"),
        ("overdue", "09-04 00:00", "supervisor"),
    ]
    desk.do(Role.INTAKE, f.ReceiptConfirmed())
    assert desk.due() == date(2024, 10, 9)


def test_the_committed_limit_is_told_to_the_supervisor_when_it_is_passed() -> None:
    desk = Desk.open(DAY, case_law=law(policy=Policy(committed_working_days=10))).assign()
    assert desk.due("committed") == date(2024, 9, 14)
    desk.until(date(2024, 9, 18))
    assert alarms(desk, "committed") == [("overdue", "09-15 00:00", "supervisor", "delivered")]


def test_a_second_consultation_of_another_sort_has_its_own_limit() -> None:
    desk = Desk.open(DAY).assign().consult("t1").consult("c1", Party.COPRODUCER)
    assert desk.due("third_party_answer", "t1") == desk.due("coproducer_answer", "c1")


def test_the_record_alone_rebuilds_the_case() -> None:
    desk = Desk.open(DAY).assign().consult().until(date(2024, 10, 9)).notice()
    desk.until(date(2024, 12, 20))
    assert desk.refolded() == desk.state
    assert [e.seq for e in desk.events] == list(range(1, len(desk.events) + 1))


def test_a_closed_case_idles_until_its_longest_remedy_has_passed() -> None:
    desk = Desk.open(DAY).ready().dispatch().do(Role.HANDLER, f.Delivered())
    assert idle_until(desk.state) == datetime.fromisoformat("2025-09-03T00:00:00+08:00")
