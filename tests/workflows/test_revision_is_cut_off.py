"""A worker is killed while a calendar reaches its cases: everyone gets it once all the same."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, datetime
from pathlib import Path

import pytest

from domain.values import OFFICE_ZONE
from office import calendar_change as changing
from office.running import revision_run
from register.reads import queries
from register.reads.calendars import outcomes
from register.reads.touched import reached
from starter.engine.running import Engine, running
from tests.office_fixture import Office, opened_office
from tests.waiting import until
from tests.workflows.calendars_then import SPRING_FESTIVAL, offset_to

CASES = 48
ROOT = Path(__file__).parents[2]


@asynccontextmanager
async def worker(engine: Engine, office: Office) -> AsyncIterator[asyncio.subprocess.Process]:
    """The real worker as a process of its own; killed at the end if it still runs."""
    with (office.settings.data / "worker.log").open("a") as log:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "worker",
            cwd=ROOT,
            env={**engine.environment(), "YISHEN_REGISTER": office.settings.register},
            stdout=log,
            stderr=log,
        )
    try:
        yield process
    finally:
        if process.returncode is None:
            os.kill(process.pid, signal.SIGKILL)
        await process.wait()


@pytest.mark.slow
async def test_a_worker_killed_in_the_middle_leaves_no_case_out_and_none_twice(
    tmp_path: Path,
) -> None:
    """cn-2019, 20 days from 2020-01-02: 02-04 before, 02-06 after."""
    then = datetime(2020, 1, 26, 10, tzinfo=OFFICE_ZONE)
    async with (
        running(tmp_path, namespace="cut", isolated=True) as engine,
        opened_office(engine, tmp_path) as office,
    ):
        SPRING_FESTIVAL.loaded_before(office.register)
        async with worker(engine, office) as first:
            offset = offset_to(then)
            opened = [
                office.open(arrived=date(2020, 1, 2), clock_offset=offset) for _ in range(CASES)
            ]
            cases = [registered.id for registered in await asyncio.gather(*opened)]
            await until(lambda: _all_recorded(office, cases))
            with office.register.reading() as session:
                plan = changing.check(SPRING_FESTIVAL.file(tmp_path), session, date(2026, 11, 22))
                assert sorted(cases) == reached(session, plan.reaches)
            await changing.load(office.desk, plan, office.person["admin"])
            await revision_run.start(office.desk, plan.version, portion=8)
            await until(lambda: _some(office, plan.version))
            os.kill(first.pid, signal.SIGKILL)
            await first.wait()
        with office.register.reading() as session:
            before = sum(outcomes(session, plan.version).values())
        assert 0 < before < CASES
        async with worker(engine, office):
            progress = [p async for p in revision_run.follow(office.desk, plan.version)][-1]
            assert (progress.done, progress.failed) == (CASES, ())
            for case in cases:
                view = await office.view(case)
                assert view.summary.due == date(2020, 2, 6)
                kinds = [entry.kind for entry in view.state.timeline]
                assert kinds.count("law_revised") == 1


async def _all_recorded(office: Office, cases: list[str]) -> bool:
    with office.register.reading() as session:
        return all(queries.has_event(session, case, 1) for case in cases)


async def _some(office: Office, version: str) -> bool:
    with office.register.reading() as session:
        return bool(outcomes(session, version))
