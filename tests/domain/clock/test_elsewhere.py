"""What statutes elsewhere ask of the clock: hours, cut-offs, components, stops by reason."""

from typing import Any

import pytest

from domain.errors import YishenError
from office.due.line import answer

Found = dict[str, Any]


def ask(statute: str, received: str, *events: dict[str, Any], **more: Any) -> Found:
    line = {"statute": statute, "channel": "email", "received": received, **more}
    return answer({**line, "events": list(events)})


def e(kind: str, at: str, **more: Any) -> dict[str, Any]:
    return {"kind": kind, "at": at, **more}


def refused(statute: str, received: str, *events: dict[str, Any], **more: Any) -> str:
    with pytest.raises(YishenError) as error:
        ask(statute, received, *events, **more)
    return f"{error.value.code} {' '.join(error.value.params.values())}"


# -- when it is received -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("received", "day"),
    [
        ("2024-06-03T16:30:00-07:00", "2024-06-03"),
        ("2024-06-03T16:30:01-07:00", "2024-06-04"),
        ("2024-06-03T23:30:00Z", "2024-06-03"),  # 16:30 by summer time
        ("2024-01-09T00:30:00Z", "2024-01-08"),  # 16:30 by winter time
        ("2024-01-09T00:31:00Z", "2024-01-09"),
        ("2024-06-07T17:00:00-07:00", "2024-06-10"),  # Friday evening
        ("2024-06-08", "2024-06-10"),  # Saturday
        ("2024-06-29", "2024-07-02"),  # Saturday before Canada Day
    ],
)
def test_after_the_cut_off_or_on_a_rest_day_it_is_received_the_next_working_day(
    received: str, day: str
) -> None:
    assert ask("ca-bc-foippa", received)["receipt_day"] == day


def test_an_instant_arrives_on_the_local_day_of_summer_and_of_winter() -> None:
    assert ask("uk-sar", "2024-06-30T23:30:00Z")["receipt_day"] == "2024-07-01"
    assert ask("uk-sar", "2024-01-31T23:30:00Z")["receipt_day"] == "2024-01-31"


@pytest.mark.parametrize(
    ("there", "day"),
    [("2024-02-05", "2024-02-05"), ("2024-02-11", "2024-02-11"), ("2024-02-20", "2024-02-11")],
)
def test_the_period_runs_from_the_component_at_latest_ten_days_on(there: str, day: str) -> None:
    found = ask("us-foia", "2024-02-01", e("component_received", there))
    assert found["receipt_day"] == day
    assert found["limits"]["component"] == "2024-02-11"
    assert "component" not in ask("us-foia", "2024-02-01")["limits"]


def test_a_second_component_has_nothing_to_receive() -> None:
    twice = [e("component_received", "2024-02-05"), e("component_received", "2024-02-06")]
    assert refused("us-foia", "2024-02-01", *twice).startswith("unmatched_answer")
    assert refused("uk-foi-2000", "2024-02-01", twice[0]).startswith("not_in_this_statute")


# -- acknowledgement -----------------------------------------------------------------------------


def test_an_acknowledgement_may_state_the_day() -> None:
    found = ask("us-ny-foil", "2024-02-08", e("acknowledged", "2024-02-13", until="2024-04-20"))
    assert found["due"] == found["ledger"][-1]["to"] == "2024-04-20"
    assert found["limits"]["acknowledgement"] == "2024-02-16"
    assert found["superseded"] == [
        {"receipt_day": "2024-02-08", "due": "2024-02-16", "why": "acknowledged"}
    ]


def test_a_holiday_on_a_saturday_is_worked_on_the_friday_before() -> None:
    assert ask("us-ny-foil", "2026-06-29")["due"] == "2026-07-06"


def test_a_late_acknowledgement_is_flagged_and_a_date_certain_moves_the_end() -> None:
    found = ask(
        "us-ny-foil",
        "2024-02-08",
        e("acknowledged", "2024-02-21"),
        e("extension_granted", "2024-03-04", until="2024-05-01"),
    )
    assert found["warnings"] == ["acknowledged_late"]
    assert found["due"] == "2024-05-01"
    again = e("acknowledged", "2024-02-22")
    first = e("acknowledged", "2024-02-21")
    assert refused("us-ny-foil", "2024-02-08", first, again).startswith("unmatched_answer")
    early = e("acknowledged", "2024-02-13", until="2024-02-12")
    assert refused("us-ny-foil", "2024-02-08", early).startswith("dates_out_of_order")


# -- stops ---------------------------------------------------------------------------------------


