"""What a fee notice comes to by the tariff, before it is sent to its case.

The applicant's earlier items of the month are counted in the register at that moment, and stand in
the record from then on: what is registered or voided later changes no notice.
"""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy.orm import Session

from domain.case.facts import FeeNoticeSent
from domain.errors import Code, Refusal
from law.files import load_tariff
from register.reads import queries
from register.reads.fees import items_before


class Charge(NamedTuple):
    """What a number comes to; `before` and `items` by item, `pages` by page."""

    amount: Decimal
    items: int | None = None
    before: int | None = None
    pages: int | None = None


def charge(
    session: Session,
    case: str,
    on: date,
    standard: str,
    *,
    items: int | None = None,
    before: int | None = None,
    pages: int | None = None,
) -> Charge | None:
    """What a notice of the day `on` comes to; None where nothing can be computed: pages that
    nobody counted. Refusal(not_in_force) before there was a tariff."""
    tariff = load_tariff(on)
    if standard == "page":
        return None if pages is None else Charge(Decimal(tariff.page.amount(pages)), pages=pages)
    items = items or 1
    if before is None:
        before = items_before(session, case)
    return Charge(Decimal(tariff.item.amount(items, before)), items, before)


def offered(found: Charge | None) -> Decimal:
    """The amount of a notice that states none. Refusal(fee_amount_missing, no_fee_due)."""
    if found is None:
        raise Refusal(Code.FEE_AMOUNT_MISSING)
    if not found.amount:
        raise Refusal(Code.NO_FEE_DUE, n=found.pages or found.items or 0)
    return found.amount


def priced(session: Session, case: str, notice: FeeNoticeSent, on: date) -> FeeNoticeSent:
    """The notice of the day `on` with the number that is charged and what the tariff comes to."""
    try:
        found = _of(session, case, notice, on)
    except Refusal:  # the case says so, with the article
        return notice
    if found is None:
        return notice
    notice = notice.changed(by_tariff=found.amount)
    if found.items is None:
        return notice
    return notice.changed(items=found.items, items_before=found.before)


def repriced(
    session: Session, case: str, stands: FeeNoticeSent, what: FeeNoticeSent, on: date
) -> FeeNoticeSent:
    """The notice `stands` put right as `what`: an amount that was the tariff's follows it."""
    new = priced(session, case, what, on)
    if what.amount == stands.amount == stands.by_tariff and new.by_tariff:
        new = new.changed(amount=new.by_tariff)
    return new


def as_recorded(session: Session, case: str, seq: int, notice: FeeNoticeSent) -> FeeNoticeSent:
    """A notice that is sent again, with what was filled in when it was recorded."""
    event = queries.event(session, case, seq)
    if event is None or not isinstance(event.what, FeeNoticeSent):
        return notice
    names = ("items", "items_before", "by_tariff")
    filled = {n: getattr(event.what, n) for n in names if getattr(notice, n) is None}
    return notice.changed(**filled)


def _of(session: Session, case: str, notice: FeeNoticeSent, on: date) -> Charge | None:
    return charge(
        session,
        case,
        on,
        notice.standard,
        items=notice.items,
        before=notice.items_before,
        pages=notice.pages,
    )
