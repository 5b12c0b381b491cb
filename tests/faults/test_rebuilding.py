"""The engine is lost: every living case gets its run again, from the register."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from temporalio.client import Client

from activities.register import RegisterActivities
from domain.case import facts as f
from domain.case.summary import Status
from domain.values import OFFICE_ZONE
from office.acts.order import Order, row_written, send_act
from office.desk import Desk
from office.folder import CaseFolder
from office.people.directory_file import load_office
from office.running.asking import case_view
from office.running.key_store import key_store, register_at
from office.running.making_ready import make_ready
from office.running.rebuilding import Became, Rebuilt, rebuild
from office.settings import Settings
from register.engine import Register
from register.models import CaseEvent, Notice, Request
from register.reads.files import named_files
from register.reads.filter import Filter
from register.reads.lists import case_lines
from register.reads.living import living
from register.reads.queries import subjects
from register.reads.states import state_of
from register.verify import verify
from register.writes.outbox import file_of, mark_all_sent
from starter.engine.running import running
from tests.tables import with_tables
from tests.waiting import until
from tests.walk.office import directory
from tests.walk.onrecord import lay_down, line_of
from tests.walk.pen import PAPERS, SHAS
from worker import build

SEED = 20261129
OPEN = 100
AS_MANY, AT_MOST = 130, 400
"""So many are laid down for a hundred and more that live; more, until there is one in each state:
how walks go hangs on the day."""
EVERY_STATE = frozenset(Status) - {Status.VOID}
"""But for one that few ever reach."""
PAPER_OF = dict(zip(SHAS, PAPERS, strict=True))

pytestmark = pytest.mark.temporal


@dataclass
class Laid:
    """An office whose register is there and whose engine is not."""

    settings: Settings
    register: Register

    def desk(self, client: Client) -> Desk:
        """With its whole time."""
        return Desk(self.settings, self.register, client)

    def events(self) -> dict[tuple[str, int], str]:
        """The hash of every event on record."""
        with self.register.reading() as session:
            rows = session.execute(select(CaseEvent.case_id, CaseEvent.seq, CaseEvent.hash))
            return {(row.case_id, row.seq): row.hash for row in rows}

    def alarms(self) -> dict[str, datetime | None]:
        """The next alarm of each living case, the most urgent first."""
        with self.register.reading() as session:
            return {c.id: c.next_alarm for c in living(session, datetime.now(UTC))}

    def letters(self) -> set[str]:
        """The notices that lie there as files."""
        return {path.stem for path in self.settings.mail_drop.glob("*.eml")}

    def take_letters(self) -> set[str]:
        """A mail system takes them away."""
        taken = self.letters()
        for letter in taken:
            (self.settings.mail_drop / f"{letter}.eml").unlink()
        return taken

    def notices(self, state: str) -> set[str]:
        """Those in that state."""
        with self.register.reading() as session:
            return set(session.scalars(select(Notice.id).where(Notice.state == state)))


def laid_settings(folder: Path) -> Settings:
    """Of an office on that folder, with time enough."""
    return Settings(data=folder, YISHEN_REGISTER=None, timeout=60, row_wait=30)


def laid(folder: Path, cases: int, states: frozenset[Status] = frozenset()) -> Laid:
    """So many cases on record, and more until there is one in each of the `states`, written by an
    engine that nobody has any more; of their notices every third was left in the outbox."""
    with_tables(folder)
    settings = laid_settings(folder)
    make_ready(settings)
    register = register_at(settings, 30)
    now = datetime.now(OFFICE_ZONE)
    with register.writing() as session:
        load_office(session, directory())
        for number in range(AT_MOST):
            if number >= cases and states <= set(session.scalars(select(Request.status))):
                break
            lay_down(session, SEED, number, now)
        sent = sorted(session.scalars(select(Notice.id)))
        gone = [notice for number, notice in enumerate(sent) if number % 3]
        mark_all_sent(session, {notice: file_of(notice) for notice in gone}, datetime.now(UTC))
        for case in subjects(session):
            key_store(settings).make(case)
        named = named_files(session)
    for case, digest in sorted(named):
        CaseFolder(settings, register, case).keep_bytes(PAPER_OF[digest])
    return Laid(settings, register)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Laid]:
    """A hundred open cases, in every state a case can be in (few are void)."""
    opened = laid(tmp_path, AS_MANY, EVERY_STATE)
    with opened.register.reading() as session:
        lines = case_lines(session, Filter(training=True, limit=None))
    assert sum(line.is_open for line in lines) >= OPEN
    assert {line.status for line in lines} >= EVERY_STATE
    yield opened
    opened.register.close()


@asynccontextmanager
async def on_engine(office: Laid, name: str) -> AsyncIterator[Client]:
    """An engine that never heard of the office, and its worker."""
    async with running(office.settings.data / name, isolated=True) as engine:
        client = await engine.connect(office.settings)
        async with build(client, RegisterActivities(office.register, office.settings.mail_drop)):
            yield client


@pytest.mark.slow
async def test_a_hundred_open_cases_go_on_from_the_register_on_an_empty_engine(
    office: Laid,
) -> None:
    before, alarms, waiting = office.events(), office.alarms(), office.notices("pending")
    async with on_engine(office, "first") as client:
        seen = await _broken_off(office.desk(client), 30)
        assert set(list(alarms)[:10]) <= set(seen)  # the nearest day first
        done = await rebuild(office.desk(client))
        assert done.cases == len(alarms)
        assert done.count(Became.THERE) >= len(seen)
        assert done.count(Became.THERE) + done.count(Became.STARTED) == done.cases
        await all_go_on(office, client, before, alarms)
        assert waiting <= set(office.letters())
        newer = {letter.rsplit("-", 2)[0] for letter in office.letters() - waiting}
        assert newer <= {case for case, _ in office.events().keys() - before.keys()}
    # That engine is lost too. What went out does not go out again.
    before, alarms, letters = office.events(), office.alarms(), office.take_letters()
    async with on_engine(office, "second") as client:
        done = await rebuild(office.desk(client))
        assert done.count(Became.STARTED) == done.cases
        await all_go_on(office, client, before, alarms)
        assert not office.letters() & letters
        for case in list(alarms)[::20]:
            await _takes_a_note(office.desk(client), case)
    assert verify(office.register).differences == ()


async def _broken_off(desk: Desk, after: int) -> list[str]:
    """The cases that had their run when it was broken off."""
    found: list[str] = []
    enough = asyncio.Event()

    def tell(so_far: Rebuilt) -> None:
        found[:] = so_far.became
        if len(found) >= after:
            enough.set()

    under_way = asyncio.create_task(rebuild(desk, tell))
    await enough.wait()
    under_way.cancel()
    with pytest.raises(asyncio.CancelledError):
        await under_way
    return list(found)


async def all_go_on(
    office: Laid,
    client: Client,
    before: Mapping[tuple[str, int], str],
    alarms: Mapping[str, datetime | None],
) -> None:
    """Every case says what its record says and waits for what it waited for; nothing on record
    has changed, and no notice is left."""
    gate = asyncio.Semaphore(10)

    async def one(case: str) -> None:
        async with gate:
            view = await case_view(office.desk(client), case, start=False)
            assert await row_written(office.desk(client), case, view.state.seq)
            with office.register.reading() as session:
                state = state_of(session, case)
            assert view.state == state
            assert view.summary == line_of(state)
            if (case, state.seq) in before:
                assert view.summary.next_alarm == alarms[case]

    await asyncio.gather(*(one(case) for case in alarms))
    assert before.items() <= office.events().items()

    async def all_out() -> bool:
        return not office.notices("pending") and not office.notices("failed")

    await until(all_out)


async def _takes_a_note(desk: Desk, case: str) -> None:
    sent = await send_act(desk, Order(case, "zhou", f.Noted(text="重建之后"), f"note.{case}"))
    assert sent.written
    assert not sent.answer.repeated