def test_fees_stop_the_clock_as_often_as_needed_information_once() -> None:
    fee = [
        e("paused", "2024-02-05", reason="fee"),
        e("resumed", "2024-02-06"),
        e("paused", "2024-02-07", reason="fee"),
        e("resumed", "2024-02-08"),
    ]
    asked = [e("paused", "2024-02-09", reason="information"), e("resumed", "2024-02-12")]
    found = ask("us-foia", "2024-02-01", *fee, *asked)
    assert found["warnings"] == []
    assert found["due"] == "2024-03-06"  # 03-01, and three days: 6, 8 and 12 February
    assert sum(span["counted"] for span in found["ledger"]) == 20
    more = [e("paused", "2024-02-13"), e("resumed", "2024-02-14")]
    assert ask("us-foia", "2024-02-01", *fee, *asked, *more)["due"] == found["due"]


def test_a_reason_the_statute_does_not_know_is_refused_by_name() -> None:
    wrong = refused("us-foia", "2024-02-01", e("paused", "2024-02-05", reason="holiday"))
    assert wrong == "bad_field reason one_of information, fee"
    found = ask("uk-foi-2000", "2024-02-01", e("paused", "2024-02-05"), e("resumed", "2024-02-06"))
    assert found["warnings"] == ["not_excluded"]


def test_while_authority_is_awaited_the_whole_period_is_left() -> None:
    found = ask("ca-bc-foippa", "2024-06-03", e("paused", "2024-06-05", reason="authority"))
    assert (found["state"], found["due"]) == ("paused", None)
    assert (found["working_days_left"], found["due_at_latest"]) == (30, None)
    shown = e("resumed", "2024-06-12", reason="authority")
    paused = e("paused", "2024-06-05", reason="authority")
    then = ask("ca-bc-foippa", "2024-06-03", paused, as_of="2024-06-12")
    assert ask("ca-bc-foippa", "2024-06-03", paused, shown)["due"] == then["due_if_answered"]


def test_a_stop_that_takes_its_first_day_works_on_the_last_day_too() -> None:
    why = {"reason": "commissioner"}
    stopped = [e("paused", "2024-07-16", **why), e("resumed", "2024-07-16", **why)]
    assert ask("ca-bc-foippa", "2024-06-03")["due"] == "2024-07-16"
    assert ask("ca-bc-foippa", "2024-06-03", *stopped)["due"] == "2024-07-17"
    later = [e("paused", "2024-07-17", **why), e("resumed", "2024-07-18", **why)]
    assert ask("ca-bc-foippa", "2024-06-03", *later)["due"] == "2024-07-16"


def test_a_reworded_text_counts_by_its_own_words_from_its_day_on() -> None:
    days = ("2021-12-06", "2021-12-08")
    fee = [e("fee_notice_sent", days[0]), e("fee_paid", days[1])]
    for received, statute, out in (
        ("2021-11-24", "ca-bc-foippa-2002", ["2021-12-06", "2021-12-08"]),
        ("2021-11-25", "ca-bc-foippa-2021", ["2021-12-07", "2021-12-08"]),
    ):
        found = ask("ca-bc-foippa", received, *fee)
        assert found["statute"] == statute
        stop = next(span for span in found["ledger"] if span["why"] == "fee_payment")
        assert [stop["from"], stop["to"]] == out


def test_the_fee_days_are_taken_out_whatever_the_setting_says() -> None:
    paid = [e("fee_notice_sent", "2024-01-05"), e("fee_paid", "2024-01-10")]
    for restart in (True, False):
        found = ask("uk-foi-2000", "2023-12-20", *paid, policy={"fee_restart": restart})
        assert found["due"] == "2024-01-29"
        assert found["superseded"] == []


@pytest.mark.parametrize(
    ("given", "last"),
    [
        ("2024-01-10", "2024-04-09"),
        ("2024-01-01", "2024-03-31"),
        ("2024-03-01", "2024-05-31"),
        ("2023-11-30", "2024-02-29"),
    ],
)
def test_three_months_beginning_with_a_day(given: str, last: str) -> None:
    notice = e("fee_notice_sent", given)
    assert ask("uk-foi-2000", given, notice)["limits"]["fee_payment"] == last
    found = ask("uk-foi-2000", given, notice, as_of="2024-12-31")
    assert found["state"] == "lapsed"


def test_without_a_limit_of_payment_nothing_lapses() -> None:
    notice = e("fee_notice_sent", "2024-03-10")
    found = ask("in-rti-2005", "2024-03-01", notice, as_of="2025-03-10")
    assert (found["state"], found["due"]) == ("awaiting_payment", None)
    assert "fee_payment" not in found["limits"]
    lapse = e("fee_lapsed", "2025-03-10")
    assert refused("in-rti-2005", "2024-03-01", notice, lapse).startswith("not_in_this_statute")


