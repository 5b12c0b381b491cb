"""Which item, letter, proceeding or hearing is meant where its ref was left out."""

from collections.abc import Callable, Collection

from domain.case.release import overridden
from domain.case.state import CaseState
from domain.case.table import TABLE
from domain.errors import Code, InputError, Refusal
from domain.remedies.proceeding import Proceeding
from domain.remedies.terms import ProceedingKind

NEW = {
    "item_added": "item-",
    "consultation_sent": "letter-",
    "reconsideration_received": "r",
    "lawsuit_received": "s",
    "complaint_received": "c",
}
"""Acts that begin something, and what stands before its number."""


def _pending(kind: ProceedingKind | None = None) -> Callable[[Proceeding], bool]:
    return lambda p: p.outcome is None and kind in (None, p.kind)


_MEANT: dict[str, Callable[[Proceeding], bool]] = {
    "reconsideration_procedure_changed": _pending(ProceedingKind.RECONSIDERATION),
    "reconsideration_extended": _pending(ProceedingKind.RECONSIDERATION),
    "reconsideration_decided": _pending(ProceedingKind.RECONSIDERATION),
    "reconsideration_served_applicant": lambda p: p.kind is ProceedingKind.RECONSIDERATION,
    "judgment_received": _pending(ProceedingKind.LITIGATION),
    "complaint_decided": _pending(ProceedingKind.COMPLAINT),
    "answer_submitted": lambda p: p.outcome is None and p.answered is None,
    "proceeding_suspended": lambda p: p.outcome is None and not p.suspended,
    "proceeding_resumed": lambda p: p.outcome is None and p.suspended,
    "hearing_cancelled": lambda p: bool(p.hearings),
}
"""Acts and the proceedings that they can mean; others: any that has not ended."""

_RARELY_OTHERS = ("judgment_served_on_other", "appeal_filed")
"""Acts that mean a judgment that can be appealed, and may be said of any suit."""


def meant(kind: str, state: CaseState) -> str:
    """The next free ref for something new, else the only one that can be meant.

    Raises InputError(which_ref), Refusal(nothing_open).
    """
    if kind in NEW:
        return _next(NEW[kind], _taken(kind, state))
    refs = eligible(kind, state)
    if kind == "item_reviewed":
        refs = [item.ref for item in state.items if item.review is None]
    elif kind in _RARELY_OTHERS:
        refs = [p.ref for p in state.proceedings if p.appealable]
    return _only(kind, state, refs)


def eligible(kind: str, state: CaseState) -> list[str]:
    """The refs of what is there that an act of that kind can be about: its items, letters or
    proceedings; what waits for it first."""
    if kind in _RARELY_OTHERS:
        suits = [p for p in state.proceedings if p.kind is ProceedingKind.LITIGATION]
        return [p.ref for p in sorted(suits, key=lambda p: not p.appealable)]
    if TABLE[kind].remedy:
        may = _MEANT.get(kind, _pending())
        return [p.ref for p in state.proceedings if may(p)]
    if kind in ("item_reviewed", "item_replaced"):
        return [i.ref for i in sorted(state.items, key=lambda item: item.review is not None)]
    if kind == "override_told":
        return [letter.ref for letter in state.consultations if overridden(state, letter)]
    return [letter.ref for letter in state.consultations if letter.answered is None]


def hearing_meant(kind: str, state: CaseState, proceeding: str) -> str:
    """The next free ref for a new hearing, else the only one called. Raises as `meant`."""
    found = state.proceeding(proceeding)
    called = [h.hearing for h in found.hearings] if found else []
    if kind == "hearing_set":
        return _next("h", called)
    return _only(kind, state, called)


def _taken(kind: str, state: CaseState) -> list[str]:
    if kind == "item_added":
        return [item.ref for item in state.items]
    if kind == "consultation_sent":
        return [letter.ref for letter in state.consultations]
    return [proceeding.ref for proceeding in state.proceedings]


def _next(stem: str, taken: Collection[str]) -> str:
    return next(ref for n in range(1, len(taken) + 2) if (ref := f"{stem}{n}") not in taken)


def _only(kind: str, state: CaseState, refs: list[str]) -> str:
    if len(refs) == 1:
        return refs[0]
    if refs:
        raise InputError(Code.WHICH_REF, case=state.id, refs=", ".join(refs))
    raise Refusal(Code.NOTHING_OPEN, case=state.id, act=kind)
