"""Days taken, left and late of many cases at once, for lists; the convention is the domain's.

Of a running count the ledger on record says it all. Where more is needed (late days, a count that
stands still, a training case in a time of its own, a reply that was ordered within days of another
kind) the case is rebuilt from its events.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.calendar.model import Calendar
from domain.case.answers.day_counts import DayCounts, day_counts, of_ledger
from domain.case.count import count
from domain.clock import ClockState
from domain.errors import YishenError
from domain.periods.ledger import spans_from_json
from domain.periods.period import Unit
from domain.values import legal_day, legal_time
from register.models import DeadlineRow, Remedy
from register.reads.lists import CaseLine
from register.reads.states import states

CHUNK = 500
_NO_CALENDAR = Calendar.of_days(("sat", "sun"), (), ())
"""Of a count that is not over no day after its ledger is asked for."""


def days_of_cases(
    session: Session, lines: Sequence[CaseLine], at: datetime, units: Mapping[str, Unit]
) -> dict[str, DayCounts]:
    """By case, for those of `lines` that still owe a reply at the instant `at`; `units` of the
    reply periods by statute."""
    owed = [line for line in lines if line.is_open]
    today = legal_day(at)
    easy = {
        line.id: line
        for line in owed
        if not line.training and line.due is not None and line.due >= today
    }
    for ordered in _ordered(session, list(easy)):
        del easy[ordered]
    found: dict[str, DayCounts] = {}
    for case, due, ledger in _ledgers(session, list(easy)):
        unit = units.get(easy[case].statute, Unit.WORKING_DAY)
        found[case] = of_ledger(spans_from_json(ledger), due, today, _NO_CALENDAR, unit)
    rest = [line.id for line in owed if line.id not in found and _counts(line)]
    for state, _ in states(session, rest):
        day = legal_time(at, state.clock_offset).date()
        try:
            found[state.id] = day_counts(count(state, day).reckoning, state.calendar)
        except YishenError:  # late into a year nobody listed
            continue
    return found


def _counts(line: CaseLine) -> bool:
    return line.due is not None or line.clock_state == ClockState.PAUSED


def _ordered(session: Session, cases: Sequence[str]) -> set[str]:
    """Those whose reply a decision ordered."""
    found: set[str] = set()
    for begin in range(0, len(cases), CHUNK):
        part = Remedy.case_id.in_(cases[begin : begin + CHUNK])
        found |= {*session.scalars(select(Remedy.case_id).where(part, Remedy.reopened))}
    return found


def _ledgers(session: Session, cases: Sequence[str]) -> list[tuple[str, date, list[Any]]]:
    """Case, last day and ledger of the reply limits that run."""
    found: list[tuple[str, date, list[Any]]] = []
    for begin in range(0, len(cases), CHUNK):
        rows = session.execute(
            select(DeadlineRow.case_id, DeadlineRow.due, DeadlineRow.ledger).where(
                DeadlineRow.case_id.in_(cases[begin : begin + CHUNK]),
                DeadlineRow.name == "reply",
                DeadlineRow.superseded_by_seq.is_(None),
                DeadlineRow.due.is_not(None),
            )
        )
        found.extend((case, due, ledger) for case, due, ledger in rows if due is not None)
    return found
