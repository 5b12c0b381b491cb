"""Start a server binary on a data folder and wait until it answers."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from temporalio.client import Client
from temporalio.envconfig import ClientConfigProfile

from domain.errors import Code, Unreachable
from starter.engine.certificates import ensure, entrance
from starter.engine.children import DEFAULT_TETHER, Child, Tether, spawn
from starter.engine.config import (
    Ports,
    dynamic_config,
    server_environment,
    write_config,
)
from starter.engine.lock import FolderLock
from starter.engine.logs import log_tail, turn
from starter.engine.paths import DataFolder
from starter.engine.ports import LOOPBACK, free_ports
from starter.engine.ready import ProcessEndedError, wait_healthy

PORT_TRIES = 3


@dataclass(frozen=True, slots=True)
class Binary:
    """A server we can start: the production server, or the command-line tool's dev server."""

    kind: Literal["server", "dev"]
    path: Path


@dataclass(frozen=True, slots=True)
class Launched:
    """A server that answers; `client` is of the `default` namespace."""

    child: Child
    profile: ClientConfigProfile
    client: Client


async def launch(
    binary: Binary,
    folder: DataFolder,
    lock: FolderLock,
    *,
    time_skipping: bool,
    tether: Tether = DEFAULT_TETHER,
) -> Launched:
    """Start `binary` on the folder's database with ports of its own; wait until it is healthy.

    Raises Unreachable(engine_failed) with the end of its log when it dies while starting.
    """
    forget_members(folder.database)
    closed = binary.kind == "server"
    if closed:
        ensure(folder.certificates)
    tls = entrance(folder.certificates) if closed else None
    for attempt in range(1, PORT_TRIES + 1):
        address, command = _command(binary, folder, time_skipping=time_skipping)
        child = spawn(
            "engine",
            command,
            output=turn(folder.log),
            env=server_environment(),
            keep_open=[lock.fd],
            cwd=folder.root,
            tether=tether,
        )
        profile = ClientConfigProfile(address=address, tls=tls)
        try:
            return Launched(child, profile, await wait_healthy(profile, child))
        except ProcessEndedError as ended:
            tail = log_tail(folder.log)
            # Between choosing a port and binding it another process may have taken it.
            if "address already in use" in tail and attempt < PORT_TRIES:
                continue
            raise Unreachable(Code.ENGINE_FAILED, log=folder.log, detail=tail) from ended
        except BaseException:
            child.kill()
            raise
    raise AssertionError("unreachable")


def _command(
    binary: Binary, folder: DataFolder, *, time_skipping: bool
) -> tuple[str, list[str | Path]]:
    if binary.kind == "server":
        ports = Ports.choose()
        config = write_config(
            folder.config,
            folder.database.name,
            ports,
            folder.certificates,
            time_skipping=time_skipping,
        )
        command: list[str | Path] = [binary.path, "--config-file", config]
        return f"{LOOPBACK}:{ports.frontend}", [*command, "--allow-no-auth", "start"]
    (port,) = free_ports(1)
    command = [binary.path, "server", "start-dev", "--headless", "--ip", LOOPBACK]
    command += ["--port", str(port), "--db-filename", folder.database.name, "--log-level", "warn"]
    command += ["--sqlite-pragma", "journal_mode=wal", "--sqlite-pragma", "synchronous=2"]
    for key, value in dynamic_config(time_skipping=time_skipping).items():
        text = f'"{value}"' if isinstance(value, str) else str(value).lower()
        command += ["--dynamic-config-value", f"{key}={text}"]
    return f"{LOOPBACK}:{port}", command


def forget_members(database: Path) -> None:
    """Remove the heartbeats of the last run from the server's database.

    A start within 20 s of them tries to join processes that are gone, on ports of last time, and
    its task queues answer nothing for 40 to 50 s (measured with 1.32.2). We hold the folder's
    lock, so no server lives whose heartbeats these could be. A new database has none.
    """
    if not database.exists():
        return
    with closing(sqlite3.connect(database)) as connection, connection:
        known = "SELECT 1 FROM sqlite_master WHERE name = 'cluster_membership'"
        if connection.execute(known).fetchone() is not None:
            connection.execute("DELETE FROM cluster_membership")
