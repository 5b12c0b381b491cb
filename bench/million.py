"""A register of very many requests, all words sealed: 20,000 of them written as the worker writes
them, the rest copied by the database under numbers, years and handlers of their own."""

import json
import random
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bench.search import name, subjects
from domain.case.act import Event
from domain.case.facts import NewApplicant
from domain.case.people import Grant, Role
from domain.case.summary import REPLIED, Summary
from domain.remedies.progress import OF_PROCEEDINGS
from keys.words import seal
from office.people.directory_file import load_office
from office.running.key_store import key_store, register_at
from office.running.making_ready import make_ready
from office.settings import Settings
from register.engine import Register, open_register
from register.migrate import upgrade
from register.models import Base, CaseStart, PinnedLaw, Request
from register.reads import queries
from register.reads.states import state_of
from register.verify.rows import table_of
from register.writes.directory import Directory
from register.writes.record import record
from register.writes.requests import NewRequest, Series, mark_started, register_request
from tests.walk.office import DEPARTMENTS, directory
from tests.walk.onrecord import lay_down, line_of

LIVES = 160
SEED = 20261129
WRITTEN = 20_000
OPEN_ONE_IN = 10
"""As a portal of a million requests has a hundred thousand open ones."""
AT_ONCE = 200
HANDLERS = 100
"""In each department."""
YEARS = 10
COPIED = ("applicants", "tasks", "record_items", "sign_offs", "remedies", "hearings", "deadlines")
"""What lists, counts and sights look at, of limits those that run; no copy has events."""
DISPUTED_ONE_IN = 25
"""Of the copies: walks go to court far more often than people."""
_DISPUTED = f"put.serial % {DISPUTED_ONE_IN} = 0"
_OF_PROCEEDINGS = ", ".join(f"'{name}'" for name in OF_PROCEEDINGS)
ONLY = {
    "remedies": _DISPUTED,
    "hearings": _DISPUTED,
    "tasks": f"(old.role != 'legal' OR {_DISPUTED})",
    "deadlines": "old.superseded_by_seq IS NULL AND old.due IS NOT NULL "
    f"AND (old.name NOT IN ({_OF_PROCEEDINGS}) OR {_DISPUTED})",
}
OF_OTHERS = {
    "tasks.person": "(SELECT handler FROM requests WHERE id = put.id AND old.person IS NOT NULL)"
}


@dataclass(frozen=True)
class Life:
    """A case as it was lived."""

    like: NewRequest
    events: Sequence[Event]
    summary: Summary


def settings(folder: Path) -> Settings:
    """Of an installation in the folder alone."""
    return Settings(data=folder, YISHEN_REGISTER=None)


def fill(folder: Path, cases: int) -> None:
    """Make the register of the folder, with so many requests."""
    of = settings(folder)
    make_ready(of)
    register = register_at(of)
    with register.writing() as session:
        load_office(session, peopled())
    write(of, register, lives(folder / "lives.db"), min(WRITTEN, cases))
    register.close()
    copy(folder / "register.db", cases)


def peopled() -> Directory:
    """The office of the walks, with a hundred handlers more in each department."""
    found = directory().model_dump(mode="json")
    for organ, departments in DEPARTMENTS.items():
        for unit in departments:
            grant = Grant(role=Role.HANDLER, organ=organ, department=unit).model_dump(mode="json")
            found["users"] += [
                {"id": f"{unit}-{n}", "name": f"{unit}-{n}（虚构）", "roles": [grant]}
                for n in range(HANDLERS)
            ]
    return Directory.model_validate(found)


def lives(file: Path) -> list[Life]:
    """Cases walked at random by the rules, none of training, in a register of their own."""
    upgrade(f"sqlite:///{file}")
    register = open_register(f"sqlite:///{file}")
    with register.writing() as session:
        load_office(session, directory())
        now = datetime.now(UTC)
        numbers = (n for n in range(2 * LIVES) if n % 4)
        cases = [lay_down(session, SEED, next(numbers), now) for _ in range(LIVES)]
    with register.reading() as session:
        found = [_life(session, case) for case in cases]
    register.close()
    return found


def _life(session: Session, case: str) -> Life:
    row = session.execute(select(Request).where(Request.id == case)).scalar_one()
    like = NewRequest(
        command_id=row.command_id,
        person=row.registered_by,
        organ=row.organ,
        channel=row.channel,
        arrived=row.arrived,
        registered_on=row.registered_on,
        statute=row.statute,
        applicant=NewApplicant(name="x"),
        subject="x",
        start_input=_start(session, case),
    )
    return Life(like, queries.events(session, case), line_of(state_of(session, case)))


def _start(session: Session, case: str) -> dict[str, Any]:
    """What it was started with, its law in full."""
    kept = session.execute(select(CaseStart.input).where(CaseStart.case_id == case)).scalar_one()
    law = select(PinnedLaw.body).where(PinnedLaw.hash == kept["law"])
    found: dict[str, Any] = kept | {"law": json.loads(session.execute(law).scalar_one())}
    return found


