"""A changed calendar on its way to 2,000 open cases, against as many bare workflows that take one
message of the same kind and run one activity; and how fast the touched ones are found.

All cases and all bare workflows are open before the clock starts. Each round is one version that
closes one of the organs for a day, so it touches exactly that organ's cases, and as many bare
workflows; same engine, same worker process, in turn. Ours counts until every case has answered
and the register has every row. `--cases N` for another scale.
"""

import argparse
import asyncio
import json
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from statistics import median
from time import perf_counter
from typing import Any
from uuid import uuid4

from sqlalchemy import func, insert, select
from temporalio.client import Client
from temporalio.worker import Worker

from activities.register import RegisterActivities
from bench.bare import QUEUE, Bare, nothing
from bench.cpu import processor_seconds
from bench.office import Office, alone, at_a_time, office
from domain.calendar.closures import Closure
from domain.case.facts import NewApplicant
from domain.clock import Receipt
from domain.statute import Channel
from domain.values import OFFICE_ZONE
from law.files import load_calendar
from office.cases.application import Application
from office.cases.intake import register
from office.desk import Desk
from office.people.directory_file import load_office
from office.running import revision_run
from register.engine import Register
from register.models import CaseEvent, DeadlineRow, Request
from register.office_chain import Author
from register.reads.touched import Reach, reached
from register.writes.calendars import load_closure
from register.writes.directory import Directory
from starter.memory import cases_in_memory
from worker import THREADS, build, sandbox

CASES = 2_000
ROUNDS = 4
ROWS = 100_000
WIDTH = 40
"""Bare updates at once: as many as we send."""


def run(cases: int = CASES) -> dict[str, object]:
    """Cases a second of both, the ratio, and seconds to find the touched ones of 100,000."""
    return alone(_run(cases))


@dataclass
class Round:
    """One organ and its cases, and as many bare workflows."""

    organ: str
    cases: list[str]
    bare: list[str]


