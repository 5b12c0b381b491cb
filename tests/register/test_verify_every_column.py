"""A change behind the register's back, in any column of any table, is found.

What by nature can't be derived from anything stands in `UNPROVEN`, with the reason.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Column, create_engine, select, text, update

from domain.calendar.closures import Closure
from domain.case.people import on_desk
from law.files import load_calendar as calendar_of
from register.engine import Register, open_register
from register.migrate import upgrade
from register.models import Base, Instant
from register.office_chain import Author
from register.reads import roster
from register.reads.calendars import ResultLine
from register.reads.papers import PaperLine
from register.reads.signing_in import CredentialLine
from register.verify import verify
from register.verify.rows import table_of
from register.writes.access import Attempt, log_access, note_attempts
from register.writes.calendars import keep_results, load_calendar, load_closure
from register.writes.papers import enter
from register.writes.signing_in import (
    FACTOR_SHOWN,
    FEED_MADE,
    INVITED,
    SIGNED_IN,
    begin_session,
    digest,
    mark_factor,
    public_id,
    put_credential,
    put_feed,
    put_invite,
)
from tests.upgrade import kept

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
LATER = NOW + timedelta(minutes=9)
HASH = "ab" * 32

MOVES = "moves with every use, and only shuts what was open"
CLOCK = "the wall clock of a writing; the order of things stands in the chain"
MOMENT = "the people of a moment, and how a delivery went"
GROWS = "an attempt leaves nothing else behind; the table only grows, by its triggers"
BROUGHT = "who brought it"
TRIES = "how the tries went; what came of them stands in the events"

UNPROVEN = {
    "access_log": {"*": GROWS},
    "calendar_results": dict.fromkeys(("at", "attempts", "code", "detail", "warnings"), TRIES),
    "case_events": {"written_at": CLOCK},
    "chosen_organs": {"*": "what somebody last chose to look at; nothing rests on it"},
    "credentials": {"factor_step": MOVES},
    "desk_sessions": {
        **dict.fromkeys(("seen_at", "ended_at"), MOVES),
        "device": "what a browser said of itself; nothing rests on it",
    },
    "drafts": {"*": "what nobody has brought on record yet; gone when it is, or after 30 days"},
    "installation": {"*": "compared with engine and data folder by every start, not by the events"},
    "invites": {"used_at": MOVES},
    "kept_files": {"*": "proved by the files themselves, see tests/starter/test_files.py"},
    "issued_papers": {"issued_at": CLOCK, "issued_by": BROUGHT, "lang": "stands in the bytes"},
    "notices": dict.fromkeys(("address", "language", "attempts", "error"), MOMENT)
    | {"created_at": CLOCK, "sent_at": CLOCK},
    "requests": {
        "created_at": CLOCK,
        "started_at": CLOCK,
        "digest": "tells a command sent twice from another while it may come again",
    },
    "roles": {"id": "counted up by the database; nothing refers to it"},
    "search_tokens": {
        "*": "takes the keys: `register.verify.tokens`, with a test beside the search"
    },
    "sign_in_counts": {"*": "how often something was tried; gone after a day"},
    "troubles": {"*": "what is wrong now; it goes when it is over"},
}

PROVEN = sorted(
    (
        mapper.class_
        for mapper in Base.registry.mappers
        if "*" not in UNPROVEN.get(mapper.class_.__tablename__, {})
    ),
    key=lambda model: model.__tablename__,
)


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register with a row in every table: the kept one, and what that has none of."""
    file = tmp_path_factory.mktemp("lived") / "register.db"
    kept.load(kept.names()[-1], file)
    upgrade(f"sqlite:///{file}")
    register = open_register(f"sqlite:///{file}")
    closure = Closure(
        name="停电（虚构）", version="x-1", organ="qinghe", notice="虚构", issued=date(2026, 1, 4)
    )
    by = Author("xu", "command_line:desk", NOW)
    with register.writing() as session:
        load_calendar(session, calendar_of("cn"), by, notice="国办（虚构）")
        load_closure(session, closure, by)
        same = ResultLine("x-1", "2026-0001", "unchanged", [], [], None, None, attempts=1, at=NOW)
        keep_results(session, [same])
        for lang, kind, sha256 in (("", "json", HASH), ("zh", "html", "cd" * 32)):
            of = ("2026-0001", "evidence", "reply", 1, lang, kind)
            enter(session, PaperLine(*of, sha256, HASH, NOW, "wang"))
    log_access(register, Attempt("wang", "case", "ok", "2026-0001"))
    with_signing_in(register)
    assert verify(register).differences == ()
    register.close()
    return file


