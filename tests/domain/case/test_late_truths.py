"""What became known late: the fact takes its place in the order of happening, what passed by itself
is revoked or found, and acts whose ground is gone are set aside.

Calendar of the examples: 2024-09-14 (Saturday) worked, 09-15 to 09-17 mid-autumn, 09-29 (Sunday)
worked, 10-01 to 10-07 National Day, 10-12 (Saturday) worked.
"""

from datetime import date
from typing import Any

import pytest

from domain.case import facts as f
from domain.case.people import Role
from domain.case.state import Validity
from domain.case.status import status
from domain.case.summary import Mover, Status
from domain.case.tasks import mover, tasks
from domain.clock import Receipt
from domain.errors import Code, YishenError
from domain.periods.period import Unit
from domain.remedies.terms import RemedyWarning, Side
from domain.statute import Channel, Party
from tests.domain.case.desk import PEOPLE, Desk, fee_notice
from tests.domain.case.remedies import judged, refused, sued
from tests.domain.case.truth import alarms, limits, page, same

ARRIVED = date(2024, 9, 2)
"""A Monday; twenty working days end on 2024-09-30."""
TEN_DAYS: dict[str, Any] = {
    "orders_reply": True,
    "within": 10,
    "within_unit": Unit.WORKING_DAY,
}


def day(month: int, of_month: int) -> date:
    return date(2024, month, of_month)


def in_hand() -> Desk:
    return Desk.open(ARRIVED).assign()


def written(ref: str = "t1", party: Party = Party.THIRD_PARTY) -> f.ConsultationSent:
    return f.ConsultationSent(ref=ref, party=party, name="某公司（虚构）")


def consents() -> f.ConsultationAnswered:
    return f.ConsultationAnswered(ref="t1", answer=f.Answer.CONSENTS)


# -- what passed by itself is revoked --------------------------------------------------------------


def test_a_correction_entered_after_the_lapse_takes_the_lapse_back() -> None:
    """Asked until 09-13, lapsed on 09-14; it had come in on the 12th: twenty days from there,
    13 and 14 (2), 18-20 (5), 23-27 (10), 29, 30 (12), 10-08 to 12 (17), 14-16 (20)."""
    desk = in_hand().until(day(9, 4)).notice(day(9, 13)).until(day(9, 18))
    assert status(desk.state) is Status.LAPSED
    desk.do(Role.INTAKE, f.CorrectionReceived(), day(9, 12))
    assert status(desk.state) is Status.IN_HAND
    assert limits(desk) == {"reply": day(10, 16)}
    assert page(desk) == [
        "09-02 registered",
        "09-02 assigned",
        "09-04 correction_notice_sent",
        "09-14 lapsed (revoked)",
        "09-12 correction_received",
    ]
    right = in_hand().until(day(9, 4)).notice(day(9, 13)).until(day(9, 12))
    same(desk, right.do(Role.INTAKE, f.CorrectionReceived()).until(day(9, 18)))


def test_what_came_on_the_day_of_the_lapse_came_too_late() -> None:
    desk = in_hand().until(day(9, 4)).notice(day(9, 13)).until(day(9, 18))
    with pytest.raises(YishenError) as no:
        desk.do(Role.INTAKE, f.CorrectionReceived(), day(9, 14))
    assert no.value.code is Code.CORRECTION_LATE
    assert status(desk.state) is Status.LAPSED


def test_an_answer_entered_after_the_silence_ends_the_pause_on_its_own_day() -> None:
    """Asked on 09-03, silent from 09-26. Answered on the 20th: 09-03 counts, then 23-27 (6), 29,
    30 (8), 10-08 to 12 (13), 14-18 (18), 21, 22 (20)."""
    desk = in_hand().until(day(9, 3)).consult().until(day(10, 10))
    assert limits(desk) == {"reply": day(10, 25)}
    desk.do(Role.HANDLER, consents(), day(9, 20))
    assert limits(desk) == {"reply": day(10, 22)}
    assert page(desk)[2:] == [
        "09-03 consultation_sent",
        "09-26 consultation_silent (revoked)",
        "09-20 entry_proposed (decided)",
        "10-10 entry_approved",
        "09-20 consultation_answered",
    ]
    assert alarms(desk, "third_party_answer") == ["09-18 reminder_5", "09-20 reminder_3"]
    assert alarms(desk, "third_party_answer", Validity.REVOKED) == ["09-24 reminder_1"]
    letter = desk.state.consultations[0]
    assert (letter.answered, letter.silent) == (day(9, 20), False)
    right = in_hand().until(day(9, 3)).consult().until(day(9, 20))
    same(desk, right.do(Role.HANDLER, consents()).until(day(10, 10)))


