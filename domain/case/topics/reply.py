"""The reply: drafted, approved or returned, dispatched, delivered (arts 36-40)."""

from domain.case import facts as f
from domain.case.changes import Changes, replaced
from domain.case.hindsight import noticed
from domain.case.parts import Dispatch, End, Ending, Reply, ReplyStatus
from domain.case.release import check_reply_fields, check_reply_ready
from domain.case.state import CaseState, TimelineEntry
from domain.case.topics.base import Case, Fold, Guard, made, tick
from domain.clock import ClockEvent
from domain.clock import ClockEventKind as Kind
from domain.errors import Code, Refusal

LAWFUL_CHANNELS = tuple(c for c in f.DispatchChannel if c is not f.DispatchChannel.PRIVATE_COURIER)
"""How an official letter may leave (Postal Law art 55)."""

# -- may it be done ------------------------------------------------------------------------------


def check_reply_drafted(case: Case, fact: f.ReplyDrafted) -> None:
    if any(s.person == case.person for s in case.state.signatures):
        raise Refusal(Code.FOUR_EYES, case.statute.review.article, person=case.person, did="signed")
    check_reply_fields(case.state, fact)


def check_reply_approved(case: Case, fact: f.ReplyApproved) -> None:
    reply = case.state.reply
    if reply is not None and reply.drafted_by == case.person:
        raise Refusal(Code.FOUR_EYES, person=case.person, did="reply_drafted")
    check_reply_ready(case.state)


def check_dispatched(case: Case, fact: f.Dispatched) -> None:
    if fact.channel not in LAWFUL_CHANNELS:
        raise Refusal(Code.PRIVATE_COURIER, case.statute.dispatch.article)
    check_reply_ready(case.state)


# -- what it does ---------------------------------------------------------------------------------


def _reply_drafted(state: CaseState, entry: TimelineEntry, fact: f.ReplyDrafted) -> Changes:
    reply = Reply(
        reply_kind=fact.reply_kind,
        reasons=fact.reasons,
        article=fact.article,
        ground=fact.ground,
        drafted_by=entry.doer,
    )
    return {"reply": reply} | made(state, entry)


def _reply_approved(state: CaseState, entry: TimelineEntry, fact: f.ReplyApproved) -> Changes:
    reply = state.reply
    approved = reply and replaced(reply, status=ReplyStatus.APPROVED)
    return {"reply": approved} | made(state, entry)


def _reply_returned(state: CaseState, entry: TimelineEntry, fact: f.ReplyReturned) -> Changes:
    reply = state.reply
    returned = reply and replaced(reply, status=ReplyStatus.RETURNED, returned=fact.reason)
    return {"reply": returned}


def _dispatched(state: CaseState, entry: TimelineEntry, fact: f.Dispatched) -> Changes:
    dispatch = Dispatch(
        on=entry.effective_on,
        channel=fact.channel,
        in_time=bool(fact.in_time),
        notice=fact.remedy_notice,
        offer=fact.offer,
    )
    return tick(state, ClockEvent(Kind.REPLY_DISPATCHED, entry.effective_on)) | {
        "dispatch": noticed(state, dispatch)
    }


def _delivered(state: CaseState, entry: TimelineEntry, fact: f.Delivered) -> Changes:
    kind = state.reply.reply_kind if state.reply else None
    return {"ending": Ending(how=End.DELIVERED, on=entry.effective_on, reply_kind=kind)}


GUARDS: dict[str, Guard] = {
    "reply_drafted": check_reply_drafted,
    "reply_approved": check_reply_approved,
    "dispatched": check_dispatched,
}

FOLDS: dict[str, Fold] = {
    "reply_drafted": _reply_drafted,
    "reply_approved": _reply_approved,
    "reply_returned": _reply_returned,
    "dispatched": _dispatched,
    "delivered": _delivered,
}