def test_time_that_is_awaited_does_not_count_where_the_code_says_no_more() -> None:
    found = ask("hk-code", "2024-03-01", e("correction_notice_sent", "2024-03-05"))
    assert (found["state"], found["due"]) == ("awaiting_correction", None)
    both = [e("correction_notice_sent", "2024-03-05"), e("correction_received", "2024-03-05")]
    assert ask("hk-code", "2024-03-01", *both)["due"] == ask("hk-code", "2024-03-01")["due"]


def test_a_month_stopped_counts_from_where_it_stood_and_rolls() -> None:
    stop = [e("paused", "2024-03-11", reason="identity"), e("resumed", "2024-03-15")]
    found = ask("uk-sar", "2024-03-06", *stop)
    assert found["due"] == "2024-04-10"  # Saturday the 6th, and four days
    assert [s["why"] for s in found["ledger"]] == ["period", "pause", "period"]
    shorter = [e("paused", "2024-03-11"), e("resumed", "2024-03-12")]
    rolled = ask("uk-sar", "2024-03-06", *shorter)
    assert rolled["due"] == "2024-04-08"
    assert [(s["why"], s["counted"]) for s in rolled["ledger"]][-1] == ("rolled", 0)


def test_from_the_day_of_article_12a_identity_and_fee_begin_the_month_anew() -> None:
    shown = [e("paused", "2026-03-04", reason="identity"), e("resumed", "2026-03-11")]
    found = ask("uk-sar", "2026-03-02", *shown)
    assert (found["statute"], found["due"]) == ("uk-sar-2026", "2026-04-13")  # Saturday the 11th
    paid = [e("fee_notice_sent", "2026-03-04"), e("fee_paid", "2026-03-12")]
    assert ask("uk-sar", "2026-03-02", *paid)["due"] == "2026-04-13"  # Sunday the 12th
    assert ask("uk-sar", "2026-02-04")["statute"] == "uk-sar-2018"


def test_a_question_to_the_applicant_takes_out_both_of_its_days() -> None:
    asked = [e("correction_notice_sent", "2026-03-09"), e("correction_received", "2026-03-12")]
    found = ask("uk-sar", "2026-03-02", *asked)
    assert found["due"] == "2026-04-07"  # 2 April and four days: Easter Monday the 6th is off
    same = [e("paused", "2026-03-09", reason="clarification"), e("resumed", "2026-03-12")]
    assert ask("uk-sar", "2026-03-02", *same)["due"] == found["due"]


def test_a_correction_may_have_a_limit_and_yet_not_lapse() -> None:
    notice = e("correction_notice_sent", "2024-03-08")
    found = ask("tw-fgia", "2024-03-01", notice, as_of="2024-05-02")
    assert found["limits"]["correction"] == "2024-03-15"
    assert (found["state"], found["due"]) == ("awaiting_correction", None)
    saturday = ask("tw-fgia", "2024-03-01", e("correction_notice_sent", "2024-03-09"))
    assert saturday["limits"]["correction"] == "2024-03-18"  # Saturday the 16th
    named = e("correction_notice_sent", "2024-03-08", correct_by="2024-03-20")
    assert ask("tw-fgia", "2024-03-01", named)["limits"]["correction"] == "2024-03-20"
    done = ask("tw-fgia", "2024-03-01", notice, e("correction_received", "2024-03-12"))
    assert done["due"] == "2024-03-27"


def test_a_period_that_ends_on_a_rest_day_goes_on_in_taiwan() -> None:
    assert ask("tw-fgia", "2024-03-01")["due"] == "2024-03-18"  # Saturday the 16th
    found = ask("tw-fgia", "2024-03-01", e("third_party_consulted", "2024-03-06"))
    assert found["limits"]["third_party_answer"] == "2024-03-18"


# -- another period ------------------------------------------------------------------------------


def test_a_third_party_that_is_heard_gives_the_reply_another_period() -> None:
    asked = e("third_party_consulted", "2024-03-05")
    found = ask("in-rti-2005", "2024-03-01", asked)
    assert (found["due"], found["warnings"]) == ("2024-04-10", [])
    assert {span["article"] for span in found["ledger"]} == {"s 11(3)"}
    late = ask("in-rti-2005", "2024-03-01", e("third_party_consulted", "2024-04-02"))
    assert (late["due"], late["warnings"]) == ("2024-03-31", ["consultation_after_due"])
    fee = [e("fee_notice_sent", "2024-03-10"), e("fee_paid", "2024-03-15")]
    assert ask("in-rti-2005", "2024-03-01", asked, *fee)["due"] == "2024-04-15"
    urgent = {"variant": "life_or_liberty"}
    instant = "2024-03-01T10:00:00+05:30"
    in_time = ask("in-rti-2005", instant, e("third_party_consulted", "2024-03-02"), **urgent)
    assert in_time["due"] == "2024-04-10"


