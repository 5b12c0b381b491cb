"""Entries amended and annulled, and what takes a second person.

Calendar of the examples: 2024-09-14 (Saturday) worked, 09-15 to 09-17 mid-autumn, 09-29 (Sunday)
worked, 10-01 to 10-07 National Day, 10-12 (Saturday) worked.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from domain.case import facts as f
from domain.case.act import Evidence
from domain.case.happening import as_they_stand
from domain.case.notices import tellings
from domain.case.people import Actor, Grant, Role
from domain.case.second_person import Reason
from domain.case.state import Validity
from domain.case.status import status
from domain.case.summary import Status
from domain.case.tasks import summarise, tasks
from domain.clock import Receipt
from domain.errors import Code, InputError, Refusal, YishenError
from domain.statute import Channel, Party
from tests.domain.case.desk import ORGAN, PAPER, PEOPLE, Desk, hashed, law
from tests.domain.case.remedies import answered_anew, contested, decided, reconsidered, refused
from tests.domain.case.truth import alarms, limits, page, same

ARRIVED = date(2024, 9, 2)
"""A Monday; twenty working days end on 2024-09-30."""
TOLD = Evidence(text="电话记录（虚构）")


def day(month: int, of_month: int) -> date:
    return date(2024, month, of_month)


def in_hand() -> Desk:
    return Desk.open(ARRIVED).assign()


def granted() -> Desk:
    """Reviewed, signed and approved on 09-02, sent on the 3rd."""
    return Desk.open(ARRIVED).ready().until(day(9, 3)).dispatch()


def received(arrived: date) -> f.EntryAmended:
    receipt = Receipt(channel=Channel.MAIL_SIGNED, arrived=arrived)
    return f.EntryAmended(seq=1, what=f.Registered(receipt=receipt), reason="签收单日期看错")


def code_of(act: Callable[[], object]) -> Code:
    with pytest.raises(YishenError) as no:
        act()
    return no.value.code


def waits(desk: Desk) -> Reason | None:
    """Why the last entry waits for a second person; None: it doesn't."""
    last = desk.state.timeline[-1].what
    return Reason(last.code) if isinstance(last, f.EntryProposed) else None


# -- amending ------------------------------------------------------------------------------------


def test_amending_is_as_if_the_new_value_had_been_recorded() -> None:
    """A notice that gave until 09-20, not 09-13."""
    desk = in_hand().until(day(9, 4)).notice(day(9, 13)).until(day(9, 18))
    assert status(desk.state) is Status.LAPSED
    desk.do(Role.HANDLER, desk.amended("correction_notice_sent", correct_by=day(9, 20)))
    assert status(desk.state) is Status.CORRECTING
    assert limits(desk) == {"correction": day(9, 20)}
    same(desk, in_hand().until(day(9, 4)).notice(day(9, 20)).until(day(9, 18)))


def test_the_original_stays_on_record_beside_its_amendment() -> None:
    desk = in_hand().add().until(day(9, 3))
    desk.do(Role.HANDLER, desk.amended("item_added", title="另一标题"))
    added, amended = desk.events[2].what, desk.events[3].what
    assert isinstance(added, f.ItemAdded)
    assert isinstance(amended, f.EntryAmended)
    assert (added.title, amended.reason) == ("文件 a", "登记有误")
    stands = as_they_stand(desk.events)[3].what
    assert isinstance(stands, f.ItemAdded)
    assert stands.title == "另一标题"
    assert desk.state.items[0].title == "另一标题"
    assert desk.refolded() == desk.state


def test_an_entry_is_amended_as_often_as_it_turns_out_wrong() -> None:
    desk = in_hand().until(day(9, 4)).consult().until(day(9, 10))
    for on in (day(9, 3), day(9, 6), day(9, 5)):
        desk.do(Role.HANDLER, desk.amended("consultation_sent", on))
    assert desk.state.consultations[0].sent == day(9, 5)
    same(desk, in_hand().until(day(9, 5)).consult().until(day(9, 10)))


