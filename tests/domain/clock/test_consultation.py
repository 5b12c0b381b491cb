"""Consultations (arts 32, 33(3), 34; 2008 art 24(3)): what is excluded, capped, added once."""

from domain.clock import ClockState, LimitName
from tests.domain.clock.case import case, d, e, limits, refusal


def test_the_working_days_after_the_letter_to_the_answer_are_excluded() -> None:
    found = case(
        e("third_party_consulted", "03-06", delivered="03-08"), e("third_party_answered", "03-15")
    )
    assert (found.due, found.state) == (d("04-10"), ClockState.RUNNING)
    excluded = [s for s in found.ledger if s.why == "third_party"]
    assert [(s.first, s.last, s.counted, s.article) for s in excluded] == [
        (d("03-07"), d("03-15"), 0, "art 33(3)")
    ]
    assert limits(found)["third_party_answer"] == "2023-03-29"


def test_silence_ends_the_exclusion_on_the_15th_working_day_after_delivery() -> None:
    asked = e("third_party_consulted", "03-06", delivered="03-08")
    waiting = case(asked, as_of="03-29")
    assert (waiting.state, waiting.due) == (ClockState.PAUSED, None)
    assert waiting.working_days_left == 17
    assert waiting.due_if_answered == waiting.due_at_latest == d("04-23")
    silent = case(asked, as_of="03-30")
    assert (silent.state, silent.due) == (ClockState.RUNNING, d("04-23"))
    later = case(asked, e("third_party_answered", "04-17"))
    assert later.due == d("04-23")


def test_paused_says_what_is_left_and_both_ends() -> None:
    found = case(e("coproducer_consulted", "03-06"), as_of="03-10")
    assert found.working_days_left == 17
    assert (found.due_if_answered, found.due_at_latest) == (d("04-04"), d("04-20"))
    endless = case(e("agency_consulted", "03-06"), as_of="03-10")
    assert (endless.due_if_answered, endless.due_at_latest) == (d("04-04"), None)


def test_a_pause_is_provisional_when_its_latest_end_is() -> None:
    found = case(e("third_party_consulted", "2026-12-02"), received="2026-11-25")
    assert found.due_if_answered == d("2026-12-23")
    assert found.due_at_latest == d("2027-01-14")
    assert (found.provisional, found.warnings) == (True, ("calendar_incomplete",))


def test_overlapping_consultations_are_a_union_not_a_sum() -> None:
    found = case(
        e("third_party_consulted", "03-06"),
        e("agency_consulted", "03-08"),
        e("third_party_answered", "03-10"),
        e("agency_answered", "03-14"),
    )
    assert found.due == d("04-07")


def test_sent_and_answered_on_one_day_excludes_nothing() -> None:
    found = case(e("agency_consulted", "03-06"), e("agency_answered", "03-06"))
    assert found.due == d("03-29")


def test_setting_exclusion_ends_both_ends() -> None:
    policy = {"exclusion_ends": "both_ends"}
    same = case(e("agency_consulted", "03-06"), e("agency_answered", "03-06"), policy=policy)
    assert same.due == d("03-30")
    more = case(e("agency_consulted", "03-06"), e("agency_answered", "03-08"), policy=policy)
    assert more.due == d("04-03")


def test_setting_silent_consultation_until_answer() -> None:
    policy = {"silent_consultation": "until_answer"}
    asked = e("third_party_consulted", "03-06", delivered="03-08")
    waiting = case(asked, as_of="04-12", policy=policy)
    assert (waiting.state, waiting.due_at_latest) == (ClockState.PAUSED, None)
    assert limits(waiting)["third_party_answer"] == "2023-03-29"


def test_asked_on_the_due_day_or_later_has_no_effect() -> None:
    assert case(e("agency_consulted", "03-28")).state is ClockState.PAUSED
    for sent in ("03-29", "04-03"):
        found = case(e("agency_consulted", sent))
        assert (found.state, found.due) == (ClockState.RUNNING, d("03-29"))
        assert found.warnings == ("consultation_after_due",)


