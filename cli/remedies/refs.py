"""Which proceeding or hearing is meant where its ref was left out."""

from collections.abc import Callable, Iterable

from domain.case.state import CaseState
from domain.case.table import TABLE
from domain.errors import Code, InputError, Refusal
from domain.remedies.proceeding import Proceeding
from domain.remedies.terms import ProceedingKind

NEW = {"reconsideration_received": "r", "lawsuit_received": "s", "complaint_received": "c"}
"""Acts that open a proceeding, and the letter its number gets."""


def _pending(kind: ProceedingKind | None = None) -> Callable[[Proceeding], bool]:
    return lambda p: p.outcome is None and kind in (None, p.kind)


_MEANT: dict[str, Callable[[Proceeding], bool]] = {
    "reconsideration_procedure_changed": _pending(ProceedingKind.RECONSIDERATION),
    "reconsideration_extended": _pending(ProceedingKind.RECONSIDERATION),
    "reconsideration_decided": _pending(ProceedingKind.RECONSIDERATION),
    "judgment_received": _pending(ProceedingKind.LITIGATION),
    "complaint_decided": _pending(ProceedingKind.COMPLAINT),
    "judgment_served_on_other": lambda p: p.appealable and p.open,
    "appeal_filed": lambda p: p.appealable and p.open,
    "answer_submitted": lambda p: p.outcome is None and p.answered is None,
    "proceeding_suspended": lambda p: p.outcome is None and not p.suspended,
    "proceeding_resumed": lambda p: p.outcome is None and p.suspended,
    "hearing_cancelled": lambda p: bool(p.hearings),
}
"""Acts and the proceedings that they can mean; others: any that has not ended."""


def concerns(kind: str) -> bool:
    """Whether the act is one on proceedings."""
    return TABLE[kind].remedy


def ref(kind: str, state: CaseState) -> str:
    """The next free ref for a new proceeding, else the only one that can be meant.

    Raises InputError(which_ref), Refusal(nothing_open).
    """
    if kind in NEW:
        return _next(NEW[kind], (p.ref for p in state.proceedings))
    meant = _MEANT.get(kind, _pending())
    return _only(kind, state, [p.ref for p in state.proceedings if meant(p)])


def hearing(kind: str, state: CaseState, proceeding: str) -> str:
    """The next free ref for a new hearing, else the only one called."""
    found = state.proceeding(proceeding)
    called = [h.hearing for h in found.hearings] if found else []
    if kind == "hearing_set":
        return _next("h", called)
    return _only(kind, state, called)


def _next(letter: str, taken: Iterable[str]) -> str:
    known = set(taken)
    return next(word for n in range(1, len(known) + 2) if (word := f"{letter}{n}") not in known)


def _only(kind: str, state: CaseState, refs: list[str]) -> str:
    if len(refs) == 1:
        return refs[0]
    if refs:
        raise InputError(Code.WHICH_REF, case=state.id, refs=", ".join(refs))
    raise Refusal(Code.NOTHING_OPEN, case=state.id, act=kind)
