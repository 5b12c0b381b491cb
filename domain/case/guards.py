"""What an act needs beyond its place in the table. One guard per kind; each raises a Refusal
with its code and, where the law is the reason, the article."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.case import facts as f
from domain.case.act import Act
from domain.case.people import Role
from domain.case.release import blocked_by, check_reply_fields, check_reply_ready
from domain.case.state import CaseState, End
from domain.case.status import reviewed
from domain.errors import Code, Refusal
from domain.statute import Cited

FOLLOWS: dict[str, tuple[str, ...]] = {
    "correction_received": ("correction_notice_sent",),
    "late_correction_accepted": ("correction_notice_sent",),
    "extension_granted": ("extension_asked",),
    "extension_told": ("extension_granted",),
    "fee_paid": ("fee_notice_sent",),
    "signed": ("item_added", "item_replaced", "item_reviewed", "signed"),
    "reply_approved": ("reply_drafted", "item_reviewed", "signed"),
    "dispatched": ("reply_approved", "signed"),
    "delivered": ("dispatched",),
}
"""Back-dating ends at the last of these; for every act at the arrival."""


@dataclass(frozen=True, slots=True)
class Case:
    """What a guard looks at: the state, who, the day the act takes effect, and today."""

    state: CaseState
    person: str
    on: date
    today: date
    given: tuple[Role, ...]


def check(state: CaseState, act: Act, on: date, today: date) -> None:
    """Raise the Refusal of `act`, if there is one."""
    _check_day(state, act.what.kind, on)
    guard = _GUARDS.get(act.what.kind)
    if guard is not None:
        roles = tuple(grant.role for grant in act.actor.grants)
        guard(Case(state, act.actor.person, on, today, roles), act.what)


def _check_day(state: CaseState, kind: str, on: date) -> None:
    if state.receipt is not None and kind != "receipt_corrected" and on < state.receipt.arrived:
        raise Refusal(Code.BEFORE_ARRIVAL, day=on, arrived=state.receipt.arrived)
    before = FOLLOWS.get(kind, ())
    for entry in reversed(state.timeline):
        if entry.kind in before and entry.effective_on > on:
            raise Refusal(
                Code.BEFORE_WHAT_IT_FOLLOWS, day=on, kind=entry.kind, on=entry.effective_on
            )


# -- receipt, correction, fee -------------------------------------------------------------------


def _receipt_corrected(case: Case, fact: f.ReceiptCorrected) -> None:
    for day in (fact.receipt.arrived, fact.confirmed_on):
        if day is not None and day > case.today:
            raise Refusal(Code.IN_THE_FUTURE, day=day, today=case.today)


def _correction_notice_sent(case: Case, fact: f.CorrectionNoticeSent) -> None:
    if fact.correct_by is not None and fact.correct_by <= case.on:
        raise Refusal(Code.LIMIT_NOT_LATER, until=fact.correct_by, due=case.on)


def _in_time(case: Case, rule: Cited | None, code: Code) -> None:
    """A lapsed case takes back what arrived in time and was only entered late."""
    ending = case.state.ending
    if ending is not None and ending.how is End.LAPSED and case.on >= ending.on:
        article = rule.article if rule else None
        raise Refusal(code, article=article, day=case.on, lapsed=ending.on)


def _correction_received(case: Case, fact: f.CorrectionReceived) -> None:
    _lapsed_by(case, f.LapseCause.CORRECTION)
    _in_time(case, case.state.law.statute.correction, Code.CORRECTION_LATE)


def _late_correction(case: Case, fact: f.LateCorrectionAccepted) -> None:
    _lapsed_by(case, f.LapseCause.CORRECTION)


def _fee_notice_sent(case: Case, fact: f.FeeNoticeSent) -> None:
    if fact.delivered is not None and not case.on <= fact.delivered <= case.today:
        raise Refusal(Code.IN_THE_FUTURE, day=fact.delivered, today=case.today)


def _fee_paid(case: Case, fact: f.FeePaid) -> None:
    _lapsed_by(case, f.LapseCause.FEE)
    _in_time(case, case.state.law.statute.fee, Code.PAYMENT_LATE)
    if case.state.fee is not None and fact.amount != case.state.fee.amount:
        raise Refusal(Code.FEE_NOT_IN_FULL, amount=fact.amount, owed=case.state.fee.amount)


def _lapsed_by(case: Case, cause: f.LapseCause) -> None:
    ending = case.state.ending
    if ending is not None and ending.cause is not cause:
        raise Refusal(Code.LAPSED_OTHERWISE, cause=ending.cause)


def _reinstated(case: Case, fact: f.Reinstated) -> None:
    if fact.until <= case.today:
        raise Refusal(Code.LIMIT_NOT_LATER, until=fact.until, due=case.today)


# -- consultation -------------------------------------------------------------------------------


def _consultation_sent(case: Case, fact: f.ConsultationSent) -> None:
    if case.state.consultation(fact.ref) is not None:
        raise Refusal(Code.REF_TAKEN, ref=fact.ref)
    for ref in fact.items:
        _known_item(case.state, ref)
    if fact.delivered is not None and not case.on <= fact.delivered <= case.today:
        raise Refusal(Code.IN_THE_FUTURE, day=fact.delivered, today=case.today)


def _consultation_delivered(case: Case, fact: f.ConsultationDelivered) -> None:
    _open_consultation(case, fact.ref)


def _consultation_answered(case: Case, fact: f.ConsultationAnswered) -> None:
    _open_consultation(case, fact.ref)
    if fact.answer is f.Answer.OBJECTS and fact.reason is None:
        raise Refusal(Code.REASON_MISSING)


def _open_consultation(case: Case, ref: str) -> None:
    consultation = case.state.consultation(ref)
    if consultation is None:
        refs = ", ".join(c.ref for c in case.state.consultations) or "-"
        raise Refusal(Code.UNKNOWN_REF, case=case.state.id, ref=ref, refs=refs)
    if consultation.answered is not None:
        raise Refusal(Code.ALREADY_ANSWERED, ref=ref, on=consultation.answered)
    if case.on < consultation.sent:
        raise Refusal(
            Code.BEFORE_WHAT_IT_FOLLOWS,
            day=case.on,
            kind="consultation_sent",
            on=consultation.sent,
        )


# -- extension, later limit ---------------------------------------------------------------------


def _extension_asked(case: Case, fact: f.ExtensionAsked) -> None:
    rule = case.state.law.statute.extension
    if case.state.extension is not None:
        raise Refusal(Code.SECOND_EXTENSION, article=rule.article if rule else None)
    if rule is None:
        raise Refusal(Code.NOT_IN_THIS_STATUTE, statute=case.state.law.statute.id)
    if fact.working_days > rule.n:
        raise Refusal(
            Code.EXTENSION_TOO_LONG, article=rule.article, asked=fact.working_days, max=rule.n
        )


def _extension_granted(case: Case, fact: f.ExtensionGranted | f.ExtensionRefused) -> None:
    extension = case.state.extension
    if extension is None or extension.granted is not None:
        raise Refusal(Code.NO_EXTENSION_ASKED)
    if extension.asked_by == case.person:
        raise Refusal(Code.FOUR_EYES, person=case.person, did="extension_asked")


def _extension_told(case: Case, fact: f.ExtensionTold) -> None:
    extension = case.state.extension
    if extension is None or extension.granted is None or extension.told is not None:
        raise Refusal(Code.EXTENSION_NOT_GRANTED)


def _limit_set(case: Case, fact: f.LimitSet) -> None:
    deadline = case.state.deadline("reply")
    floor = max(case.today, deadline.due) if deadline else case.today
    if fact.until <= floor:
        raise Refusal(Code.LIMIT_NOT_LATER, until=fact.until, due=floor)


# -- record items, review, signatures -----------------------------------------------------------


def _item_added(case: Case, fact: f.ItemAdded) -> None:
    if case.state.item(fact.ref) is not None:
        raise Refusal(Code.REF_TAKEN, ref=fact.ref)


def _item_replaced(case: Case, fact: f.ItemReplaced) -> None:
    _known_item(case.state, fact.ref)


def _known_item(state: CaseState, ref: str) -> None:
    if state.item(ref) is None:
        refs = ", ".join(i.ref for i in state.items) or "-"
        raise Refusal(Code.UNKNOWN_REF, case=state.id, ref=ref, refs=refs)


def _item_reviewed(case: Case, fact: f.ItemReviewed) -> None:
    _known_item(case.state, fact.ref)
    item = case.state.item(fact.ref)
    assert item is not None
    statute = case.state.law.statute
    if case.person in item.drafters:
        raise Refusal(Code.FOUR_EYES, statute.review.article, person=case.person, did="item_added")
    if fact.sha256 is not None and fact.sha256 != item.sha256:
        raise Refusal(Code.CHANGED_MEANWHILE, changed=f"item_replaced {fact.ref}")
    if fact.decision is f.Decision.WITHHOLD:
        if fact.ground is None:
            raise Refusal(Code.GROUND_MISSING, statute.review.article, ref=fact.ref)
        return
    if item.sha256 is None:
        raise Refusal(Code.NOTHING_TO_RELEASE, ref=fact.ref)
    deidentified = fact.decision is f.Decision.RELEASE_DEIDENTIFIED
    if deidentified and fact.released_sha256 in (None, item.sha256):
        raise Refusal(Code.DEIDENTIFIED_VERSION_MISSING, ref=fact.ref)
    if not deidentified and fact.released_sha256 not in (None, item.sha256):
        raise Refusal(Code.CHANGED_MEANWHILE, changed=f"item_replaced {fact.ref}")
    blocked = blocked_by(case.state, fact.ref)
    if blocked is not None and fact.public_interest is None:
        raise Refusal(
            Code.THIRD_PARTY_BLOCKS, statute.third_party.article, ref=fact.ref, party=blocked.ref
        )


def _signed(case: Case, fact: f.Signed) -> None:
    state = case.state
    article = state.law.statute.review.article
    if not state.items or not state.released:
        raise Refusal(Code.NOTHING_TO_SIGN, case=state.id)
    if not reviewed(state):
        raise Refusal(Code.NOT_REVIEWED, article, items=_unreviewed(state))
    if fact.items and fact.items != state.released:
        raise Refusal(Code.CHANGED_MEANWHILE, changed="item_replaced")
    levels = [s.role for s in state.signatures]
    if len(levels) == 2:
        raise Refusal(Code.ALREADY_SIGNED)
    if not levels and Role.LEADER_IN_CHARGE not in case.given:
        raise Refusal(Code.SIGNATURE_OUT_OF_ORDER, article)
    if levels and Role.PRINCIPAL_LEADER not in case.given:
        raise Refusal(Code.ALREADY_SIGNED)
    _four_eyes_of_signer(case)
    for hashed in state.released:
        _refuse_blocked(case, hashed.ref)


def _four_eyes_of_signer(case: Case) -> None:
    article = case.state.law.statute.review.article
    for signature in case.state.signatures:
        if signature.person == case.person:
            raise Refusal(Code.FOUR_EYES, article, person=case.person, did="signed")
    for item in case.state.items:
        if case.person in item.drafters:
            raise Refusal(Code.FOUR_EYES, article, person=case.person, did="item_added")
        if case.person in item.reviewers:
            raise Refusal(Code.FOUR_EYES, article, person=case.person, did="item_reviewed")
    if case.state.reply is not None and case.state.reply.drafted_by == case.person:
        raise Refusal(Code.FOUR_EYES, article, person=case.person, did="reply_drafted")


def _refuse_blocked(case: Case, ref: str) -> None:
    item = case.state.item(ref)
    blocked = blocked_by(case.state, ref)
    if blocked and item and item.review and item.review.public_interest is None:
        raise Refusal(
            Code.THIRD_PARTY_BLOCKS,
            case.state.law.statute.third_party.article,
            ref=ref,
            party=blocked.ref,
        )


def _returned(case: Case, fact: f.Returned) -> None:
    if not case.state.items:
        raise Refusal(Code.NOTHING_TO_RETURN)
    for ref in fact.items:
        _known_item(case.state, ref)


def _unreviewed(state: CaseState) -> str:
    return ", ".join(i.ref for i in state.items if i.review is None)


# -- reply --------------------------------------------------------------------------------------


def _reply_drafted(case: Case, fact: f.ReplyDrafted) -> None:
    if any(s.person == case.person for s in case.state.signatures):
        raise Refusal(
            Code.FOUR_EYES, case.state.law.statute.review.article, person=case.person, did="signed"
        )
    check_reply_fields(case.state, fact)


def _reply_approved(case: Case, fact: f.ReplyApproved) -> None:
    reply = case.state.reply
    if reply is not None and reply.drafted_by == case.person:
        raise Refusal(Code.FOUR_EYES, person=case.person, did="reply_drafted")
    check_reply_ready(case.state)


def _dispatched(case: Case, fact: f.Dispatched) -> None:
    if fact.channel is f.DispatchChannel.PRIVATE_COURIER:
        raise Refusal(Code.PRIVATE_COURIER, case.state.law.statute.dispatch.article)
    check_reply_ready(case.state)


_GUARDS: dict[str, Callable[[Case, Any], None]] = {
    "receipt_corrected": _receipt_corrected,
    "correction_notice_sent": _correction_notice_sent,
    "correction_received": _correction_received,
    "late_correction_accepted": _late_correction,
    "reinstated": _reinstated,
    "fee_notice_sent": _fee_notice_sent,
    "fee_paid": _fee_paid,
    "consultation_sent": _consultation_sent,
    "consultation_delivered": _consultation_delivered,
    "consultation_answered": _consultation_answered,
    "extension_asked": _extension_asked,
    "extension_granted": _extension_granted,
    "extension_refused": _extension_granted,
    "extension_told": _extension_told,
    "limit_set": _limit_set,
    "item_added": _item_added,
    "item_replaced": _item_replaced,
    "item_reviewed": _item_reviewed,
    "signed": _signed,
    "returned": _returned,
    "reply_drafted": _reply_drafted,
    "reply_approved": _reply_approved,
    "dispatched": _dispatched,
}
