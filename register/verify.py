"""Proof of the record: the chains are whole, and everything else follows from the events.

Per case: numbers without gap, the hash of each event over its exact text, the columns beside the
text, every projection as rebuilt by the same projectors, and the summary as the domain derives
it. What the running case says can be compared too (`against_engine`).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from domain import numbers
from domain.case.act import Event
from domain.case.agenda import idle_until, upcoming
from domain.case.evolve import folded
from domain.case.summary import Summary
from domain.case.tasks import summarise
from register.chain import START, link
from register.engine import Register
from register.models import Applicant, Base, CaseEvent, CaseStart, Request, TaskRow
from register.reads.states import begun
from register.writes.project import RowValues, rebuilt
from register.writes.record import event_row, registration, summary_values, task_rows
from register.writes.remedies import remedy_rows


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One thing that is not as it should be. `key`: which row, by its key beside the case;
    `field` `row`: the whole row is missing (recorded None) or too many (rebuilt None)."""

    case: str
    table: str
    key: str
    field: str
    recorded: Any
    rebuilt: Any


@dataclass(frozen=True, slots=True)
class Verification:
    """What was looked at, and what was found."""

    cases: int
    events: int
    differences: tuple[Mismatch, ...]

    @property
    def holds(self) -> bool:
        """Nothing was found."""
        return not self.differences


Summarise = Callable[[Mapping[str, Any], Sequence[Event]], Summary | None]
"""From the start input and all events of a case to its summary; None: not to be compared."""


def derived_summary(start: Mapping[str, Any], events: Sequence[Event]) -> Summary | None:
    """The summary as the domain derives it from the record alone."""
    if not events or "law" not in start:
        return None
    state = folded(begun(start), events)
    thing = upcoming(state)
    return summarise(state, thing.instant if thing else idle_until(state))


def verify(
    register: Register,
    cases: Iterable[str] | None = None,
    summarise: Summarise = derived_summary,
) -> Verification:
    """Check `cases`, or all with their numbers. Reads only; each case as of one moment."""
    found: list[Mismatch] = []
    if cases is None:
        with register.reading() as session:
            found.extend(_gaps_in_numbers(session))
            order = select(Request.id).order_by(Request.year, Request.serial)
            cases = list(session.scalars(order))
    checked = events = 0
    for case_id in cases:
        with register.reading() as session:
            count, differences = verify_case(session, case_id, summarise)
        checked, events = checked + 1, events + count
        found.extend(differences)
    return Verification(checked, events, tuple(found))


def verify_case(
    session: Session, case_id: str, summarise: Summarise = derived_summary
) -> tuple[int, list[Mismatch]]:
    """Number of events of a case, and every difference."""
    recorded = _rows(session, CaseEvent, case_id)
    found = list(_chain(case_id, recorded))
    events = []
    for row in recorded:
        try:
            events.append(Event.model_validate_json(row["body"]))
        except ValidationError as error:
            text = str(error.errors()[0]["msg"])
            found.append(Mismatch(case_id, "case_events", str(row["seq"]), "body", text, "event"))
            return len(recorded), found
    found += _columns(case_id, recorded, events)
    for table, rows in rebuilt(case_id, events).items():
        found += _compare(case_id, table, _rows(session, table, case_id), rows)
    request = session.get_one(Request, case_id)
    start = session.get_one(CaseStart, case_id).input
    summary = summarise(start, events)
    if summary is not None:
        found += against(session, request, summary)
    found += _registration(session, request, events)
    if request.seq != len(recorded):
        found.append(Mismatch(case_id, "requests", "", "seq", request.seq, len(recorded)))
    return len(recorded), found


def _registration(
    session: Session, request: Request, events: Sequence[Event]
) -> Iterator[Mismatch]:
    """What the request and its applicant are said to be is what the first entry says."""
    if not events:
        return
    of_request, of_applicant = registration(events)
    applicant = session.get_one(Applicant, request.id)
    for row, values in ((request, of_request), (applicant, of_applicant)):
        for name, value in values.items():
            if (kept := getattr(row, name)) != value:
                yield Mismatch(request.id, row.__tablename__, "", name, kept, value)


