"""A SQLite register copied and put back: one file, by SQLite's own means."""

import os
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import create_engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from domain.errors import Code, InputError, Unreachable
from register.engine import (
    SQLITE_DAMAGED,
    SQLITE_FULL,
    Register,
    open_register,
    register_url,
    unreachable,
)
from register.migrate import upgrade

COPY = "register.db"


@contextmanager
def copied(register: Register, into: Path, left_out: Sequence[str]) -> Iterator[Session]:
    """See `register.copies.copied`."""
    os.close(os.open(into, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        # One reading transaction: writers go on beside it. What was deleted isn't copied.
        with closing(_connect(Path(register.engine.url.database or ""), "rw")) as source:
            source.execute("VACUUM INTO ?", (str(into),))
        if left_out:
            _empty(into, left_out)
    except sqlite3.Error as error:
        raise _failed(error, register, into) from error
    # Not by `open_register`: it would turn the copy to WAL, which makes files beside it.
    engine = create_engine("sqlite://", creator=lambda: _connect(into, "ro"))
    try:
        with Session(engine) as session:
            yield session
    except SQLAlchemyError as error:
        mapped = unreachable(error, register.name)
        if mapped is None:
            raise
        raise mapped from error
    finally:
        engine.dispose()


def _connect(file: Path, mode: str) -> sqlite3.Connection:
    place = f"file:{quote(str(file))}?mode={mode}"
    return sqlite3.connect(place, uri=True, isolation_level=None)


def _empty(copy: Path, tables: Sequence[str]) -> None:
    with closing(_connect(copy, "rw")) as connection:
        connection.execute("PRAGMA secure_delete=ON")
        there = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
        for table in there.intersection(tables):
            connection.execute(f'DELETE FROM "{table}"')
        connection.execute("VACUUM")


def _failed(error: sqlite3.Error, register: Register, into: Path) -> Unreachable:
    detail = str(error)
    if error.sqlite_errorname in SQLITE_DAMAGED:
        return Unreachable(Code.REGISTER_DAMAGED, register=register.name, detail=detail)
    if any(words in detail for words in SQLITE_FULL):
        return Unreachable(Code.BACKUP_NOT_WRITTEN, folder=into.parent, detail=detail)
    return Unreachable(Code.REGISTER_UNREACHABLE, register=register.name, detail=detail)


def is_there(url: str) -> bool:
    """Whether there is a register already."""
    return _file(url).exists()


@contextmanager
def put_back(copy: Path, url: str) -> Iterator[Register]:
    """See `register.copies.put_back`."""
    file = _file(url)
    begun = file.with_name(f"{file.name}.restoring")
    _remove(begun)
    try:
        handle = os.open(begun, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with copy.open("rb") as given, os.fdopen(handle, "wb") as out:
            shutil.copyfileobj(given, out, 1 << 20)
        here = f"sqlite:///{quote(str(begun))}"
        upgrade(here)
        register = open_register(here)
        try:
            yield register
        finally:
            register.close()  # the last connection writes the `-wal` into the file
        with begun.open("rb") as done:
            os.fsync(done.fileno())
        if file.exists():
            raise InputError(Code.REGISTER_THERE, register=url)
        begun.rename(file)
    except OSError as error:
        detail = error.strerror or str(error)
        raise Unreachable(Code.REGISTER_NOT_WRITABLE, register=url, detail=detail) from error
    finally:
        _remove(begun)


def _file(url: str) -> Path:
    return Path(register_url(url).database or "")


def _remove(begun: Path) -> None:
    for end in ("", "-wal", "-shm", ".migrating"):
        begun.with_name(begun.name + end).unlink(missing_ok=True)
