"""Proof of what belongs to no single case: the series of numbers, the locks of the record, the
calendars as loaded and what they did, papers by their book, rows that no request accounts for, and
who signed for what was forgotten."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from sqlalchemy import exists, select, text
from sqlalchemy.orm import Session

from domain import numbers
from domain.calendar.closures import Closure
from domain.calendar.model import Calendar
from domain.case.act import Event
from domain.case.facts import LawRevised
from register.models import (
    Base,
    CalendarResult,
    CalendarVersion,
    CaseEvent,
    IssuedPaper,
    Notice,
    NumberSeries,
    Request,
)
from register.reads.restored import lost_numbers
from register.verify.account_changes import of_account_changes
from register.verify.directory import of_directory
from register.verify.forgetting import of_forgotten
from register.verify.found import OFFICE, Mismatch, missing, surplus, unreadable
from register.verify.notices import delivered
from register.verify.rows import key_of, table_of
from register.verify.signing_in import of_credentials, of_feeds, of_invites, of_sessions
from register.writes.project import RowValues

LOCKED = (
    "access_log",
    "calendars",
    "case_events",
    "issued_papers",
    "kept_files",
    "laws",
    "office_events",
)
"""Tables that only grow: triggers refuse every other change."""

PATIENCE = timedelta(minutes=10)

OUTCOMES = ("moved", "unchanged", "already_there", "failed")

SQLITE_LOCKS = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
POSTGRES_LOCKS = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"


def of_book(session: Session) -> Iterator[Mismatch]:
    """Every difference in what belongs to no single case."""
    for part in (
        of_locks,
        of_numbers,
        of_starts,
        of_references,
        of_calendars,
        of_results,
        of_papers,
        of_office,
        of_directory,
        of_forgotten,
        of_credentials,
        of_sessions,
        of_invites,
        of_feeds,
        of_account_changes,
    ):
        try:
            yield from part(session)
        except Exception as error:  # as for a case: nobody knows what was broken
            yield unreadable(OFFICE, part.__name__.removeprefix("of_"), "", error)


def of_locks(session: Session) -> Iterator[Mismatch]:
    """The triggers that close the record against change are there and on."""
    sqlite = session.get_bind().dialect.name == "sqlite"
    there = set(session.scalars(text(SQLITE_LOCKS if sqlite else POSTGRES_LOCKS)))
    for table in LOCKED:
        for verb in ("UPDATE", "DELETE"):
            if not {f"{table}_no_{verb}", f"{table}_no_{verb.lower()}"} & there:
                yield missing(OFFICE, table, "", f"trigger {table}_no_{verb}")


def of_numbers(session: Session) -> Iterator[Mismatch]:
    """One series per year, training cases their own, from 1, every number once, up to the last
    that was given; but those whose requests were lost before a restoration."""
    lost = {(False, *number) for number in lost_numbers(session)}
    given: dict[tuple[bool, int], set[int]] = defaultdict(set)
    for training, year, serial in session.execute(
        select(Request.training, Request.year, Request.serial)
    ):
        given[training, year].add(serial)
    last = {(row["training"], row["year"]): row["last"] for row in _rows(session, NumberSeries)}
    for series in sorted(given.keys() | last.keys()):
        training, year = series
        highest = max(given[series], default=0)
        if last.get(series, 0) < highest:
            yield Mismatch(
                OFFICE, "number_series", f"{training}/{year}", "last", last.get(series), highest
            )
        for serial in sorted({*range(1, max(highest, last.get(series, 0)) + 1)} - given[series]):
            if (*series, serial) in lost:
                continue
            case = numbers.case_id(year, serial, training=training)
            yield missing(case, "requests", "", "request")


def of_starts(session: Session) -> Iterator[Mismatch]:
    """Requests whose case was never started, in all the time that `up` and a second try need."""
    since = datetime.now(UTC) - PATIENCE
    waiting = select(Request.id).where(Request.started_at.is_(None), Request.created_at < since)
    for case in session.scalars(waiting):
        yield Mismatch(case, "requests", "", "started_at", None, "started")


def of_references(session: Session) -> Iterator[Mismatch]:
    """Nothing speaks of a case, an organ, a person or a version that is not there."""
    for table in Base.metadata.sorted_tables:
        for reference in table.foreign_key_constraints:
            here, there = zip(*((e.parent, e.column) for e in reference.elements), strict=True)
            found = select(*here).where(
                *(column.is_not(None) for column in here),
                ~exists().where(*(a == b for a, b in zip(here, there, strict=True))),
            )
            for lost in session.execute(found.distinct()):
                key = "/".join(map(str, lost))
                case = key if here[0].name == "case_id" else OFFICE
                yield surplus(case, table.name, key, f"no {there[0].table.name}")


def of_calendars(session: Session) -> Iterator[Mismatch]:
    """Each version as its text says, under its hash; loads counted without gap."""
    for n, row in enumerate(sorted(_rows(session, CalendarVersion), key=_edition), 1):
        version = row["version"]
        try:
            wanted = _calendar(row) if row["kind"] == "calendar" else _closure(row)
        except ValueError as error:
            yield unreadable(OFFICE, "calendars", version, error)
            continue
        for name, value in (wanted | {"edition": n}).items():
            if row[name] != value:
                yield Mismatch(OFFICE, "calendars", version, name, row[name], value)


def _edition(row: RowValues) -> int:
    return int(row["edition"])


def _calendar(row: RowValues) -> RowValues:
    calendar = Calendar.model_validate_json(row["body"])
    return {
        "version": calendar.version,
        "hash": calendar.digest,
        "name": calendar.name,
        "organ": None,
        "department": None,
    }


def _closure(row: RowValues) -> RowValues:
    closure = Closure.model_validate_json(row["body"])
    named = ("version", "name", "organ", "department", "notice")
    return {name: getattr(closure, name) for name in named} | {
        "hash": sha256(row["body"].encode()).hexdigest()
    }


def of_results(session: Session) -> Iterator[Mismatch]:
    """What a version is said to have moved is what the events of the case say."""
    moved = _moves(session)
    for row in _rows(session, CalendarResult):
        case, version = row["case_id"], row["version"]
        wanted = moved.get((version, case), [])
        if row["outcome"] not in OUTCOMES or (row["outcome"] == "moved") != bool(row["moves"]):
            yield Mismatch(case, "calendar_results", version, "outcome", row["outcome"], wanted)
        elif row["moves"] != wanted and row["outcome"] in ("moved", "unchanged"):
            yield Mismatch(case, "calendar_results", version, "moves", row["moves"], wanted)


def _moves(session: Session) -> dict[tuple[str, str], list[RowValues]]:
    """By version and case: the limits whose last day its event moved."""
    found = {}
    query = select(CaseEvent.case_id, CaseEvent.body).where(CaseEvent.kind == "law_revised")
    for case, body in session.execute(query):
        event = Event.model_validate_json(body)
        assert isinstance(event.what, LawRevised)
        if event.what.version is not None:
            found[event.what.version, case] = [
                {"name": d.name, "ref": d.ref, "was": d.was.isoformat(), "due": d.due.isoformat()}
                for d in event.deadlines
                if d.was is not None and d.due is not None and d.was != d.due
            ]
    return found


def of_papers(session: Session) -> Iterator[Mismatch]:
    """Each paper is about an event that is there, and renders the one content it is about."""
    lengths = {row.id: row.seq for row in session.execute(select(Request.id, Request.seq))}
    papers = _rows(session, IssuedPaper)
    contents = {_subject(row): row["sha256"] for row in papers if row["format"] == "json"}
    for row in papers:
        case, key = row["case_id"], key_of(IssuedPaper, row)
        content = contents.get(_subject(row))
        if row["content_sha256"] != content:
            there = row["content_sha256"]
            yield Mismatch(case, "issued_papers", key, "content_sha256", there, content)
        if not 0 < row["seq"] <= lengths.get(case, 0):
            yield surplus(case, "issued_papers", key, row["seq"])


def _subject(row: RowValues) -> tuple[object, ...]:
    return row["case_id"], row["kind"], row["subject"], row["seq"]


def of_office(session: Session) -> Iterator[Mismatch]:
    """Notices about the office itself: of a calendar that is missing, of cases that had lost their
    run."""
    for row in session.execute(select(table_of(Notice)).where(Notice.case_id.is_(None))).mappings():
        begins = f"calendar-{row['payload'].get('year')}-"
        if row["kind"] == "runs_restarted":
            begins = "runs-"
        elif row["seq"]:
            begins = f"account-{row['payload'].get('entry')}-"
            if row["seq"] != row["payload"].get("entry"):
                yield surplus(OFFICE, "notices", row["id"], row["seq"])
        if not row["id"].startswith(begins):
            yield surplus(OFFICE, "notices", row["id"], row["kind"])
        yield from delivered(OFFICE, dict(row))


def _rows(session: Session, model: type[Base]) -> list[RowValues]:
    of = table_of(model)
    return [dict(row) for row in session.execute(select(of).order_by(*of.primary_key)).mappings()]
