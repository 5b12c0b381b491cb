"""Proof of one case: its chain, and everything else that follows from its events.

Numbers without gap, the hash of each event over its exact text, the columns beside the text,
every projection as rebuilt by the same projectors, the summary as the domain derives it, what it
was started with, and the notices of what has to be told. A text that can't be read is a finding.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from hashlib import sha256

from domain import numbers
from domain.case.act import Event
from domain.case.agenda import idle_until, upcoming
from domain.case.evolve import folded
from domain.case.summary import Summary
from domain.case.tasks import summarise
from register.chain import beginning
from register.models import Applicant, Base, CaseEvent, CaseStart, PinnedLaw, Request, TaskRow
from register.reads.starts import Start, with_law
from register.reads.states import begun
from register.verify.found import Mismatch, missing, surplus, unreadable
from register.verify.links import of_links
from register.verify.notices import of_notices
from register.verify.rows import Rows, key_of
from register.verify.started import Started
from register.writes.project import RowValues, has_rows, rebuilt
from register.writes.record import event_columns, registration, summary_values, task_rows
from register.writes.remedies import remedy_rows
from register.writes.requests import applicant_columns

Summarise = Callable[[Start, Sequence[Event]], Summary | None]
"""From the start input and all events of a case to its summary; None: not to be compared."""


def derived_summary(start: Start, events: Sequence[Event]) -> Summary | None:
    """The summary as the domain derives it from the record alone."""
    if not events or "law" not in start:
        return None
    state = folded(begun(start), events)
    thing = upcoming(state)
    return summarise(state, thing.instant if thing else idle_until(state))


def of_case(case: str, rows: Rows, summarise: Summarise) -> tuple[int, list[Mismatch]]:
    """Number of events of a case, and every difference."""
    recorded = rows[CaseEvent]
    try:
        return len(recorded), list(_of_case(case, rows, summarise))
    except Exception as error:  # whoever changed it chose what to break: no list is complete
        return len(recorded), [unreadable(case, "case_events", "", error)]


def _of_case(case: str, rows: Rows, summarise: Summarise) -> Iterator[Mismatch]:
    recorded, request, start = rows[CaseEvent], _one(rows, Request), _one(rows, CaseStart)
    if start is None:
        yield missing(case, "case_starts", "", "start")
    begins = beginning(start["input"]) if start else None
    wrong = list(_of_start(case, rows))
    yield from wrong
    yield from of_links(case, "case_events", case, recorded, begins)
    events = []
    for row in recorded:
        try:
            events.append(Event.model_validate_json(row["body"]))
        except ValueError as error:
            yield unreadable(case, "case_events", str(row["seq"]), error, "body")
            return
    yield from _columns(case, recorded, events)
    projected = rebuilt(case, events)
    for model, wanted in projected.items():
        yield from _compare(case, model, rows[model], wanted)
    yield from of_notices(case, rows, events)
    if request is None:
        yield missing(case, "requests", "", "request")
    else:
        yield from _values(case, "requests", request, has_rows(projected))
    if request is None or start is None or wrong:
        return
    whole = with_law(start["input"], {row["hash"]: row["body"] for row in rows[PinnedLaw]})
    yield from _registered(case, rows, request, whole, events)
    if request["seq"] != len(recorded):
        yield Mismatch(case, "requests", "", "seq", request["seq"], len(recorded))
    summary = summarise(whole, events)
    if summary is not None:
        yield from against(case, rows, summary)


def _of_start(case: str, rows: Rows) -> Iterator[Mismatch]:
    """The law it names is there, word for word, and no past that is on record."""
    start = _one(rows, CaseStart)
    kept = start["input"] if start else {}
    law = _one(rows, PinnedLaw)
    if "law" in kept and law is None:
        yield missing(case, "laws", kept["law"], "law")
    if law is not None and (digest := _digest(law["body"])) != law["hash"]:
        yield Mismatch(case, "laws", law["hash"], "body", digest, law["hash"])
    past, commands = kept.get("history"), {row["command_id"] for row in rows[CaseEvent]}
    if past and past[-1]["command_id"] in commands:
        yield surplus(case, "case_starts", "", "history")


@lru_cache(maxsize=256)
def _digest(text: str) -> str:
    """Of a law, which many cases have."""
    return sha256(text.encode()).hexdigest()


def against(case: str, rows: Rows, summary: Summary) -> Iterator[Mismatch]:
    """Differences of the line of the list, of the tasks and of proceedings from `summary`."""
    request = rows[Request][0]
    yield from _values(case, "requests", request, summary_values(summary))
    tasks = task_rows(case, request["organ"], request["training"], summary)
    yield from _compare(case, TaskRow, rows[TaskRow], tasks)
    for model, wanted in remedy_rows(case, summary).items():
        yield from _compare(case, model, rows[model], wanted)


def _registered(
    case: str, rows: Rows, request: RowValues, start: Start, events: Sequence[Event]
) -> Iterator[Mismatch]:
    """What the request and its applicant are said to be is what the case was started with, and
    then what its first entry says."""
    of_request, of_applicant = _started(case, start)
    later, who = registration(events) if events else ({}, {})
    yield from _values(case, "requests", request, of_request | later)
    applicant = _one(rows, Applicant)
    if applicant is None:
        yield missing(case, "applicants", "", "applicant")
    else:
        yield from _values(case, "applicants", applicant, who or of_applicant)


def _started(case: str, start: Start) -> tuple[RowValues, RowValues]:
    """Columns of the request and of its applicant, from the number and the input of the case."""
    year, serial = numbers.series_of(case)
    request: RowValues = {
        "number": numbers.number_of(case),
        "year": year,
        "serial": serial,
        "training": case.startswith(numbers.TRAINING),
    }
    if "command_id" not in start:
        return request, {}
    with_what = Started.model_validate(start)
    asked = with_what.registered
    request |= {
        "organ": with_what.organ,
        "registered_by": with_what.by,
        "registered_on": with_what.registered_on,
        "command_id": with_what.command_id,
        "channel": with_what.receipt.channel.value,
        "arrived": with_what.receipt.arrived,
        "statute": start["law"].statute.id,
    }
    if asked is None or asked.applicant is None:
        return request, {}
    request |= {"subject": asked.subject, "form_wished": asked.form_wished}
    return request, applicant_columns(asked.applicant)


def _columns(
    case: str, recorded: Sequence[RowValues], events: Sequence[Event]
) -> Iterator[Mismatch]:
    """The columns beside the text say what the text says."""
    for row, event in zip(recorded, events, strict=True):
        yield from _values(case, "case_events", row, event_columns(case, event), str(row["seq"]))


def _compare(
    case: str, model: type[Base], recorded: Sequence[RowValues], rebuilt: Sequence[RowValues]
) -> Iterator[Mismatch]:
    name = model.__tablename__
    there = {key_of(model, row): row for row in recorded}
    wanted = {key_of(model, row): row for row in rebuilt}
    for key in there.keys() - wanted.keys():
        yield surplus(case, name, key, there[key])
    for key, row in wanted.items():
        if key not in there:
            yield missing(case, name, key, str(row))
        else:
            yield from _values(case, name, there[key], row, key)


def _values(
    case: str, table: str, row: RowValues, wanted: RowValues, key: str = ""
) -> Iterator[Mismatch]:
    for name, value in wanted.items():
        if row[name] != value:
            yield Mismatch(case, table, key, name, row[name], value)


def _one(rows: Rows, model: type[Base]) -> RowValues | None:
    return rows[model][0] if rows[model] else None
