"""The office's own record: every change with who made it. That a change of any column past it is
found stands in test_verify_every_column.py."""

from datetime import date, timedelta
from hashlib import sha256
from importlib import import_module
from itertools import product

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Table, text

from domain.calendar.closures import Closure
from domain.values import OFFICE_ZONE
from law.files import load_calendar as packaged
from register.engine import Register
from register.models import Base
from register.office_chain import KEYS, Author
from register.reads.office_history import OfficeLine, office_history
from register.reads.signing_in import CredentialLine
from register.verify import verify
from register.writes.calendars import load_calendar, load_closure
from register.writes.directory import Directory, load_directory
from register.writes.signing_in import put_credential
from tests.register import office

TABLE = "calendars"

LATER = Author("head", "command_line:root", office.BY.at + timedelta(days=3))


def full() -> Directory:
    """The office with a row in every table."""
    told = office.OFFICE.model_dump(mode="json")
    told["organs"][0] |= {
        "opening_balances": [{"row": "received", "through": 2015, "value": 10, "source": "x"}],
        "entered_figures": [{"row": "published", "year": 2016, "value": 7, "source": "x"}],
    }
    told["users"][1]["roles"][0]["department"] = "czj"
    return Directory.model_validate(told)


CLOSURE = Closure(
    name="停电（虚构）",
    version="x-1",
    organ="jianning",
    notice="虚构",
    issued=date(2026, 1, 4),
    off=(date(2026, 1, 7),),
)


def fill(register: Register) -> None:
    """All of `full`, and what is loaded beside it."""
    load(register, full())
    with register.writing() as session:
        put_credential(session, CredentialLine("li", "$argon2id$x", None, ()), LATER)
        load_calendar(session, packaged("cn"), LATER, notice="国办（虚构）")
        load_closure(session, CLOSURE, LATER)


def load(register: Register, told: Directory, by: Author = LATER) -> None:
    with register.writing() as session:
        load_directory(session, told, office.FIRST_DAY, by)


def history(register: Register) -> list[OfficeLine]:
    with register.reading() as session:
        return office_history(session)


def found(register: Register) -> set[tuple[str, str]]:
    """Tables and fields in which the office differs from its record."""
    return {(d.table, d.field) for d in verify(register).differences if d.key}


def table(model: type[Base]) -> Table:
    made = model.__table__
    assert isinstance(made, Table)
    return made


def tamper(register: Register, statement: str) -> None:
    """As somebody with the database would, its guards off."""
    with register.engine.connect() as opened:
        connection = opened.execution_options(isolation_level="AUTOCOMMIT")
        if register.is_sqlite:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
            for of, verb in product(("office_events", "calendars"), ("UPDATE", "DELETE")):
                connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {of}_no_{verb}")
        else:
            connection.exec_driver_sql("SET session_replication_role = replica")
        assert connection.execute(text(statement)).rowcount == 1
    register.engine.dispose()


def one_row(register: Register, of: str) -> str:
    row = "rowid" if register.is_sqlite else "ctid"
    return f"{row} = (SELECT min({row}) FROM {of})"


def test_each_change_says_who_made_it_and_what_was_before(register: Register) -> None:
    assert {(line.person, line.asked_by) for line in history(register)} == {
        (office.BY.person, office.BY.asked_by)
    }
    before = len(history(register))
    load(register, office.OFFICE)
    assert len(history(register)) == before, "the same file again changes nothing"
    told = office.OFFICE.model_dump(mode="json")
    told["users"][0]["name"] = "王小芳"
    told["users"][2]["roles"] = told["users"][2]["roles"][:1]
    load(register, Directory.model_validate(told))
    newest = history(register)[: -before or None]
    assert {(line.person, line.asked_by, line.at) for line in newest} == {
        (LATER.person, LATER.asked_by, LATER.at)
    }
    assert {(line.about, line.key): (line.was, line.now) for line in newest} == {
        ("users", "wang"): ({"name": "王芳"}, {"name": "王小芳"}),
        ("roles", "zhao/handler/jianning"): (
            {"person": "zhao", "role": "handler", "organ": "jianning", "department": None},
            None,
        ),
    }
    assert found(register) == set()


def test_a_row_in_every_table_is_on_record(register: Register) -> None:
    fill(register)
    assert {line.about for line in history(register)} == {table(m).name for m in KEYS}
    assert found(register) == set()


@pytest.mark.parametrize("of", [table(model).name for model in KEYS])
def test_a_row_taken_away_or_slipped_in_is_found(register: Register, of: str) -> None:
    fill(register)
    tamper(register, f"DELETE FROM {of} WHERE {one_row(register, of)}")
    assert (of, "row") in found(register)


def test_a_role_slipped_in_stays_found_after_the_next_change(register: Register) -> None:
    values = "'wang', 'principal_leader', 'jianning'"
    tamper(register, f"INSERT INTO roles (person, role, organ) VALUES ({values})")
    assert found(register) == {("roles", "row")}
    told = office.OFFICE.model_dump(mode="json")
    told["organs"][0]["name"] = "建宁"
    del told["users"]
    load(register, Directory.model_validate(told))
    assert found(register) == {("roles", "row")}


def test_a_change_taken_off_the_end_is_found_while_its_row_stands(register: Register) -> None:
    tamper(register, "DELETE FROM office_events WHERE seq = (SELECT max(seq) FROM office_events)")
    assert found(register) == {("roles", "row")}


def test_loading_a_calendar_again_is_no_change(register: Register) -> None:
    fill(register)
    before = history(register)
    fill(register)
    assert history(register) == before
    loaded = [(line.person, line.asked_by, line.key) for line in before if line.about == TABLE]
    assert loaded == [("head", "command_line:root", "x-1"), *loaded[1:]]
    assert len(loaded) == len({key for _, _, key in loaded}) == 2


def test_a_closure_changed_with_all_that_its_own_row_says_is_found(register: Register) -> None:
    fill(register)
    body = CLOSURE.changed(off=(date(2026, 1, 8),)).model_dump_json()
    digest = sha256(body.encode()).hexdigest()
    values = f"body = '{body}', hash = '{digest}'".replace(":", r"\:")
    tamper(register, f"UPDATE calendars SET {values} WHERE version = 'x-1'")
    assert found(register) == {(TABLE, "hash")}


def test_what_was_loaded_before_there_was_a_record_of_it_begins_one(register: Register) -> None:
    fill(register)
    for version in ("x-1", packaged("cn").version):
        tamper(register, f"DELETE FROM office_events WHERE about = '{TABLE}' AND key = '{version}'")
    assert found(register) == {(TABLE, "row")}
    with register.writing() as session:
        context = MigrationContext.configure(session.connection())
        with Operations.context(context):
            import_module("register.migrations.0012_calendars_on_record").upgrade()
    assert found(register) == set()
    newest, before, *_ = history(register)
    assert [(line.person, line.key) for line in (before, newest)] == [
        ("system", packaged("cn").version),
        ("system", "x-1"),
    ]


def test_times_are_kept_as_they_were(register: Register) -> None:
    assert {line.at.astimezone(OFFICE_ZONE) for line in history(register)} == {office.BY.at}
