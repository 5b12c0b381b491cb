"""Fold one event into the state. Total: what was recorded is true; nothing is checked here.

`apply` does what the fact says, `counted` what the clock made of it; `evolve` is both, and the
whole state of a case is `reduce(evolve, events, blank)`.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from domain.case import facts as f
from domain.case.act import Event
from domain.case.people import Role
from domain.case.state import (
    CaseState,
    Consultation,
    Deadline,
    Dispatch,
    End,
    Ending,
    Entry,
    Extension,
    Fee,
    Item,
    Mark,
    Reply,
    ReplyStatus,
    Review,
    Signature,
)
from domain.clock import ClockEvent, ClockEventKind

Changes = dict[str, Any]
K = ClockEventKind


def evolve(state: CaseState, event: Event) -> CaseState:
    """The state after `event`."""
    return counted(apply(state, event), event)


def apply(state: CaseState, event: Event, digest: str | None = None) -> CaseState:
    """The state after the fact of `event`, its limits not yet counted anew."""
    entry = Entry(
        seq=event.seq,
        at=event.at,
        effective_on=event.effective_on,
        kind=event.what.kind,
        person=event.person,
        role=event.role,
        command_id=event.command_id,
        digest=event.digest,
    )
    changes = _APPLY[event.what.kind](state, event, event.what)
    changes |= {"seq": event.seq, "timeline": (*state.timeline, entry)}
    return state.model_copy(update=changes)


def counted(state: CaseState, event: Event) -> CaseState:
    """The state with the limits as the event records them."""
    changes: Changes = {}
    if event.clock_state is not None:
        changes["clock_state"] = event.clock_state
    if event.receipt_day is not None:
        changes["receipt_day"] = event.receipt_day
    if event.warnings:
        changes["clock_warnings"] = (*state.clock_warnings, *event.warnings)
    if event.deadlines:
        running = {(d.name, d.ref): d for d in state.deadlines}
        for change in event.deadlines:
            key = (change.name, change.ref)
            if change.due is None or change.base is None:
                running.pop(key, None)
            else:
                running[key] = Deadline(
                    name=change.name,
                    ref=change.ref,
                    base=change.base,
                    due=change.due,
                    article=change.article,
                    provisional=change.provisional,
                )
        changes["deadlines"] = tuple(running.values())
    return state.model_copy(update=changes) if changes else state


# -- the clock's own list of what happened ------------------------------------------------------


def _tick(state: CaseState, kind: ClockEventKind, at: date, **fields: Any) -> Changes:
    """The clock's events with one more, kept in order of their days (same day: as recorded)."""
    event = ClockEvent(kind=kind, at=at, **fields)
    place = len(state.clock)
    while place and state.clock[place - 1].at > at:
        place -= 1
    return {"clock": (*state.clock[:place], event, *state.clock[place:])}


def _retick(state: CaseState, kinds: tuple[ClockEventKind, ...], **update: Any) -> Changes:
    """The last clock event of one of `kinds`, changed."""
    clock = list(state.clock)
    for place in range(len(clock) - 1, -1, -1):
        if clock[place].kind in kinds and update.get("ref", clock[place].ref) == clock[place].ref:
            clock[place] = replace(clock[place], **update)
            break
    return {"clock": tuple(clock)}


def _without_lapse(state: CaseState) -> CaseState:
    return state.model_copy(
        update={
            "clock": tuple(
                e for e in state.clock if e.kind not in (K.CORRECTION_LAPSED, K.FEE_LAPSED)
            ),
            "ending": None,
        }
    )


# -- receipt ------------------------------------------------------------------------------------


def _registered(state: CaseState, event: Event, fact: f.Registered) -> Changes:
    return {"receipt": fact.receipt}


def _receipt_confirmed(state: CaseState, event: Event, fact: f.ReceiptConfirmed) -> Changes:
    return _tick(state, K.RECEIPT_CONFIRMED, event.effective_on)


def _receipt_corrected(state: CaseState, event: Event, fact: f.ReceiptCorrected) -> Changes:
    rest = tuple(e for e in state.clock if e.kind is not K.RECEIPT_CONFIRMED)
    changes: Changes = {"receipt": fact.receipt, "clock": rest}
    if fact.confirmed_on is not None:
        bare = state.model_copy(update=changes)
        changes |= _tick(bare, K.RECEIPT_CONFIRMED, fact.confirmed_on)
    return changes


