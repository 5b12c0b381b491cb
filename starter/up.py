"""`yishen up`: lock, engine, namespace, register, keys, worker, pages; until told to stop."""

import asyncio
import signal
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import asdict
from pathlib import Path

from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest
from temporalio.client import Client

from domain.errors import Code, Unreachable, YishenError
from office.desk import Desk
from office.private import close_to_others, tighten
from office.running.fence import Admission, enter, keep_in_engine
from office.running.making_ready import make_keys_ready, migrate
from office.running.rebuilding import Became, rebuild
from office.settings import Settings
from register.engine import Register, open_register
from register.reads.troubles import MAIL_DROP, troubles
from starter.announcement import Announcement, Say
from starter.engine.logs import log_tail
from starter.engine.making import OnProgress, silent
from starter.engine.running import Engine, start
from starter.engine.services import Service, Supervisor
from starter.web.pages import WEB, Pages
from starter.web.place import prepared_place
from workflows.messages import TASK_QUEUE

WORKER = (sys.executable, "-P", "-m", "worker")
"""-P: what lies in the folder somebody stands in is no part of the program."""
WORKER_READY_SECONDS = 60.0
TROUBLES_SECONDS = 5.0


async def up(
    settings: Settings,
    *,
    say: Say,
    on_progress: OnProgress = silent,
    worker_command: Sequence[str | Path] = WORKER,
    web_command: Sequence[str | Path] = WEB,
    prepare: Callable[[Settings], None] = migrate,
) -> None:
    """Run all until SIGINT or SIGTERM, then stop worker and engine, in this order.

    Must run in the main thread. Raises InputError (data_folder_in_use, data_folder_open,
    temporal_profile, web_*) and Unreachable: engine_*, search_attribute_type, service_failed,
    engine_died, web_*.
    """
    task = asyncio.current_task()
    assert task is not None
    asked = False

    def stop() -> None:
        nonlocal asked
        asked = True
        task.cancel()

    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop)
    close_to_others()
    tighten(settings.data)
    begun = time.monotonic()
    try:
        place = await asyncio.to_thread(prepared_place, settings)
        engine = await start(settings.data, on_progress=on_progress)
        try:
            with closing(Pages(place, web_command)) as pages:
                await _serve(engine, settings, say, (worker_command, pages), prepare, begun)
        finally:
            say(Announcement("stopping", {}))
            await engine.stop()
    except asyncio.CancelledError:
        if not asked:
            raise
        task.uncancel()
        say(Announcement("stopped", {}))
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(number)


async def _serve(
    engine: Engine,
    settings: Settings,
    say: Say,
    run: tuple[Sequence[str | Path], Pages],
    prepare: Callable[[Settings], None],
    begun: float,
) -> None:
    say(
        Announcement(
            "engine" if engine.child else "connected",
            {"address": engine.address, "way": engine.way},
        )
    )
    worker_command, pages = run
    await asyncio.to_thread(prepare, settings)
    await asyncio.to_thread(pages.check, settings)
    entry = await _entered(engine, settings)
    await asyncio.to_thread(make_keys_ready, settings)
    environment = {**engine.environment(), "YISHEN_REGISTER": settings.register}
    folder = engine.folder.root

    def restarted(name: str, code: int) -> None:
        log = folder / f"{name}.log"
        say(Announcement("restarted", {"service": name, "code": code, "log": log}))
        if name != "worker":
            pages.tell_again(say)

    services = [
        Supervisor(service, restarted)
        for service in (
            Service("worker", worker_command, environment, folder / "worker.log"),
            *pages.services(settings, environment, folder),
        )
    ]
    for service in services:
        service.start()
    watched = [asyncio.create_task(service.watch()) for service in services]
    if engine.child is not None:
        watched.append(asyncio.create_task(_engine_died(engine)))
    ready = asyncio.create_task(_ready(engine, settings, (entry, pages), say, begun))
    try:
        done, _ = await asyncio.wait([*watched, ready], return_when=asyncio.FIRST_COMPLETED)
        if ready in done:
            ready.result()
            watched.append(asyncio.create_task(_tell_of_troubles(settings, say)))
            done, _ = await asyncio.wait(watched, return_when=asyncio.FIRST_COMPLETED)
        for ended in done:
            ended.result()  # watchers end only by an error
    finally:
        for task in (ready, *watched):
            task.cancel()
        for service in reversed(services):  # first what asks, then what answers
            await service.stop()
        for task in (ready, *watched):
            with suppress(asyncio.CancelledError, Unreachable):
                await task


