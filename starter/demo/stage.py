"""The demonstration's own installation: folder, engine, register, worker; all gone at the end."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from temporalio.client import Client

from domain.errors import Code, InputError, Unreachable
from office.desk import Desk
from office.legal_time import legal_now
from office.people.directory_file import load_office
from office.running.key_store import register_at
from office.running.making_ready import make_ready
from office.settings import Settings
from office.signing_in.demo import mark_as_demo
from register.writes.directory import Directory
from starter.demo import MARK
from starter.engine.lock import FolderLock
from starter.engine.making import OnProgress
from starter.engine.paths import DataFolder, cache_folder
from starter.engine.running import Engine, start
from starter.engine.services import Service, Supervisor
from starter.up import WORKER, wait_for_worker
from workflows.messages import TASK_QUEUE

OF_OTHER_KEYS = ("YISHEN_KEYS", "YISHEN_MASTER_KEY", "YISHEN_MASTER_KEY_FILE", "YISHEN_CIPHER")
"""What a worker of the demonstration must not take from the environment."""


@dataclass(frozen=True, slots=True)
class DemoStage:
    """What the parts play on. `documents`: the files that cases take in."""

    desk: Desk
    client: Client
    settings: Settings
    office: Directory
    documents: Path


def default_folder() -> Path:
    """In the user's cache: losing it loses nothing."""
    return cache_folder() / "demo"


def clear(folder: Path) -> None:
    """An empty demo folder: a new one, an empty one, or the last run's, cleared.

    InputError: usage for a folder that holds anything else (an installation's, say),
    data_folder_in_use while something runs on it.
    """
    mark = folder / MARK
    if folder.exists() and any(folder.iterdir()) and not mark.exists():
        raise InputError(Code.NOT_A_DEMO_FOLDER, folder=folder)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    kept = {MARK, DataFolder.at(folder).lock.name}  # a removed lock file would lock nobody out
    with FolderLock(DataFolder.at(folder).lock):
        for path in folder.iterdir():
            if path.name not in kept:
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        mark.write_text("")


def finish(folder: Path) -> None:
    """Note that the demonstration in it is whole."""
    (folder / MARK).write_text(f"{legal_now():%Y-%m-%d}\n", encoding="utf-8")


@asynccontextmanager
async def open_stage(
    folder: Path, office: Directory, on_progress: OnProgress, tell: Callable[[str], None]
) -> AsyncIterator[DemoStage]:
    """Everything up on a cleared folder. Must run in the main thread. Raises Unreachable."""
    data = DataFolder.at(folder).root
    # Nothing of the environment: the demo must not reach another register.
    settings = Settings.model_construct(
        data=data,
        register_url=None,
        user=None,
        timeout=30.0,
        row_wait=20.0,
        file_limit=500,
        log="info",
    )
    documents = settings.data / "documents"
    documents.mkdir()
    tell("engine")
    engine = await start(settings.data, isolated=True, time_skipping=True, on_progress=on_progress)
    try:
        make_ready(settings)
        register = register_at(settings, settings.timeout / 2)
        try:
            mark_as_demo(register)
            with register.writing() as session:
                load_office(session, office)
            client = await engine.connect(settings)
            tell("worker")
            async with _worker(engine, settings, client):
                desk = Desk(settings, register, client)
                yield DemoStage(desk, client, settings, office, documents)
                tell("stop")
        finally:
            register.close()
    finally:
        await engine.stop()


@asynccontextmanager
async def _worker(engine: Engine, settings: Settings, client: Client) -> AsyncIterator[None]:
    environment = {**engine.environment(), "YISHEN_REGISTER": settings.register}
    for name in OF_OTHER_KEYS:
        environment.pop(name, None)
    service = Service("worker", WORKER, environment, settings.data / "worker.log")
    worker = Supervisor(service, lambda name, code: None)
    worker.start()
    watch = asyncio.create_task(worker.watch())
    ready = asyncio.create_task(wait_for_worker(client, TASK_QUEUE))
    try:
        await asyncio.wait([watch, ready], return_when=asyncio.FIRST_COMPLETED)
        if watch.done():
            watch.result()
        await ready
        yield
    finally:
        for task in (watch, ready):
            task.cancel()
        await worker.stop()
        with suppress(asyncio.CancelledError, Unreachable):
            await watch