def _withdrawn(state: CaseState, event: Event, fact: f.Withdrawn) -> Changes:
    ending = Ending(how=End.WITHDRAWN, on=event.effective_on, reply_kind="withdrawn")
    return _tick(state, K.WITHDRAWN, event.effective_on) | {"ending": ending}


def _voided(state: CaseState, event: Event, fact: f.Voided) -> Changes:
    return {"ending": Ending(how=End.VOIDED, on=event.effective_on, reply_kind=None)}


# -- who works on it ----------------------------------------------------------------------------


def _assigned(state: CaseState, event: Event, fact: f.Assigned | f.Reassigned) -> Changes:
    return {"department": fact.department, "handler": fact.handler}


def _noted(state: CaseState, event: Event, fact: f.Fact) -> Changes:
    return {}


# -- correction ---------------------------------------------------------------------------------


def _correction_notice_sent(
    state: CaseState, event: Event, fact: f.CorrectionNoticeSent
) -> Changes:
    return _tick(state, K.CORRECTION_NOTICE_SENT, event.effective_on, correct_by=fact.correct_by)


def _correction_received(state: CaseState, event: Event, fact: f.CorrectionReceived) -> Changes:
    bare = _without_lapse(state)
    ticked = _tick(bare, K.CORRECTION_RECEIVED, event.effective_on)
    return {"ending": None} | ticked | _fresh_period(state)


def _late_correction(state: CaseState, event: Event, fact: f.LateCorrectionAccepted) -> Changes:
    bare = _without_lapse(state)
    ticked = _tick(bare, K.CORRECTION_RECEIVED, event.effective_on, good_reason=True)
    return {"ending": None} | ticked | _fresh_period(state)


def _reinstated(state: CaseState, event: Event, fact: f.Reinstated) -> Changes:
    cause = state.ending.cause if state.ending else None
    bare = _without_lapse(state)
    if cause is f.LapseCause.FEE:
        changed = _retick(bare, (K.FEE_NOTICE_SENT,), until=fact.until)
    else:
        changed = _retick(bare, (K.CORRECTION_NOTICE_SENT,), correct_by=fact.until)
    return {"ending": None} | changed


def _fresh_period(state: CaseState) -> Changes:
    """A restart drops the extension of the period before (art 30)."""
    return {"extension": None}


# -- consultation -------------------------------------------------------------------------------


def _consultation_sent(state: CaseState, event: Event, fact: f.ConsultationSent) -> Changes:
    consultation = Consultation(
        ref=fact.ref,
        party=fact.party,
        name=fact.name,
        items=fact.items,
        sent=event.effective_on,
        delivered=fact.delivered or event.effective_on,
    )
    kind = ClockEventKind(f"{fact.party}_consulted")
    ticked = _tick(state, kind, event.effective_on, ref=fact.ref, delivered=fact.delivered)
    return ticked | {"consultations": (*state.consultations, consultation)}


def _with_consultation(state: CaseState, ref: str, **update: Any) -> Changes:
    return {
        "consultations": tuple(
            c.model_copy(update=update) if c.ref == ref else c for c in state.consultations
        )
    }


def _consultation_delivered(
    state: CaseState, event: Event, fact: f.ConsultationDelivered
) -> Changes:
    on = event.effective_on
    asked = (K.THIRD_PARTY_CONSULTED, K.COPRODUCER_CONSULTED, K.AGENCY_CONSULTED)
    return _retick(state, asked, ref=fact.ref, delivered=on) | _with_consultation(
        state, fact.ref, delivered=on
    )


def _consultation_answered(state: CaseState, event: Event, fact: f.ConsultationAnswered) -> Changes:
    party = next(c.party for c in state.consultations if c.ref == fact.ref)
    kind = ClockEventKind(f"{party}_answered")
    return _tick(state, kind, event.effective_on, ref=fact.ref) | _with_consultation(
        state, fact.ref, answered=event.effective_on, answer=fact.answer
    )


def _consultation_silent(state: CaseState, event: Event, fact: f.ConsultationSilent) -> Changes:
    return _with_consultation(state, fact.ref, silent=True)


# -- extension, later limit, fee ----------------------------------------------------------------


def _extension_asked(state: CaseState, event: Event, fact: f.ExtensionAsked) -> Changes:
    extension = Extension(working_days=fact.working_days, reason=fact.reason, asked_by=event.person)
    return {"extension": extension}


