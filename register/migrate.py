"""Bring a database to the newest tables: `register/migrations/NNNN_words.py`, forward only.

Alembic's own functions without its command line: the whole way up is one transaction, and two
starters at once wait for each other.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import SQLAlchemyError

from domain.errors import Code, Unreachable
from register.engine import WRITING, open_register, unreachable
from register.models import Base

FOLDER = Path(__file__).parent / "migrations"
LOCK = 0x59495348454E  # "YISHEN", the advisory lock of migrations on PostgreSQL


def upgrade(url: str, *, wait: float = 30.0) -> None:
    """Migrate to the newest revision; nothing to do is fine. Raises Unreachable.

    A new SQLite file gets its folder. `wait`: seconds for another starter that migrates.
    """
    register = open_register(url, wait=wait, create=True)
    engine = register.engine
    try:
        with _alone(engine):
            _upgrade(engine, register.is_sqlite)
    except SQLAlchemyError as error:
        mapped = unreachable(error, register.name)
        if mapped is None:
            raise
        raise mapped from error
    except OSError as error:
        detail = error.strerror or str(error)
        raise Unreachable(
            Code.REGISTER_NOT_WRITABLE, register=register.name, detail=detail
        ) from error
    finally:
        register.close()


@contextmanager
def _alone(engine: Engine) -> Iterator[None]:
    """Let one starter at a time make a SQLite file: turning it to WAL doesn't wait for others."""
    database = engine.url.database
    if engine.dialect.name != "sqlite" or database in (None, "", ":memory:"):
        yield
        return
    lock_file = Path(f"{database}.migrating")
    lock_file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _private(lock_file) as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        _private(Path(database)).close()  # `-wal` and `-shm` take after it
        yield


def _private(path: Path) -> BinaryIO:
    """The file, made for its own account only where it is not there."""
    return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b")


def _upgrade(engine: Engine, sqlite: bool) -> None:
    if _at_head(engine):
        return
    with engine.execution_options(**{WRITING: True}).begin() as connection:
        if not sqlite:  # SQLite has begun with its write lock
            connection.execute(text("SET LOCAL lock_timeout = 0"))
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
        _run(connection)


def current(url: str) -> str | None:
    """The revision the database is at; None: no tables yet. Raises Unreachable."""
    register = open_register(url)
    try:
        with register.reading() as session:
            return revision(session.connection())
    finally:
        register.close()


def newest() -> str:
    """The newest revision we know."""
    return str(_scripts().get_current_head())


def differences(connection: Connection) -> list[Any]:
    """What autogenerate would change in the database to match the models; empty: they agree."""
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return list(compare_metadata(context, Base.metadata))


@cache
def _scripts() -> ScriptDirectory:
    """The way up, read once: every command that sets up asks for its end several times."""
    return ScriptDirectory(str(FOLDER), version_locations=[str(FOLDER)])


def _at_head(engine: Engine) -> bool:
    with engine.connect() as connection:
        return revision(connection) == newest()


def known(revision: str) -> bool:
    """Whether it is one of ours: a newer program may have made others."""
    return revision in {script.revision for script in _scripts().walk_revisions()}


def revision(connection: Connection) -> str | None:
    """The one its tables are at; None: no tables yet."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return MigrationContext.configure(connection).get_current_revision()


def _run(connection: Connection) -> None:
    scripts = _scripts()

    def steps(revision: Any, _: Any) -> Any:
        return scripts._upgrade_revs("head", revision)

    context = MigrationContext.configure(connection, opts={"fn": steps})
    with Operations.context(context):
        context.run_migrations()
