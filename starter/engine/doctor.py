"""What `yishen doctor` says about the engine: which way is taken and why, what is missing."""

import asyncio
import importlib.metadata
import os
import platform
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from typing import Literal

from temporalio.service import RPCError

from domain.errors import Code, InputError, YishenError
from office.private import exposed
from office.settings import Settings
from starter.engine.build import GO_VERSION
from starter.engine.certificates import WARNED_BEFORE, validity
from starter.engine.client import connect, engine_errors
from starter.engine.download import downloaded_before
from starter.engine.launch import Binary
from starter.engine.lock import describe_holder, is_held
from starter.engine.making import Missing, cached
from starter.engine.paths import SERVER_VERSION, DataFolder, cache_folder, platform_name
from starter.engine.ready import SEARCH_ATTRIBUTES, search_attributes
from starter.engine.record import EngineRecord, Way, find_running, read_origin
from starter.engine.ways import configured, on_path, order

LEAST_FREE = 512 << 20
"""Bytes: below it a day's work may fill the disk (the record, the engine's log of changes)."""

FEW = 5

State = Literal["taken", "open", "untried", "missing"]


@dataclass(frozen=True, slots=True)
class WayState:
    """One way: `state` and `why` are keys of the texts (`engine.state.…`, `engine.missing.…`).

    `why` is empty where there is nothing to explain; `detail` fills the text, or says where.
    """

    way: Way
    state: State
    why: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class FolderState:
    """The data folder: is it there, who holds it, what serves it, how large its database is."""

    path: Path
    exists: bool
    writable: bool
    held_by: str | None
    engine: EngineRecord | None
    made_by: Way | None
    database_bytes: int
    free_bytes: int
    """On its file system."""
    enough_space: bool
    readable_by_others: tuple[str, ...]
    """What in it other accounts have rights to; at most a few names."""


@dataclass(frozen=True, slots=True)
class Reachability:
    """Whether something answers; `detail` says what it is, or why not. `error` is its code."""

    ok: bool
    detail: str
    error: Code | None = None


@dataclass(frozen=True, slots=True)
class Entrance:
    """Who may enter the engine that serves: `closed` to all but the account of the data folder (on
    a configured server: to who has no right there, by TLS), `ending`: so until soon, `open` to
    every account of this machine, or of the network. `until`: end of our certificate."""

    state: Literal["closed", "ending", "open"]
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """Everything found, without changing anything: nothing is started, downloaded or built."""

    ways: tuple[WayState, ...]
    taken: Way | None
    """The way a start would try first among those not missing; None: none is left."""
    versions: dict[str, str]
    folder: FolderState
    engine: Reachability
    entrance: Entrance | None
    """None: no engine serves."""
    register: Reachability | None
    """From the hook; None when none was given."""


def diagnose(
    settings: Settings, *, register: Callable[[], Reachability] | None = None
) -> Diagnosis:
    """Look at the ways, the versions, the folder, the engine; `register` is asked if given.

    Takes up to 10 s where a configured server doesn't answer. Not inside a running event loop.
    """
    folder = DataFolder.at(settings.data)
    ways, taken = _ways(folder)
    return Diagnosis(
        ways=ways,
        taken=taken,
        versions=_versions(),
        folder=_folder(folder),
        engine=asyncio.run(_reach(settings)),
        entrance=_entrance(folder),
        register=register() if register is not None else None,
    )


def _ways(folder: DataFolder) -> tuple[tuple[WayState, ...], Way | None]:
    found = {state.way: state for state in map(_own_way, list(Way)[1:])}
    first = _configured()
    sequence = [] if first.why == "profile_unreadable" else order(folder, isolated=False)
    taken = (
        Way.CONFIGURED
        if first.state == "open"
        else next((way for way in sequence if found[way].state != "missing"), None)
    )
    states = [first, *found.values()]
    return tuple(_mark(state, taken) for state in states), taken


def _mark(state: WayState, taken: Way | None) -> WayState:
    if state.way is not taken:
        return state
    return WayState(state.way, "taken", state.why, state.detail)


