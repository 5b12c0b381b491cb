"""What an act needs beyond its place in the table: a possible day, then the guard of its kind."""

from datetime import date

from domain.case.act import Act
from domain.case.people import Role
from domain.case.state import CaseState
from domain.case.table import TABLE
from domain.case.topics import GUARDS
from domain.case.topics.base import Case
from domain.errors import Code, Refusal


def check(state: CaseState, act: Act, role: Role, on: date, today: date) -> None:
    """Raise the Refusal of `act`, if there is one. `role`: the one in which the table lets the
    person do it."""
    _check_day(state, act.what.kind, on)
    guard = GUARDS.get(act.what.kind)
    if guard is not None:
        guard(Case(state, act.actor.person, role, on, today), act.what)


def _check_day(state: CaseState, kind: str, on: date) -> None:
    row = TABLE[kind]
    receipt = state.rounds[0].receipt if state.rounds and row.remedy else state.receipt
    if receipt is not None and kind != "receipt_corrected" and on < receipt.arrived:
        raise Refusal(Code.BEFORE_ARRIVAL, day=on, arrived=receipt.arrived)
    for entry in reversed(state.timeline):
        if entry.kind in row.follows and entry.effective_on > on:
            raise Refusal(
                Code.BEFORE_WHAT_IT_FOLLOWS, day=on, kind=entry.kind, on=entry.effective_on
            )
