"""Extension: once, told in time, from the same day 0 (art 33; 2008 art 24); art 35."""

import pytest

from tests.domain.clock.case import case, d, e, limits, refusal

FULL = {"working_days": 20}


@pytest.mark.parametrize("told", ["03-02", "03-28", "03-29"])
def test_an_extension_told_by_the_due_day_counts_from_the_same_day_0(told: str) -> None:
    found = case(e("extension_granted", told, **FULL))
    assert (found.due, found.due_before_extension) == (d("04-26"), d("03-29"))
    assert found.warnings == ()
    assert [s.why for s in found.ledger if s.counted].count("extension") > 0


def test_an_extension_told_after_the_due_day_has_no_effect() -> None:
    found = case(e("extension_granted", "03-30", **FULL))
    assert (found.due, found.due_before_extension, found.overdue) == (d("03-29"), None, True)
    assert found.warnings == ("extension_after_due",)


def test_a_second_extension_has_no_effect() -> None:
    found = case(
        e("extension_granted", "03-10", working_days=5), e("extension_granted", "03-30", **FULL)
    )
    assert (found.due, found.warnings) == (d("04-06"), ("second_extension",))


def test_the_longest_extension_is_20_and_was_15_working_days() -> None:
    assert refusal(e("extension_granted", "03-10", working_days=21)) == "extension_too_long"
    old = "2018-03-01"
    assert case(e("extension_granted", "2018-03-22", working_days=15), received=old).due == d(
        "2018-04-13"
    )
    assert refusal(e("extension_granted", "2018-03-22", working_days=16), received=old) == (
        "extension_too_long"
    )


@pytest.mark.parametrize("n", [None, 0, -5])
def test_an_extension_has_a_length(n: int | None) -> None:
    assert refusal(e("extension_granted", "03-10", working_days=n)) == "bad_field"


def test_told_on_a_day_that_exclusions_made_the_last() -> None:
    asked, answered = e("agency_consulted", "03-06"), e("agency_answered", "03-13")
    found = case(asked, answered, e("extension_granted", "04-06", **FULL))
    assert found.due_before_extension == d("04-06")
    assert found.warnings == ()


def test_setting_extension_after_restart() -> None:
    events = (
        e("extension_granted", "03-02", working_days=5),
        e("correction_notice_sent", "03-06"),
        e("correction_received", "03-13"),
        e("extension_granted", "03-20", working_days=5),
    )
    allowed = case(*events)
    assert (allowed.due_before_extension, allowed.due) == (d("04-11"), d("04-18"))
    once = case(*events, policy={"extension_after_restart": "once_per_request"})
    assert (once.due, once.warnings) == (d("04-11"), ("second_extension",))


def test_a_restart_drops_the_extension() -> None:
    found = case(
        e("extension_granted", "03-02", **FULL),
        e("correction_notice_sent", "03-06"),
        e("correction_received", "03-13"),
    )
    assert (found.due, found.due_before_extension) == (d("04-11"), None)


def test_art_35_sets_a_later_limit_by_hand() -> None:
    found = case(e("limit_set", "03-20", until="06-30"))
    assert (found.due, found.overdue) == (d("06-30"), False)
    assert found.ledger[-1].last == d("06-30")
    assert found.ledger[-1].why == "later_limit"
    assert limits(found)["fee_notice"] == "2023-06-30"


def test_a_later_limit_on_a_rest_day_stays_where_it_was_set() -> None:
    assert case(e("limit_set", "03-20", until="07-01")).due == d("07-01")


def test_a_later_limit_must_be_later_and_told_in_time() -> None:
    assert refusal(e("limit_set", "03-20", until="03-29")) == "bad_field"
    late = case(e("limit_set", "03-30", until="06-30"))
    assert (late.due, late.warnings) == (d("03-29"), ("extension_after_due",))


def test_only_a_question_asked_since_moves_a_later_limit() -> None:
    before = case(
        e("agency_consulted", "03-17"),
        e("limit_set", "03-20", until="06-30"),
        e("agency_answered", "03-24"),
    )
    assert before.due == d("06-30")
    since = case(
        e("limit_set", "03-20", until="06-30"),
        e("agency_consulted", "05-08"),
        e("agency_answered", "05-10"),
    )
    assert since.due == d("07-04")


def test_a_later_limit_that_ran_out_is_overdue_whatever_was_asked_too_late_to_move_it() -> None:
    """Saturday 2025-06-21: what was asked on the Friday takes no working day out of it."""
    asked = (
        e("limit_set", "2025-05-21", until="2025-06-21"),
        e("third_party_consulted", "2025-06-20"),
    )
    found = case(*asked, received="2025-05-21", as_of="2025-06-30")
    assert (found.state, found.due, found.overdue) == ("running", d("2025-06-21"), True)


def test_the_2008_text_knows_no_later_limit() -> None:
    set_ = e("limit_set", "2018-03-06", until="2018-06-29")
    assert refusal(set_, received="2018-03-01") == "not_in_this_statute"
