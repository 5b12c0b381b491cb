"""What an open case takes in memory, of the worker and of the engine.

Both run as under `yishen up`, each a process of its own. Cases are lived through at the counter, up
to seven acts after their registration; then as many go on from the register, as by
`yishen engine rebuild`. Of each kind the first quarter warms up, the others are measured.
`--cases N` of each for another scale.
"""

import argparse
import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from uuid import uuid4

from sqlalchemy import func, select, update
from temporalio.client import Client

from bench.office import STANDARD, Office, alone, at_a_time, office
from bench.rebuild import lay_down
from office.desk import Desk
from office.running.asking import case_view
from office.running.key_store import key_store
from office.running.rebuilding import Became, rebuild
from register.models import Notice, Request
from starter.engine.services import Service, Supervisor
from starter.up import WORKER, wait_for_worker
from workflows.messages import TASK_QUEUE, ActAnswer

CASES = 400
WIDTH = 20

AT_REST = 3.0
"""Seconds after which a process has given back what it needed for the moment."""

Megabytes = Mapping[str, float]
"""Of a process."""


def run(cases: int = CASES) -> dict[str, object]:
    """Megabytes of each process without cases and in the end, and kilobytes a case."""
    return alone(_run(cases))


async def _run(cases: int) -> dict[str, object]:
    async with office() as place, _worker(place) as worker:
        patient = place.settings.model_copy(update={"timeout": 120})
        desk = Desk(patient, place.register, await place.engine.connect(patient))
        client = await desk.client()
        await wait_for_worker(client, TASK_QUEUE)
        assert place.engine.child is not None
        assert worker.child is not None
        pids = {"worker": worker.child.pid, "engine": place.engine.child.pid}
        empty = _resident(pids)
        first, more = cases // 4, cases - cases // 4
        await _live(place, desk, client, first)
        before = await _at_rest(pids)
        await _live(place, desk, client, more)
        lived = await _at_rest(pids)
        await _go_on(place, desk, first)
        between = await _at_rest(pids)
        await _go_on(place, desk, more)
        rebuilt = await _at_rest(pids)
        return {
            "cases": cases * 2,
            "empty_mb": _rounded(empty),
            "in_the_end_mb": _rounded(rebuilt),
            "kb_per_case_lived": _per_case(before, lived, more),
            "kb_per_case_rebuilt": _per_case(between, rebuilt, more),
        }


async def _live(place: Office, desk: Desk, client: Client, cases: int) -> None:
    async def one(number: int) -> None:
        mark = uuid4().hex
        case = client.get_workflow_handle(await place.open(desk, mark))
        for n, (user, what) in enumerate(STANDARD[: 1 + number % 7]):
            act = place.act(user, what, f"{mark}.{n}")
            await case.execute_update(
                "act", act, id=f"{act.command_id}:{act.digest}", result_type=ActAnswer
            )

    await at_a_time([partial(one, number) for number in range(cases)], WIDTH)


async def _go_on(place: Office, desk: Desk, cases: int) -> None:
    with place.register.writing() as session:
        there = session.scalar(select(func.count()).select_from(Request)) or 0
        ids = [lay_down(session, place, there + number) for number in range(cases)]
        session.execute(update(Notice).values(state="sent"))
    for case in ids:
        key_store(place.settings).make(case)
    done = await rebuild(desk)
    assert done.count(Became.STARTED) == cases, done.unknown

    async def look(case: str) -> None:
        await case_view(desk.renewed(), case)

    # What a case had to read of the record, it has read once it answers.
    await at_a_time([partial(look, case) for case in ids], WIDTH)


@asynccontextmanager
async def _worker(place: Office) -> AsyncIterator[Supervisor]:
    """The worker as `up` starts it."""
    env = {**place.engine.environment(), "YISHEN_REGISTER": place.settings.register}
    service = Service("worker", WORKER, env, place.settings.data / "worker.log")
    worker = Supervisor(service, lambda name, code: None)
    worker.start()
    try:
        yield worker
    finally:
        await worker.stop()


async def _at_rest(pids: Mapping[str, int]) -> Megabytes:
    await asyncio.sleep(AT_REST)
    return _resident(pids)


def _resident(pids: Mapping[str, int]) -> Megabytes:
    """Of each process, what lies in memory (Linux)."""
    found = {}
    for name, pid in pids.items():
        lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
        found[name] = next(int(line.split()[1]) for line in lines if line[:6] == "VmRSS:") / 1024
    return found


def _rounded(found: Megabytes) -> dict[str, int]:
    return {name: round(value) for name, value in found.items()}


def _per_case(before: Megabytes, after: Megabytes, cases: int) -> dict[str, int]:
    """Kilobytes."""
    return {name: round((after[name] - before[name]) / cases * 1024) for name in after}


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", type=int, default=CASES)
    print(json.dumps(run(parser.parse_args().cases)))
