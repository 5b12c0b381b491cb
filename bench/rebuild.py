"""An engine that is lost: 2,000 open cases from the register onto an empty one, against as many
bare workflows that start and run one activity.

The cases are on record before the clock starts, in every stage from assigned to approved. Half of
the bare ones start before, half after, on the same engine and worker process. Ours counts until
every case has asked the record for what came since. `--cases N` for another scale.
"""

import argparse
import asyncio
import json
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from uuid import uuid4

from sqlalchemy import update
from sqlalchemy.orm import Session
from temporalio import activity
from temporalio.client import Client
from temporalio.worker import Worker

from activities.register import RegisterActivities
from bench.bare import QUEUE, Bare
from bench.cpu import processor_seconds
from bench.office import STANDARD, Office, alone, at_a_time, office
from domain.case.act import Act
from domain.case.agenda import upcoming
from domain.case.decide import decide
from domain.case.facts import NewApplicant, Registered
from domain.case.opening import blank, open_case
from domain.case.state import Law
from domain.case.tasks import summarise
from domain.clock import Receipt, governing
from domain.rules import CURRENT_RULES
from domain.statute import Channel
from domain.values import OFFICE_ZONE
from law import files as lawfiles
from law.remedy_law import load_remedy_law
from office.cases.against_runs import compare_running
from office.desk import Desk
from office.running.key_store import key_store
from office.running.rebuilding import Became, rebuild
from register.engine import Register
from register.models import Notice
from register.reads.queries import subjects
from register.reads.touched import slice_for
from register.writes.record import record
from register.writes.requests import NewRequest, Series, mark_started, register_request
from starter.memory import cases_in_memory
from worker import THREADS, build, sandbox
from workflows.activity_names import EVENTS_SINCE, Recorded, Since
from workflows.messages import CaseInput

CASES = 2_000
PATIENCE = 600.0
WIDTH = 40
"""Bare starts at once."""


def run(cases: int = CASES) -> dict[str, object]:
    """Cases a second of both, and the ratio; seconds of a second run, which finds all there; what
    it takes to compare each with its run, as `yishen verify` does."""
    return alone(_run(cases))


class Counting(RegisterActivities):
    """Knows how many cases have read their record on."""

    def __init__(self, register: Register, mail_drop: Path) -> None:
        super().__init__(register, mail_drop)
        self.asked = 0

    @activity.defn(name=EVENTS_SINCE)
    def events_since(self, since: Since) -> Recorded:
        """As ever, and counted."""
        self.asked += 1
        return super().events_since(since)


class Bares:
    """The bare workflows' one activity, counted."""

    def __init__(self) -> None:
        self.asked = 0

    @activity.defn(name="nothing")
    def nothing(self, seq: int) -> None:
        """Stands for one read."""
        self.asked += 1


async def _run(cases: int) -> dict[str, object]:
    async with office() as place:
        pid = place.engine.child.pid if place.engine.child else None
        with place.register.writing() as session:
            for number in range(cases):
                lay_down(session, place, number)
            session.execute(update(Notice).values(state="sent"))
            for case in subjects(session):
                key_store(place.settings).make(case)
        desk = await place.desk()
        client = await desk.client()
        ours, bares = Counting(place.register, place.settings.mail_drop), Bares()
        half = cases // 2
        async with build(client, ours), _bare_worker(client, bares):
            first = await _timed(pid, half, lambda: _bare(client, half, bares))
            measured = await _timed(pid, cases, lambda: _rebuilt(desk, ours, cases))
            last = await _timed(pid, half, lambda: _bare(client, half, bares))
            begun = perf_counter()
            again = await rebuild(desk)
            seconds = perf_counter() - begun
            _, compared = await _timed(pid, cases, lambda: _compared(desk, cases))
    bare = (first[0] + last[0]) / 2
    return {
        "cases": cases,
        "cases_per_second": round(measured[0], 1),
        "bare_per_second": round(bare, 1),
        "ratio": round(measured[0] / bare, 3),
        "processor_ms_per_case": round(measured[1], 1),
        "bare_processor_ms_per_case": round((first[1] + last[1]) / 2, 1),
        "again_all_there": again.count(Became.THERE) == again.cases == cases,
        "again_seconds": round(seconds, 1),
        "compared_processor_ms_per_case": round(compared, 1),
    }


