"""What the instances of a suit make of each other: a judgment takes effect, or is replaced."""

from collections.abc import Iterator
from datetime import date
from typing import Unpack

from domain.case.changes import ProceedingChanges, replaced
from domain.case.state import CaseState
from domain.remedies.proceeding import Proceeding
from domain.remedies.terms import (
    KEEPS_LOWER,
    Instance,
    JudgmentOutcome,
    Procedure,
    ProceedingKind,
)

_NOTHING = (
    JudgmentOutcome.REJECTED,
    JudgmentOutcome.WITHDRAWN,
    JudgmentOutcome.TERMINATED,
    JudgmentOutcome.DISMISSED,
    *KEEPS_LOWER,
)
"""Ends of a retrial that let stand what was in effect."""

_WITHOUT_JUDGMENT = (JudgmentOutcome.APPEAL_WITHDRAWN, JudgmentOutcome.APPEAL_REJECTED)


def retried_by(state: CaseState, before: Proceeding) -> Procedure:
    """By the rules of which instance the judgment of `before` is retried unless a higher court
    takes it to itself: of the one that made it, or made it what it is (2018 art 119)."""
    appeals = (
        p
        for p in state.proceedings
        if p.after == before.ref and p.instance is Instance.SECOND and p.outcome is not None
    )
    if any(p.outcome not in _WITHOUT_JUDGMENT for p in appeals):
        return Procedure.SECOND
    if before.instance is Instance.FIRST:
        return Procedure.FIRST
    return before.procedure or Procedure.SECOND


def retriable(state: CaseState) -> Iterator[Proceeding]:
    """The instances of which the last word is in effect, and of which no side has asked for a
    retrial."""
    for p in state.proceedings:
        own_word = p.outcome not in (*_WITHOUT_JUDGMENT, JudgmentOutcome.REMANDED)
        if p.kind is not ProceedingKind.LITIGATION or p.effective is None or p.overturned:
            continue
        if p.instance is not Instance.RETRIAL and own_word and not _gone_on(state, p):
            yield p


def _gone_on(state: CaseState, p: Proceeding) -> bool:
    """Whether a higher instance has spoken on it, or it is being retried."""
    for higher in state.proceedings:
        if higher.instance is Instance.RETRIAL and higher.after in (p.ref, p.after):
            return True
        spoken = higher.outcome not in (None, *_WITHOUT_JUDGMENT)
        if higher.instance is Instance.SECOND and higher.after == p.ref and spoken:
            return True
    return False


def instance_ended(state: CaseState, above: Proceeding, on: date) -> CaseState:
    """The case after the end of `above`, by what it makes of the instance it goes on from."""
    below = _below(state, above)
    if below is None or above.instance is Instance.FIRST or above.outcome is None:
        return state
    if above.instance is Instance.RETRIAL:
        return _retried(state, below, above.outcome) if above.effective else state
    if above.outcome in KEEPS_LOWER:
        return in_effect(state, below.ref, on)
    changed = _with(state, below, overturned=True)
    if above.outcome == JudgmentOutcome.REMANDED:
        return changed
    return _replacing(changed, below, above.outcome)


def in_effect(state: CaseState, ref: str, on: date) -> CaseState:
    """The case after the judgment of that ref took effect, unless it had before; that of a
    retrial in place of the one retried."""
    found = state.proceeding(ref)
    if found is None or found.outcome is None:
        return state
    changed = _with(state, found, effective=found.effective or on)
    return _replacing(changed, found, found.outcome)


def _below(state: CaseState, above: Proceeding) -> Proceeding | None:
    return state.proceeding(above.after) if above.after is not None else None


def _replacing(state: CaseState, retrial: Proceeding, outcome: str) -> CaseState:
    below = _below(state, retrial)
    if retrial.instance is not Instance.RETRIAL or below is None:
        return state
    return _retried(state, below, outcome)


def _retried(state: CaseState, below: Proceeding, outcome: str) -> CaseState:
    """A retrial in effect ended with `outcome`. One of a retrial that was sent back goes on to
    what that had retried."""
    if below.effective is not None and outcome in _NOTHING:
        return state
    changed = _with(state, below, overturned=True)
    return changed if below.effective else _replacing(changed, below, outcome)


def _with(state: CaseState, one: Proceeding, **changes: Unpack[ProceedingChanges]) -> CaseState:
    changed = tuple(replaced(p, **changes) if p.ref == one.ref else p for p in state.proceedings)
    return replaced(state, proceedings=changed)
