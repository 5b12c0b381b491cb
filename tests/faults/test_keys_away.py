"""The key store goes away while a worker runs, and comes back."""

import shutil
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import pytest_asyncio

from activities.register import RegisterActivities
from domain.case import facts as f
from domain.errors import Code, Unreachable
from office.acts.order import new_command_id
from office.running.key_store import key_store
from register.reads import queries
from register.verify import verify
from starter.engine.running import running
from tests.office_fixture import Office, opened_office
from tests.waiting import until
from worker import build

SHORT, LONG = 4.0, 60.0


@dataclass
class Served:
    """An office whose worker has a key store of its own; `office` sends with a copy of it."""

    office: Office
    store: Path
    own: Office

    @contextmanager
    def keys_away(self) -> Iterator[None]:
        """The worker can't open its key store, and has forgotten what it knew of it."""
        away = self.store.with_suffix(".away")
        self.store.rename(away)
        key_store(self.own.settings).close()
        try:
            yield
        finally:
            away.rename(self.store)

    def waiting(self, seconds: float) -> Office:
        """The office with so much patience."""
        settings = self.office.settings.model_copy(update={"timeout": seconds, "row_wait": 0.0})
        return replace(self.office, settings=settings)

    async def run_id(self, case: str) -> str | None:
        return (await self.office.handle(case).describe()).run_id

    async def written(self, case: str, count: int) -> None:
        """Wait until the register has that many rows, and the case knows."""

        async def there() -> bool:
            with self.office.register.reading() as session:
                rows = queries.event_count(session, case)
            return rows == count and (await self.waiting(LONG).view(case)).unwritten == 0

        await until(there)
        assert verify(self.office.register, [case]).differences == ()


@pytest_asyncio.fixture
async def served(tmp_path: Path) -> AsyncIterator[Served]:
    async with running(tmp_path, isolated=True) as engine, opened_office(engine, tmp_path) as own:
        copy = shutil.copytree(tmp_path / "keys", tmp_path / "copied")
        there = {"keys_url": f"sqlite:///{copy}/keys.db", "timeout": LONG}
        settings = own.settings.model_copy(update=there)
        office = replace(own, settings=settings, client=await engine.connect(settings))
        activities = RegisterActivities(own.register, own.settings.mail_drop)
        async with build(own.client, activities):
            yield Served(office, tmp_path / "keys" / "keys.db", own)


async def a_case(served: Served) -> str:
    """A case whose key is in both stores."""
    case = (await served.own.open()).id
    shutil.copy(served.store, served.store.parent.parent / "copied" / "keys.db")
    key_store(served.office.settings).close()
    await served.written(case, 1)
    return case


async def test_an_act_that_no_worker_can_read_waits_until_one_can(served: Served) -> None:
    case = await a_case(served)
    run, command, note = await served.run_id(case), new_command_id(), f.Noted(text="x")
    with served.keys_away():
        with pytest.raises(Unreachable) as no:
            await served.waiting(SHORT).do(case, "supervisor", note, command_id=command)
        assert no.value.code is Code.ACT_UNANSWERED
        assert await served.run_id(case) == run
    sent = await served.waiting(LONG).do(case, "supervisor", note, command_id=command)
    assert sent.answer.seq == 2
    await served.written(case, 2)
    assert await served.run_id(case) == run, "no run ends by it"


async def test_what_is_not_written_when_the_keys_go_is_written_when_they_are_back(
    served: Served,
) -> None:
    case = await a_case(served)
    run = await served.run_id(case)
    other = sqlite3.connect(served.store.parent.parent / "register.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    await served.waiting(LONG).do(case, "supervisor", f.Noted(text="x"))
    with served.keys_away():
        other.execute("ROLLBACK")
        other.close()
        before = await attempts(served.office, case)

        async def tried_again() -> bool:
            return await attempts(served.office, case) >= before + 2

        await until(tried_again)
    await served.written(case, 2)
    assert await served.run_id(case) == run


async def attempts(office: Office, case: str) -> int:
    """How often the entry of the case has been tried."""
    found = (await office.handle(case).describe()).raw_description
    return max((pending.attempt for pending in found.pending_activities), default=0)