def against_engine(session: Session, case_id: str, view: Summary) -> list[Mismatch]:
    """How the row and tasks of a case differ from what its workflow says now (as `rebuilt`)."""
    return list(against(session, session.get_one(Request, case_id), view))


def against(session: Session, request: Request, summary: Summary) -> Iterator[Mismatch]:
    """Differences of the line of the list and of the tasks from `summary`."""
    for name, value in summary_values(summary).items():
        if getattr(request, name) != value:
            yield Mismatch(request.id, "requests", "", name, getattr(request, name), value)
    tasks = task_rows(request.id, request.organ, request.training, summary)
    yield from _compare(request.id, TaskRow, _rows(session, TaskRow, request.id), tasks)
    for table, rows in remedy_rows(request.id, summary).items():
        yield from _compare(request.id, table, _rows(session, table, request.id), rows)


def _chain(case_id: str, recorded: Sequence[RowValues]) -> Iterator[Mismatch]:
    """Gaps and broken links; each compared with the one recorded before, so one change shows
    once."""
    prev, expected = START, 1
    for row in recorded:
        seq = row["seq"]
        for missing in range(expected, seq):
            yield Mismatch(case_id, "case_events", str(missing), "row", None, "event")
        if seq == expected and row["prev_hash"] != prev:
            yield Mismatch(case_id, "case_events", str(seq), "prev_hash", row["prev_hash"], prev)
        digest = link(row["prev_hash"], case_id, row["body"])
        if row["hash"] != digest:
            yield Mismatch(case_id, "case_events", str(seq), "hash", row["hash"], digest)
        prev, expected = row["hash"], seq + 1


def _columns(
    case_id: str, recorded: Sequence[RowValues], events: Sequence[Event]
) -> Iterator[Mismatch]:
    """The columns beside the text say what the text says."""
    for row, event in zip(recorded, events, strict=True):
        for name, value in event_row(case_id, event, row["prev_hash"]).items():
            if name not in ("body", "hash") and row[name] != value:
                yield Mismatch(case_id, "case_events", str(row["seq"]), name, row[name], value)


def _compare(
    case_id: str, table: type[Base], recorded: Sequence[RowValues], rebuilt: Sequence[RowValues]
) -> Iterator[Mismatch]:
    name = table.__tablename__
    there = {_key(table, row): row for row in recorded}
    wanted = {_key(table, row): row for row in rebuilt}
    for key in there.keys() - wanted.keys():
        yield Mismatch(case_id, name, key, "row", there[key], None)
    for key, row in wanted.items():
        if key not in there:
            yield Mismatch(case_id, name, key, "row", None, row)
            continue
        for field, value in row.items():
            if there[key][field] != value:
                yield Mismatch(case_id, name, key, field, there[key][field], value)


def _table(table: type[Base]) -> Table:
    found = table.__table__
    assert isinstance(found, Table)
    return found


def _key(table: type[Base], row: RowValues) -> str:
    names = [column.name for column in _table(table).primary_key if column.name != "case_id"]
    return "/".join(str(row[name]) for name in names)


def _rows(session: Session, table: type[Base], case_id: str) -> list[RowValues]:
    of = _table(table)
    query = select(of).where(of.c.case_id == case_id).order_by(*of.primary_key)
    return [dict(row) for row in session.execute(query).mappings()]


def _gaps_in_numbers(session: Session) -> Iterator[Mismatch]:
    """One series per year, training cases their own, from 1, every number once."""
    last: dict[tuple[bool, int], int] = {}
    series = (Request.training, Request.year, Request.serial)
    for training, year, serial in session.execute(select(*series).order_by(*series)):
        for missing in range(last.get((training, year), 0) + 1, serial):
            case_id = numbers.case_id(year, missing, training=training)
            yield Mismatch(case_id, "requests", "", "row", None, "request")
        last[training, year] = serial