def test_a_fee_paid_in_time_and_entered_after_the_lapse_brings_the_case_back() -> None:
    """Asked on 09-04, payable until 10-09, lapsed on the 10th; paid on 10-08: twenty days from
    there, 9-12 (4), 14-18 (9), 21-25 (14), 28 to 11-01 (19), 11-04 (20)."""
    paid = f.FeePaid.model_validate({"amount": "2000.00"})
    desk = in_hand().until(day(9, 4)).do(Role.HANDLER, fee_notice()).until(day(10, 11))
    assert status(desk.state) is Status.LAPSED
    desk.do(Role.INTAKE, paid, day(10, 8))
    assert status(desk.state) is Status.IN_HAND
    assert limits(desk) == {"reply": day(11, 4)}
    assert page(desk)[2:] == [
        "09-04 fee_notice_sent",
        "10-10 lapsed (revoked)",
        "10-08 fee_paid",
    ]
    right = in_hand().until(day(9, 4)).do(Role.HANDLER, fee_notice()).until(day(10, 8))
    same(desk, right.do(Role.INTAKE, paid).until(day(10, 11)))


# -- late becomes in time, with approval only ------------------------------------------------------


def sent_on(last: date) -> Desk:
    """Ready on the last day, 09-30; sent on `last`."""
    desk = in_hand().until(day(9, 30)).add().review().sign().draft().approve()
    return desk.until(last).dispatch()


def sent(desk: Desk) -> tuple[date, bool]:
    """When the reply left, and whether that was in time."""
    dispatch = desk.state.dispatch
    assert dispatch is not None
    return dispatch.on, dispatch.in_time


def test_a_dispatch_posted_earlier_than_recorded_is_in_time_once_somebody_approves_it() -> None:
    desk = sent_on(day(10, 8))
    assert sent(desk) == (day(10, 8), False)
    before = desk.until(day(10, 9)).state
    desk.alone(Role.HANDLER, desk.amended("dispatched", day(9, 30)))
    assert desk.state.dispatch == before.dispatch
    assert desk.events[-1].warnings == ("reaches_back",)

    desk.do(Role.DISCLOSURE_HEAD, f.EntryApproved(seq=desk.state.seq))
    assert sent(desk) == (day(9, 30), True)
    assert page(desk)[-4:] == [
        "09-30 dispatched",
        "10-09 entry_proposed (decided)",
        "10-09 entry_approved",
        "10-09 entry_amended",
    ]
    overdue = ["10-01 overdue", "10-08 overdue_again"]
    assert alarms(desk, "reply", Validity.REVOKED) == overdue
    assert "10-01 overdue" not in alarms(desk, "reply")
    same(desk, sent_on(day(9, 30)).until(day(10, 9)))


def test_one_day_less_of_lateness_is_still_late_and_needs_nobody() -> None:
    desk = sent_on(day(10, 9)).until(day(10, 10))
    desk.alone(Role.HANDLER, desk.amended("dispatched", day(10, 8)))
    assert sent(desk) == (day(10, 8), False)
    same(desk, sent_on(day(10, 8)).until(day(10, 10)))


# -- the receipt -----------------------------------------------------------------------------------


def extended(arrived: date) -> Desk:
    """Registered on 09-02, extended by twenty days, told on 09-20."""
    desk = Desk.open(arrived, today=ARRIVED).assign().until(day(9, 20))
    desk.do(Role.HANDLER, f.ExtensionAsked(working_days=20, reason="检索量大"))
    desk.do(Role.DISCLOSURE_HEAD, f.ExtensionGranted())
    return desk.do(Role.HANDLER, f.ExtensionTold())


def received(arrived: date) -> f.EntryAmended:
    receipt = Receipt(channel=Channel.MAIL_SIGNED, arrived=arrived)
    return f.EntryAmended(seq=1, what=f.Registered(receipt=receipt), reason="签收单日期看错")