def test_an_amended_entry_that_is_annulled_never_happened_either_way() -> None:
    desk = in_hand().until(day(9, 4)).consult().until(day(9, 10))
    desk.do(Role.HANDLER, desk.amended("consultation_sent", day(9, 3)))
    desk.do(Role.HANDLER, desk.annulled("consultation_sent"))
    same(desk, in_hand().until(day(9, 10)))
    again = desk.amended("consultation_sent", day(9, 5))
    assert code_of(lambda: desk.do(Role.HANDLER, again)) is Code.ALREADY_ANNULLED
    twice = desk.annulled("consultation_sent")
    assert code_of(lambda: desk.do(Role.HANDLER, twice)) is Code.ALREADY_ANNULLED


def test_an_answer_set_aside_fits_again_under_the_ref_that_its_letter_has_now() -> None:
    desk = in_hand().until(day(9, 4)).consult("t1").until(day(9, 6))
    answer = f.ConsultationAnswered(ref="t1", answer=f.Answer.CONSENTS)
    desk.do(Role.HANDLER, answer).until(day(9, 10))
    desk.do(Role.HANDLER, desk.amended("consultation_sent", ref="t2"))
    assert page(desk)[3] == "09-06 consultation_answered (set aside)"
    desk.do(Role.HANDLER, desk.amended("consultation_answered", ref="t2"))
    assert page(desk)[3] == "09-06 consultation_answered"
    right = in_hand().until(day(9, 4)).consult("t2").until(day(9, 6))
    same(desk, right.do(Role.HANDLER, answer.changed(ref="t2")).until(day(9, 10)))


def test_an_objection_is_narrowed_to_the_items_it_named() -> None:
    desk = in_hand().add("a").add("b").consult().until(day(9, 5))
    objects = f.ConsultationAnswered(ref="t1", answer=f.Answer.OBJECTS, reason="商业秘密")
    desk.do(Role.HANDLER, objects)
    letter = desk.state.consultations[0]
    assert (letter.objects_to("a"), letter.objects_to("b")) == (True, True)
    desk.do(Role.HANDLER, desk.amended("consultation_answered", items=("b",)))
    letter = desk.state.consultations[0]
    assert (letter.objects_to("a"), letter.objects_to("b")) == (False, True)


def test_an_amendment_has_to_be_possible_where_it_takes_its_place() -> None:
    desk = in_hand().until(day(9, 4)).notice(day(9, 13)).until(day(9, 18))
    desk.do(Role.INTAKE, f.CorrectionReceived(), day(9, 12))
    late = desk.amended("correction_received", day(9, 16))
    assert code_of(lambda: desk.do(Role.INTAKE, late)) is Code.CORRECTION_LATE
    before = desk.amended("correction_received", date(2024, 8, 30))
    assert code_of(lambda: desk.do(Role.INTAKE, before)) is Code.NOT_IN_THIS_STATE
    ahead = desk.amended("correction_received", day(9, 19))
    assert code_of(lambda: desk.do(Role.INTAKE, ahead)) is Code.IN_THE_FUTURE
    assert desk.refolded() == desk.state


def test_another_receipt_may_mean_another_statute_also_for_a_case_that_was_replied_to_anew() -> (
    None
):
    """Until 2019-05-14 the regulation of 2008 held: fifteen working days for the new reply too,
    07-11, 12 (2), 15-19 (7), 22-26 (12), 29-31 (15)."""
    old = law("cn-2008").statute

    def case(arrived: date, statute: str) -> Desk:
        desk = Desk.open(arrived, case_law=contested(statute), today=date(2019, 5, 15))
        desk.assign().until(date(2019, 5, 24))
        desk.draft("does_not_exist", search_record="档案室", article="第三项").approve()
        desk.dispatch()
        desk.do(Role.HANDLER, f.Delivered()).until(date(2019, 6, 10))
        reconsidered(desk).until(date(2019, 7, 10))
        return decided(desk, "annulled", orders_reply=True).until(date(2019, 7, 12))

    desk = case(date(2019, 5, 15), "cn-2019")
    assert desk.state.round == 2
    amended = received(date(2019, 5, 13)).changed(statute=old)
    desk.do(Role.INTAKE, amended)
    assert desk.state.law.statute.id == "cn-2008"
    assert limits(desk)["reply"] == date(2019, 7, 31)
    same(desk, case(date(2019, 5, 13), "cn-2008"))


