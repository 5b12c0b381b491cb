"""Record items, their review, and the two signatures (art 17)."""

from typing import Unpack

from domain.case import facts as f
from domain.case.changes import Changes, ItemChanges, replaced
from domain.case.facts.common import MANY
from domain.case.parts import Item, ReplyStatus, Review, Signature
from domain.case.people import SIGNATURES
from domain.case.release import blocked_by
from domain.case.state import CaseState, TimelineEntry
from domain.case.status import reviewed
from domain.case.topics.base import Case, Fold, Guard, known_item, made
from domain.errors import Code, Refusal

# -- may it be done ------------------------------------------------------------------------------


def check_item_added(case: Case, fact: f.ItemAdded) -> None:
    before = any(item.ref == fact.ref for past in case.state.rounds for item in past.items)
    if case.state.item(fact.ref) is not None or before:
        raise Refusal(Code.REF_TAKEN, ref=fact.ref)
    if len(case.state.items) >= MANY:
        raise Refusal(Code.TOO_MANY_ITEMS, max=MANY)


def check_item_replaced(case: Case, fact: f.ItemReplaced) -> None:
    known_item(case.state, fact.ref)
    if fact.title is None and fact.sha256 is None and fact.pages is None:
        raise Refusal(Code.REPLACES_NOTHING, ref=fact.ref)


def check_item_reviewed(case: Case, fact: f.ItemReviewed) -> None:
    known_item(case.state, fact.ref)
    item = case.state.item(fact.ref)
    assert item is not None
    statute = case.statute
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


def check_signed(case: Case, fact: f.Signed) -> None:
    state = case.state
    article = state.law.statute.review.article
    if not state.items or not state.released:
        raise Refusal(Code.NOTHING_TO_SIGN, case=state.id)
    if not reviewed(state):
        raise Refusal(Code.NOT_REVIEWED, article, items=_unreviewed(state))
    if fact.items and fact.items != state.released:
        raise Refusal(Code.CHANGED_MEANWHILE, changed="item_replaced")
    level = len(state.signatures)
    if level == len(SIGNATURES):
        raise Refusal(Code.ALREADY_SIGNED)
    if case.role is not SIGNATURES[level]:
        out_of_order = case.role in SIGNATURES[level:]
        raise Refusal(Code.SIGNATURE_OUT_OF_ORDER if out_of_order else Code.ALREADY_SIGNED, article)
    _four_eyes_of_signer(case)
    for hashed in state.released:
        _refuse_blocked(case, hashed.ref)


def _four_eyes_of_signer(case: Case) -> None:
    article = case.statute.review.article
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
            case.statute.third_party.article,
            ref=ref,
            party=blocked.ref,
        )


def check_returned(case: Case, fact: f.Returned) -> None:
    if not case.state.items:
        raise Refusal(Code.NOTHING_TO_RETURN)
    for ref in fact.items:
        known_item(case.state, ref)


def _unreviewed(state: CaseState) -> str:
    return ", ".join(i.ref for i in state.items if i.review is None)


# -- what it does ---------------------------------------------------------------------------------


def _unsigned(state: CaseState) -> Changes:
    """Every signature falls, and with it an approval: both rest on what has changed."""
    changes: Changes = {"signatures": ()}
    if state.reply is not None and state.reply.status is ReplyStatus.APPROVED:
        changes["reply"] = replaced(state.reply, status=ReplyStatus.DRAFTED)
    return changes


def _item_added(state: CaseState, entry: TimelineEntry, fact: f.ItemAdded) -> Changes:
    item = Item(
        ref=fact.ref,
        title=fact.title,
        sha256=fact.sha256,
        pages=fact.pages,
        drafters=(entry.doer,),
    )
    return _unsigned(state) | {"items": (*state.items, item)}


def _with_item(state: CaseState, ref: str, **changes: Unpack[ItemChanges]) -> Changes:
    return {"items": tuple(replaced(i, **changes) if i.ref == ref else i for i in state.items)}


def _item_replaced(state: CaseState, entry: TimelineEntry, fact: f.ItemReplaced) -> Changes:
    old = state.item(fact.ref)
    if old is None:
        return {}
    return _unsigned(state) | _with_item(
        state,
        fact.ref,
        title=fact.title or old.title,
        sha256=fact.sha256,
        pages=fact.pages,
        drafters=_once(old.drafters, entry.doer),
        review=None,
        returned=None,
    )


def _item_reviewed(state: CaseState, entry: TimelineEntry, fact: f.ItemReviewed) -> Changes:
    old = state.item(fact.ref)
    if old is None:
        return {}
    releases = fact.decision is not f.Decision.WITHHOLD
    review = Review(
        reviewer=entry.doer,
        on=entry.effective_on,
        decision=fact.decision,
        ground=fact.ground,
        article=fact.article,
        released_sha256=(fact.released_sha256 or old.sha256) if releases else None,
        public_interest=fact.public_interest,
    )
    reviewers = _once(old.reviewers, entry.doer)
    return _unsigned(state) | _with_item(
        state, fact.ref, review=review, reviewers=reviewers, returned=None
    )


def _signed(state: CaseState, entry: TimelineEntry, fact: f.Signed) -> Changes:
    signature = Signature(
        role=entry.role, person=entry.doer, on=entry.effective_on, items=fact.items
    )
    return {"signatures": (*state.signatures, signature)} | made(state, entry)


def _returned(state: CaseState, entry: TimelineEntry, fact: f.Returned) -> Changes:
    refs = fact.items or tuple(i.ref for i in state.items)
    return _unsigned(state) | {
        "items": tuple(
            replaced(i, review=None, returned=fact.reason) if i.ref in refs else i
            for i in state.items
        )
    }


def _once(people: tuple[str, ...], person: str) -> tuple[str, ...]:
    return people if person in people else (*people, person)


GUARDS: dict[str, Guard] = {
    "item_added": check_item_added,
    "item_replaced": check_item_replaced,
    "item_reviewed": check_item_reviewed,
    "signed": check_signed,
    "returned": check_returned,
}

FOLDS: dict[str, Fold] = {
    "item_added": _item_added,
    "item_replaced": _item_replaced,
    "item_reviewed": _item_reviewed,
    "signed": _signed,
    "returned": _returned,
}