def _configured() -> WayState:
    try:
        profile = configured()
    except InputError as error:
        return WayState(
            Way.CONFIGURED, "missing", "profile_unreadable", error.params.get("detail", "")
        )
    if profile is None:
        return WayState(Way.CONFIGURED, "missing", "not_configured")
    return WayState(Way.CONFIGURED, "open", detail=profile.address or "")


def _own_way(way: Way) -> WayState:
    found: Binary | Missing | None
    match way:
        case Way.ON_PATH:
            found = on_path()
        case Way.CACHED:
            found = cached()
        case Way.DOWNLOADED:
            path = downloaded_before()
            found = Binary("dev", path) if path else None
        case _:
            found = None
    if isinstance(found, Missing):
        return WayState(way, "missing", found.why, found.detail)
    if found is not None:
        return WayState(way, "open", detail=str(found.path))
    if way is Way.DOWNLOADED:
        return WayState(way, "untried", "will_download")
    return WayState(way, "untried", "will_build", f"server {SERVER_VERSION}, Go {GO_VERSION}")


def _versions() -> dict[str, str]:
    versions = {
        "python": platform.python_version(),
        "system": platform_name(),
        "yishen": _version("yishen"),
        "temporalio": _version("temporalio"),
        "engine": SERVER_VERSION,
        "cache": str(cache_folder()),
    }
    tool = shutil.which("temporal")
    if tool is not None:
        versions["temporal"] = _tool_version(tool)
    return versions


def _version(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return "?"


def _tool_version(tool: str) -> str:
    try:
        done = subprocess.run([tool, "--version"], capture_output=True, text=True, timeout=5)
    except (OSError, subprocess.TimeoutExpired):
        return "?"
    return done.stdout.strip().splitlines()[0] if done.stdout.strip() else "?"


def _folder(folder: DataFolder) -> FolderState:
    origin = read_origin(folder.origin)
    database = folder.database
    free = shutil.disk_usage(_there(folder.root)).free
    return FolderState(
        path=folder.root,
        exists=folder.root.is_dir(),
        writable=_writable(folder.root),
        held_by=describe_holder(folder.lock) if is_held(folder.lock) else None,
        engine=find_running(folder.root),
        made_by=origin.way if origin is not None else None,
        database_bytes=database.stat().st_size if database.exists() else 0,
        free_bytes=free,
        enough_space=free >= LEAST_FREE,
        readable_by_others=tuple(str(path) for path in islice(exposed(folder.root), FEW)),
    )


def _entrance(folder: DataFolder) -> Entrance | None:
    try:
        profile = configured()
    except InputError:
        return None
    if profile is not None:
        return Entrance("open" if profile.tls is None and not profile.api_key else "closed")
    found = find_running(folder.root)
    if found is None:
        return None
    span = validity(folder.certificates) if found.tls else None
    if span is None:
        return Entrance("open")
    ending = datetime.now(UTC) + WARNED_BEFORE > span[1]
    return Entrance("ending" if ending else "closed", span[1].date())


def _writable(path: Path) -> bool:
    """Whether we may write there, or into the nearest folder above that exists."""
    path = _there(path)
    return path.is_dir() and os.access(path, os.W_OK | os.X_OK)


def _there(path: Path) -> Path:
    while not path.exists() and path != path.parent:
        path = path.parent
    return path


async def _reach(settings: Settings) -> Reachability:
    """Connect as any command would, and look for the search attributes."""
    try:
        client = await connect(settings)
        with engine_errors(client.service_client.config.target_host):
            have = await search_attributes(client, client.namespace)
    except YishenError as error:
        return Reachability(ok=False, detail=error.params.get("detail", ""), error=error.code)
    except RPCError as error:
        return Reachability(ok=False, detail=error.message, error=Code.ENGINE_REFUSED)
    wrong = [name for name, kind in SEARCH_ATTRIBUTES.items() if have.get(name) != kind]
    where = f"{client.service_client.config.target_host} {client.namespace}"
    if wrong:
        return Reachability(ok=False, detail=", ".join(wrong), error=Code.SEARCH_ATTRIBUTE_TYPE)
    return Reachability(ok=True, detail=where)
