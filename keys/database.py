"""The database of the wrapped keys: two tables, SQLite by default, PostgreSQL by URL."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    DateTime,
    LargeBinary,
    MetaData,
    String,
    Table,
    inspect,
)
from sqlalchemy.exc import SQLAlchemyError

from domain.errors import Code, Unreachable, YishenError
from register.engine import WRITING, open_database

_tables = MetaData()
DATA_KEYS = Table(
    "data_keys",
    _tables,
    Column("name", String, primary_key=True),
    Column("suite", String, nullable=False),
    Column("master", String, nullable=False),
    Column("wrapped", LargeBinary, nullable=False),
    Column("made_at", DateTime(timezone=True), nullable=False),
)
DESTROYED_KEYS = Table(
    "destroyed_keys",
    _tables,
    Column("name", String, primary_key=True),
    Column("destroyed_at", DateTime(timezone=True), nullable=False),
)


class KeyDatabase:
    """Where the keys lie; what keeps it from answering is Unreachable(key_store_unreachable)."""

    def __init__(self, url: str, wait: float) -> None:
        self._engine = open_database(url, wait=wait, set_up=_set_up)

    @property
    def name(self) -> str:
        """The URL without password, for people."""
        return self._engine.url.render_as_string(hide_password=True)

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    def exists(self) -> bool:
        """Whether anybody made it yet. Raises Unreachable where that can't be said."""
        file = self._engine.url.database
        if self._engine.dialect.name == "sqlite" and not Path(str(file)).exists():
            return False
        with self.connection() as db:
            return inspect(db).has_table(DATA_KEYS.name)

    def create(self) -> None:
        """Its tables, with nothing in them; there already is fine. Raises Unreachable."""
        if self._engine.dialect.name == "sqlite":
            file = Path(str(self._engine.url.database))
            try:
                file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
            except OSError as error:
                detail = error.strerror or str(error)
                raise Unreachable(
                    Code.KEY_STORE_UNREACHABLE, store=self.name, detail=detail
                ) from error
        with self.connection(writing=True) as db:
            _tables.create_all(db)

    @contextmanager
    def connection(self, *, writing: bool = False) -> Iterator[Connection]:
        """One transaction; `writing`: that holds the lock from its first statement."""
        try:
            with self._engine.connect() as db:
                options = db.execution_options(**{WRITING: writing})
                with options.begin():
                    yield options
        except YishenError:
            raise
        except SQLAlchemyError as error:
            detail = " ".join(str(getattr(error, "orig", None) or error).split())
            raise Unreachable(Code.KEY_STORE_UNREACHABLE, store=self.name, detail=detail) from error


def _set_up(connection: sqlite3.Connection, _: Any) -> None:
    # No write-ahead log, and nothing left in free pages: a destroyed key is nowhere.
    connection.execute("PRAGMA journal_mode=TRUNCATE")
    connection.execute("PRAGMA secure_delete=ON")
    connection.execute("PRAGMA synchronous=FULL")
