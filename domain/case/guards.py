"""What an act needs beyond its place in the table: a possible day, then the guard of its kind."""

from datetime import date

from domain.case.act import Act
from domain.case.people import Role
from domain.case.state import CaseState
from domain.case.table import REMEDY_ACTS
from domain.case.topics import GUARDS
from domain.case.topics.base import Case
from domain.errors import Code, Refusal

FOLLOWS: dict[str, tuple[str, ...]] = {
    "correction_received": ("correction_notice_sent",),
    "late_correction_accepted": ("correction_notice_sent",),
    "extension_granted": ("extension_asked",),
    "extension_told": ("extension_granted",),
    "fee_paid": ("fee_notice_sent",),
    "signed": ("item_added", "item_replaced", "item_reviewed", "signed"),
    "reply_approved": ("reply_drafted", "item_reviewed", "signed"),
    "dispatched": ("reply_approved", "signed"),
    "delivered": ("dispatched",),
}
"""Back-dating ends at the last of these; for every act at the arrival."""


def check(state: CaseState, act: Act, role: Role, on: date, today: date) -> None:
    """Raise the Refusal of `act`, if there is one. `role`: the one in which the table lets the
    person do it."""
    _check_day(state, act.what.kind, on)
    guard = GUARDS.get(act.what.kind)
    if guard is not None:
        guard(Case(state, act.actor.person, role, on, today), act.what)


def _check_day(state: CaseState, kind: str, on: date) -> None:
    receipt = state.rounds[0].receipt if state.rounds and kind in REMEDY_ACTS else state.receipt
    if receipt is not None and kind != "receipt_corrected" and on < receipt.arrived:
        raise Refusal(Code.BEFORE_ARRIVAL, day=on, arrived=receipt.arrived)
    before = FOLLOWS.get(kind, ())
    for entry in reversed(state.timeline):
        if entry.kind in before and entry.effective_on > on:
            raise Refusal(
                Code.BEFORE_WHAT_IT_FOLLOWS, day=on, kind=entry.kind, on=entry.effective_on
            )
