"""Correction notice and correction (art 30): a restart, not a pause."""

from domain.case import facts as f
from domain.case.changes import Changes
from domain.case.state import CaseState, TimelineEntry
from domain.case.topics.base import Case, Fold, Guard, tick
from domain.case.topics.lapse import in_time, lapsed_by, without_lapse
from domain.clock import ClockEvent
from domain.clock import ClockEventKind as Kind
from domain.errors import Code, Refusal

FRESH_PERIOD: Changes = {"ending": None, "extension": None}
"""A restart takes a lapse back, and drops the extension of the period before."""

# -- may it be done ------------------------------------------------------------------------------


def check_correction_notice_sent(case: Case, fact: f.CorrectionNoticeSent) -> None:
    if fact.correct_by is not None and fact.correct_by <= case.on:
        raise Refusal(Code.LIMIT_NOT_LATER, until=fact.correct_by, due=case.on)


def check_correction_received(case: Case, fact: f.CorrectionReceived) -> None:
    lapsed_by(case, f.LapseCause.CORRECTION)
    in_time(case, case.statute.correction, Code.CORRECTION_LATE)


def check_late_correction(case: Case, fact: f.LateCorrectionAccepted) -> None:
    lapsed_by(case, f.LapseCause.CORRECTION)


# -- what it does ---------------------------------------------------------------------------------


def _correction_notice_sent(
    state: CaseState, entry: TimelineEntry, fact: f.CorrectionNoticeSent
) -> Changes:
    return tick(
        state,
        ClockEvent(Kind.CORRECTION_NOTICE_SENT, entry.effective_on, correct_by=fact.correct_by),
    )


def _correction_received(
    state: CaseState, entry: TimelineEntry, fact: f.CorrectionReceived
) -> Changes:
    bare = without_lapse(state)
    ticked = tick(bare, ClockEvent(Kind.CORRECTION_RECEIVED, entry.effective_on))
    return ticked | FRESH_PERIOD


def _late_correction(
    state: CaseState, entry: TimelineEntry, fact: f.LateCorrectionAccepted
) -> Changes:
    bare = without_lapse(state)
    ticked = tick(bare, ClockEvent(Kind.CORRECTION_RECEIVED, entry.effective_on, good_reason=True))
    return ticked | FRESH_PERIOD


GUARDS: dict[str, Guard] = {
    "correction_notice_sent": check_correction_notice_sent,
    "correction_received": check_correction_received,
    "late_correction_accepted": check_late_correction,
}

FOLDS: dict[str, Fold] = {
    "correction_notice_sent": _correction_notice_sent,
    "correction_received": _correction_received,
    "late_correction_accepted": _late_correction,
}