async def _timed(
    pid: int | None, count: int, work: Callable[[], Awaitable[None]]
) -> tuple[float, float]:
    """Rate a second, and milliseconds of processor time for each."""
    begun, used = perf_counter(), processor_seconds(pid)
    await work()
    rate = count / (perf_counter() - begun)
    return rate, (processor_seconds(pid) - used) / count * 1000


async def _rebuilt(desk: Desk, ours: Counting, count: int) -> None:
    done = await rebuild(desk)
    assert done.count(Became.STARTED) == count, done.unknown
    await _until(lambda: ours.asked >= count)


async def _compared(desk: Desk, count: int) -> None:
    found = await compare_running(desk.renewed())
    assert (found.cases, found.differences, found.skipped) == (count, (), ())


async def _bare(client: Client, count: int, bares: Bares) -> None:
    wanted = bares.asked + count

    async def one() -> None:
        await client.start_workflow(Bare.run, 1, id=uuid4().hex, task_queue=QUEUE)

    await at_a_time([one] * count, WIDTH)
    await _until(lambda: bares.asked >= wanted)


async def _until(reached: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not reached():  # noqa: ASYNC110  (activities run in threads)
            await asyncio.sleep(0.02)


def _bare_worker(client: Client, bares: Bares) -> Worker:
    return Worker(
        client,
        task_queue=QUEUE,
        workflows=[Bare],
        activities=[bares.nothing],
        activity_executor=ThreadPoolExecutor(THREADS),
        workflow_runner=sandbox(),
        max_cached_workflows=cases_in_memory(),
    )


def lay_down(session: Session, place: Office, number: int) -> str:
    """One case of today with its record, so many acts on; its id."""
    now = datetime.now(OFFICE_ZONE)
    first = Registered(
        receipt=Receipt(channel=Channel.MAIL_SIGNED, arrived=now.date()),
        applicant=NewApplicant(name="张某（虚构）", contact="无"),
        subject=f"某道路规划文件 {number}（虚构）",
    )
    start = CaseInput(
        id="new",
        number="new",
        organ="qinghe",
        law=_law(first.receipt, now),
        receipt=first.receipt,
        actor=place.actors["wang"],
        command_id=f"bench.{number}",
        registered_at=now,
        registered=first,
    )
    assert first.applicant is not None
    new = NewRequest(
        command_id=start.command_id,
        person="wang",
        organ=start.organ,
        channel=first.receipt.channel,
        arrived=now.date(),
        registered_on=now.date(),
        statute=start.law.statute.id,
        applicant=first.applicant,
        subject=f"某道路规划文件 {number}（虚构）",
        start_input=start.model_dump(mode="json"),
    )
    series = Series(training=False, year=now.year)
    row = register_request(session, series, new.command_id, lambda case: new)
    state = blank(row.id, start.organ, start.law)
    command = start.command_id
    done = open_case(state, start.receipt, start.actor, command, now, registered=first)
    events = list(done.events)
    for n, (person, what) in enumerate(STANDARD[: 1 + number % 7]):
        act = Act(command_id=f"{command}.{n}", actor=place.actors[person], what=what)
        done = decide(done.state, act, now)
        events += done.events
    thing = upcoming(done.state)
    assert thing is not None
    record(session, row.id, events, summarise(done.state, thing.instant))
    mark_started(session, row.id, datetime.now(UTC))
    return row.id


def _law(receipt: Receipt, now: datetime) -> Law:
    calendar, policy = lawfiles.load_calendar("cn"), lawfiles.load_policy()
    return Law(
        statute=governing(lawfiles.load_statutes(), "cn", calendar, policy, receipt, ()).pinned(),
        calendar=slice_for(calendar, [now.year], now.year),
        policy=policy,
        ladder=lawfiles.load_ladder(),
        rules=CURRENT_RULES,
        remedies=load_remedy_law(),
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", type=int, default=CASES)
    print(json.dumps(run(parser.parse_args().cases)))
