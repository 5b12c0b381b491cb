"""An act says what a person knows; what follows from the state is filled in before it is recorded,
so that the record needs no reckoning to be read."""

from collections.abc import Mapping
from datetime import date

from domain.case.changes import replaced
from domain.case.count import count
from domain.case.facts import (
    ComplaintDecided,
    ComplaintReceived,
    ConsultationSent,
    CorrectionNoticeSent,
    Dispatched,
    EntryRefused,
    ExtensionTold,
    Fact,
    ItemReplaced,
    ItemReviewed,
    JudgmentReceived,
    LawsuitReceived,
    ReconsiderationDecided,
    ReconsiderationReceived,
    RemedyNoticeFaulty,
    ReplyDrafted,
    Signed,
    TrainingAdvanced,
)
from domain.case.hindsight import basis
from domain.case.instances import retried_by
from domain.case.release import reply_kind
from domain.case.state import CaseState
from domain.case.topics.base import tick
from domain.clock import ClockEvent, ClockEventKind
from domain.errors import InputError
from domain.remedies.paths import Offer, offer
from domain.remedies.terms import Against, Instance, ProceedingKind, Route

_ATTACK = ("round", "reply_kind")
FILLED: Mapping[str, tuple[str, ...]] = {
    "correction_notice_sent": ("correct_by",),
    "dispatched": ("in_time", "offer"),
    "extension_told": ("last_day", "basis"),
    "reconsideration_received": _ATTACK,
    "lawsuit_received": (*_ATTACK, "route", "procedure"),
    "complaint_received": _ATTACK,
    "remedy_notice_faulty": ("of_round",),
}
"""By kind: what follows from the other facts of the case unless it is stated, and follows anew
when one of them turns out otherwise; whether a reply was in time nobody can state."""


_NEVER_STATED = ("in_time", "offer", "reply_kind", "of_round", "last_day", "basis")


def filled(fact: Fact) -> tuple[str, ...]:
    """Names of what the case fills in, of an act as it was sent."""
    names = FILLED.get(fact.kind, ())
    return tuple(n for n in names if n in _NEVER_STATED or getattr(fact, n) is None)


def complete(state: CaseState, fact: Fact, on: date, today: date) -> Fact:
    """`fact` of the day `on` with its defaults, taken from the state, the statute and the clock."""
    if isinstance(fact, CorrectionNoticeSent) and fact.correct_by is None:
        return fact.changed(correct_by=_correct_by(state, on))
    if isinstance(fact, ConsultationSent) and not fact.items:
        return fact.changed(items=tuple(item.ref for item in state.items))
    if isinstance(fact, ExtensionTold):
        shown = state.deadline("reply")
        return fact.changed(last_day=shown.due if shown else None, basis=basis(state))
    if isinstance(fact, ItemReplaced):
        return _replaced(state, fact)
    if isinstance(fact, TrainingAdvanced) and fact.to is not None:
        return fact.changed(days=(fact.to - today).days)
    if isinstance(fact, ItemReviewed):
        item = state.item(fact.ref)
        return fact.changed(sha256=item.sha256 if item else None)
    if isinstance(fact, Signed):
        return fact.changed(items=state.released)
    if isinstance(fact, ReplyDrafted) and fact.article is None:
        return fact.changed(article=reply_kind(state, fact.reply_kind).article)
    if isinstance(fact, Dispatched):
        return fact.changed(in_time=_in_time(state, on), offer=_offer(state, on))
    if isinstance(fact, ReconsiderationReceived | LawsuitReceived | ComplaintReceived):
        return _attack(state, fact)
    if isinstance(fact, RemedyNoticeFaulty):
        return fact.changed(of_round=state.round)
    if isinstance(fact, EntryRefused):
        return fact.changed(proposer=state.entry(fact.seq).person)
    if isinstance(fact, ReconsiderationDecided | JudgmentReceived | ComplaintDecided):
        orders = fact.within is not None or fact.outcome == "ordered_to_perform"
        return fact.changed(orders_reply=fact.orders_reply or orders)
    return fact


def _replaced(state: CaseState, fact: ItemReplaced) -> ItemReplaced:
    """The whole new version: what was left out stays, and the pages are those of the file."""
    old = state.item(fact.ref)
    if old is None:
        return fact
    pages = fact.pages or (None if fact.sha256 else old.pages)
    update = {"title": fact.title or old.title, "sha256": fact.sha256 or old.sha256, "pages": pages}
    return fact.changed(**update)


def _correct_by(state: CaseState, on: date) -> date | None:
    sent = ClockEvent(kind=ClockEventKind.CORRECTION_NOTICE_SENT, at=on)
    asked = count(_with(state, sent), on)
    return next((limit.due for limit in asked.limits if limit.name == "correction"), None)


def _in_time(state: CaseState, on: date) -> bool:
    out = ClockEvent(kind=ClockEventKind.REPLY_DISPATCHED, at=on)
    return bool(count(_with(state, out), on).reckoning.reply_in_time)


def _with(state: CaseState, event: ClockEvent) -> CaseState:
    return replaced(state, **tick(state, event))


def _offer(state: CaseState, on: date) -> Offer | None:
    """What the reply has to say about remedies; None without a law of remedies for that day."""
    law, reply = state.law.remedies, state.reply
    if law is None or reply is None:
        return None
    try:
        return offer(law, state.law.policy, reply.reply_kind, on)
    except InputError:
        return None


Attacking = ReconsiderationReceived | LawsuitReceived | ComplaintReceived


def _attack(state: CaseState, fact: Attacking) -> Attacking:
    """Which reply is attacked, of what kind; how a suit came about."""
    before = None
    if not isinstance(fact, ComplaintReceived) and fact.after is not None:
        before = state.proceeding(fact.after)
    number = fact.round or (before.round if before else state.round)
    stated = fact.round is not None or before is not None
    if not stated and fact.against is Against.REPLY and state.dispatch is None:
        number = max((r.number for r in state.rounds if r.dispatch), default=number)
    past = next((r for r in state.rounds if r.number == number), None)
    reply = past.reply if past else state.reply
    third_party = before.third_party if before else fact.third_party
    against = Against.RELEASE if third_party else fact.against
    kind = reply.reply_kind if reply and against in (Against.REPLY, Against.RELEASE) else None
    update: dict[str, object] = {"round": number, "reply_kind": kind}
    if third_party:
        update |= {"against": against, "third_party": third_party}
    if isinstance(fact, LawsuitReceived) and fact.route is None:
        direct = before is None or before.kind is not ProceedingKind.RECONSIDERATION
        update["route"] = Route.DIRECT if direct else Route.AFTER_RECONSIDERATION
        if before is not None and before.route is not None:
            update["route"] = before.route
    if isinstance(fact, LawsuitReceived) and fact.instance is Instance.RETRIAL:
        update["procedure"] = fact.procedure or (before and retried_by(state, before))
    return fact.changed(**update)