def test_asked_over_a_holiday_excludes_only_working_days() -> None:
    found = case(
        e("agency_consulted", "2022-09-30"), e("agency_answered", "2022-10-08"),
        received="2022-09-29", channel="mail_signed",
    )  # fmt: skip
    assert found.due == d("2022-11-02")


def test_the_2008_text_excludes_third_parties_only() -> None:
    old = "2018-03-01"
    third = case(
        e("third_party_consulted", "2018-03-05"),
        e("third_party_answered", "2018-03-07"),
        received=old,
    )
    assert (third.due, third.warnings) == (d("2018-03-26"), ())
    assert "third_party_answer" not in limits(third)
    for party in ("agency", "coproducer"):
        found = case(
            e(f"{party}_consulted", "2018-03-05"),
            e(f"{party}_answered", "2018-03-07"),
            received=old,
        )
        assert (found.due, found.warnings) == (d("2018-03-22"), ("not_excluded",))
        assert [c.kind for c in found.consultations] == [party]
    silent = case(e("third_party_consulted", "2018-03-05"), as_of="2018-09-03", received=old)
    assert (silent.state, silent.due_at_latest) == (ClockState.PAUSED, None)


def test_a_question_still_open_goes_on_excluding_after_a_restart() -> None:
    found = case(
        e("agency_consulted", "03-02"),
        e("correction_notice_sent", "03-06"),
        e("correction_received", "03-13"),
        e("agency_answered", "03-15"),
    )
    assert found.due == d("04-13")
    dropped = case(
        e("agency_consulted", "03-02"),
        e("agency_answered", "03-03"),
        e("correction_notice_sent", "03-06"),
        e("correction_received", "03-13"),
    )
    assert dropped.due == d("04-11")


def test_answers_find_their_questions() -> None:
    asked_a = e("third_party_consulted", "03-06", ref="a")
    asked_b = e("third_party_consulted", "03-07", ref="b")
    found = case(asked_a, asked_b, e("third_party_answered", "03-08", ref="b"))
    assert [(c.ref, c.answered) for c in found.consultations] == [("a", None), ("b", d("03-08"))]
    limit = found.limit(LimitName.THIRD_PARTY_ANSWER)
    assert limit is not None
    assert (limit.ref, limit.due) == ("a", d("03-27"))
    both = case(
        asked_a,
        asked_b,
        e("third_party_answered", "03-08", ref="a"),
        e("third_party_answered", "03-09"),
    )
    assert limits(both)["third_party_answer"] == "2023-03-28"
    for answer in (
        e("third_party_answered", "03-08", ref="c"),
        e("coproducer_answered", "03-08"),
        e("agency_answered", "03-08"),
    ):
        assert refusal(asked_a, answer) == "unmatched_answer"


def test_a_letter_arrives_after_it_left_and_before_its_answer() -> None:
    early = e("third_party_consulted", "03-06", delivered="03-03")
    assert refusal(early) == "dates_out_of_order"
    asked = e("third_party_consulted", "03-06", delivered="03-09")
    assert refusal(asked, e("third_party_answered", "03-08")) == "dates_out_of_order"


def test_pauses_are_for_other_statutes() -> None:
    found = case(e("paused", "03-06"), e("resumed", "03-10"))
    assert (found.due, found.warnings) == (d("03-29"), ("not_excluded",))
    assert refusal(e("resumed", "03-10")) == "unmatched_answer"
    for kind in ("acknowledged", "component_received"):
        assert refusal(e(kind, "03-06")) == "not_in_this_statute"


def test_asking_whether_it_is_secret_takes_out_nothing_unless_the_setting_says_so() -> None:
    asked = e("agency_consulted", "03-06", secrecy=True), e("agency_answered", "03-15")
    plain = case()
    found = case(*asked)
    assert (found.due, found.warnings) == (plain.due, ("not_excluded",))
    assert (
        case(*asked, policy={"secrecy_referral_excluded": True}).due
        == case(e("agency_consulted", "03-06"), e("agency_answered", "03-15")).due
    )