def _extension_granted(state: CaseState, event: Event, fact: f.ExtensionGranted) -> Changes:
    extension = state.extension
    return {"extension": extension and extension.model_copy(update={"granted": event.effective_on})}


def _extension_refused(state: CaseState, event: Event, fact: f.ExtensionRefused) -> Changes:
    return {"extension": None}


def _extension_told(state: CaseState, event: Event, fact: f.ExtensionTold) -> Changes:
    extension = state.extension
    if extension is None:
        return {}
    told = extension.model_copy(update={"told": event.effective_on})
    ticked = _tick(
        state, K.EXTENSION_GRANTED, event.effective_on, working_days=extension.working_days
    )
    return ticked | {"extension": told}


def _limit_set(state: CaseState, event: Event, fact: f.LimitSet) -> Changes:
    return _tick(state, K.LIMIT_SET, event.effective_on, until=fact.until)


def _fee_notice_sent(state: CaseState, event: Event, fact: f.FeeNoticeSent) -> Changes:
    on = event.effective_on
    fee = Fee(amount=fact.amount, sent=on, delivered=fact.delivered or on)
    return _tick(state, K.FEE_NOTICE_SENT, on, delivered=fact.delivered) | {"fee": fee}


def _fee_paid(state: CaseState, event: Event, fact: f.FeePaid) -> Changes:
    fee = state.fee and state.fee.model_copy(update={"paid": event.effective_on})
    ticked = _tick(_without_lapse(state), K.FEE_PAID, event.effective_on)
    return {"ending": None, "fee": fee} | ticked


# -- record items, review, signatures -----------------------------------------------------------


def _unsigned(state: CaseState) -> Changes:
    """Every signature falls, and with it an approval: both rest on what has changed."""
    changes: Changes = {"signatures": ()}
    if state.reply is not None and state.reply.status is ReplyStatus.APPROVED:
        changes["reply"] = state.reply.model_copy(update={"status": ReplyStatus.DRAFTED})
    return changes


def _item_added(state: CaseState, event: Event, fact: f.ItemAdded) -> Changes:
    item = Item(
        ref=fact.ref,
        title=fact.title,
        sha256=fact.sha256,
        pages=fact.pages,
        drafters=(event.person,),
    )
    return _unsigned(state) | {"items": (*state.items, item)}


def _with_item(state: CaseState, ref: str, **update: Any) -> Changes:
    return {"items": tuple(i.model_copy(update=update) if i.ref == ref else i for i in state.items)}


def _item_replaced(state: CaseState, event: Event, fact: f.ItemReplaced) -> Changes:
    old = next(i for i in state.items if i.ref == fact.ref)
    return _unsigned(state) | _with_item(
        state,
        fact.ref,
        title=fact.title or old.title,
        sha256=fact.sha256,
        pages=fact.pages,
        drafters=_once(old.drafters, event.person),
        review=None,
        returned=None,
    )


def _item_reviewed(state: CaseState, event: Event, fact: f.ItemReviewed) -> Changes:
    old = next(i for i in state.items if i.ref == fact.ref)
    releases = fact.decision is not f.Decision.WITHHOLD
    review = Review(
        reviewer=event.person,
        on=event.effective_on,
        decision=fact.decision,
        ground=fact.ground,
        article=fact.article,
        released_sha256=(fact.released_sha256 or old.sha256) if releases else None,
        public_interest=fact.public_interest,
    )
    reviewers = _once(old.reviewers, event.person)
    return _unsigned(state) | _with_item(
        state, fact.ref, review=review, reviewers=reviewers, returned=None
    )


def _signed(state: CaseState, event: Event, fact: f.Signed) -> Changes:
    signature = Signature(
        role=event.role, person=event.person, on=event.effective_on, items=fact.items
    )
    return {"signatures": (*state.signatures, signature)}


def _returned(state: CaseState, event: Event, fact: f.Returned) -> Changes:
    refs = fact.items or tuple(i.ref for i in state.items)
    return _unsigned(state) | {
        "items": tuple(
            i.model_copy(update={"review": None, "returned": fact.reason}) if i.ref in refs else i
            for i in state.items
        )
    }


def _once(people: tuple[str, ...], person: str) -> tuple[str, ...]:
    return people if person in people else (*people, person)


# -- reply --------------------------------------------------------------------------------------