# -- what can't be amended -------------------------------------------------------------------------


def test_what_the_system_recorded_follows_from_the_facts_and_is_corrected_by_nobody() -> None:
    desk = in_hand().until(day(9, 4)).notice(day(9, 13)).until(day(9, 18))
    for seq in (desk.seq("lapsed"), desk.seq("alarm_raised"), 99):
        act = desk.act(Role.DISCLOSURE_HEAD, f.EntryAnnulled(seq=seq, reason="误登"))
        with pytest.raises(InputError) as no:
            desk.take(act)
        assert no.value.code is Code.NO_SUCH_ENTRY


def test_an_entry_stays_of_its_kind() -> None:
    desk = granted()
    other = f.EntryAmended(seq=desk.seq("dispatched"), what=f.Delivered(), reason="误登")
    assert code_of(lambda: desk.do(Role.HANDLER, other)) is Code.OTHER_KIND


@pytest.mark.parametrize(
    ("role", "kind", "values"),
    [
        (Role.HANDLER, "item_added", {"sha256": hashed("另一文件")}),
        (Role.REVIEWER, "item_reviewed", {"sha256": hashed("另一文件")}),
        (Role.REVIEWER, "item_reviewed", {"released_sha256": hashed("另一文件")}),
        (Role.PRINCIPAL_LEADER, "signed", {"items": ()}),
        (Role.HANDLER, "reply_drafted", {"reasons": "另一理由"}),
    ],
)
def test_signed_files_and_the_words_of_a_reply_that_left_are_not_amended(
    role: Role, kind: str, values: dict[str, Any]
) -> None:
    desk = granted()
    before = desk.state
    amended = desk.amended(kind, **values)
    assert code_of(lambda: desk.do(role, amended)) is Code.NOT_AMENDABLE
    assert desk.state == before


def test_a_draft_is_amended_until_somebody_approves_it() -> None:
    desk = in_hand().add().review().sign().draft()
    desk.do(Role.HANDLER, desk.amended("reply_drafted", reasons="经核对，予以公开。"))
    assert desk.state.reply is not None
    assert desk.state.reply.reasons == "经核对，予以公开。"
    desk.approve()
    again = desk.amended("reply_drafted", reasons="另一理由")
    assert code_of(lambda: desk.do(Role.HANDLER, again)) is Code.NOT_AMENDABLE


def test_a_reply_that_left_before_another_was_ordered_is_not_amended_either() -> None:
    desk = refused(date(2024, 6, 3), date(2024, 6, 20)).until(date(2024, 7, 15))
    reconsidered(desk).until(date(2024, 9, 18))
    decided(desk, "annulled", orders_reply=True).until(date(2024, 9, 19))
    assert desk.state.dispatch is None
    left = desk.amended("reply_drafted", reasons="另一理由")
    assert code_of(lambda: desk.do(Role.HANDLER, left)) is Code.NOT_AMENDABLE


def test_registration_notes_and_corrections_are_not_annulled() -> None:
    desk = in_hand().add().do(Role.HANDLER, f.Noted(text="来电"))
    desk.do(Role.HANDLER, desk.amended("item_added", title="另一标题"))
    for role, kind in (
        (Role.INTAKE, "registered"),
        (Role.HANDLER, "noted"),
        (Role.DISCLOSURE_HEAD, "entry_amended"),
    ):
        act = desk.annulled(kind)
        assert code_of(lambda r=role, a=act: desk.do(r, a)) is Code.NOT_AMENDABLE  # type: ignore[misc]


def test_an_entry_is_corrected_by_whoever_may_record_it_or_by_the_head() -> None:
    desk = granted()
    may = (Role.HANDLER, Role.INTAKE, Role.DISCLOSURE_HEAD)
    for role, actor in PEOPLE.items():
        act = desk.act(role, desk.annulled("dispatched"), evidence=[PAPER])
        act = act.changed(actor=actor)
        if role in may:
            continue
        assert code_of(lambda a=act: desk.take(a)) in (  # type: ignore[misc]
            Code.NOT_YOUR_ROLE,
            Code.NOT_YOUR_CASE,
        )
    for role in may:
        fresh = granted()
        fresh.do(role, fresh.annulled("dispatched"))
        assert status(fresh.state) is Status.APPROVED


