"""Day 0 by channel (art 31), the period (art 33; 2008 art 24), the statute by receipt day."""

import pytest

from domain.clock import ClockState, due_instant
from tests.domain.clock.case import STATUTES, case, d, e, limits, refusal


def test_guiding_case_26_counts_15_working_days_from_the_web_form() -> None:
    found = case(received="2011-06-01", channel="web_form")
    assert (found.statute.id, found.due) == ("cn-2008", d("2011-06-23"))


def test_the_national_day_week_and_its_worked_weekend() -> None:
    found = case(received="2022-09-30", channel="mail_signed")
    assert (found.statute.id, found.due) == ("cn-2019", d("2022-11-02"))


def test_the_period_ends_at_midnight_utc_8_of_its_last_day() -> None:
    instant = due_instant(d("2022-11-02"), STATUTES["cn-2019"])
    assert instant.isoformat() == "2022-11-03T00:00:00+08:00"


@pytest.mark.parametrize("channel", ["mail_ordinary", "fax", "email", "web_form"])
def test_no_clock_runs_before_both_sides_confirm(channel: str) -> None:
    found = case(channel=channel)
    assert (found.state, found.receipt_day, found.due) == (ClockState.UNCONFIRMED, None, None)
    assert limits(found) == {"receipt_confirmation": "2023-03-02"}


@pytest.mark.parametrize("channel", ["mail_ordinary", "fax", "email", "web_form"])
def test_the_day_of_confirmation_is_day_0(channel: str) -> None:
    found = case(e("receipt_confirmed", "03-02"), received="02-28", channel=channel)
    assert (found.receipt_day, found.due) == (d("03-02"), d("03-30"))
    assert limits(found)["receipt_confirmation"] == "2023-03-01"


@pytest.mark.parametrize("channel", ["in_person", "mail_signed"])
def test_day_of_submission_or_signature_needs_no_confirmation(channel: str) -> None:
    found = case(e("receipt_confirmed", "03-02"), channel=channel)
    assert (found.receipt_day, found.due) == (d("03-01"), d("03-29"))
    assert found.warnings == ("confirmation_not_needed",)


def test_a_second_confirmation_changes_nothing() -> None:
    found = case(e("receipt_confirmed", "03-01"), e("receipt_confirmed", "03-02"), channel="fax")
    assert (found.receipt_day, found.warnings) == (d("03-01"), ("confirmation_not_needed",))


@pytest.mark.parametrize("channel", ["email", "web_form"])
def test_under_the_2008_text_electronic_requests_count_from_arrival(channel: str) -> None:
    found = case(received="2018-03-01", channel=channel)
    assert (found.receipt_day, found.due) == (d("2018-03-01"), d("2018-03-22"))


def test_under_the_2008_text_fax_and_unsigned_post_are_confirmed_too() -> None:
    for channel in ("fax", "mail_ordinary"):
        assert case(received="2018-03-01", channel=channel).state is ClockState.UNCONFIRMED


def test_an_act_before_the_confirmation_is_refused() -> None:
    assert refusal(e("reply_dispatched", "03-02"), channel="email") == "not_confirmed"
    notice = e("correction_notice_sent", "03-02")
    confirmed = e("receipt_confirmed", "03-02")
    assert refusal(notice, confirmed, channel="email") == "not_confirmed"


def test_the_applicant_may_withdraw_before_the_confirmation() -> None:
    found = case(e("withdrawn", "03-02"), channel="email")
    assert (found.state, found.receipt_day) == (ClockState.WITHDRAWN, None)
    late = e("receipt_confirmed", "03-03")
    assert refusal(e("withdrawn", "03-02"), late, channel="email") == "case_ended"


def test_setting_electronic_receipt_submission_needs_no_confirmation() -> None:
    policy = {"electronic_receipt": "submission"}
    for channel in ("email", "web_form"):
        assert case(channel=channel, policy=policy).due == d("03-29")
    assert case(channel="fax", policy=policy).state is ClockState.UNCONFIRMED


def test_setting_rest_day_electronic_receipt_moves_day_0() -> None:
    rolled = {"rest_day_electronic_receipt": "next_working_day"}
    assert case(received="2018-03-04", channel="web_form").receipt_day == d("2018-03-04")
    found = case(received="2018-03-04", channel="web_form", policy=rolled)
    assert found.receipt_day == d("2018-03-05")
    both = {**rolled, "electronic_receipt": "submission"}
    assert case(received="03-04", channel="email", policy=both).receipt_day == d("03-06")


