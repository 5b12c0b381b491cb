"""What if, for a case in the register: its state from the engine, else from the record."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from domain.case.answers.whatif import WhatIf, what_if
from domain.case.facts import LawRevised
from domain.case.revising import revise
from domain.case.state import CaseState
from domain.clock import ClockEvent
from domain.errors import Unreachable, YishenError
from domain.values import OFFICE_ZONE
from office.desk import Desk
from office.legal_time import legal_now
from office.newest import lacking
from register.reads import queries
from register.reads.states import state_of

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
    number, recorded, lacks = await desk.read(lambda session: _recorded(session, case))
    state, now, trouble = recorded, legal_now(recorded.clock_offset), None
    try:
        from office.asking import case_view

        live = await case_view(desk, case, start=False, within=PATIENCE)
        state, now = live.state, live.now.astimezone(OFFICE_ZONE)
    except Unreachable as error:
        trouble = error
    state = on_newest_days(state, lacks, now)
    return Supposed(number, state, what_if(state, events, now.date()), trouble)


def _recorded(session: Session, case: str) -> tuple[str, CaseState, LawRevised | None]:
    row = queries.case(session, case)
    return row.line.number, state_of(session, case), lacking(session, row)


def on_newest_days(state: CaseState, lacks: LawRevised | None, now: datetime) -> CaseState:
    """The case as it will count from its next act on: it is given the newest days before it."""
    if lacks is None:
        return state
    try:
        return revise(state, lacks, "newest", now).state
    except YishenError:  # it has them, or would not take them: it goes on by the days it has
        return state
