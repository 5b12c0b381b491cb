"""An office whose engine and worker are processes of their own, to be killed and started again."""

import sqlite3
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from email import message_from_bytes
from pathlib import Path

from register.reads import queries
from register.verify import verify
from starter.engine.children import Child, spawn
from starter.engine.running import Engine, start
from starter.engine.virtual_time import skipper
from starter.up import wait_for_worker
from tests.office_fixture import Office, opened_office
from tests.waiting import until
from workflows.messages import TASK_QUEUE

PATIENT = 60.0


@dataclass
class Site:
    """Engine, worker and office on one data folder."""

    folder: Path
    engine: Engine
    office: Office
    worker: Child | None = None

    # -- processes ------------------------------------------------------------------------------

    async def start_worker(self) -> None:
        """As `yishen up` starts it; returns once it takes work."""
        self.worker = spawn(
            "worker",
            (sys.executable, "-m", "worker"),
            output=self.folder / "worker.log",
            env={
                **self.engine.environment(),
                "YISHEN_REGISTER": self.office.settings.register,
            },
        )
        await wait_for_worker(self.office.client, TASK_QUEUE)

    async def kill_worker(self) -> None:
        """SIGKILL: nothing is finished, nothing said."""
        if self.worker is not None:
            self.worker.kill()
            await self.worker.wait()
            self.worker = None

    async def kill_engine(self) -> None:
        """SIGKILL; whoever finds the folder next has it to themselves."""
        assert self.engine.child is not None
        self.engine.child.kill()
        await self.engine.child.wait()
        await self.engine.stop()

    async def start_engine(self) -> None:
        """On the same folder, on other ports."""
        self.engine = await start(self.folder, isolated=True)
        self.office.client = await self.engine.connect(self.office.settings)

    # -- the register ---------------------------------------------------------------------------

    @contextmanager
    def locked_register(self) -> Iterator[None]:
        """Another program holds SQLite's write lock; reads go on."""
        other = sqlite3.connect(self.folder / "register.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            other.execute("ROLLBACK")
            other.close()

    async def rows(self, case: str, count: int) -> None:
        """Wait until the register has `count` rows of the case and the case knows it."""

        async def there() -> bool:
            if self.numbers(case)[-1:] != [count]:
                return False
            return (await self.office.view(case)).unwritten == 0

        await until(there)

    def numbers(self, case: str) -> list[int]:
        """The numbers of the case's rows in the order they were written."""
        with self.office.register.reading() as session:
            return [event.seq for event in queries.events(session, case)]

    def holds(self, case: str) -> bool:
        """Chain, projections and summary of the case are as its events say."""
        found = verify(self.office.register, [case])
        assert found.differences == ()
        return found.holds

    # -- notices --------------------------------------------------------------------------------

    async def letters(self, case: str) -> list[str]:
        """Recipient of each notice file of the case, once the outbox is empty."""

        async def empty() -> bool:
            with self.office.register.reading() as session:
                return all(n.state == "sent" for n in queries.notices(session, case_id=case))

        await until(empty)
        files = sorted(self.office.settings.mail_drop.glob(f"{case}-*.eml"))
        return [str(message_from_bytes(file.read_bytes())["Message-ID"]) for file in files]


@asynccontextmanager
async def site(folder: Path, *, time_skipping: bool = False) -> AsyncIterator[Site]:
    """All of it, running; every process is ended at the end. `time_skipping`: cases can be jumped
    in virtual time."""
    engine = await start(folder, isolated=True, time_skipping=time_skipping)
    async with opened_office(engine, folder) as office:
        patient = office.settings.model_copy(update={"timeout": PATIENT, "row_wait": 0})
        client = skipper(office.client).client if time_skipping else office.client
        opened = Site(folder, engine, replace(office, settings=patient, client=client))
        try:
            await opened.start_worker()
            yield opened
        finally:
            await opened.kill_worker()
            await opened.engine.stop()