def _reply_drafted(state: CaseState, event: Event, fact: f.ReplyDrafted) -> Changes:
    reply = Reply(
        reply_kind=fact.reply_kind,
        reasons=fact.reasons,
        article=fact.article or "",
        ground=fact.ground,
        drafted_by=event.person,
    )
    return {"reply": reply}


def _reply_approved(state: CaseState, event: Event, fact: f.ReplyApproved) -> Changes:
    reply = state.reply
    return {"reply": reply and reply.model_copy(update={"status": ReplyStatus.APPROVED})}


def _reply_returned(state: CaseState, event: Event, fact: f.ReplyReturned) -> Changes:
    update = {"status": ReplyStatus.RETURNED, "returned": fact.reason}
    return {"reply": state.reply and state.reply.model_copy(update=update)}


def _dispatched(state: CaseState, event: Event, fact: f.Dispatched) -> Changes:
    dispatch = Dispatch(on=event.effective_on, channel=fact.channel, in_time=bool(fact.in_time))
    return _tick(state, K.REPLY_DISPATCHED, event.effective_on) | {"dispatch": dispatch}


def _delivered(state: CaseState, event: Event, fact: f.Delivered) -> Changes:
    kind = state.reply.reply_kind if state.reply else None
    return {"ending": Ending(how=End.DELIVERED, on=event.effective_on, reply_kind=kind)}


# -- the system's own ---------------------------------------------------------------------------

_LAPSES = {
    f.LapseCause.CORRECTION: (K.CORRECTION_LAPSED, "correction_lapsed"),
    f.LapseCause.FEE: (K.FEE_LAPSED, "fee_unpaid"),
}


def _lapsed(state: CaseState, event: Event, fact: f.Lapsed) -> Changes:
    kind, reply_kind = _LAPSES[fact.cause]
    ending = Ending(how=End.LAPSED, on=event.effective_on, reply_kind=reply_kind, cause=fact.cause)
    return _tick(state, kind, event.effective_on) | {"ending": ending}


def _alarm_raised(state: CaseState, event: Event, fact: f.AlarmRaised) -> Changes:
    mark = Mark(name=fact.limit, ref=fact.ref, due=fact.due, through=fact.instant)
    rest = tuple(m for m in state.marks if (m.name, m.ref) != (fact.limit, fact.ref))
    return {"marks": (*rest, mark)}


def _law_revised(state: CaseState, event: Event, fact: f.LawRevised) -> Changes:
    update: Changes = {}
    if fact.calendar is not None:
        update["calendar"] = fact.calendar
    if fact.rules is not None:
        update["rules"] = fact.rules
    return {"law": state.law.model_copy(update=update)}


_APPLY: dict[str, Callable[[CaseState, Event, Any], Changes]] = {
    "registered": _registered,
    "receipt_confirmed": _receipt_confirmed,
    "receipt_corrected": _receipt_corrected,
    "withdrawn": _withdrawn,
    "voided": _voided,
    "assigned": _assigned,
    "reassigned": _assigned,
    "noted": _noted,
    "correction_notice_sent": _correction_notice_sent,
    "correction_received": _correction_received,
    "late_correction_accepted": _late_correction,
    "reinstated": _reinstated,
    "consultation_sent": _consultation_sent,
    "consultation_delivered": _consultation_delivered,
    "consultation_answered": _consultation_answered,
    "consultation_silent": _consultation_silent,
    "extension_asked": _extension_asked,
    "extension_granted": _extension_granted,
    "extension_refused": _extension_refused,
    "extension_told": _extension_told,
    "limit_set": _limit_set,
    "fee_notice_sent": _fee_notice_sent,
    "fee_paid": _fee_paid,
    "item_added": _item_added,
    "item_replaced": _item_replaced,
    "item_reviewed": _item_reviewed,
    "signed": _signed,
    "returned": _returned,
    "reply_drafted": _reply_drafted,
    "reply_approved": _reply_approved,
    "reply_returned": _reply_returned,
    "dispatched": _dispatched,
    "delivered": _delivered,
    "lapsed": _lapsed,
    "alarm_raised": _alarm_raised,
    "law_revised": _law_revised,
}

OFFICE_KINDS: tuple[str, ...] = tuple(_APPLY)
"""Every kind of fact, in the order of `domain.case.facts`."""

__all__ = ["OFFICE_KINDS", "Role", "apply", "counted", "evolve"]
