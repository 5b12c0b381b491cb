"""Opening the register: SQLite by default, PostgreSQL by URL; one way to read, one to write.

SQLite runs in WAL mode, so readers never wait. Writing transactions begin with BEGIN IMMEDIATE:
one that began as a reader and then wants to write fails at once when another was faster.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any, Protocol, TypeVar
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import (
    ArgumentError,
    DBAPIError,
    InterfaceError,
    OperationalError,
    ProgrammingError,
    SQLAlchemyError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session

from domain.errors import Code, InputError, Unreachable, YishenError
from domain.search import CaseWords, SearchTerm

T = TypeVar("T")

WRITING = "yishen_writing"
"""Execution option that marks connections of writing transactions."""

READER = "reader"
"""What opens words, in `Session.info`."""

INDEXER = "indexer"
"""What makes the tokens of the search index, in `Session.info` of sessions that write."""

SQLITE_BUSY = ("database is locked", "database table is locked")
SQLITE_FULL = ("readonly database", "disk is full", "disk I/O error")
SQLITE_DAMAGED = ("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_CORRUPT_INDEX")
POSTGRES_BUSY = ("55P03", "25006", "40P01", "57014", "53100")
"""lock_timeout, read-only, deadlock, statement_timeout, disk full."""


class Opens(Protocol):
    """Opens the words of people in what was read."""

    def open(self, value: T) -> T:
        """`value`, its words opened."""
        ...

    def show(self, value: T) -> T:
        """The same of many cases, some of which may lack their key."""
        ...


class Indexes(Protocol):
    """Makes the tokens of the search index."""

    def mark(self) -> bytes:
        """What a whole index is marked with."""
        ...

    def of_case(self, words: CaseWords) -> frozenset[tuple[str, bytes]]:
        """Field and token of all that a case is found by."""
        ...

    def of_terms(self, found: Iterable[SearchTerm]) -> frozenset[tuple[str, bytes]]:
        """Field and token of each term."""
        ...

    def print_of(self, text: str) -> str:
        """By what the log tells one search from another, and the same words again."""
        ...


class Register:
    """An opened register. Thread-safe; close it when done."""

    def __init__(
        self,
        engine: Engine,
        wait: float,
        reader: Opens | None = None,
        indexer: Indexes | None = None,
    ) -> None:
        self.engine = engine
        self._reader = reader
        self._indexer = indexer
        self._writer = engine.execution_options(**{WRITING: True})
        self._wait = wait
        # SQLite's waiters sleep and look again; our own threads queue better on a lock of ours.
        self._turn = Lock() if self.is_sqlite else None

    @property
    def name(self) -> str:
        """The URL without password, for people."""
        return self.engine.url.render_as_string(hide_password=True)

    @property
    def is_sqlite(self) -> bool:
        """Whether one writer at a time is all there is."""
        return self.engine.dialect.name == "sqlite"

    def opened(self, value: T) -> T:
        """The same as `register.reads.words`, for what was read elsewhere. Raises
        Unreachable(key_…)."""
        return value if self._reader is None else self._reader.open(value)

    @property
    def indexer(self) -> Indexes:
        """What finds cases. Whoever opens a register without keys finds none by it."""
        if self._indexer is None:
            raise ValueError("opened without keys")
        return self._indexer

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session for reads, rolled back at the end. Raises Unreachable."""
        with (
            self._mapped(),
            Session(self.engine, autoflush=False, info={READER: self._reader}) as session,
        ):
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session that holds the write lock from its first statement and commits at the end,
        or rolls back when an exception leaves the block. Keep it short. Raises Unreachable."""
        with (
            self._mapped(),
            self._queued(),
            Session(self._writer, expire_on_commit=False, info={INDEXER: self._indexer}) as session,
            session.begin(),
        ):
            yield session

    @contextmanager
    def _queued(self) -> Iterator[None]:
        if self._turn is None:
            yield
        elif self._turn.acquire(timeout=self._wait):
            try:
                yield
            finally:
                self._turn.release()
        else:
            detail = f"waited {self._wait} s for this process"
            raise Unreachable(Code.REGISTER_NOT_WRITABLE, register=self.name, detail=detail)

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()

    @contextmanager
    def _mapped(self) -> Iterator[None]:
        try:
            yield
        except YishenError:
            raise
        except SQLAlchemyError as error:
            mapped = unreachable(error, self.name)
            if mapped is None:
                raise
            raise mapped from error


def unreachable(error: SQLAlchemyError, register: str) -> Unreachable | None:
    """`error` as Unreachable where the database is the reason; None where our statement is."""
    detail = str(error.orig) if isinstance(error, DBAPIError) else str(error)
    detail = " ".join(detail.split())
    state = getattr(getattr(error, "orig", None), "sqlstate", None)
    if isinstance(error, OperationalError) or state in POSTGRES_BUSY:
        busy = any(words in detail for words in (*SQLITE_BUSY, *SQLITE_FULL))
        if busy or state in POSTGRES_BUSY:
            return Unreachable(Code.REGISTER_NOT_WRITABLE, register=register, detail=detail)
        return Unreachable(Code.REGISTER_UNREACHABLE, register=register, detail=detail)
    if getattr(getattr(error, "orig", None), "sqlite_errorname", "") in SQLITE_DAMAGED:
        return Unreachable(Code.REGISTER_DAMAGED, register=register, detail=detail)
    # No tables (never migrated), connection lost in mid-sentence, all connections in use.
    missing = isinstance(error, ProgrammingError) and state == "42P01"
    if missing or isinstance(error, InterfaceError | PoolTimeout):
        return Unreachable(Code.REGISTER_UNREACHABLE, register=register, detail=detail)
    return None


def register_url(url: str) -> URL:
    """The URL with our driver: `postgresql://` (or `postgres://`) means psycopg.

    InputError(bad_setting): no URL, another database, or a SQLite file whose name has a bare `?`.
    """
    try:
        made = make_url(url.replace("postgres://", "postgresql://", 1))
    except (ArgumentError, ValueError) as error:
        raise _bad_url("sqlite:///FILE, postgresql://USER@HOST/NAME") from error
    match made.drivername:
        case "sqlite" if "?" in url or not made.database:
            raise _bad_url("sqlite:///FILE (? = %3F, % = %25)")
        case "sqlite":
            return made
        case "postgresql" | "postgresql+psycopg":
            return made.set(drivername="postgresql+psycopg")
    raise _bad_url("sqlite:///FILE, postgresql://USER@HOST/NAME")


def _bad_url(wanted: str) -> InputError:
    # Never the URL itself: it may hold a password.
    return InputError(Code.BAD_SETTING, field="YISHEN_REGISTER", detail=wanted)


def open_register(
    url: str,
    *,
    wait: float = 5.0,
    create: bool = False,
    reader: Opens | None = None,
    indexer: Indexes | None = None,
) -> Register:
    """The register at `url`; nothing is connected yet. `wait`: seconds for locks and connections;
    `create`: make a missing SQLite file (only a migration may: a read must not leave one); `reader`
    opens words, `indexer` makes what they are found by."""
    engine = open_database(url, wait=wait, create=create, set_up=_set_up_sqlite)
    return Register(engine, wait, reader, indexer)


def open_database(
    url: str,
    *,
    wait: float,
    set_up: Callable[[sqlite3.Connection, Any], None],
    create: bool = False,
) -> Engine:
    """An engine for the database at `url`; nothing is connected yet. `wait`, `create` as for
    `open_register`; `set_up` is done with each new connection to a SQLite file. Transactions begin
    as their connection's option WRITING says. InputError(bad_setting)."""
    parsed = register_url(url)
    if parsed.get_backend_name() != "sqlite":
        milliseconds = max(1, int(wait * 1000))
        return create_engine(
            parsed,
            connect_args={
                "connect_timeout": max(1, round(wait)),
                "options": f"-c lock_timeout={milliseconds} -c timezone=UTC",
            },
            pool_timeout=wait,
            pool_pre_ping=True,
            hide_parameters=True,
        )
    file = f"file:{quote(parsed.database or '')}?mode={'rwc' if create else 'rw'}"

    def connect() -> sqlite3.Connection:
        # The driver's own BEGIN is off (isolation_level None); ours is in _begin_sqlite.
        return sqlite3.connect(
            file, uri=True, timeout=wait, isolation_level=None, check_same_thread=False
        )

    engine = create_engine(
        parsed, creator=connect, pool_timeout=wait, pool_size=16, hide_parameters=True
    )
    event.listen(engine, "connect", set_up)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_up_sqlite(connection: sqlite3.Connection, _: Any) -> None:
    if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA foreign_keys=ON")
    # FULL: what the workflow was told is written must survive a power cut.
    connection.execute("PRAGMA synchronous=FULL")
    # What is taken out of the search index is overwritten, not only let go of.
    connection.execute("PRAGMA secure_delete=ON")


def _begin_sqlite(connection: Connection) -> None:
    writing = connection.get_execution_options().get(WRITING, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
