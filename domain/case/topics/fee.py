"""Fee notice and full payment (art 42; letter 2020 no. 109)."""

from domain.case import facts as f
from domain.case.changes import Changes, replaced
from domain.case.parts import Fee
from domain.case.state import CaseState, TimelineEntry
from domain.case.topics.base import Case, Fold, Guard, delivered_in_between, tick
from domain.case.topics.lapse import in_time, lapsed_by, without_lapse
from domain.clock import ClockEvent
from domain.clock import ClockEventKind as Kind
from domain.errors import Code, Refusal

# -- may it be done ------------------------------------------------------------------------------


def check_fee_notice_sent(case: Case, fact: f.FeeNoticeSent) -> None:
    """By one standard, never both; another amount than the tariff's says why."""
    of_items = fact.items is not None or fact.items_before is not None
    if of_items if fact.standard == "page" else fact.pages is not None:
        raise Refusal(Code.FEE_BY_ONE_STANDARD)
    if fact.by_tariff not in (None, fact.amount) and fact.because is None:
        raise Refusal(Code.FEE_NOT_BY_TARIFF, amount=fact.amount, tariff=fact.by_tariff)
    delivered_in_between(case, fact.delivered)


def check_fee_paid(case: Case, fact: f.FeePaid) -> None:
    lapsed_by(case, f.LapseCause.FEE)
    in_time(case, case.statute.fee, Code.PAYMENT_LATE)
    if case.state.fee is not None and fact.amount != case.state.fee.amount:
        raise Refusal(Code.FEE_NOT_IN_FULL, amount=fact.amount, owed=case.state.fee.amount)


# -- what it does ---------------------------------------------------------------------------------


def _fee_notice_sent(state: CaseState, entry: TimelineEntry, fact: f.FeeNoticeSent) -> Changes:
    on = entry.effective_on
    fee = Fee(amount=fact.amount, sent=on, delivered=fact.delivered or on)
    return tick(state, ClockEvent(Kind.FEE_NOTICE_SENT, on, delivered=fact.delivered)) | {
        "fee": fee
    }


def _fee_paid(state: CaseState, entry: TimelineEntry, fact: f.FeePaid) -> Changes:
    fee = state.fee and replaced(state.fee, paid=entry.effective_on)
    lapsed = state.ending is not None and entry.effective_on >= state.ending.on
    # What came too late ends no lapse, whoever lets it count.
    bare = state if lapsed else without_lapse(state)
    ticked = tick(bare, ClockEvent(Kind.FEE_PAID, entry.effective_on))
    return ticked | {"ending": None, "fee": fee}


GUARDS: dict[str, Guard] = {
    "fee_notice_sent": check_fee_notice_sent,
    "fee_paid": check_fee_paid,
}

FOLDS: dict[str, Fold] = {
    "fee_notice_sent": _fee_notice_sent,
    "fee_paid": _fee_paid,
}
