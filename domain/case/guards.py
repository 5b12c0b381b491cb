"""What a fact needs beyond its place in the table: a possible day, then the guard of its kind."""

from collections.abc import Iterable
from datetime import date

from domain.case.facts import Fact
from domain.case.people import Role
from domain.case.state import CaseState
from domain.case.table import TABLE
from domain.case.topics import GUARDS
from domain.case.topics.base import Case
from domain.errors import Code, Refusal


def check(case: Case, fact: Fact) -> None:
    """Raise the Refusal of `fact`, if there is one."""
    _check_day(case, fact.kind)
    guard = GUARDS.get(fact.kind)
    if guard is not None:
        guard(case, fact)


def check_each(
    state: CaseState, people: Iterable[str], role: Role, on: date, today: date, fact: Fact
) -> None:
    """Raise the Refusal of `fact`, if it has one with any of `people`: neither who did it nor who
    recorded it may have done what it approves."""
    for person in dict.fromkeys(people):
        check(Case(state, person, role, on, today), fact)


def _check_day(case: Case, kind: str) -> None:
    state, on, row = case.state, case.on, TABLE[kind]
    receipt = state.rounds[0].receipt if state.rounds and row.remedy else state.receipt
    if receipt is not None and on < receipt.arrived:
        raise Refusal(Code.BEFORE_ARRIVAL, day=on, arrived=receipt.arrived)
    for entry in state.happened if row.follows else ():
        if entry.kind in row.follows and entry.effective_on > on:
            raise Refusal(
                Code.BEFORE_WHAT_IT_FOLLOWS, day=on, kind=entry.kind, on=entry.effective_on
            )