# -- what takes a second person --------------------------------------------------------------------


def test_a_withdrawal_ends_the_duty_to_reply_only_when_somebody_else_approves_it() -> None:
    desk = in_hand()
    desk.alone(Role.INTAKE, f.Withdrawn(reason="电话撤回"))
    assert waits(desk) is Reason.ENDS_DUTY
    assert status(desk.state) is Status.IN_HAND
    assert limits(desk) == {"reply": day(9, 30)}
    desk.do(Role.DISCLOSURE_HEAD, f.EntryApproved(seq=desk.state.seq))
    assert status(desk.state) is Status.WITHDRAWN
    withdrawn = desk.events[-1]
    assert (withdrawn.person, withdrawn.proposal) == (PEOPLE[Role.INTAKE].person, 3)
    assert withdrawn.what == f.Withdrawn(reason="电话撤回")


def test_a_void_waits_as_well() -> None:
    desk = in_hand().alone(Role.INTAKE, f.Voided(reason="重复登记"))
    assert waits(desk) is Reason.ENDS_DUTY
    assert status(desk.state) is Status.IN_HAND


def test_a_reply_said_to_have_left_before_its_limit_waits() -> None:
    desk = in_hand().until(day(9, 27)).add().review().sign().draft().approve()
    desk.until(day(10, 8)).alone(Role.HANDLER, posted(), day(9, 30))
    assert waits(desk) is Reason.REACHES_BACK
    assert alarms(desk, "reply")[-1] == "10-08 overdue_again"


def posted() -> f.Dispatched:
    return f.Dispatched(channel=f.DispatchChannel.POST)


def test_a_letter_that_would_have_stopped_the_clock_before_the_limit_waits() -> None:
    desk = in_hand().until(day(10, 8))
    letter = f.ConsultationSent(ref="t1", party=Party.AGENCY, name="某局（虚构）")
    desk.alone(Role.HANDLER, letter, day(9, 27))
    assert waits(desk) is Reason.REACHES_BACK


def test_a_correction_that_moves_a_limit_of_the_office_waits() -> None:
    desk = in_hand().until(day(9, 4)).alone(Role.INTAKE, received(date(2024, 8, 30)))
    assert waits(desk) is Reason.MOVES_LIMIT
    assert limits(desk) == {"reply": day(9, 30)}


def test_an_entry_made_more_than_three_working_days_late_that_moves_a_limit_waits() -> None:
    """From Tuesday 09-03 the third working day is Friday the 6th."""
    letter = f.ConsultationSent(ref="t1", party=Party.AGENCY, name="某局（虚构）")
    slip = in_hand().until(day(9, 6)).alone(Role.HANDLER, letter, day(9, 3))
    assert waits(slip) is None
    assert "reply" not in limits(slip)
    late = in_hand().until(day(9, 9)).alone(Role.HANDLER, letter, day(9, 3))
    assert waits(late) is Reason.MOVES_LIMIT
    assert limits(late) == {"reply": day(9, 30)}


def test_an_answer_the_office_itself_waited_for_is_entered_a_day_late_by_one_person() -> None:
    """The limit for asking again is the office's own affair: it passed on 09-25, and nobody was
    owed anything by it."""
    desk = in_hand().until(day(9, 3)).consult("t1", Party.AGENCY).until(day(9, 26))
    answer = f.ConsultationAnswered(ref="t1", answer=f.Answer.CONSENTS)
    desk.alone(Role.HANDLER, answer, day(9, 24))
    assert waits(desk) is None
    assert desk.state.consultations[0].answered == day(9, 24)


def test_a_correction_that_moves_no_limit_and_no_figure_counts_at_once() -> None:
    desk = in_hand().add().until(day(9, 20))
    desk.take(desk.act(Role.HANDLER, desk.annulled("item_added")))
    assert waits(desk) is None
    assert desk.state.items == ()


def test_a_pause_that_began_on_another_day_leaves_other_days_and_waits() -> None:
    """No limit runs while the clock stands still; the days that are left of it are moved."""
    desk = in_hand().until(day(9, 4)).consult().until(day(9, 6))
    desk.alone(Role.HANDLER, desk.amended("consultation_sent", day(9, 3)))
    assert waits(desk) is Reason.MOVES_LIMIT