def test_a_receipt_day_put_right_after_the_extension_was_told_moves_the_longer_limit() -> None:
    """Forty working days from 08-30 instead of 09-02: one day less, 10-31 instead of 11-01."""
    desk = extended(ARRIVED).until(day(9, 23))
    assert limits(desk) == {"reply": day(11, 1)}
    desk.do(Role.INTAKE, received(date(2024, 8, 30)))
    assert limits(desk) == {"reply": day(10, 31)}
    assert desk.state.receipt_day == date(2024, 8, 30)
    assert page(desk)[0] == "08-30 registered"
    same(desk, extended(date(2024, 8, 30)).until(day(9, 23)))


def test_an_extension_told_after_the_limit_that_now_holds_has_no_effect_and_says_so() -> None:
    """From 08-15 twenty days end on 09-12: told on the 20th it came too late, and the case is
    overdue in that moment."""
    desk = extended(ARRIVED).until(day(9, 23)).do(Role.INTAKE, received(date(2024, 8, 15)))
    assert limits(desk) == {"reply": day(9, 12)}
    amended = desk.events[desk.seq("entry_amended") - 1]
    assert amended.warnings == ("extension_after_due",)
    assert alarms(desk, "reply") == ["09-23 overdue_higher"]
    assert desk.refolded() == desk.state


# -- what never happened ---------------------------------------------------------------------------


def test_without_the_letter_the_period_is_shorter_and_the_case_overdue_late() -> None:
    desk = in_hand().until(day(9, 10)).consult().until(day(10, 10))
    assert limits(desk)["reply"] > desk.day
    desk.do(Role.HANDLER, desk.annulled("consultation_sent"))
    assert limits(desk) == {"reply": day(9, 30)}
    assert page(desk)[2:] == [
        "09-10 consultation_sent (annulled)",
        "10-09 consultation_silent (revoked)",
        "10-10 entry_proposed (decided)",
        "10-10 entry_approved",
        "10-10 entry_annulled",
    ]
    assert alarms(desk, "third_party_answer") == []
    assert alarms(desk, "reply") == ["10-10 overdue_higher"]
    same(desk, in_hand().until(day(10, 10)))


def test_a_withdrawal_of_another_case_annulled_lets_the_case_go_on() -> None:
    """What it waited for meanwhile has passed: the letter of 09-05 fell silent on the 28th; the
    period ended on 10-25."""
    desk = in_hand().until(day(9, 5)).consult().until(day(9, 9))
    desk.do(Role.INTAKE, f.Withdrawn()).until(day(11, 5))
    assert status(desk.state) is Status.WITHDRAWN
    desk.do(Role.INTAKE, desk.annulled("withdrawn"))
    assert status(desk.state) is Status.IN_HAND
    assert limits(desk) == {"reply": day(10, 25)}
    assert page(desk)[-5:] == [
        "09-09 withdrawn (annulled)",
        "11-05 entry_proposed (decided)",
        "11-05 entry_approved",
        "11-05 entry_annulled",
        "09-28 consultation_silent (found late)",
    ]
    assert alarms(desk, "reply") == ["11-05 overdue_higher"]
    assert mover(desk.state) is Mover.OFFICE
    same(desk, in_hand().until(day(9, 5)).consult().until(day(11, 5)))


def test_a_case_voided_by_mistake_goes_on_and_lapses_on_the_day_it_would_have() -> None:
    desk = in_hand().until(day(9, 4)).notice(day(9, 13)).until(day(9, 5))
    desk.do(Role.INTAKE, f.Voided(reason="以为重复")).until(day(9, 20))
    desk.do(Role.INTAKE, desk.annulled("voided"))
    assert status(desk.state) is Status.LAPSED
    assert page(desk)[-1] == "09-14 lapsed (found late)"
    same(desk, in_hand().until(day(9, 4)).notice(day(9, 13)).until(day(9, 20)))


# -- acts whose ground is gone ---------------------------------------------------------------------


def without_its_item() -> Desk:
    """Replied to on 09-02; two days later it turns out that the item belongs to another case."""
    desk = Desk.open(ARRIVED).ready().dispatch().until(day(9, 4))
    return desk.do(Role.HANDLER, desk.annulled("item_added"))


