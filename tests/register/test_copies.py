"""A register copied while it is written to, and put back, on SQLite and on PostgreSQL."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from domain.errors import Code, InputError, Unreachable
from register.copies import copied, copy_name, is_there, put_back
from register.copies import postgres as programs
from register.copies.contents import Contents, contents
from register.engine import Register, open_register
from register.migrate import current, newest
from register.models import SearchToken
from register.verify import verify
from register.writes.installation import Bond, bind, bond
from tests.register.office import registered
from tests.upgrade import kept

WORD = "找人用的词"


@pytest.fixture
def elsewhere(
    register: Register, tmp_path: Path, request: pytest.FixtureRequest
) -> Callable[[], str]:
    """The URL of a place for another register of the same kind, with nothing there."""
    count = 0

    def fresh() -> str:
        nonlocal count
        count += 1
        if register.is_sqlite:
            return f"sqlite:///{tmp_path / f'again-{count}.db'}"
        return str(request.getfixturevalue("postgres")())

    return fresh


def url_of(register: Register) -> str:
    """With its password."""
    return register.engine.url.render_as_string(hide_password=False)


def copy_of(register: Register, folder: Path) -> tuple[Path, Contents]:
    """A copy and what it says it holds."""
    into = folder / f"copy-{copy_name(url_of(register))}"
    with copied(register, into) as session:
        return into, contents(session)


def test_a_register_put_back_is_the_one_that_was_copied(
    register: Register, tmp_path: Path, elsewhere: Callable[[], str]
) -> None:
    cases = [registered(register, f"c-{n}").id for n in range(3)]
    with register.writing() as session:
        bind(session, Bond("one", "here", 4))
    copy, held = copy_of(register, tmp_path)
    assert (held.cases, held.last_numbers) == (3, {int(cases[0][:4]): 3})
    assert copy.stat().st_mode & 0o777 == 0o600
    registered(register, "after")
    url = elsewhere()
    assert not is_there(url)
    with put_back(copy, url) as again:
        with again.reading() as session:
            assert contents(session) == held
            assert bond(session) == Bond("one", "here", 4)
        assert verify(again, cases).holds
    assert is_there(url)


def test_a_copy_is_of_one_moment_while_others_write(
    register: Register, tmp_path: Path, elsewhere: Callable[[], str]
) -> None:
    first, enough = threading.Event(), threading.Event()

    def write() -> None:
        count = 0
        while not enough.is_set():
            registered(register, f"c-{(count := count + 1)}")
            first.set()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert first.wait(30)
        copy, held = copy_of(register, tmp_path)
    finally:
        enough.set()
        writer.join()
    with put_back(copy, elsewhere()) as again, again.reading() as session:
        assert contents(session) == held
        assert list(held.last_numbers.values()) == [held.cases]


def test_of_what_cases_are_found_by_nothing_is_in_the_copy(
    register: Register, tmp_path: Path, elsewhere: Callable[[], str]
) -> None:
    row = {"field": "name", "token": WORD.encode(), "case_id": "2026-0001"}
    with register.writing() as session:
        session.execute(insert(SearchToken), [row])
    copy = tmp_path / f"copy-{copy_name(url_of(register))}"
    with copied(register, copy):
        pass
    if register.is_sqlite:
        assert WORD.encode() not in copy.read_bytes()
    tokens = select(SearchToken.token)
    with put_back(copy, elsewhere()) as again, again.reading() as session:
        assert session.scalars(tokens).all() == []
    with register.reading() as session:
        assert session.scalars(tokens).all() == [WORD.encode()]


def test_a_register_is_put_back_whole_and_never_over_another(
    register: Register, tmp_path: Path, elsewhere: Callable[[], str]
) -> None:
    copy, _ = copy_of(register, tmp_path)
    url = elsewhere()
    if register.is_sqlite:
        with pytest.raises(ZeroDivisionError), put_back(copy, url):
            raise ZeroDivisionError
        assert list(tmp_path.glob("again*")) == []
        with pytest.raises(InputError) as refused, put_back(copy, url_of(register)):
            pass
        assert refused.value.code is Code.REGISTER_THERE
        return
    half = tmp_path / "half.dump"
    half.write_bytes(copy.read_bytes()[: copy.stat().st_size // 2])
    with pytest.raises(Unreachable) as failed, put_back(half, url):
        pass
    assert failed.value.code is Code.REGISTER_NOT_WRITABLE
    assert not is_there(url)


@pytest.mark.parametrize("name", kept.names())
def test_a_copy_of_an_earlier_release_comes_back_with_the_newest_tables(
    name: str, tmp_path: Path
) -> None:
    stood = kept.load(name, tmp_path / "old.db")
    old = open_register(f"sqlite:///{tmp_path / 'old.db'}")
    with copied(old, tmp_path / "copy.db") as session:
        assert contents(session).cases == len(stood)
    old.close()
    url = f"sqlite:///{tmp_path / 'new.db'}"
    with put_back(tmp_path / "copy.db", url) as again, again.reading() as session:
        assert kept.stands(session).keys() == stood.keys()
    assert current(url) == newest()


@pytest.mark.postgres
def test_without_its_programs_a_postgresql_register_names_what_to_install(
    postgres: Callable[[], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(programs, "DEBIAN", tmp_path)
    opened = open_register(postgres())
    with pytest.raises(Unreachable) as failed:
        copy_of(opened, tmp_path)
    opened.close()
    assert failed.value.code is Code.POSTGRES_TOOLS_MISSING
    assert failed.value.params["program"] == "pg_dump"
