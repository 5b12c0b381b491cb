"""Days taken, left and late of many cases at once, for lists; the convention is the domain's.

Of a running count the ledger on record says it all. Where more is needed (late days, a count that
stands still, a training case in a time of its own, a reply that was ordered within days of another
kind) the case is rebuilt from its events. That is kept for the day: lists begin with what is late,
whoever opens them.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from domain.calendar.model import Calendar
from domain.case.answers.day_counts import DayCounts, day_counts, of_ledger
from domain.case.count import count
from domain.case.state import CaseState
from domain.clock import ClockState
from domain.errors import YishenError
from domain.periods.ledger import spans_from_json
from domain.periods.period import Unit
from domain.values import legal_day
from register.models import CaseEvent, DeadlineRow, Remedy, Request
from register.reads.lists import CaseLine
from register.reads.states import states

CHUNK = 500
KEPT = 20_000
_rebuilt: dict[tuple[str, date], DayCounts | None] = {}
"""What came out of cases that were rebuilt, by the hash of the last entry, which stands for all of
them, and the day; None: it can't be counted."""

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
    rest = {line.id: line for line in owed if line.id not in found and _counts(line)}
    keys = {
        case: (head, legal_day(rest[case].legal(at))) for case, head in _heads(session, list(rest))
    }
    known = dict(_known(keys))
    for state, _ in states(session, [case for case in keys if case not in known]):
        known[state.id] = _days(state, keys[state.id][1])
    if len(_rebuilt) > KEPT:
        _rebuilt.clear()
    _rebuilt.update({keys[case]: days for case, days in known.items()})
    return found | {case: days for case, days in known.items() if days is not None}


def _known(keys: Mapping[str, tuple[str, date]]) -> Iterator[tuple[str, DayCounts | None]]:
    for case, key in keys.items():
        with suppress(KeyError):  # another reader may empty it at any moment
            yield case, _rebuilt[key]


def _days(state: CaseState, day: date) -> DayCounts | None:
    try:
        return day_counts(count(state, day).reckoning, state.calendar)
    except YishenError:  # late into a year nobody listed
        return None


def _counts(line: CaseLine) -> bool:
    return line.due is not None or line.clock_state == ClockState.PAUSED


def _ordered(session: Session, cases: Sequence[str]) -> set[str]:
    """Those whose reply a decision ordered."""
    found: set[str] = set()
    for begin in range(0, len(cases), CHUNK):
        part = Remedy.case_id.in_(cases[begin : begin + CHUNK])
        found |= {*session.scalars(select(Remedy.case_id).where(part, Remedy.reopened))}
    return found


def _heads(session: Session, cases: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Case and hash of its last entry."""
    last = and_(CaseEvent.case_id == Request.id, CaseEvent.seq == Request.seq)
    for begin in range(0, len(cases), CHUNK):
        part = Request.id.in_(cases[begin : begin + CHUNK])
        heads = select(Request.id, CaseEvent.hash).join(CaseEvent, last).where(part)
        yield from ((row.id, row.hash) for row in session.execute(heads))


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