async def _entered(engine: Engine, settings: Settings) -> Admission:
    """The register is this engine's to drive, or nothing is started."""
    register = open_register(settings.register)
    try:
        own = engine.child is not None
        return await enter(register, await engine.connect(), settings.data, own=own)
    finally:
        register.close()


async def _ready(
    engine: Engine, settings: Settings, found: tuple[Admission, Pages], say: Say, begun: float
) -> None:
    entry, pages = found
    client = await engine.connect(settings)
    await wait_for_worker(client, TASK_QUEUE)
    await pages.answered()
    if entry.lost:
        await _rebuild(client, settings, entry, say)
    say(
        Announcement(
            "ready",
            {
                "address": engine.address,
                "namespace": engine.namespace,
                "data": settings.data,
                "seconds": f"{time.monotonic() - begun:.1f}",
            },
        )
    )
    pages.tell(say)


async def _rebuild(client: Client, settings: Settings, entry: Admission, say: Say) -> None:
    """The engine has nothing, or an older state, of the register's cases. What could not be
    asked is left for the next start, which finds the engine as old as before."""
    register = open_register(settings.register, wait=settings.timeout / 2)
    try:
        say(Announcement("lost", {}))
        done = await rebuild(Desk(settings, register, client))
        counts = {became.value: done.count(became) for became in Became}
        say(Announcement("rebuilt", {"cases": done.cases, **counts}))
        for act in done.lost:
            say(Announcement("not_on_record", asdict(act)))
        for case in done.strangers:
            say(Announcement("stranger", {"case": case}))
        if not done.unknown:
            await keep_in_engine(client, entry.bond)
    finally:
        register.close()


async def _tell_of_troubles(settings: Settings, say: Say) -> None:
    """One line when a case, or mail, can't go on, one when it does again, as long as all runs."""
    register = open_register(settings.register)
    known: dict[str, str] = {}
    try:
        while True:
            with suppress(YishenError):  # the next look will see it
                found = await asyncio.to_thread(_troubles, register)
                for case, number in found.items() - known.items():
                    say(_announced("trouble", case, number, settings))
                for case, number in known.items() - found.items():
                    say(_announced("healed", case, number, settings))
                known = found
            await asyncio.sleep(TROUBLES_SECONDS)
    finally:
        register.close()


def _announced(key: str, case: str, number: str, settings: Settings) -> Announcement:
    if case == MAIL_DROP:
        return Announcement(f"{key}_mail", {"folder": settings.mail_drop})
    return Announcement(key, {"case": case, "number": number})


def _troubles(register: Register) -> dict[str, str]:
    """Number of each case that can't go on, by its id."""
    with register.reading() as session:
        return {line.case_id: line.number for line in troubles(session)}


async def _engine_died(engine: Engine) -> None:
    """Not restarted here: it would come back on other ports, under everyone connected to it."""
    assert engine.child is not None
    code = await engine.child.wait()
    log = engine.folder.log
    raise Unreachable(Code.ENGINE_DIED, exit_code=code, log=log, detail=log_tail(log))


async def wait_for_worker(
    client: Client, task_queue: str, *, within: float = WORKER_READY_SECONDS
) -> None:
    """Wait until a worker polls the queue for workflow tasks. Unreachable(worker_not_ready)."""
    request = DescribeTaskQueueRequest(
        namespace=client.namespace,
        task_queue=TaskQueue(name=task_queue),
        task_queue_type=TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
    )
    try:
        async with asyncio.timeout(within):
            while True:
                answer = await client.workflow_service.describe_task_queue(request)
                if answer.pollers:
                    return
                await asyncio.sleep(0.05)  # the server has no call that waits for a poller
    except TimeoutError as error:
        raise Unreachable(Code.WORKER_NOT_READY, seconds=within, queue=task_queue) from error
