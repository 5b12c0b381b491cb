"""Find or make the engine, start it on a data folder, stop it."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from temporalio.client import Client
from temporalio.envconfig import ClientConfigProfile
from temporalio.service import RPCError

from domain.errors import Code, Unreachable
from office.settings import Settings
from starter.engine.certificates import environment
from starter.engine.children import DEFAULT_TETHER, Child, Tether
from starter.engine.client import NO_ANSWER, connect_profile, engine_errors
from starter.engine.launch import Launched, launch
from starter.engine.lock import FolderLock
from starter.engine.making import Missing, OnProgress, silent
from starter.engine.paths import SERVER_VERSION, DataFolder
from starter.engine.ready import (
    ensure_namespace,
    ensure_retention,
    ensure_search_attributes,
    wait_serving,
)
from starter.engine.record import EngineRecord, Origin, Way, dump, write_atomically
from starter.engine.ways import configured, find, none_left, order

NAMESPACE = "yishen"
DEFAULT_NAMESPACE = "default"
"""Temporal's own default, where a profile names no namespace."""


class Engine:
    """An engine ready for cases: ours to stop (`child`), or one configured elsewhere."""

    def __init__(
        self,
        *,
        folder: DataFolder,
        lock: FolderLock,
        way: Way,
        profile: ClientConfigProfile,
        namespace: str,
        time_skipping: bool,
        child: Child | None,
    ) -> None:
        self.folder = folder
        self.way = way
        self.address = profile.address or ""
        self.namespace = namespace
        self.time_skipping = time_skipping
        self.child = child
        self._lock = lock
        self._profile = profile

    async def connect(self, settings: Settings | None = None, **options: Any) -> Client:
        """A client of this engine's namespace; `settings`: by whose keys what it says is sealed.
        `options` as for `Client.connect`."""
        return await connect_profile(
            self._profile, self.folder.root, settings, namespace=self.namespace, **options
        )

    def environment(self) -> dict[str, str]:
        """Environment for child processes that connect to this engine through envconfig.

        For an engine of ours nothing else of Temporal's configuration may reach them: a profile
        on this machine could bring TLS or a key meant for another server.
        """
        data = {"YISHEN_DATA": str(self.folder.root)}
        if self.child is None:
            return {**os.environ, "TEMPORAL_NAMESPACE": self.namespace, **data}
        kept = {key: value for key, value in os.environ.items() if not key.startswith("TEMPORAL_")}
        return {
            **kept,
            **data,
            "TEMPORAL_ADDRESS": self.address,
            "TEMPORAL_NAMESPACE": self.namespace,
            "TEMPORAL_CONFIG_FILE": os.devnull,
            **(environment(self.folder.certificates) if self._profile.tls else {}),
        }

    async def stop(self) -> None:
        """Stop what we started and free the data folder; done twice it does nothing more."""
        self.folder.running.unlink(missing_ok=True)
        try:
            if self.child is not None:
                await self.child.stop()
        finally:
            self._lock.release()


async def start(
    data_dir: Path,
    *,
    namespace: str | None = None,
    isolated: bool = False,
    time_skipping: bool = False,
    on_progress: OnProgress = silent,
    tether: Tether = DEFAULT_TETHER,
) -> Engine:
    """The engine of `data_dir`, ready: found or made, healthy, namespace and attributes there.

    `isolated` (demo, tests, bench) ignores TEMPORAL_* and profiles and the PATH. Must run in the
    main thread. Raises InputError(data_folder_in_use, temporal_profile) and Unreachable.
    """
    folder = DataFolder.at(data_dir)
    lock = FolderLock(folder.lock)
    try:
        # Left by a killed predecessor; we hold the lock, so it serves nobody.
        folder.running.unlink(missing_ok=True)
        if not isolated and (profile := configured()) is not None:
            return await _use(profile, namespace, folder, lock)
        engine = await _start_own(
            folder,
            lock,
            namespace=namespace or NAMESPACE,
            isolated=isolated,
            time_skipping=time_skipping,
            on_progress=on_progress,
            tether=tether,
        )
    except BaseException:
        lock.release()
        raise
    return engine


@asynccontextmanager
async def running(data_dir: Path, **options: Any) -> AsyncIterator[Engine]:
    """`start` and, in the end, `stop`."""
    engine = await start(data_dir, **options)
    try:
        yield engine
    finally:
        await engine.stop()


async def _use(
    profile: ClientConfigProfile, namespace: str | None, folder: DataFolder, lock: FolderLock
) -> Engine:
    name = namespace or profile.namespace or DEFAULT_NAMESPACE
    address = profile.address or ""
    client = await connect_profile(profile, None, None, namespace=name)
    with engine_errors(address):
        try:
            await ensure_search_attributes(client, name)
        except RPCError as error:
            if error.status in NO_ANSWER:
                raise
            # No such namespace, or not ours to change: creating one on somebody's server
            # because of a slip in its name would hide the slip.
            raise Unreachable(
                Code.ENGINE_REFUSED, address=address, namespace=name, detail=error.message
            ) from error
    return Engine(
        folder=folder,
        lock=lock,
        way=Way.CONFIGURED,
        profile=profile,
        namespace=name,
        time_skipping=False,
        child=None,
    )


async def _start_own(
    folder: DataFolder,
    lock: FolderLock,
    *,
    namespace: str,
    isolated: bool,
    time_skipping: bool,
    on_progress: OnProgress,
    tether: Tether,
) -> Engine:
    way, launched = await _launch_first(
        folder,
        lock,
        isolated=isolated,
        time_skipping=time_skipping,
        on_progress=on_progress,
        tether=tether,
    )
    try:
        await ensure_namespace(launched.client, namespace)
        await ensure_retention(launched.client, namespace)
        await ensure_search_attributes(launched.client, namespace)
        await wait_serving(launched.client, namespace)
        if not folder.origin.exists():
            write_atomically(folder.origin, dump(Origin(way=way, version=SERVER_VERSION)))
        record = EngineRecord(
            address=launched.profile.address or "",
            namespace=namespace,
            way=way,
            pid=launched.child.pid,
            time_skipping=time_skipping,
            tls=launched.profile.tls is not None,
            started=datetime.now(UTC),
        )
        write_atomically(folder.running, dump(record))
    except BaseException:
        launched.child.kill()
        raise
    return Engine(
        folder=folder,
        lock=lock,
        way=way,
        profile=launched.profile,
        namespace=namespace,
        time_skipping=time_skipping,
        child=launched.child,
    )


async def _launch_first(
    folder: DataFolder,
    lock: FolderLock,
    *,
    isolated: bool,
    time_skipping: bool,
    on_progress: OnProgress,
    tether: Tether,
) -> tuple[Way, Launched]:
    missing: list[Missing] = []
    for way in order(folder, isolated=isolated):
        binary = await find(way, on_progress)
        if isinstance(binary, Missing):
            missing.append(binary)
            continue
        launched = await launch(binary, folder, lock, time_skipping=time_skipping, tether=tether)
        if time_skipping and way is Way.DOWNLOADED:
            from starter.engine.virtual_time import has_time_skipping

            if not await has_time_skipping(launched.client):
                await launched.child.stop()
                missing.append(Missing(way, "no_time_skipping"))
                continue
        return way, launched
    raise none_left(missing)


__all__ = ["NAMESPACE", "Engine", "running", "start"]
