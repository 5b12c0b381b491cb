"""Correction (art 30; 2008 art 21(4)): one notice in 7 working days, a restart, a lapse."""

import pytest

from domain.clock import ClockState
from tests.domain.clock.case import case, d, e, limits, refusal

NOTICE = e("correction_notice_sent", "03-06")


def test_between_notice_and_correction_no_period_runs() -> None:
    found = case(NOTICE, as_of="03-27")
    assert (found.state, found.due, found.overdue) == (ClockState.AWAITING_CORRECTION, None, False)
    assert limits(found)["correction"] == "2023-03-27"
    assert limits(found)["correction_notice"] == "2023-03-10"
    assert found.ledger == ()


def test_the_correction_starts_the_period_anew() -> None:
    found = case(NOTICE, e("correction_received", "03-13"))
    assert (found.receipt_day, found.day_zero, found.due) == (d("03-01"), d("03-13"), d("04-11"))
    assert [(s.receipt_day, s.due, s.why) for s in found.superseded] == [
        (d("03-01"), d("03-29"), "correction_received")
    ]
    assert limits(found)["correction_notice"] == "2023-03-10"
    assert limits(found)["correction"] == "2023-03-27"


def test_a_correction_on_a_rest_day_counts_from_that_day() -> None:
    found = case(NOTICE, e("correction_received", "03-11"))
    assert (found.day_zero, found.due) == (d("03-11"), d("04-10"))


@pytest.mark.parametrize(("sent", "late"), [("03-10", False), ("03-13", True), ("03-29", True)])
def test_the_notice_is_due_within_7_working_days(sent: str, late: bool) -> None:
    found = case(e("correction_notice_sent", sent))
    assert found.state is ClockState.AWAITING_CORRECTION
    assert found.warnings == (("correction_notice_late",) if late else ())


def test_setting_late_correction_notice_no_restart() -> None:
    late, corrected = e("correction_notice_sent", "03-13"), e("correction_received", "03-20")
    policy = {"late_correction_notice": "no_restart"}
    waiting = case(late, as_of="04-20", policy=policy)
    assert (waiting.state, waiting.due, waiting.overdue) == (
        ClockState.RUNNING,
        d("03-29"),
        True,
    )
    found = case(late, corrected, policy=policy)
    assert (found.due, found.superseded) == (d("03-29"), ())
    assert found.warnings == ("correction_notice_late",)
    assert case(NOTICE, corrected, policy=policy).due == d("04-18")


def test_a_notice_after_the_due_day_revives_nothing() -> None:
    found = case(e("correction_notice_sent", "03-30"), e("correction_received", "04-03"))
    assert (found.state, found.due, found.overdue) == (ClockState.RUNNING, d("03-29"), True)
    assert found.warnings == ("correction_notice_after_due",)


def test_a_second_notice_is_not_applied() -> None:
    found = case(
        NOTICE,
        e("correction_received", "03-13"),
        e("correction_notice_sent", "03-14"),
        e("correction_received", "03-20"),
    )
    assert (found.due, found.warnings) == (d("04-11"), ("second_correction_notice",))


def test_silence_after_the_limit_abandons_the_request_with_or_without_its_event() -> None:
    silent = case(NOTICE, as_of="03-28")
    assert (silent.state, silent.due) == (ClockState.LAPSED, None)
    recorded = case(NOTICE, e("correction_lapsed", "03-28"))
    assert recorded.state is ClockState.LAPSED
    assert refusal(NOTICE, e("correction_lapsed", "03-27")) == "dates_out_of_order"
    assert limits(silent)["correction"] == "2023-03-27"


def test_a_late_correction_counts_only_with_a_good_reason() -> None:
    assert refusal(NOTICE, e("correction_received", "03-28")) == "case_ended"
    found = case(NOTICE, e("correction_received", "03-28", good_reason=True))
    assert (found.state, found.day_zero) == (ClockState.RUNNING, d("03-28"))
    recorded = e("correction_lapsed", "03-28")
    assert refusal(NOTICE, recorded, e("correction_received", "03-29")) == "case_ended"
    reinstated = case(NOTICE, recorded, e("correction_received", "03-29", good_reason=True))
    assert (reinstated.state, reinstated.day_zero) == (ClockState.RUNNING, d("03-29"))


def test_nothing_else_follows_a_lapse() -> None:
    assert refusal(NOTICE, e("reply_dispatched", "03-28")) == "case_ended"
    assert refusal(NOTICE, e("correction_lapsed", "03-28"), e("withdrawn", "03-28")) == "case_ended"


def test_a_given_limit_replaces_the_default_of_15_working_days() -> None:
    notice = e("correction_notice_sent", "03-06", correct_by="03-08")
    assert case(notice, as_of="03-08").state is ClockState.AWAITING_CORRECTION
    assert case(notice, as_of="03-09").state is ClockState.LAPSED
    by_setting = case(NOTICE, policy={"correction_days": 5})
    assert limits(by_setting)["correction"] == "2023-03-13"
    before = e("correction_notice_sent", "03-06", correct_by="03-05")
    assert refusal(before) == "dates_out_of_order"


def test_an_answer_without_its_notice() -> None:
    for kind in ("correction_received", "correction_lapsed"):
        assert refusal(e(kind, "03-06")) == "unmatched_answer"
    received = e("correction_received", "03-13")
    assert refusal(NOTICE, received, received) == "unmatched_answer"


def test_under_the_2008_text_any_number_of_notices_and_no_lapse() -> None:
    found = case(
        e("correction_notice_sent", "2018-03-20"),
        e("correction_received", "2018-05-02"),
        e("correction_notice_sent", "2018-05-10"),
        e("correction_received", "2018-07-02"),
        received="2018-03-01",
    )
    assert (found.due, found.warnings) == (d("2018-07-23"), ())
    assert len(found.superseded) == 2
    assert "correction_notice" not in limits(found)
    open_ = case(
        e("correction_notice_sent", "2018-03-22"), received="2018-03-01", as_of="2019-01-02"
    )
    assert open_.state is ClockState.AWAITING_CORRECTION
    late = case(e("correction_notice_sent", "2018-03-23"), received="2018-03-01")
    assert late.warnings == ("correction_notice_after_due",)
    lapsed = e("correction_lapsed", "2018-05-02")
    notice = e("correction_notice_sent", "2018-03-20")
    assert refusal(notice, lapsed, received="2018-03-01") == "not_in_this_statute"
