"""Deemed abandonment: no correction (art 30) or no payment (fee rule) in time, and its undoing."""

from dataclasses import replace

from domain.case import facts as f
from domain.case.changes import Changes, replaced
from domain.case.parts import End, Ending
from domain.case.state import CaseState, TimelineEntry
from domain.case.topics.base import Case, Fold, Guard, retick, tick
from domain.clock import ClockEvent
from domain.clock import ClockEventKind as Kind
from domain.errors import Code, Refusal
from domain.remedies.paths import LAPSE
from domain.statute import Cited

_BY_CAUSE = {
    f.LapseCause.CORRECTION: (Kind.CORRECTION_LAPSED, "correction_lapsed"),
    f.LapseCause.FEE: (Kind.FEE_LAPSED, "fee_unpaid"),
}


def lapsed_by(case: Case, cause: f.LapseCause) -> None:
    """Refuse to revive a case that lapsed for another cause."""
    ending = case.state.ending
    if ending is not None and ending.cause is not cause:
        raise Refusal(Code.LAPSED_OTHERWISE, cause=ending.cause)


def in_time(case: Case, rule: Cited | None, code: Code) -> None:
    """A lapsed case takes back what arrived in time and was only entered late."""
    ending = case.state.ending
    if ending is not None and ending.how is End.LAPSED and case.on >= ending.on:
        article = rule.article if rule else None
        raise code.of(article, day=case.on, lapsed=ending.on)


def without_lapse(state: CaseState) -> CaseState:
    """The case as if it had not lapsed."""
    clock = tuple(e for e in state.clock if e.kind not in (Kind.CORRECTION_LAPSED, Kind.FEE_LAPSED))
    return replaced(state, clock=clock, ending=None)


def check_reinstated(case: Case, fact: f.Reinstated) -> None:
    if fact.until <= case.on:
        raise Refusal(Code.LIMIT_NOT_LATER, until=fact.until, due=case.on)


def _lapsed(state: CaseState, entry: TimelineEntry, fact: f.Lapsed) -> Changes:
    kind, reply_kind = _BY_CAUSE[fact.cause]
    ending = Ending(how=End.LAPSED, on=entry.effective_on, reply_kind=reply_kind, cause=fact.cause)
    before = tuple(x for x in state.path_lapses if x.ref != LAPSE)  # of another lapse
    ticked = tick(state, ClockEvent(kind, entry.effective_on))
    return ticked | {"ending": ending, "path_lapses": before}


def _reinstated(state: CaseState, entry: TimelineEntry, fact: f.Reinstated) -> Changes:
    bare = without_lapse(state)
    if state.ending is not None and state.ending.cause is f.LapseCause.FEE:
        reticked = retick(bare, lambda e: replace(e, until=fact.until), Kind.FEE_NOTICE_SENT)
    else:
        reticked = retick(
            bare, lambda e: replace(e, correct_by=fact.until), Kind.CORRECTION_NOTICE_SENT
        )
    return reticked | {"ending": None}


GUARDS: dict[str, Guard] = {"reinstated": check_reinstated}

FOLDS: dict[str, Fold] = {"lapsed": _lapsed, "reinstated": _reinstated}