def test_without_its_item_review_signatures_approval_and_dispatch_are_set_aside() -> None:
    desk = without_its_item()
    assert page(desk)[2:9] == [
        "09-02 item_added (annulled)",
        "09-02 item_reviewed (set aside)",
        "09-02 signed (set aside)",
        "09-02 signed (set aside)",
        "09-02 reply_drafted",
        "09-02 reply_approved (set aside)",
        "09-02 dispatched (set aside)",
    ]
    assert status(desk.state) is Status.IN_APPROVAL
    assert limits(desk) == {"reply": day(9, 30)}
    annulment = desk.events[-1].consequences
    assert annulment is not None
    assert {aside.seq: aside.code for aside in annulment.set_aside} == {
        4: Code.UNKNOWN_REF,
        5: Code.NOT_IN_THIS_STATE,
        6: Code.NOT_IN_THIS_STATE,
        8: Code.REPLY_NEEDS_RELEASE,
        9: Code.NOT_IN_THIS_STATE,
    }
    asked = [t.ref for t in tasks(desk.state) if t.kind == "conflict_kept"]
    assert asked == ["4", "5", "6", "8", "9"]
    assert desk.refolded() == desk.state


def test_the_head_keeps_what_was_set_aside_with_a_reason() -> None:
    desk = without_its_item()
    for seq in (4, 5, 6, 8, 9):
        desk.do(Role.DISCLOSURE_HEAD, f.ConflictKept(seq=seq, reason="已经发出，另行处理"))
    assert status(desk.state) is Status.DISPATCHED
    assert limits(desk) == {"delivery_check": day(9, 24)}
    assert "09-02 dispatched (kept)" in page(desk)
    assert not any(t.kind == "conflict_kept" for t in tasks(desk.state))
    assert desk.refolded() == desk.state


def test_nobody_but_the_head_keeps_a_conflict_and_only_one_that_is_there() -> None:
    desk = without_its_item()
    for role in set(PEOPLE) - {Role.DISCLOSURE_HEAD}:
        with pytest.raises(YishenError) as no:
            desk.do(role, f.ConflictKept(seq=9, reason="已经发出"))
        assert no.value.code is Code.NOT_YOUR_ROLE
    with pytest.raises(YishenError) as none:
        desk.do(Role.DISCLOSURE_HEAD, f.ConflictKept(seq=7, reason="已经发出"))
    assert none.value.code is Code.NO_CONFLICT


def test_what_was_set_aside_may_be_annulled_too() -> None:
    desk = without_its_item()
    for kind, role in (
        ("dispatched", Role.HANDLER),
        ("reply_approved", Role.DISCLOSURE_HEAD),
        ("item_reviewed", Role.REVIEWER),
    ):
        desk.do(role, desk.annulled(kind))
    for seq, role in ((5, Role.LEADER_IN_CHARGE), (6, Role.PRINCIPAL_LEADER)):
        desk.do(role, f.EntryAnnulled(seq=seq, reason="误签"))
    assert not any(e.validity is Validity.SET_ASIDE for e in desk.state.timeline)
    assert not any(t.kind == "conflict_kept" for t in tasks(desk.state))
    same(desk, in_hand().draft().until(day(9, 4)))


def test_what_was_set_aside_counts_again_when_its_ground_is_back() -> None:
    """A payment, and the notice that asked for it, dated after it by mistake."""
    paid = f.FeePaid.model_validate({"amount": "2000.00"})
    desk = in_hand().until(day(9, 4)).do(Role.HANDLER, fee_notice()).until(day(9, 6))
    desk.do(Role.INTAKE, paid).until(day(9, 10))
    desk.do(Role.HANDLER, desk.amended("fee_notice_sent", day(9, 9)))
    assert "09-06 fee_paid (set aside)" in page(desk)
    assert status(desk.state) is Status.AWAITING_PAYMENT
    desk.do(Role.HANDLER, desk.amended("fee_notice_sent", day(9, 5)))
    assert "09-06 fee_paid" in page(desk)
    right = in_hand().until(day(9, 5)).do(Role.HANDLER, fee_notice()).until(day(9, 6))
    same(desk, right.do(Role.INTAKE, paid).until(day(9, 10)))


# -- after a judgment ------------------------------------------------------------------------------


