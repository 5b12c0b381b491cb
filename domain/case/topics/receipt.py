"""Receipt and registration: confirmed, corrected, withdrawn, registered in error (arts 29-31)."""

from domain.case import facts as f
from domain.case.changes import Changes, replaced
from domain.case.parts import End, Ending
from domain.case.state import CaseState, TimelineEntry
from domain.case.topics.base import Case, Fold, Guard, not_in_the_future, tick
from domain.clock import ClockEvent
from domain.clock import ClockEventKind as Kind

# -- may it be done ------------------------------------------------------------------------------


def check_receipt_corrected(case: Case, fact: f.ReceiptCorrected) -> None:
    not_in_the_future(case, fact.receipt.arrived, fact.confirmed_on)


# -- what it does ---------------------------------------------------------------------------------


def _registered(state: CaseState, entry: TimelineEntry, fact: f.Registered) -> Changes:
    return {"receipt": fact.receipt}


def _receipt_confirmed(state: CaseState, entry: TimelineEntry, fact: f.ReceiptConfirmed) -> Changes:
    return tick(state, ClockEvent(Kind.RECEIPT_CONFIRMED, entry.effective_on))


def _receipt_corrected(state: CaseState, entry: TimelineEntry, fact: f.ReceiptCorrected) -> Changes:
    rest = tuple(e for e in state.clock if e.kind is not Kind.RECEIPT_CONFIRMED)
    changes: Changes = {"receipt": fact.receipt, "clock": rest}
    if fact.confirmed_on is not None:
        bare = replaced(state, **changes)
        changes |= tick(bare, ClockEvent(Kind.RECEIPT_CONFIRMED, fact.confirmed_on))
    return changes


def _withdrawn(state: CaseState, entry: TimelineEntry, fact: f.Withdrawn) -> Changes:
    ending = Ending(how=End.WITHDRAWN, on=entry.effective_on, reply_kind="withdrawn")
    return tick(state, ClockEvent(Kind.WITHDRAWN, entry.effective_on)) | {"ending": ending}


def _voided(state: CaseState, entry: TimelineEntry, fact: f.Voided) -> Changes:
    return {"ending": Ending(how=End.VOIDED, on=entry.effective_on, reply_kind=None)}


GUARDS: dict[str, Guard] = {
    "receipt_corrected": check_receipt_corrected,
}

FOLDS: dict[str, Fold] = {
    "registered": _registered,
    "receipt_confirmed": _receipt_confirmed,
    "receipt_corrected": _receipt_corrected,
    "withdrawn": _withdrawn,
    "voided": _voided,
}