def with_signing_in(register: Register) -> None:
    """Somebody with a password and a second factor, signed in, and an invite for another."""
    with register.writing() as session:
        one, other = sorted(roster.people(session))[:2]
        by = Author(one, on_desk(public_id("t"), "password"), NOW)
        put_credential(session, CredentialLine(one, "$argon2id$x", "sealed:x", (HASH,)), by)
        begin_session(session, "t", one, "password", "x", NOW, factor=False)
        mark_factor(session, public_id("t"), LATER)
        put_invite(session, "i", other, by)
        put_feed(session, "f", one, NOW)
        begun = Attempt(one, SIGNED_IN, "ok", None, None, digest("t"), None, by.asked_by)
        made = Attempt(one, INVITED, "ok", None, None, digest("i"), other, by.asked_by)
        fed = Attempt(one, FEED_MADE, "ok", command_id=digest("f"), asked_by=by.asked_by)
        note_attempts(session, NOW, begun, made, fed)
        note_attempts(session, LATER, replace(begun, command=FACTOR_SHOWN))


@contextmanager
def opened_up(file: Path) -> Iterator[Any]:
    """As somebody with the file would, who leaves no trigger missing behind."""
    engine = create_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        triggers = connection.execute(
            text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        ).all()
        connection.execute(text("PRAGMA ignore_check_constraints = ON"))
        for name, _ in triggers:
            connection.execute(text(f"DROP TRIGGER {name}"))
        yield connection
        for _, statement in triggers:
            connection.execute(text(statement))
    engine.dispose()


def another(column: Column[Any], value: Any) -> Any:
    """A value that its column can hold and that is not the one it holds."""
    kind: type = type(value)
    if value is None:
        kind = datetime if isinstance(column.type, Instant) else column.type.python_type
    if kind is bool:
        return not value
    if kind in (int, Decimal):
        return (value or 0) + 1000
    if kind is datetime:
        return (value or NOW) + timedelta(hours=30)
    if kind is date:
        return (value or NOW.date()) + timedelta(days=1)
    if kind is dict:
        return {**(value or {}), "number": "x", "subject": "x"}
    if kind is list:
        return [*(value or []), {"name": "x"}]
    return f"{value or ''}x"


@pytest.mark.parametrize("model", PROVEN, ids=lambda model: model.__tablename__)
def test_a_change_in_any_column_is_found(lived: Path, tmp_path: Path, model: type[Base]) -> None:
    table, quiet = table_of(model), []
    known = UNPROVEN.get(table.name, {})
    for column in table.columns:
        if column.name in known:
            continue
        file = tmp_path / "register.db"
        shutil.copy(lived, file)
        with opened_up(file) as connection:
            row = connection.execute(select(table).limit(1)).mappings().one()
            here = [key == row[key.name] for key in table.primary_key]
            value = another(column, row[column.name])
            connection.execute(update(table).where(*here).values({column.name: value}))
        register = open_register(f"sqlite:///{file}")
        if verify(register).holds:
            quiet.append(column.name)
        register.close()
    assert quiet == []


def test_what_is_not_proved_is_there() -> None:
    tables = Base.metadata.tables
    for name, columns in UNPROVEN.items():
        assert columns.keys() - {"*"} <= set(tables[name].columns.keys()), name
