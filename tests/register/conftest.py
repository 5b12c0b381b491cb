"""A register of its own for each test, on SQLite and on PostgreSQL."""

import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from psycopg import sql

from register.engine import Register, open_register
from register.migrate import upgrade
from tests.postgres_fixture import USER, server
from tests.register.office import with_office

BOTH = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


@pytest.fixture(params=BOTH)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """URL of a database without tables."""
    if request.param == "postgres":
        fresh: str = request.getfixturevalue("postgres")()
        return fresh
    return f"sqlite:///{tmp_path / 'data' / 'register.db'}"


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file with the office in it, to be copied."""
    return new_file(tmp_path_factory.mktemp("template"))


@pytest.fixture(scope="session")
def postgres_template(postgres_port: int) -> str:
    """The same as a database, to be cloned: ten times faster than migrating anew."""
    return new_database(postgres_port)


def new_file(folder: Path) -> Path:
    """A migrated file in `folder`, with the office in it."""
    file = folder / "register.db"
    _prepare(f"sqlite:///{file}")
    return file


def new_database(port: int) -> str:
    """The name of a migrated database with the office in it."""
    name = f"register_template_{uuid.uuid4().hex}"
    with server(port) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    _prepare(database_url(port, name))
    return name


@pytest.fixture(params=BOTH)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """URL of a migrated register with the office of `tests.register.office`."""
    with copied(request, tmp_path) as found:
        yield found


@contextmanager
def copied(request: pytest.FixtureRequest, folder: Path) -> Iterator[str]:
    """URL of a copy of the template that `request` has as its parameter, for a fixture of any
    scope; `folder`: where a file goes."""
    if request.param == "sqlite":
        template: Path = request.getfixturevalue("sqlite_template")
        shutil.copy(template, folder / "register.db")
        yield f"sqlite:///{folder / 'register.db'}"
        return
    template_name: str = request.getfixturevalue("postgres_template")
    port: int = request.getfixturevalue("postgres_port")
    name = f"r_{uuid.uuid4().hex}"
    clone = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
    with server(port) as connection:
        connection.execute(clone.format(sql.Identifier(name), sql.Identifier(template_name)))
        yield database_url(port, name)
        drop = sql.SQL("DROP DATABASE {} WITH (FORCE)")
        connection.execute(drop.format(sql.Identifier(name)))


@pytest.fixture
def register(url: str) -> Iterator[Register]:
    """An opened register with the office; waits two seconds for locks."""
    opened = open_register(url, wait=2.0)
    yield opened
    opened.close()


def _prepare(url: str) -> None:
    upgrade(url)
    opened = open_register(url)
    with_office(opened)
    opened.close()


def database_url(port: int, name: str) -> str:
    """The URL of that database of the cluster at `port`."""
    return f"postgresql://{USER}@127.0.0.1:{port}/{name}"