def test_what_moves_only_the_applicants_periods_counts_at_once() -> None:
    desk = granted().do(Role.HANDLER, f.Delivered()).until(day(9, 20))
    desk.take(desk.act(Role.HANDLER, desk.amended("delivered", day(9, 10))))
    assert waits(desk) is None
    assert desk.state.ending is not None
    assert desk.state.ending.on == day(9, 10)


def test_a_correction_of_a_figure_of_a_year_that_is_over_waits() -> None:
    desk = refused(date(2024, 6, 3), date(2024, 6, 20)).until(date(2024, 7, 15))
    reconsidered(desk).until(date(2024, 9, 18))
    decided(desk, "upheld")
    corrected = desk.amended("reconsideration_decided", outcome="rejected")
    same_year = desk.until(date(2024, 12, 31)).state
    desk.take(desk.act(Role.LEGAL, corrected))
    assert waits(desk) is None
    desk.state = same_year
    desk.until(date(2025, 1, 2)).alone(Role.LEGAL, corrected)
    assert waits(desk) is Reason.MOVES_FIGURES


def test_a_decision_of_the_office_counts_from_its_recording_or_with_the_signed_paper() -> None:
    def asked() -> Desk:
        asks = f.ExtensionAsked(working_days=20, reason="检索量大")
        return in_hand().until(day(9, 5)).do(Role.HANDLER, asks).until(day(9, 6))

    grant = f.ExtensionGranted()
    desk = asked()
    words = desk.act(Role.DISCLOSURE_HEAD, grant, day(9, 5), evidence=[TOLD])
    assert code_of(lambda: desk.take(words)) is Code.EVIDENCE_NEEDED
    desk.alone(Role.DISCLOSURE_HEAD, grant, day(9, 5))
    assert waits(desk) is Reason.DECIDED_EARLIER
    desk.do(Role.PRINCIPAL_LEADER, f.EntryApproved(seq=desk.state.seq))
    assert desk.state.extension is not None
    assert desk.state.extension.granted == day(9, 5)

    today = asked()
    today.take(today.act(Role.DISCLOSURE_HEAD, grant))
    assert waits(today) is None


def test_a_decision_is_not_dated_back_by_amending_it_either() -> None:
    desk = in_hand().add().until(day(9, 5)).review().until(day(9, 6))
    earlier = desk.amended("item_reviewed", day(9, 4))
    words = desk.act(Role.REVIEWER, earlier, evidence=[TOLD])
    assert code_of(lambda: desk.take(words)) is Code.EVIDENCE_NEEDED
    desk.alone(Role.REVIEWER, earlier)
    assert waits(desk) is Reason.DECIDED_EARLIER
    assert page(desk)[3] == "09-05 item_reviewed"


def test_a_decision_mistyped_today_is_put_right_today() -> None:
    desk = in_hand().add().review()
    withheld = desk.amended("item_reviewed", decision="withhold", ground="过程性信息")
    desk.take(desk.act(Role.REVIEWER, withheld))
    assert waits(desk) is None
    review = desk.state.items[0].review
    assert review is not None
    assert not review.releases


def test_nothing_waits_without_evidence() -> None:
    desk = in_hand()
    bare = desk.act(Role.INTAKE, f.Withdrawn())
    assert code_of(lambda: desk.take(bare)) is Code.EVIDENCE_NEEDED
    desk.take(desk.act(Role.INTAKE, f.Withdrawn(), evidence=[TOLD]))
    assert waits(desk) is Reason.ENDS_DUTY
    assert desk.events[-1].evidence == (TOLD,)


# -- the second person -----------------------------------------------------------------------------


def waiting() -> Desk:
    return in_hand().alone(Role.INTAKE, f.Withdrawn())


