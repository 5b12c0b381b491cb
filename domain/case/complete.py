"""An act says what a person knows; what follows from the state is filled in before it is recorded,
so that the record needs no reckoning to be read."""

from datetime import date

from domain.case.count import count
from domain.case.facts import (
    CorrectionNoticeSent,
    Dispatched,
    ItemReviewed,
    OfficeFact,
    ReplyDrafted,
    Signed,
)
from domain.case.release import reply_kind
from domain.case.state import CaseState
from domain.case.topics.base import with_tick
from domain.clock import ClockEvent, ClockEventKind


def complete(state: CaseState, fact: OfficeFact, on: date, as_of: date) -> OfficeFact:
    """`fact` with its defaults, taken from the state, the statute and the clock."""
    if isinstance(fact, CorrectionNoticeSent) and fact.correct_by is None:
        return fact.model_copy(update={"correct_by": _correct_by(state, on, as_of)})
    if isinstance(fact, ItemReviewed):
        item = state.item(fact.ref)
        return fact.model_copy(update={"sha256": item.sha256 if item else None})
    if isinstance(fact, Signed):
        return fact.model_copy(update={"items": state.released})
    if isinstance(fact, ReplyDrafted) and fact.article is None:
        return fact.model_copy(update={"article": reply_kind(state, fact.reply_kind).article})
    if isinstance(fact, Dispatched):
        return fact.model_copy(update={"in_time": _in_time(state, on, as_of)})
    return fact


def _correct_by(state: CaseState, on: date, as_of: date) -> date | None:
    sent = ClockEvent(kind=ClockEventKind.CORRECTION_NOTICE_SENT, at=on)
    asked = count(_with(state, sent), as_of)
    return next((limit.due for limit in asked.limits if limit.name == "correction"), None)


def _in_time(state: CaseState, on: date, as_of: date) -> bool:
    out = ClockEvent(kind=ClockEventKind.REPLY_DISPATCHED, at=on)
    return bool(count(_with(state, out), as_of).reckoning.reply_in_time)


def _with(state: CaseState, event: ClockEvent) -> CaseState:
    return state.model_copy(update={"clock": with_tick(state.clock, event)})