def test_setting_rest_day_post_receipt_moves_day_0_of_signed_post() -> None:
    rolled = {"rest_day_post_receipt": "next_working_day"}
    assert case(received="03-05", channel="mail_signed").receipt_day == d("03-05")
    found = case(received="03-05", channel="mail_signed", policy=rolled)
    assert found.receipt_day == d("03-06")
    assert case(received="03-05", policy=rolled).receipt_day == d("03-05")


def test_setting_confirmation_days() -> None:
    found = case(channel="email", policy={"confirmation_days": 3})
    assert limits(found) == {"receipt_confirmation": "2023-03-06"}


def test_the_last_day_of_the_old_text_and_the_first_of_the_new() -> None:
    assert case(received="2019-05-14").due == d("2019-06-04")
    assert case(received="2019-05-15").due == d("2019-06-13")


def test_confirmed_after_the_change_of_law_the_new_text_governs() -> None:
    found = case(e("receipt_confirmed", "2019-05-15"), received="2019-05-13", channel="fax")
    assert (found.statute.id, found.receipt_day) == ("cn-2019", d("2019-05-15"))
    earlier = case(e("receipt_confirmed", "2019-05-14"), received="2019-05-13", channel="fax")
    assert earlier.statute.id == "cn-2008"


def test_a_statute_not_in_force_on_the_receipt_day_is_refused() -> None:
    assert refusal(received="2019-05-15", statute="cn-2008") == "statute_not_in_force"
    assert refusal(received="2019-05-14", statute="cn-2019") == "statute_not_in_force"


def test_an_old_case_open_when_the_new_text_came_is_flagged_for_a_lawyer() -> None:
    assert case(received="2019-05-10", as_of="2019-05-14").warnings == ()
    flagged = case(received="2019-05-10", as_of="2019-05-15")
    assert flagged.warnings == ("statute_transition",)
    assert flagged.due == d("2019-05-31")
    in_time = case(e("reply_dispatched", "2019-05-14"), received="2019-05-10", as_of="2019-06-01")
    assert in_time.warnings == ()
    after = case(e("reply_dispatched", "2019-05-15"), received="2019-05-10")
    assert after.warnings == ("statute_transition",)


def test_a_date_before_all_law_or_calendar_is_refused() -> None:
    assert refusal(received="1890-01-01") == "no_statute"
    assert refusal(received="2028-03-01") == "calendar_missing"
    assert refusal(received="2027-12-20") == "calendar_missing"


def test_a_count_that_reaches_the_unpublished_days_is_provisional() -> None:
    firm = case(received="2026-11-27")
    assert (firm.due, firm.provisional, firm.warnings) == (d("2026-12-25"), False, ())
    open_ = case(received="2026-11-28")
    assert open_.due == d("2026-12-25")
    found = case(received="2026-11-30")
    assert (found.due, found.provisional) == (d("2026-12-28"), True)
    assert found.warnings == ("calendar_incomplete",)


@pytest.mark.parametrize(
    ("as_of", "overdue", "left"), [("03-28", False, 1), ("03-29", False, 0), ("03-31", True, None)]
)
def test_overdue_begins_after_the_last_day(as_of: str, overdue: bool, left: int | None) -> None:
    found = case(as_of=as_of)
    assert (found.overdue, found.working_days_left) == (overdue, left)


def test_dates_out_of_order_are_refused() -> None:
    code = "dates_out_of_order"
    assert refusal(e("withdrawn", "02-28")) == code
    assert refusal(e("paused", "03-10"), e("withdrawn", "03-09")) == code
    assert refusal(as_of="02-28") == code
    assert refusal(e("withdrawn", "03-10"), as_of="03-09") == code


def test_setting_committed_limit_runs_inside_the_statutory_one() -> None:
    policy = {"committed_working_days": 10}
    assert limits(case(policy=policy))["committed"] == "2023-03-15"
    extended = case(e("extension_granted", "03-14", working_days=5), policy=policy)
    assert limits(extended)["committed"] == "2023-03-22"
    asked = e("agency_consulted", "03-06")
    assert limits(case(asked, policy=policy))["committed"] is None
    answered = case(asked, e("agency_answered", "03-08"), policy=policy)
    assert limits(answered)["committed"] == "2023-03-17"
    assert "committed" not in limits(case())