def test_the_head_is_asked_and_of_the_heads_own_the_principal_leader() -> None:
    desk = waiting()
    asked = [(task.role, task.ref) for task in tasks(desk.state) if task.kind == "entry_approved"]
    assert asked == [(Role.DISCLOSURE_HEAD, "3")]
    told = tellings(desk.events[-1], summarise(desk.state, None), None)
    assert [telling.role for telling in told] == [Role.DISCLOSURE_HEAD]

    own = in_hand().until(day(9, 4))
    own.alone(Role.DISCLOSURE_HEAD, received(date(2024, 8, 30)))
    asked = [(task.role, task.ref) for task in tasks(own.state) if task.kind == "entry_approved"]
    assert asked == [(Role.PRINCIPAL_LEADER, "4")]


def test_nobody_approves_what_they_proposed_themselves() -> None:
    both = Actor(
        person="intake_1",
        grants=tuple(Grant(role=r, organ=ORGAN) for r in (Role.INTAKE, Role.DISCLOSURE_HEAD)),
    )
    desk = waiting()
    act = desk.act(Role.INTAKE, f.EntryApproved(seq=3)).changed(actor=both)
    assert code_of(lambda: desk.take(act)) is Code.FOUR_EYES
    assert status(desk.state) is Status.IN_HAND


def test_two_heads_do_not_approve_each_others() -> None:
    desk = in_hand().until(day(9, 4))
    desk.alone(Role.DISCLOSURE_HEAD, received(date(2024, 8, 30)))
    approval = f.EntryApproved(seq=desk.state.seq)
    deputy = Actor(person="deputy", grants=(Grant(role=Role.DISCLOSURE_HEAD, organ=ORGAN),))
    act = desk.act(Role.DISCLOSURE_HEAD, approval).changed(actor=deputy)
    with pytest.raises(Refusal) as no:
        desk.take(act)
    assert (no.value.code, no.value.params["roles"]) == (
        Code.NOT_YOUR_ROLE,
        Role.PRINCIPAL_LEADER,
    )
    desk.do(Role.PRINCIPAL_LEADER, approval)
    assert desk.state.receipt_day == date(2024, 8, 30)


def test_the_principal_leader_may_stand_in_for_the_head_and_nobody_else() -> None:
    for role in set(PEOPLE) - {Role.DISCLOSURE_HEAD, Role.PRINCIPAL_LEADER}:
        desk = waiting()
        assert code_of(lambda d=desk, r=role: d.do(r, f.EntryApproved(seq=3))) is Code.NOT_YOUR_ROLE  # type: ignore[misc]
    desk = waiting().do(Role.PRINCIPAL_LEADER, f.EntryApproved(seq=3))
    assert status(desk.state) is Status.WITHDRAWN


def test_what_was_refused_leaves_the_case_as_it_was() -> None:
    desk = waiting()
    desk.do(Role.DISCLOSURE_HEAD, f.EntryRefused(seq=3, reason="申请人否认撤回"))
    same(desk, in_hand())
    assert page(desk)[2:] == ["09-02 entry_proposed (decided)", "09-02 entry_refused"]
    told = tellings(desk.events[-1], summarise(desk.state, None), None)
    assert [telling.person for telling in told] == [PEOPLE[Role.INTAKE].person]
    for kind in (f.EntryApproved(seq=3), f.EntryRefused(seq=3, reason="再次")):
        assert (
            code_of(lambda k=kind: desk.do(Role.DISCLOSURE_HEAD, k))  # type: ignore[misc]
            is Code.NO_PROPOSAL
        )


def test_an_approved_entry_comes_after_the_entry_of_its_day_that_was_named() -> None:
    desk = in_hand().until(day(9, 3)).add("a").add("b").until(day(9, 20))
    letter = f.ConsultationSent(ref="t1", party=Party.AGENCY, name="某局（虚构）", items=("a",))
    after_a = desk.act(Role.HANDLER, letter, day(9, 3), after=3, evidence=[PAPER])
    desk.take(after_a)
    assert waits(desk) is Reason.MOVES_LIMIT
    desk.do(Role.DISCLOSURE_HEAD, f.EntryApproved(seq=desk.state.seq))
    kinds = [e.kind for e in desk.state.happened]
    assert kinds[2:] == ["item_added", "consultation_sent", "item_added"]


def test_the_ladder_climbs_on_while_a_proposal_waits() -> None:
    desk = waiting().until(day(10, 8))
    assert alarms(desk, "reply")[-1] == "10-08 overdue_again"