def test_five_days_are_added_where_an_assistant_officer_received_it() -> None:
    assert ask("in-rti-2005", "2024-03-01", variant="assistant_officer")["due"] == "2024-04-05"
    urgent = {"variant": "life_or_liberty_assistant_officer"}
    found = ask("in-rti-2005", "2024-03-01T10:00:00+05:30", **urgent)
    assert found["due"] == "2024-03-08T10:00:00+05:30"


def test_periods_of_appeal_go_on_to_a_day_the_office_is_open() -> None:
    first = answer({"period": "in-rti-2005/first_appeal", "from": "2024-03-01"})
    assert (first["raw"], first["due"]) == ("2024-03-31", "2024-04-01")
    second = answer({"period": "in-rti-2005/second_appeal", "from": "2024-03-01"})
    assert second["due"] == "2024-05-30"


# -- extension -----------------------------------------------------------------------------------


def test_an_extension_is_counted_from_receipt_not_from_a_rolled_day() -> None:
    extended = e("extension_granted", "2024-04-08", months=2)
    found = ask("uk-sar", "2024-03-06", extended)
    assert (found["due"], found["due_before_extension"]) == ("2024-06-06", "2024-04-08")
    plain = e("extension_granted", "2024-04-08", working_days=2)  # in units of the period
    assert ask("uk-sar", "2024-03-06", plain)["due"] == "2024-06-06"
    late = e("extension_granted", "2024-04-09", months=2)
    assert ask("uk-sar", "2024-03-06", late)["warnings"] == ["extension_after_due"]


def test_an_extension_in_another_unit_is_refused() -> None:
    wrong = e("extension_granted", "2024-03-10", months=1)
    assert refused("tw-fgia", "2024-03-01", wrong) == "bad_field months length calendar_days 15"
    both = e("extension_granted", "2024-03-10", months=1, calendar_days=3)
    assert refused("tw-fgia", "2024-03-01", both).startswith("bad_field events[0]")
    none = e("extension_granted", "2024-03-10", calendar_days=1)
    assert refused("de-ifg", "2024-03-01", none).startswith("not_in_this_statute")


# -- hours ---------------------------------------------------------------------------------------


def test_life_or_liberty_takes_hours_from_the_instant() -> None:
    urgent = {"variant": "life_or_liberty"}
    found = ask("in-rti-2005", "2024-03-01T20:00:00Z", **urgent)  # 01:30 on the 2nd there
    assert found["receipt_day"] == "2024-03-02"
    assert found["due"] == "2024-03-04T01:30:00+05:30"
    assert ask("in-rti-2005", "2024-03-02", **urgent)["due"] == "2024-03-04"
    assert ask("in-rti-2005", "2024-03-02", as_of="2024-03-05", **urgent)["overdue"]
    wrong = refused("in-rti-2005", "2024-03-02", variant="fun")
    assert wrong.startswith("bad_field variant one_of assistant_officer, life_or_liberty")
    assert refused("us-foia", "2024-03-01", variant="fun") == "bad_field variant not_here "


# -- calendars -----------------------------------------------------------------------------------


def test_a_year_outside_the_frozen_ones_is_missing_not_empty() -> None:
    assert refused("uk-foi-2000", "2036-01-10").startswith("calendar_missing 2036")
    assert refused("us-foia", "2035-12-20").startswith("calendar_missing 2036")
    assert ask("hk-code", "2040-03-01")["due"] == "2040-03-22"  # asks no calendar


def test_a_count_into_a_year_that_nobody_has_proclaimed_is_provisional() -> None:
    assert not ask("uk-foi-2000", "2026-05-29")["provisional"]  # 15 June: proclaimed that February
    assert ask("uk-foi-2000", "2026-12-10")["provisional"]
    assert ask("us-foia", "2034-12-01")["provisional"]
    assert ask("tw-fgia", "2030-03-01")["provisional"]  # a rest day would move its end
    assert not ask("hk-code", "2030-03-01")["provisional"]
    line = {"period": {"n": 5, "unit": "working_day"}, "from": "2027-03-01", "calendar": "tw"}
    assert answer(line)["provisional"]
