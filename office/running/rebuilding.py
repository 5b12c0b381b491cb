"""Every living case on the engine again, from the record: the engine was lost, came back older than
the record, is another one now, or a run's history is broken. What is well is left alone, so it may
be done again at any time and goes on where it was broken off.
"""

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import partial

from sqlalchemy.orm import Session
from temporalio.client import (
    Client,
    WorkflowExecution,
    WorkflowQueryFailedError,
    WorkflowQueryRejectedError,
)
from temporalio.service import RPCError, RPCStatusCode

from domain.case.evolve import folded
from domain.errors import Code, Unreachable, YishenError
from office.acts.order import row_written
from office.desk import Desk
from office.running import revision_run
from office.running.answered import answered_by
from office.running.asking import AT_ONCE, stand
from office.running.failing import failing_runs
from office.running.fence import away
from office.running.runs import WORKFLOW, from_record, start_run
from office.running.unwritten import Answered, forget_written, in_mind, not_on_record
from register.reads import queries
from register.reads.calendars import versions
from register.reads.living import LivingCase, living
from register.reads.states import begun

ON_THE_WAY = timedelta(days=30)
"""A calendar version loaded within this time may still have been on its way to its cases."""


OF_THE_CASE = (Code.CASE_UNANSWERED, Code.REGISTERED_NOT_STARTED, Code.KEY_MISSING)
"""Codes of what stops one case, and none of the others."""


class Became(StrEnum):
    """What became of a case. `there`: it runs, as the record says; `started`: it had no run;
    `replaced`: its run could not go on, or was not what the record says; `unknown`: it could not
    be asked or started, and is to be tried again."""

    THERE = "there"
    STARTED = "started"
    REPLACED = "replaced"
    UNKNOWN = "unknown"


@dataclass
class Rebuilt:
    """How far it has come. `cases`: that should run; `lost`: answered acts that are on no record,
    to be done again; `strangers`: cases that ran and are on no record, ended; `unknown`: case to
    the reason."""

    cases: int
    became: dict[str, Became] = field(default_factory=dict)
    lost: list[Answered] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
    unknown: dict[str, YishenError] = field(default_factory=dict)

    def count(self, became: Became) -> int:
        """How many became that."""
        return sum(found is became for found in self.became.values())


Tell = Callable[[Rebuilt], None]


def _silent(_: Rebuilt) -> None:
    """Nobody listens."""


async def rebuild(desk: Desk, tell: Tell = _silent) -> Rebuilt:
    """Give every living case its run, the nearest day first; `tell` hears after each case.

    Raises Unreachable where engine or register are away: done again, it goes on.
    """
    client = await desk.client()
    cases = await desk.read(lambda session: living(session, datetime.now(UTC)))
    runs, failing = await open_runs(client), await failing_runs(client) or {}
    done = Rebuilt(len(cases))
    waiting = iter(cases)

    async def work() -> None:
        for case in waiting:
            await _one(desk.renewed(), case, runs.get(case.id), case.id in failing, done)
            tell(done)

    await _all(work() for _ in range(AT_ONCE))
    await _end_strangers(desk.renewed(), runs, done)
    await _send_calendars(desk.renewed())
    acts = [*done.lost, *await asyncio.to_thread(in_mind, desk.settings.data)]
    done.lost = await desk.read(partial(not_on_record, acts=acts))
    await forget_written(desk)
    return done


async def _all(works: Iterable[Coroutine[None, None, None]]) -> None:
    """Side by side; the first that fails ends the others, and is raised by itself."""
    try:
        async with asyncio.TaskGroup() as group:
            for work in works:
                group.create_task(work)
    except* YishenError as failed:
        first = failed.exceptions[0]
    else:
        return
    raise first


async def open_runs(client: Client) -> dict[str, WorkflowExecution]:
    """The case runs that the engine has open, by case."""
    query = f'WorkflowType = "{WORKFLOW}" AND ExecutionStatus = "Running"'
    try:
        return {run.id: run async for run in client.list_workflows(query)}
    except RPCError as error:
        raise away(client, error) from error


async def _one(
    desk: Desk, case: LivingCase, run: WorkflowExecution | None, fails: bool, done: Rebuilt
) -> None:
    try:
        if run is None:
            start = await from_record(desk, case.id)
            new = await start_run(desk, start, again=start.carried is not None)
            done.became[case.id] = Became.STARTED if new else Became.THERE
        elif not fails and await _agrees(desk, case.id):
            done.became[case.id] = Became.THERE
        else:
            done.lost += await answered_by(await desk.client(), run)
            await start_run(desk, await from_record(desk, case.id), instead=True)
            done.became[case.id] = Became.REPLACED
    except Unreachable as error:
        if error.code not in OF_THE_CASE:
            raise
        done.became[case.id], done.unknown[case.id] = Became.UNKNOWN, error


async def _agrees(desk: Desk, case: str) -> bool:
    """Whether the run is where the record is, once what it has on its way is written. One that
    can't say is not. Unreachable(case_unanswered): nobody serves it now, or a program of another
    day does."""
    handle = (await desk.client()).get_workflow_handle(case)
    before = await desk.read(lambda session: queries.event_count(session, case))
    try:
        said = await stand(desk, handle)
    except (WorkflowQueryFailedError, WorkflowQueryRejectedError):
        return False
    except (RPCError, ValueError) as error:
        raise Unreachable(Code.CASE_UNANSWERED, case=case, detail=error) from error
    if said.seq < before:
        return False
    await row_written(desk, case, said.seq)

    def same(session: Session) -> bool:
        events = queries.events(session, case)[: said.seq]
        state = folded(begun(queries.case(session, case).start_input), events)
        return (state.seq, state.digest) == (said.seq, said.digest)

    return await desk.read(same)


async def _end_strangers(desk: Desk, runs: Mapping[str, WorkflowExecution], done: Rebuilt) -> None:
    """Runs of requests that an older register has lost: the next request to get such a number must
    not meet the run of another."""
    on_record = await desk.read(lambda session: queries.registered(session, runs))
    client = await desk.client()
    for case in sorted(runs.keys() - on_record):
        done.lost += await answered_by(client, runs[case])
        try:
            await client.get_workflow_handle(case).terminate("no request on record")
        except RPCError as error:
            if error.status is not RPCStatusCode.NOT_FOUND:
                raise away(client, error) from error
        done.strangers.append(case)


async def _send_calendars(desk: Desk) -> None:
    """Days that were on their way to the cases go on; a case that has them says so itself."""
    since = datetime.now(UTC) - ON_THE_WAY
    found = await desk.read(lambda session: [v for v in versions(session) if v.loaded_at > since])
    for line in found:
        await revision_run.start(desk, line.version)
