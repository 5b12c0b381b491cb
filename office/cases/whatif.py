"""What if, for a case in the register: its state from the engine, else from the record."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from domain.case.answers.whatif import WhatIf, what_if
from domain.case.facts import LawRevised
from domain.case.revising import revise
from domain.case.state import CaseState
from domain.clock import ClockEvent
from domain.errors import Unreachable, YishenError
from office.cases.record import Record, look
from office.desk import Desk
from office.running.newest import lacking


@dataclass(frozen=True, slots=True)
class Supposed:
    """The answer, and where the case was read; `trouble` why it was not the case itself."""

    number: str
    state: CaseState
    found: WhatIf
    trouble: Unreachable | None


async def suppose(desk: Desk, case: str, user: str, events: Sequence[ClockEvent]) -> Supposed:
    """The last days of `case` if `events` happened too; nothing is recorded. `user`: who asks.

    Refusal(unknown_user, case_not_visible), InputError(unknown_case), and what the clock says no
    to.
    """
    record = await look(desk, case, user)
    return await desk.read(lambda session: suppose_on_record(session, record, events))


def suppose_on_record(session: Session, record: Record, events: Sequence[ClockEvent]) -> Supposed:
    """The same of a case as it was read. Raises what the clock says no to."""
    state = on_newest_days(record.state, lacking(session, record.row), record.now)
    found = what_if(state, events, record.today)
    return Supposed(record.row.line.number, state, found, record.unanswered)


def on_newest_days(state: CaseState, lacks: LawRevised | None, now: datetime) -> CaseState:
    """The case as it will count from its next act on: it is given the newest days before it."""
    if lacks is None:
        return state
    try:
        return revise(state, lacks, "newest", now).state
    except YishenError:  # it has them, or would not take them: it goes on by the days it has
        return state
