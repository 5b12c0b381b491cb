"""Receipt and registration: confirmed, corrected, withdrawn, registered in error (arts 29-31)."""

from domain.case import facts as f
from domain.case.changes import Changes
from domain.case.parts import End, Ending
from domain.case.state import CaseState, TimelineEntry
from domain.case.topics.base import Case, Fold, Guard, tick
from domain.clock import ClockEvent
from domain.clock import ClockEventKind as Kind
from domain.errors import Code, Refusal

# -- may it be done ------------------------------------------------------------------------------


def check_voided(case: Case, fact: f.Voided) -> None:
    """A void case takes no act any more, so a proceeding in it could never be ended."""
    for proceeding in case.state.proceedings:
        if proceeding.open:
            raise Refusal(Code.PROCEEDING_OPEN, ref=proceeding.ref)


# -- what it does ---------------------------------------------------------------------------------


def _registered(state: CaseState, entry: TimelineEntry, fact: f.Registered) -> Changes:
    changes: Changes = {"receipt": fact.receipt}
    if fact.confirmed_on is not None:
        changes |= tick(state, ClockEvent(Kind.RECEIPT_CONFIRMED, fact.confirmed_on))
    return changes


def _receipt_confirmed(state: CaseState, entry: TimelineEntry, fact: f.ReceiptConfirmed) -> Changes:
    return tick(state, ClockEvent(Kind.RECEIPT_CONFIRMED, entry.effective_on))


def _withdrawn(state: CaseState, entry: TimelineEntry, fact: f.Withdrawn) -> Changes:
    ending = Ending(how=End.WITHDRAWN, on=entry.effective_on, reply_kind="withdrawn")
    return tick(state, ClockEvent(Kind.WITHDRAWN, entry.effective_on)) | {"ending": ending}


def _voided(state: CaseState, entry: TimelineEntry, fact: f.Voided) -> Changes:
    return {"ending": Ending(how=End.VOIDED, on=entry.effective_on, reply_kind=None)}


GUARDS: dict[str, Guard] = {"voided": check_voided}

FOLDS: dict[str, Fold] = {
    "registered": _registered,
    "receipt_confirmed": _receipt_confirmed,
    "withdrawn": _withdrawn,
    "voided": _voided,
}
