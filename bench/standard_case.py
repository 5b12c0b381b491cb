"""A standard case, from the counter to its delivery, against a bare workflow with as many updates
and activities that do nothing: same engine, same worker process, rounds in turn, 20 at a time.
Beside it the same case by a codec that seals nothing; the bare workflow is in plain too."""

import json
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from statistics import median
from time import perf_counter
from uuid import uuid4

from temporalio.client import Client
from temporalio.worker import Worker

from activities.register import RegisterActivities
from bench.bare import QUEUE, Bare, nothing
from bench.cpu import processor_seconds
from bench.office import STANDARD, Office, alone, at_a_time, office
from bench.unsealed import switched, unsealed
from office.acts.order import row_written
from office.desk import Desk
from starter.engine.client import connect
from worker import THREADS, build, sandbox
from workflows.messages import ActAnswer

WIDTH = 20
CASES = 40
ROUNDS = 6
EVENTS = len(STANDARD) + 1


@dataclass
class Side:
    """One of the two: how to live `CASES` through, and what that took in each round."""

    live: Callable[[int], Awaitable[list[str]]]
    engine: int | None
    rates: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    last: str = ""

    async def round(self) -> None:
        """One round, measured."""
        begun, used = perf_counter(), processor_seconds(self.engine)
        self.last = (await self.live(CASES))[-1]
        self.rates.append(CASES / (perf_counter() - begun))
        self.cpu.append((processor_seconds(self.engine) - used) / CASES * 1000)


def run() -> dict[str, object]:
    """Cases a second of both and the ratio; processor time and history a case."""
    return alone(_run())


async def _run() -> dict[str, object]:
    async with office() as place:
        client = switched(await (await place.desk()).client(), place.settings)
        desk = Desk(place.settings, place.register, client)
        pid = place.engine.child.pid if place.engine.child else None
        ours = Side(lambda n: _cases(place, desk, n), pid)
        plain = Side(lambda n: _in_plain(_cases(place, desk, n)), pid)
        bare = Side(lambda n: _in_plain(at_a_time([lambda: _bare(client)] * n, WIDTH)), pid)
        sides = (ours, plain, bare)
        activities = RegisterActivities(place.register, place.settings.mail_drop)
        async with build(client, activities), _bare_worker(client):
            for side in sides:  # the first cases of a process pay for its caches
                await side.live(WIDTH)
            for turn in range(ROUNDS):
                for side in sides if turn % 2 else sides[::-1]:
                    await side.round()
        return {
            "cases": CASES * ROUNDS,
            "at_a_time": WIDTH,
            "cases_per_second": round(median(ours.rates), 2),
            "bare_per_second": round(median(bare.rates), 2),
            "ratio": round(median(_ratios(ours.rates, bare.rates)), 3),
            "ratios": [round(r, 2) for r in _ratios(ours.rates, bare.rates)],
            "plain_per_second": round(median(plain.rates), 2),
            "sealed_to_plain": round(median(_ratios(ours.rates, plain.rates)), 3),
            "sealed_to_plain_each": [round(r, 2) for r in _ratios(ours.rates, plain.rates)],
            "processor_ms_per_case": round(median(ours.cpu), 1),
            "plain_processor_ms_per_case": round(median(plain.cpu), 1),
            "sealed_to_plain_processor": round(median(_ratios(plain.cpu, ours.cpu)), 3),
            "bare_processor_ms_per_case": round(median(bare.cpu), 1),
            "processor_ratio": round(median(_ratios(bare.cpu, ours.cpu)), 3),
            **await _history(client, ours.last, ""),
            **await _history(client, plain.last, "plain_"),
            **await _history(client, bare.last, "bare_"),
        }


async def _in_plain(work: Awaitable[list[str]]) -> list[str]:
    with unsealed():
        return await work


def _ratios(these: list[float], those: list[float]) -> list[float]:
    return [a / b for a, b in zip(these, those, strict=True)]


def _bare_worker(client: Client) -> Worker:
    return Worker(
        client,
        task_queue=QUEUE,
        workflows=[Bare],
        activities=[nothing],
        activity_executor=ThreadPoolExecutor(THREADS),
        workflow_runner=sandbox(),
    )


async def _cases(place: Office, desk: Desk, cases: int) -> list[str]:
    """A round is over when the register has every row of all its cases."""
    ids = await at_a_time([lambda: _case(place, desk)] * cases, WIDTH)
    patient = Desk(place.settings.model_copy(update={"row_wait": 60}), place.register, connect)
    for case in ids:
        assert await row_written(patient, case, EVENTS)
    return ids


async def _case(place: Office, desk: Desk) -> str:
    """Registered at the counter; each act is answered before the next is sent."""
    client = await desk.client()
    mark = uuid4().hex
    case = await place.open(desk, mark)
    handle = client.get_workflow_handle(case)
    for number, (user, what) in enumerate(STANDARD):
        act = place.act(user, what, f"{mark}.{number}")
        await handle.execute_update(
            "act", act, id=f"{act.command_id}:{act.digest}", result_type=ActAnswer
        )
    return case


async def _bare(client: Client) -> str:
    handle = await client.start_workflow(
        Bare.run, len(STANDARD), id=f"bare-{uuid4().hex}", task_queue=QUEUE
    )
    for _ in STANDARD:
        await handle.execute_update(Bare.act, "x")
    return handle.id


async def _history(client: Client, workflow: str, of: str) -> dict[str, object]:
    events = (await client.get_workflow_handle(workflow).fetch_history()).events
    tasks = sum(e.HasField("workflow_task_completed_event_attributes") for e in events)
    activities = sum(e.HasField("activity_task_scheduled_event_attributes") for e in events)
    return {
        f"{of}history_events": len(events),
        f"{of}workflow_tasks": tasks,
        f"{of}activities": activities,
        f"{of}history_bytes": sum(e.ByteSize() for e in events),
    }


if __name__ == "__main__":
    print(json.dumps(run()))