async def _run(cases: int) -> dict[str, object]:
    rates: dict[str, list[float]] = {"ours": [], "bare": []}
    cpu: dict[str, list[float]] = {"ours": [], "bare": []}
    async with office() as place:
        pid = place.engine.child.pid if place.engine.child else None
        _add_organs(place.register)
        desk = await place.desk()
        client = await desk.client()
        activities = RegisterActivities(place.register, place.settings.mail_drop)
        async with build(client, activities), _bare_worker(client):
            rounds = [await _opened(place, desk, n, cases // ROUNDS) for n in range(ROUNDS)]
            await _written(place, CaseEvent.kind == "registered", cases // ROUNDS * ROUNDS)
            for turn, part in enumerate(rounds):
                for side in ("ours", "bare") if turn % 2 else ("bare", "ours"):
                    begun, used = perf_counter(), processor_seconds(pid)
                    if side == "ours":
                        await _revised(place, desk, part)
                    else:
                        await _bare_told(client, part.bare)
                    cases_here = len(part.cases)
                    rates[side].append(cases_here / (perf_counter() - begun))
                    cpu[side].append((processor_seconds(pid) - used) / cases_here * 1000)
        found = await asyncio.to_thread(_finding, place.register)
    ratios = [a / b for a, b in zip(rates["ours"], rates["bare"], strict=True)]
    work = [b / a for a, b in zip(cpu["ours"], cpu["bare"], strict=True)]
    return {
        "cases": cases // ROUNDS * ROUNDS,
        "cases_per_second": round(median(rates["ours"]), 1),
        "bare_per_second": round(median(rates["bare"]), 1),
        "ratio": round(median(ratios), 3),
        "ratios": [round(r, 2) for r in ratios],
        "processor_ms_per_case": round(median(cpu["ours"]), 1),
        "bare_processor_ms_per_case": round(median(cpu["bare"]), 1),
        "processor_ratio": round(median(work), 3),
        **found,
    }


def _add_organs(opened: Register) -> None:
    """Organs of this bench; the clerk of the example office takes requests for all of them."""
    organs = [
        {"id": f"organ-{n}", "name": f"第{n}局", "level": "department"} for n in range(ROUNDS)
    ]
    roles = [{"role": "intake", "organ": organ["id"]} for organ in organs]
    people = [{"id": "bench", "name": "窗口（虚构）", "roles": roles}]
    with opened.writing() as session:
        made = Directory.model_validate({"organs": organs, "users": people})
        load_office(session, made)


async def _opened(place: Office, desk: Desk, number: int, count: int) -> Round:
    organ = f"organ-{number}"
    arrived = datetime.now(OFFICE_ZONE).date()

    async def one() -> str:
        application = Application(
            user="bench",
            command_id=uuid4().hex,
            receipt=Receipt(channel=Channel.MAIL_SIGNED, arrived=arrived),
            applicant=NewApplicant(name="张某（虚构）"),
            subject="某道路规划文件（虚构）",
            organ=organ,
        )
        return (await register(desk.renewed(), application)).id

    cases = await at_a_time([one] * count, 20)
    return Round(organ, cases, await _bare_started(await desk.client(), count))


async def _revised(place: Office, desk: Desk, part: Round) -> None:
    """One day closed: every case of the organ moves."""
    calendar = load_calendar("cn")
    today = datetime.now(OFFICE_ZONE).date()
    version = f"{part.organ}-{uuid4().hex[:8]}"
    closure = Closure(
        name=version,
        version=version,
        organ=part.organ,
        off=(calendar.add_working_days(today, 3),),
        notice="bench",
        issued=today,
    )
    with place.register.writing() as session:
        load_closure(session, closure, Author("bench", None, datetime.now(UTC)))
    await revision_run.start(desk.renewed(), version)
    last = [progress async for progress in revision_run.follow(desk.renewed(), version)][-1]
    assert (last.moved, last.failed) == (len(part.cases), ()), last
    command = CaseEvent.command_id == f"calendar:{version}"
    await _written(place, command, len(part.cases))


async def _written(place: Office, where: Any, count: int) -> None:
    """Until the register has that many events."""

    def have() -> int:
        with place.register.reading() as session:
            query = select(func.count()).select_from(CaseEvent).where(where)
            return session.execute(query).scalar_one()

    while await asyncio.to_thread(have) < count:  # noqa: ASYNC110 - other processes write
        await asyncio.sleep(0.1)


# -- the bare side ------------------------------------------------------------------------------


def _bare_worker(client: Client) -> Worker:
    return Worker(
        client,
        task_queue=QUEUE,
        workflows=[Bare],
        activities=[nothing],
        activity_executor=ThreadPoolExecutor(THREADS),
        workflow_runner=sandbox(),
        max_cached_workflows=cases_in_memory(),
    )


async def _bare_started(client: Client, count: int) -> list[str]:
    """Workflows that wait for one more update, their opening activity done."""

    async def one() -> str:
        handle = await client.start_workflow(
            Bare.run, 2, id=f"bare-{uuid4().hex}", task_queue=QUEUE
        )
        await handle.execute_update(Bare.act, "x")
        return handle.id

    return await at_a_time([one] * count, WIDTH)


async def _bare_told(client: Client, ids: Sequence[str]) -> None:
    def job(workflow: str) -> Callable[[], Any]:
        return lambda: client.get_workflow_handle(workflow).execute_update(Bare.act, "x")

    await at_a_time([job(workflow) for workflow in ids], WIDTH)


# -- finding ------------------------------------------------------------------------------------


def _finding(opened: Register) -> dict[str, object]:
    """Fill the register up to 100,000 running cases, each with a limit; find by a far change (few
    cases), by a near one (many), and say how long that took."""
    today = datetime.now(OFFICE_ZONE).date()
    with opened.writing() as session:
        one = session.execute(select(Request).limit(1)).scalar_one()
        like = {c.name: getattr(one, c.name) for c in Request.__table__.columns}
        requests, limits = [], []
        for n in range(ROWS):
            due = today + timedelta(days=n % 60)
            ident = f"{like['year']}-{900_000 + n}"
            own = {
                "id": ident,
                "number": ident,
                "serial": 900_000 + n,
                "command_id": uuid4().hex,
                "due": due,
                "due_at": datetime.combine(due, datetime.min.time(), OFFICE_ZONE),
                "next_alarm": datetime.combine(due, datetime.min.time(), OFFICE_ZONE),
                "started_at": datetime.now(UTC),
            }
            requests.append(like | own)
            limits.append(_limit(ident, due - timedelta(days=28), due))
        session.execute(insert(Request), requests)
        session.execute(insert(DeadlineRow), limits)
    found: dict[str, object] = {"rows": ROWS}
    for name, days in (("few", 58), ("many", 30)):
        first = today + timedelta(days=days)
        region = (first, first + timedelta(days=3))
        begun = perf_counter()
        with opened.reading() as session:
            ids = reached(session, [Reach(region, None)])
        found[f"found_{name}"] = len(ids)
        found[f"seconds_to_find_{name}"] = round(perf_counter() - begun, 3)
    return found


def _limit(case: str, base: date, due: date) -> dict[str, object]:
    return {
        "case_id": case,
        "set_by_seq": 1,
        "position": 0,
        "name": "reply",
        "ref": None,
        "base": base,
        "due": due,
        "was": None,
        "article": "art 33",
        "provisional": False,
        "why": "registered",
        "calendar_version": "bench",
        "ledger": [],
        "superseded_by_seq": None,
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", type=int, default=CASES)
    print(json.dumps(run(parser.parse_args().cases)))
