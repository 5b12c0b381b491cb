"""A private PostgreSQL cluster on loopback for the session; a fresh database per test."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from starter.engine.children import Child, spawn
from starter.engine.ports import LOOPBACK, free_ports
from tests.starter.engine.processes import wait_until

USER = "yishen"
INITDB = ("--no-sync", "--auth=trust", "--encoding=UTF8", "--locale=C", "-U", USER)
UNSAFE_BUT_FAST = ("-F", "-c", "synchronous_commit=off", "-c", "full_page_writes=off")


def find_programs() -> Path | None:
    """The folder with initdb and pg_ctl: on the PATH, or where Debian keeps them."""
    found = shutil.which("initdb")
    if found is not None:
        # The real place: initdb looks for the server beside itself.
        return Path(found).resolve().parent
    versions = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"),
        key=lambda path: int(path.parts[-3]) if path.parts[-3].isdigit() else 0,
    )
    return versions[-1].parent if versions else None


def _other_user() -> pwd.struct_passwd | None:
    """Whom the server runs as: it refuses root. None: as ourselves."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            return pwd.getpwnam(name)
    raise LookupError("no unprivileged user")


def _become(other: pwd.struct_passwd | None) -> list[str]:
    if other is None:
        return []
    user = [f"--reuid={other.pw_uid}", f"--regid={other.pw_gid}", "--clear-groups"]
    # A change of user clears the death signal that our tether asked for: ask again.
    return ["setpriv", *user, "--pdeathsig=INT"]


@pytest.fixture(scope="session")
def postgres_port() -> Iterator[int]:
    """The port of a running private cluster. Named skip where there is none."""
    programs = find_programs()
    if programs is None:
        if os.environ.get("CI") == "true":
            pytest.fail("PostgreSQL is missing, and CI must not skip")
        pytest.skip("PostgreSQL is missing: install its server, or run `make test` as root")
    with cluster(programs) as port:
        yield port


@contextmanager
def cluster(programs: Path) -> Iterator[int]:
    """The port of a private cluster that runs, fsync off; `programs`: as found."""
    # Not under pytest's folder: that one is closed to the unprivileged user.
    folder = Path(tempfile.mkdtemp(prefix="yishen-pg-"))
    try:
        other = _other_user()
        if other is not None:
            os.chown(folder, other.pw_uid, other.pw_gid)
        initdb = [*_become(other), str(programs / "initdb"), "-D", str(folder / "data"), *INITDB]
        made = subprocess.run(initdb, cwd=folder, capture_output=True, text=True)
        if made.returncode != 0:
            raise RuntimeError(f"initdb failed: {made.stderr}")
        (port,) = free_ports(1)
        places: list[str | Path] = [
            "-D",
            folder / "data",
            "-p",
            str(port),
            "-k",
            folder,
            "-h",
            LOOPBACK,
        ]
        running = spawn(
            "postgres",
            [*_become(other), programs / "postgres", *places, *UNSAFE_BUT_FAST],
            output=folder / "server.log",
            cwd=folder,
        )
        try:
            _wait_for(running, port, folder / "server.log")
            yield port
        finally:
            os.kill(running.pid, signal.SIGQUIT)  # at once: nothing in it is worth keeping
            wait_until(lambda: running.exit_code is not None, "PostgreSQL stopped")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _wait_for(running: Child, port: int, log: Path) -> None:
    def connects() -> bool:
        if running.exit_code is not None:
            raise RuntimeError(f"PostgreSQL ended: {log.read_text()[-2000:]}")
        with suppress(psycopg.OperationalError):
            psycopg.connect(host=LOOPBACK, port=port, user=USER, dbname="postgres").close()
            return True
        return False

    wait_until(connects, "PostgreSQL accepts connections")


@pytest.fixture
def postgres(postgres_port: int) -> Iterator[Callable[[], str]]:
    """Call it for the SQLAlchemy URL of a fresh, empty database; dropped after the test."""
    made: list[str] = []

    def fresh() -> str:
        made.append(fresh_database(postgres_port))
        return made[-1]

    yield fresh
    with server(postgres_port) as connection:
        for url in made:
            name = sql.Identifier(url.rpartition("/")[2])
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))


def fresh_database(port: int) -> str:
    """The SQLAlchemy URL of a new, empty database in the cluster at `port`."""
    name = f"t_{uuid.uuid4().hex}"
    with server(port) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    return f"postgresql+psycopg://{USER}@{LOOPBACK}:{port}/{name}"


def server(port: int) -> psycopg.Connection[tuple[object, ...]]:
    """A connection to the cluster at `port` that can make and drop databases."""
    place = f"host={LOOPBACK} port={port} user={USER} dbname=postgres"
    return psycopg.connect(place, autocommit=True)