def in_effect() -> Desk:
    """Served on 11-05, nobody appealed until 11-20: in effect and reopened on the 21st, with ten
    working days for the new reply."""
    desk = refused(date(2024, 6, 3), date(2024, 6, 20)).until(date(2024, 8, 1))
    sued(desk).do(Role.LEGAL, f.AnswerSubmitted(ref="s1")).until(day(11, 5))
    return judged(desk, "annulled", **TEN_DAYS)


def appeal() -> f.AppealFiled:
    return f.AppealFiled(ref="s1", by=Side.APPLICANT)


def test_an_appeal_that_becomes_known_after_the_effect_takes_effect_and_reopening_back() -> None:
    desk = in_effect().until(day(11, 21))
    assert (status(desk.state), desk.state.round) == (Status.IN_HAND, 2)
    assert limits(desk)["reply"] == day(12, 5)
    desk.until(day(11, 25)).do(Role.LEGAL, appeal(), day(11, 20))
    assert (status(desk.state), desk.state.round) == (Status.CLOSED, 1)
    assert limits(desk) == {}
    assert page(desk)[-6:] == [
        "11-05 judgment_received",
        "11-21 remedy_lapsed",
        "11-21 remedy_lapsed (revoked)",
        "11-21 judgment_effective (revoked)",
        "11-21 case_reopened (revoked)",
        "11-20 appeal_filed",
    ]
    same(desk, in_effect().until(day(11, 20)).do(Role.LEGAL, appeal()).until(day(11, 25)))


def test_work_done_on_a_new_reply_that_was_not_ordered_yet_is_set_aside_and_found_again() -> None:
    desk = in_effect().until(day(11, 22)).add("b").until(day(11, 25))
    desk.do(Role.LEGAL, appeal(), day(11, 20))
    assert "11-22 item_added (set aside)" in page(desk)
    desk.do(Role.LEGAL, desk.annulled("appeal_filed"))
    assert "11-22 item_added" in page(desk)
    assert page(desk)[-3:] == [
        "11-21 remedy_lapsed (found late)",
        "11-21 judgment_effective (found late)",
        "11-21 case_reopened (found late)",
    ]
    same(desk, in_effect().until(day(11, 22)).add("b").until(day(11, 25)))


def test_an_appeal_of_a_day_after_its_limit_moves_nothing_however_late_it_is_entered() -> None:
    desk = in_effect().until(day(11, 25))
    desk.do(Role.LEGAL, appeal(), day(11, 21))
    assert desk.events[-1].warnings == (RemedyWarning.APPEAL_LATE,)
    assert desk.state.round == 2


# -- the order of happening ------------------------------------------------------------------------


def test_what_is_entered_late_stands_in_the_record_last_and_happened_in_its_place() -> None:
    desk = in_hand().until(day(9, 9)).add().until(day(9, 10))
    desk.do(Role.HANDLER, written(), day(9, 6))
    assert [e.kind for e in desk.state.happened] == [
        "registered",
        "assigned",
        "consultation_sent",
        "item_added",
    ]
    assert page(desk)[-1] == "09-06 consultation_sent"
    assert desk.events[-1].at.date() == day(9, 10)


def test_of_one_day_what_was_recorded_first_happened_first() -> None:
    desk = in_hand().until(day(9, 9)).add("a").until(day(9, 10)).add("b").until(day(9, 11))
    late = f.ItemAdded(ref="c", title="文件 c")
    desk.do(Role.HANDLER, late, day(9, 9))
    assert [item.ref for item in desk.state.items] == ["a", "c", "b"]


def test_nothing_is_entered_before_its_day_and_nothing_before_the_request() -> None:
    desk = in_hand().until(day(9, 10))
    for wrong, code in ((day(9, 11), Code.IN_THE_FUTURE), (day(9, 1), Code.BEFORE_ARRIVAL)):
        with pytest.raises(YishenError) as no:
            desk.do(Role.HANDLER, written(), wrong)
        assert no.value.code is code


def test_whoever_registers_did_it_themselves_under_their_own_command() -> None:
    first = Desk.open(ARRIVED).events[0]
    assert (first.person, first.done_by) == (PEOPLE[Role.INTAKE].person, None)
    assert first.command_id == "c0"
