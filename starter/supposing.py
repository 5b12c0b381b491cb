"""What if, for a case in the register: its state from the engine, else from the record."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import reduce

from sqlalchemy.orm import Session

from domain.case.evolve import evolve
from domain.case.state import CaseState
from domain.case.whatif import WhatIf, what_if
from domain.clock import ClockEvent
from domain.errors import Unreachable
from domain.values import OFFICE_ZONE
from register import queries
from starter.desk import Desk
from starter.evidence import start_of

PATIENCE = timedelta(seconds=4)
"""How long the case itself is waited for, before the register answers."""


@dataclass(frozen=True, slots=True)
class Supposed:
    """The answer, and where the case was read; `trouble` why it was not the case itself."""

    number: str
    state: CaseState
    found: WhatIf
    trouble: Unreachable | None


async def suppose(desk: Desk, case: str, events: Sequence[ClockEvent]) -> Supposed:
    """The last days of `case` if `events` happened too; nothing is recorded.

    InputError(unknown_case), and what the clock says no to.
    """
    number, recorded = await desk.read(lambda session: from_record(session, case))
    state, today, trouble = recorded, legal_day(recorded), None
    try:
        from starter.acts import view

        live = await view(desk, case, start=False, within=PATIENCE)
        state, today = live.state, live.now.astimezone(OFFICE_ZONE).date()
    except Unreachable as error:
        trouble = error
    return Supposed(number, state, what_if(state, events, today), trouble)


def from_record(session: Session, case: str) -> tuple[str, CaseState]:
    """Number and state of a case from the register alone."""
    row = queries.case(session, case)
    return row.line.number, reduce(evolve, queries.events(session, case), start_of(row))


def legal_day(state: CaseState) -> date:
    """Today in the time the case lives in."""
    return (datetime.now(OFFICE_ZONE) + timedelta(seconds=state.clock_offset)).date()