def write(of: Settings, register: Register, lived: Sequence[Life], cases: int) -> None:
    """So many cases as the worker writes them: sealed, indexed, chained, projected."""
    store, rows = key_store(of), _asked(cases)
    chosen = list(_chosen(lived, cases))
    for begin in range(0, cases, AT_ONCE):
        with register.writing() as session:
            for n in range(begin, min(begin + AT_ONCE, cases)):
                life, subject = chosen[n], next(rows)
                own = {
                    "command_id": f"bench-{n}",
                    "subject": subject,
                    "applicant": NewApplicant(name=name(n), contact=f"139{n:08d}"),
                }
                new = life.like.model_copy(update=own)

                def made(case: str, new: NewRequest = new) -> NewRequest:
                    return seal(new, store.make(case))

                series = Series(training=False, year=new.registered_on.year)
                case = register_request(session, series, new.command_id, made).id
                key = store.key(case)
                events = [seal(event, key) for event in life.events]
                record(session, case, events, life.summary)
                mark_started(session, case, datetime.now(UTC))


def _asked(cases: int) -> Iterator[str]:
    """What they ask for, made up."""
    dice = random.Random(7)
    while True:
        yield from subjects(dice)


def _chosen(lived: Sequence[Life], cases: int) -> Iterator[Life]:
    owed = [life for life in lived if life.summary.status not in REPLIED]
    replied = [life for life in lived if life.summary.status in REPLIED]
    for n in range(cases):
        of = replied if n % OPEN_ONE_IN else owed
        yield of[n // OPEN_ONE_IN % len(of)]


def copy(file: Path, cases: int) -> None:
    """Copies of all that is there, until there are so many: what is closed in years before."""
    # What is copied stands first in each join, and is looked up: else the whole register is read
    # for each few thousand.
    with closing(sqlite3.connect(file, isolation_level=None)) as db:
        for pragma in ("foreign_keys=OFF", "synchronous=OFF", "cache_size=-400000"):
            db.execute(f"PRAGMA {pragma}")
        written = db.execute("SELECT count(*) FROM requests").fetchone()[0]
        db.execute("CREATE TEMP TABLE put (source TEXT PRIMARY KEY, id TEXT, year INT, serial INT)")
        for turn in range(1, -(-cases // written)):
            db.execute("BEGIN")
            db.execute("DELETE FROM put")
            db.execute(
                "INSERT INTO put SELECT id, printf('%d-%04d', y, s), y, s FROM (SELECT id, "
                "year - iif(is_open, 0, :turn % :years) AS y, serial + :turn * :written AS s "
                "FROM requests ORDER BY rowid LIMIT :written)",
                {"turn": turn, "written": written, "years": YEARS},
            )
            _copy_requests(db, turn)
            for table in COPIED:
                columns = [c for c in _columns(table) if c != "case_id"]
                listed = ", ".join(f'"{column}"' for column in columns)
                values = ", ".join(OF_OTHERS.get(f"{table}.{c}", f'old."{c}"') for c in columns)
                db.execute(
                    f"INSERT INTO {table} (case_id, {listed}) SELECT put.id, {values} "
                    f"FROM put CROSS JOIN {table} AS old ON old.case_id = put.source "
                    f"WHERE {ONLY.get(table, 'TRUE')}"
                )
            db.execute(
                "INSERT INTO search_tokens SELECT old.field, old.token, put.id "
                "FROM put CROSS JOIN search_tokens AS old ON old.case_id = put.source "
                "ORDER BY 1, 2, 3"
            )
            db.execute("COMMIT")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _copy_requests(db: sqlite3.Connection, turn: int) -> None:
    of_their_own = {
        "id": "put.id",
        "number": "'依申〔' || put.year || '〕' || put.serial || '号'",
        "year": "put.year",
        "serial": "put.serial",
        "command_id": f"old.command_id || '.{turn}'",
        "handler": "iif(old.handler IS NULL OR old.department IS NULL, old.handler, "
        f"old.department || '-' || abs(random() % {HANDLERS}))",
    }
    for day in ("receipt_day", "arrived", "registered_on", "dispatched_on", "ended_on"):
        of_their_own[day] = f"date(old.{day}, (put.year - old.year) || ' years')"
    columns = _columns("requests")
    values = ", ".join(of_their_own.get(c, f'old."{c}"') for c in columns)
    listed = ", ".join(f'"{c}"' for c in columns)
    db.execute(
        f"INSERT INTO requests ({listed}) SELECT {values} FROM put "
        f"CROSS JOIN requests AS old ON old.id = put.source ORDER BY old.rowid"
    )


def _columns(table: str) -> list[str]:
    return [column.name for column in table_of(_model(table)).columns]


def _model(table: str) -> type[Base]:
    return next(m.class_ for m in Base.registry.mappers if m.class_.__tablename__ == table)
