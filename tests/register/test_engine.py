"""A register that can't be reached or written says so, in bounded time, with its code."""

import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from domain.errors import Code, Unreachable
from register.engine import Register, open_register
from register.migrate import upgrade
from register.reads import queries
from register.writes.access import Attempt, log_access
from tests.register.office import registered, with_office


@pytest.fixture
def held(register: Register) -> Iterator[Any]:
    """Somebody else holds what `register_request` needs, and doesn't let go."""
    registered(register)
    if register.is_sqlite:
        other: Any = sqlite3.connect(str(register.engine.url.database), isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
    else:
        url = register.engine.url.render_as_string(hide_password=False)
        other = psycopg.connect(url.replace("+psycopg", ""))
        other.execute("LOCK TABLE requests, number_series IN EXCLUSIVE MODE")
    yield other
    other.close()


def test_a_locked_register_refuses_writes_in_time_and_still_reads(
    register: Register, held: Any
) -> None:
    before = time.monotonic()
    with pytest.raises(Unreachable) as refused:
        registered(register, "c-2")
    assert time.monotonic() - before < 5
    assert refused.value.code is Code.REGISTER_NOT_WRITABLE
    with register.reading() as session:
        assert queries.case(session, "2026-0001").line.seq == 0
    held.close()
    assert registered(register, "c-2").id == "2026-0002"


def test_an_attempt_that_cannot_be_logged_does_not_raise(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'register.db'}"
    upgrade(url)
    register = with_office(open_register(url, wait=0.2))
    attempt = Attempt("li", "list", "ok")
    other = sqlite3.connect(tmp_path / "register.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert log_access(register, attempt) is False
    other.close()
    assert log_access(register, attempt) is True
    register.close()


def test_a_server_that_is_not_there_is_unreachable() -> None:
    register = open_register("postgresql://nobody@127.0.0.1:1/none", wait=1)
    with pytest.raises(Unreachable) as refused, register.reading() as session:
        queries.event_count(session, "2026-0001")
    assert refused.value.code is Code.REGISTER_UNREACHABLE
    register.close()


def test_the_name_shows_no_password() -> None:
    assert "secret" not in open_register("postgresql://u:secret@127.0.0.1/x").name
