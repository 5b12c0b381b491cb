"""From empty to the newest tables, once, however many starters try."""

import re
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import inspect, text

from domain.case import facts as f
from domain.case.act import Event
from domain.case.people import Role
from domain.errors import Code, Unreachable
from register import migrations
from register.engine import WRITING, open_register
from register.migrate import current, differences, newest, upgrade
from register.models.base import ONLY, Base
from register.verify import verify
from register.writes.record import record
from tests.register.office import event, first, registered, summary


def test_models_and_migrations_agree(url: str) -> None:
    register = open_register(url)
    with register.reading() as session:
        assert differences(session.connection()) == []
    register.close()


def test_indexes_have_the_rows_that_their_models_say(url: str) -> None:
    said = {
        str(index.name): _bare(index.info.get(ONLY, ""))
        for table in Base.metadata.tables.values()
        for index in table.indexes
    }
    register = open_register(url)
    with register.reading() as session:
        database = inspect(session.connection())
        there = {
            str(index["name"]): _bare(_where(index["dialect_options"]))
            for table in Base.metadata.tables
            for index in database.get_indexes(table)
        }
    register.close()
    assert {name: there[name] for name in said} == said
    assert any(said.values())


def _where(options: Mapping[str, Any]) -> str:
    found = (of for name, of in options.items() if name.endswith("_where"))
    return str(next(found, ""))


def _bare(condition: str) -> str:
    """The condition without what each database writes around it."""
    return re.sub(r"[()]| = 1", "", condition)


def test_upgrade_is_repeatable(empty_url: str) -> None:
    upgrade(empty_url)
    upgrade(empty_url)
    assert current(empty_url) == newest()


def test_four_starters_at_once_migrate_once(empty_url: str) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(upgrade, [empty_url] * 4))
    assert current(empty_url) == newest()


def test_a_missing_file_is_unreachable_and_stays_missing(tmp_path: Path) -> None:
    file = tmp_path / "register.db"
    with pytest.raises(Unreachable) as refused:
        current(f"sqlite:///{file}")
    assert refused.value.code is Code.REGISTER_UNREACHABLE
    assert not file.exists()


def test_a_register_without_tables_is_unreachable(empty_url: str, tmp_path: Path) -> None:
    if empty_url.startswith("sqlite"):
        (tmp_path / "data").mkdir()
        (tmp_path / "data" / "register.db").touch()
    assert current(empty_url) is None
    register = open_register(empty_url)
    from register.reads import queries

    with pytest.raises(Unreachable) as refused, register.reading() as session:
        queries.event_count(session, "2026-0001")
    assert refused.value.code is Code.REGISTER_UNREACHABLE
    register.close()


def test_migrations_are_one_line() -> None:
    """Two with one number would leave no newest."""
    folder = Path(migrations.__file__).parent
    numbers = [file.name[:4] for file in sorted(folder.glob("0*.py"))]
    assert numbers == [f"{n:04d}" for n in range(1, len(numbers) + 1)]
    assert newest() == numbers[-1]


def signed(seq: int) -> Event:
    return event(seq, f.Signed(), "qian", role=Role.LEADER_IN_CHARGE)


def test_cases_from_before_say_on_their_line_whether_they_had_items_and_were_signed(
    url: str,
) -> None:
    """A register of 0026 with one case of each kind."""
    register = open_register(url)
    item = event(2, f.ItemAdded(ref="1", title="预算"))
    for n, more in enumerate(([], [item], [item, signed(3)], [signed(2)])):
        case = registered(register, f"c-{n}").id
        with register.writing() as session:
            record(session, case, [first(), *more], summary(1 + len(more)))
    with register.engine.execution_options(**{WRITING: True}).begin() as connection:
        connection.execute(text("DROP INDEX ix_requests_open"))
        for column in ("had_items", "was_signed"):
            connection.execute(text(f"ALTER TABLE requests DROP COLUMN {column}"))
        connection.execute(text("CREATE INDEX ix_requests_open ON requests (organ)"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0026'"))
    upgrade(url)
    with register.reading() as session:
        assert differences(session.connection()) == []
        lines = session.execute(text("SELECT had_items, was_signed FROM requests ORDER BY id"))
        said = [(bool(had_items), bool(was_signed)) for had_items, was_signed in lines]
    assert said == [(False, False), (True, False), (True, True), (False, True)]
    assert verify(register).holds
    register.close()
