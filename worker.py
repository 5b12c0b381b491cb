"""Composition root of the worker: client, register, activities, workflows, task queue. No logic."""

import asyncio
import gc
import signal
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import structlog
from temporalio.client import Client
from temporalio.service import RPCError
from temporalio.worker import Worker
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions

from activities.mail import sweep
from activities.register import RegisterActivities
from activities.revision import RevisionActivities
from activities.watch import WatchActivities
from domain.errors import YishenError
from domain.values import build_models
from law.files import JURISDICTION, load_calendar
from office import settings as configuration
from office.desk import Desk
from office.folder import seal_plain
from office.private import claim, close_to_others
from office.running.fence import admitted, note_progress
from office.running.indexing import index_is_whole, rebuild_index, take_up_unread
from office.running.key_store import key_store, register_at
from office.running.runs import start_missing
from office.running.watching import RunWatch
from office.settings import Settings
from office.uploads import sweep as sweep_uploads
from register.engine import Register
from starter.engine.client import connect
from starter.exit import leave
from starter.logs import configure
from starter.memory import cases_in_memory
from starter.troubles import watch_troubles
from starter.watch import start_watch
from workflows.calendar_revision import CalendarRevision
from workflows.calendar_watch import CalendarWatch
from workflows.case import CaseWorkflow
from workflows.messages import TASK_QUEUE
from workflows.runner import OwnTasksOnly
from workflows.seal import seal_of

PASSED_THROUGH = ("activities", "domain", "workflows", "pydantic", "pydantic_core")
"""Pure, or checked by a test to be so: not imported anew for every run of a workflow."""

THREADS = 8

ABANDONED = timedelta(hours=1)
"""A half file so old is nobody's."""

SWEEP_SECONDS = 60
UPLOADS_SECONDS = 3600
WATCH_SECONDS = 15

STICKY = timedelta(seconds=3)
"""A case waits so long for the worker that has it in memory, then for any. With the library's ten
seconds the first act after a worker was killed went unanswered."""

log = structlog.get_logger()


async def run(settings: Settings) -> None:
    """Serve cases until SIGINT or SIGTERM, then finish what is under way.

    Raises Unreachable when engine, register or the keys of the cases are not there.
    """
    claim(settings.data)
    await asyncio.to_thread(key_store(settings).check)
    client = await connect(settings)
    register = register_at(settings)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    log.info("started", register=register.name, namespace=client.namespace)
    held = await admitted(register, client)
    place, desk = held.place if held else None, settings.web_address
    activities = RegisterActivities(register, settings.mail_drop, place, desk)
    await asyncio.to_thread(_clean_up, activities, settings, register)
    kept = cases_in_memory(settings.case_memory)
    async with build(client, activities, kept=kept):
        log.info("polling", queue=TASK_QUEUE, kept=kept)
        sweep = asyncio.create_task(_start_what_was_left_out(settings, register, client))
        index = asyncio.create_task(_keep_index(register))
        watch = asyncio.create_task(watch_troubles(client, register, settings.mail_drop))
        runs = asyncio.create_task(_watch_runs(Desk(settings, register, client), activities))
        uploads = asyncio.create_task(_sweep_uploads(settings))
        await stop.wait()
        for task in (sweep, index, watch, runs, uploads):
            task.cancel()
    register.close()
    log.info("stopped")


def _clean_up(activities: RegisterActivities, settings: Settings, register: Register) -> None:
    """What a killed worker or command left half done, and an older version in plain."""
    sweep(settings.files, ABANDONED)
    try:
        if count := seal_plain(settings, register):
            log.info("files_sealed", count=count)
    except YishenError as error:
        log.warning("files_not_sealed", code=error.code, **error.params)
    try:
        activities.take_up()
    except YishenError as error:
        log.warning("letters_not_taken_up", code=error.code, **error.params)