def test_an_approval_is_judged_by_what_is_known_then() -> None:
    """A withdrawal waits; meanwhile the reply leaves on the same day, and there is nothing left to
    withdraw from."""
    desk = Desk.open(ARRIVED).ready().alone(Role.INTAKE, f.Withdrawn())
    proposed = desk.state.seq
    desk.dispatch()
    approval = f.EntryApproved(seq=proposed)
    assert code_of(lambda: desk.do(Role.DISCLOSURE_HEAD, approval)) is Code.NOT_IN_THIS_STATE
    assert desk.state.entry(proposed).validity is Validity.COUNTS
    desk.do(Role.DISCLOSURE_HEAD, f.EntryRefused(seq=proposed, reason="已答复"))
    assert status(desk.state) is Status.DISPATCHED


def test_what_was_proposed_twice_is_done_once() -> None:
    desk = waiting().alone(Role.INTAKE, f.Withdrawn())
    desk.do(Role.DISCLOSURE_HEAD, f.EntryApproved(seq=4))
    approval = f.EntryApproved(seq=3)
    assert code_of(lambda: desk.do(Role.DISCLOSURE_HEAD, approval)) is Code.NOT_IN_THIS_STATE
    assert [e.kind for e in desk.state.happened].count("withdrawn") == 1


def test_an_amendment_approved_after_its_entry_was_annulled_comes_too_late() -> None:
    desk = in_hand().until(day(9, 4)).consult().until(day(9, 6))
    desk.alone(Role.HANDLER, desk.amended("consultation_sent", day(9, 3)))
    approval = f.EntryApproved(seq=desk.state.seq)
    assert waits(desk) is Reason.MOVES_LIMIT
    desk.do(Role.HANDLER, desk.annulled("consultation_sent"))
    assert code_of(lambda: desk.do(Role.DISCLOSURE_HEAD, approval)) is Code.ALREADY_ANNULLED


def test_an_approval_counts_with_what_became_known_since_it_was_proposed() -> None:
    """A dispatch of 09-30 is proposed; then a notice of an earlier receipt day comes in, by which
    even that day was late."""
    desk = in_hand().until(day(9, 27)).add().review().sign().draft().approve()
    desk.until(day(10, 8)).dispatch()
    desk.alone(Role.HANDLER, desk.amended("dispatched", day(9, 30)))
    approval = f.EntryApproved(seq=desk.state.seq)
    desk.do(Role.INTAKE, received(date(2024, 8, 30)))
    desk.do(Role.DISCLOSURE_HEAD, approval)
    assert desk.state.dispatch is not None
    assert (desk.state.dispatch.on, desk.state.dispatch.in_time) == (day(9, 30), False)
    assert desk.refolded() == desk.state


def test_a_reply_of_before_is_put_right_while_another_was_ordered() -> None:
    """The first reply was delivered on 06-24 and not on the 20th; the second is not touched."""
    desk = refused(date(2024, 6, 3), date(2024, 6, 20)).until(date(2024, 7, 15))
    later = desk.amended("delivered", date(2024, 6, 24))
    reconsidered(desk).until(date(2024, 9, 18))
    decided(desk, "annulled", orders_reply=True).until(date(2024, 9, 19))
    answered_anew(desk)
    second = desk.state.ending
    desk.do(Role.HANDLER, later)
    first = desk.state.rounds[0].ending
    assert first is not None
    assert first.on == date(2024, 6, 24)
    assert desk.state.ending == second
    assert desk.refolded() == desk.state


def test_nobody_approves_their_own_draft_by_recording_it_as_done_by_another() -> None:
    """Four eyes count who did it and who recorded it."""
    both = Actor(
        person="handler_1",
        grants=(*PEOPLE[Role.HANDLER].grants, *PEOPLE[Role.DISCLOSURE_HEAD].grants),
    )
    desk = Desk.open(date(2024, 9, 2)).assign().draft("does_not_exist", search_record="档案室")
    act = desk.act(Role.DISCLOSURE_HEAD, f.ReplyApproved(), done_by="head_2", actor=both)
    with pytest.raises(Refusal) as no:
        desk.take(act)
    assert no.value.code is Code.FOUR_EYES
