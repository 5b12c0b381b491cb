"""Fees (art 42, letter 2020 no. 109) and how a case ends."""

import pytest

from domain.clock import ClockState
from tests.domain.clock.case import case, d, e, limits, refusal

NOTICE = e("fee_notice_sent", "03-06", delivered="03-08")


def test_between_fee_notice_and_payment_no_period_runs() -> None:
    found = case(NOTICE, as_of="04-06")
    assert (found.state, found.due) == (ClockState.AWAITING_PAYMENT, None)
    assert limits(found)["fee_payment"] == "2023-04-06"
    assert limits(found)["fee_notice"] == "2023-03-29"


def test_payment_in_full_starts_the_period_anew() -> None:
    found = case(NOTICE, e("fee_paid", "03-13"))
    assert (found.day_zero, found.due) == (d("03-13"), d("04-11"))
    assert [(s.receipt_day, s.due, s.why) for s in found.superseded] == [
        (d("03-01"), d("03-29"), "fee_paid")
    ]
    assert limits(found)["fee_payment"] == "2023-04-06"
    assert limits(found)["fee_notice"] == "2023-03-29"


def test_setting_fee_restart_false_excludes_the_waiting_only() -> None:
    found = case(NOTICE, e("fee_paid", "03-13"), policy={"fee_restart": False})
    assert (found.due, found.superseded) == (d("04-06"), ())
    assert "fee_payment" in {s.why for s in found.ledger}


def test_unpaid_after_20_working_days_the_request_is_abandoned() -> None:
    assert case(NOTICE, as_of="04-07").state is ClockState.LAPSED
    assert case(NOTICE, e("fee_lapsed", "04-07")).state is ClockState.LAPSED
    assert refusal(NOTICE, e("fee_lapsed", "04-06")) == "dates_out_of_order"


def test_a_late_payment_is_not_applied() -> None:
    found = case(NOTICE, e("fee_paid", "04-07"))
    assert (found.state, found.warnings) == (ClockState.LAPSED, ("fee_paid_late",))
    assert refusal(NOTICE, e("fee_paid", "04-07"), e("withdrawn", "04-07")) == "case_ended"


def test_a_fee_notice_after_the_due_day_is_late_and_stays_overdue() -> None:
    late = e("fee_notice_sent", "03-30")
    found = case(late)
    assert (found.state, found.warnings) == (ClockState.AWAITING_PAYMENT, ("fee_notice_late",))
    assert found.overdue
    paid = case(late, e("fee_paid", "04-03"))
    assert (paid.day_zero, paid.overdue) == (d("04-03"), False)


def test_a_second_fee_notice_makes_no_case_overdue_that_was_not() -> None:
    """The first left inside the handling period; since then no period runs."""
    found = case(e("fee_notice_sent", "03-20"), e("fee_notice_sent", "04-04"))
    assert (found.state, found.overdue) == (ClockState.AWAITING_PAYMENT, False)
    assert limits(found)["fee_payment"] == "2023-05-05"


def test_the_fee_rule_is_in_force_from_2021() -> None:
    early = e("fee_notice_sent", "2020-12-31")
    assert refusal(early, received="2020-12-21") == "not_in_force"
    assert case(e("fee_notice_sent", "2021-01-04"), received="2020-12-21").due is None
    assert refusal(e("fee_notice_sent", "2018-03-05"), received="2018-03-01") == "not_in_force"
    assert "fee_notice" not in limits(case(received="2020-03-02"))
    assert limits(case(received="2020-12-21"))["fee_notice"] == "2021-01-19"


@pytest.mark.parametrize("kind", ["fee_paid", "fee_lapsed"])
def test_a_payment_without_its_notice(kind: str) -> None:
    assert refusal(e(kind, "03-06")) == "unmatched_answer"


@pytest.mark.parametrize(("out", "in_time"), [("03-01", True), ("03-29", True), ("03-30", False)])
def test_the_day_of_dispatch_decides_what_is_in_time(out: str, in_time: bool) -> None:
    found = case(e("reply_dispatched", out), as_of="06-01")
    assert (found.state, found.due, found.reply_in_time) == (
        ClockState.ANSWERED,
        d("03-29"),
        in_time,
    )
    assert not found.overdue


def test_dispatch_ends_open_consultations_that_day() -> None:
    found = case(e("agency_consulted", "03-06"), e("reply_dispatched", "03-10"), as_of="06-01")
    assert (found.due, found.reply_in_time) == (d("04-04"), True)


def test_nothing_follows_an_end() -> None:
    for kind in ("reply_dispatched", "withdrawn"):
        assert refusal(e(kind, "03-06"), e("withdrawn", "03-06")) == "case_ended"
        assert refusal(e(kind, "03-06"), e("paused", "03-07")) == "case_ended"
    found = case(e("withdrawn", "03-06"), as_of="06-01")
    assert (found.state, found.due) == (ClockState.WITHDRAWN, None)
