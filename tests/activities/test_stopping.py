"""A worker that is stopped while it writes."""

import asyncio
from pathlib import Path
from threading import Event

from activities.register import RegisterActivities
from register.reads import queries
from register.reads.troubles import troubles
from starter.engine.running import running
from tests.office_fixture import opened_office
from tests.waiting import until
from worker import build


async def test_what_it_writes_is_written_and_no_trouble_noted(tmp_path: Path) -> None:
    """Somebody else has the register when the stop comes; the entry waits for its turn."""
    async with (
        running(tmp_path / "engine", isolated=True) as engine,
        opened_office(engine, tmp_path) as office,
    ):
        taken, let_go = Event(), Event()
        seen = asyncio.Event()

        def hold() -> None:
            with office.register.writing():
                taken.set()
                assert let_go.wait(30)

        async def at_work() -> bool:
            pending = (await office.handle(case).describe()).raw_description.pending_activities
            return any(activity.HasField("last_started_time") for activity in pending)

        async def stop() -> None:
            async with build(
                office.client, RegisterActivities(office.register, office.settings.mail_drop)
            ):
                await until(at_work)
                seen.set()

        case = (await office.open()).id
        holding = asyncio.create_task(asyncio.to_thread(hold))
        await asyncio.to_thread(taken.wait)
        stopping = asyncio.create_task(stop())
        await seen.wait()
        await asyncio.sleep(1)  # the stop has come, and finds it waiting
        let_go.set()
        await asyncio.gather(holding, stopping)
        with office.register.writing() as session:
            assert [event.seq for event in queries.events(session, case)] == [1]
            assert not list(troubles(session))