async def _start_what_was_left_out(settings: Settings, register: Register, client: Client) -> None:
    """A crash between a request's row and its start leaves a row without a run: start it. The
    watch over the calendar is started in the same round."""
    while True:
        try:
            await start_watch(client)
            for case in await start_missing(Desk(settings, register, client)):
                log.info("started_late", case=case)
        except YishenError as error:
            log.warning("sweep_failed", code=error.code, **error.params)
        except RPCError as error:
            log.warning("watch_not_started", why=error.message)
        await asyncio.sleep(SWEEP_SECONDS)


async def _keep_index(register: Register) -> None:
    """An index that lacks cases (a restored register, one that a crash emptied) is made anew."""
    while True:
        try:
            if not await asyncio.to_thread(index_is_whole, register):
                cases = await asyncio.to_thread(rebuild_index, register)
                log.info("index_made_anew", cases=cases)
            await asyncio.to_thread(take_up_unread, register)
        except YishenError as error:
            log.warning("index_not_made", code=error.code, **error.params)
        await asyncio.sleep(SWEEP_SECONDS)


async def _sweep_uploads(settings: Settings) -> None:
    """Files that nobody sent on go after their day, however long this worker runs."""
    while True:
        try:
            await asyncio.to_thread(sweep_uploads, settings)
        except OSError as error:
            log.warning("uploads_not_swept", why=error.strerror)
        await asyncio.sleep(UPLOADS_SECONDS)


async def _watch_runs(desk: Desk, activities: RegisterActivities) -> None:
    """A case that lost its run, or its run its timer, goes on within a minute."""
    watch = RunWatch(desk)
    while True:
        await asyncio.sleep(WATCH_SECONDS)
        try:
            for case in await watch.look():
                log.warning("run_restarted", case=case.id)
            await asyncio.to_thread(activities.deliver, None)
            await asyncio.to_thread(note_progress, desk.settings.data, desk.register)
        except YishenError as error:
            log.warning("runs_not_watched", code=error.code, **error.params)


def build(
    client: Client,
    activities: RegisterActivities,
    task_queue: str = TASK_QUEUE,
    kept: int | None = None,
) -> Worker:
    """A worker for `client` that keeps so many cases in memory (None: as many as have room there);
    the caller runs it."""
    build_models()  # the first activation has seconds for all it does
    # Hundreds of cases at rest in memory are no garbage: looking for it among them at Python's
    # own pace took a sixth of a worker's time.
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    calendar = load_calendar(JURISDICTION)
    revision = RevisionActivities(client, activities, calendar)
    watch = WatchActivities(activities, calendar)
    executor = ThreadPoolExecutor(THREADS)
    seal_of(client).refused = lambda message: executor.submit(activities.tell_of_unsealed, message)
    return Worker(
        client,
        task_queue=task_queue,
        workflows=[CaseWorkflow, CalendarRevision, CalendarWatch],
        activities=[
            activities.record_handed_over,
            activities.deliver_notices,
            activities.events_since,
            revision.find_touched,
            revision.revise_cases,
            revision.deliver_moved,
            watch.watch_calendar,
        ],
        activity_executor=executor,
        workflow_runner=sandbox(OwnTasksOnly),
        sticky_queue_schedule_to_start_timeout=STICKY,
        max_cached_workflows=kept or cases_in_memory(),
    )


def sandbox(
    runner: type[SandboxedWorkflowRunner] = SandboxedWorkflowRunner,
) -> SandboxedWorkflowRunner:
    """How workflows are run, here and by a replay."""
    return runner(
        restrictions=SandboxRestrictions.default.with_passthrough_modules(*PASSED_THROUGH)
    )


if __name__ == "__main__":
    close_to_others()
    try:
        chosen = configuration.load()
        configure(chosen.log)
        asyncio.run(run(chosen))
        code = 0
    except YishenError as error:
        log.error("worker_stopped", code=error.code, **error.params)
        code = error.exit_code
    leave(code)
