"""A PostgreSQL register copied and put back, by PostgreSQL's own programs."""

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, inspect, text
from sqlalchemy.orm import Session

from domain.errors import Code, Unreachable
from register.engine import Register, open_register
from register.migrate import upgrade

COPY = "register.dump"

DEBIAN = Path("/usr/lib/postgresql")
"""Where Debian keeps the programs of each version, beside the server's."""

PACKAGES = "postgresql-client"

SAME_OWNER = ("--no-owner", "--no-privileges")
"""Whoever puts it back owns it."""


@contextmanager
def copied(register: Register, into: Path, left_out: Sequence[str]) -> Iterator[Session]:
    """See `register.copies.copied`."""
    os.close(os.open(into, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    with register.reading() as session:
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        moment = session.scalar(text("SELECT pg_export_snapshot()"))
        done = _run(
            "pg_dump",
            register.engine.url,
            "--format=custom",
            *SAME_OWNER,
            f"--snapshot={moment}",
            f"--file={into}",
            *(f"--exclude-table-data={table}" for table in left_out),
        )
        if done.returncode:
            raise Unreachable(Code.BACKUP_NOT_WRITTEN, folder=into.parent, detail=_said(done))
        yield session


def is_there(url: str) -> bool:
    """Whether the database has anything in it. Raises Unreachable."""
    register = open_register(url)
    try:
        with register.reading() as session:
            return bool(inspect(session.connection()).get_table_names())
    finally:
        register.close()


@contextmanager
def put_back(copy: Path, url: str) -> Iterator[Register]:
    """See `register.copies.put_back`."""
    register = open_register(url)
    try:
        whole = ("--single-transaction", "--exit-on-error", *SAME_OWNER)
        done = _run("pg_restore", register.engine.url, *whole, str(copy))
        if done.returncode:
            raise Unreachable(
                Code.REGISTER_NOT_WRITABLE, register=register.name, detail=_said(done)
            )
        upgrade(url)
        yield register
    finally:
        register.close()


def _run(name: str, url: URL, *options: str) -> "subprocess.CompletedProcess[str]":
    """One of PostgreSQL's programs on that database. Unreachable(postgres_tools_missing)."""
    # The password stays out of the list of processes.
    secret = {} if url.password is None else {"PGPASSWORD": str(url.password)}
    place = URL.create(
        "postgresql", url.username, None, url.host, url.port, url.database, url.query
    )
    line = [_program(name), f"--dbname={place.render_as_string()}", *options]
    return subprocess.run(line, env={**os.environ, **secret}, capture_output=True, text=True)


def _program(name: str) -> str:
    """On the PATH, or the newest that Debian has."""
    versions = sorted(
        DEBIAN.glob(f"*/bin/{name}"),
        key=lambda path: int(path.parts[-3]) if path.parts[-3].isdigit() else 0,
    )
    found = shutil.which(name) or (str(versions[-1]) if versions else None)
    if found is None:
        raise Unreachable(Code.POSTGRES_TOOLS_MISSING, program=name, packages=PACKAGES)
    return found


def _said(done: "subprocess.CompletedProcess[str]") -> str:
    return " ".join(done.stderr.split())[-300:] or f"exit code {done.returncode}"
