"""A register of a released state is opened by the present code: nothing in it is lost or changed,
and every case goes on. On whatever day that happens."""

import sqlite3
from collections.abc import AsyncIterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import select

from activities.register import RegisterActivities
from domain.case.act import Event
from domain.case.evolve import folded
from domain.case.facts import Noted
from domain.case.people import Role
from domain.words import sealed_parts
from office.acts.order import Order, new_command_id, row_written, send_act
from office.cases.against_runs import compare_running
from office.desk import Desk
from office.running.asking import case_view
from office.running.key_store import register_at
from office.running.making_ready import make_ready
from office.settings import Settings
from register.engine import Register, open_register
from register.migrate import upgrade
from register.models import RoleGrant
from register.reads import queries
from register.reads.filter import Filter
from register.reads.lists import case_lines
from register.reads.states import begun
from register.reads.words import shown
from register.verify import verify
from starter.engine.running import running
from tests.upgrade.kept import Stood, load, names, restore, said, settings_of, stands
from worker import build

TIMEOUT = 30.0

EVERY_STATUS = 13
"""A case may be in so many in the first release; each has one."""


@dataclass(frozen=True)
class Kept:
    """An opened register of a released state, migrated to the newest tables."""

    settings: Settings
    register: Register
    stood: dict[str, Stood]

    def events(self, case: str) -> list[Event]:
        """The record of a case."""
        with self.register.reading() as session:
            return queries.events(session, case)


@pytest_asyncio.fixture(loop_scope="session", params=names())
async def kept(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Kept]:
    """Each released state, in a folder of its own."""
    settings = settings_of(tmp_path, TIMEOUT)
    stood = restore(request.param, tmp_path)
    make_ready(settings)
    register = register_at(settings, TIMEOUT / 2)
    yield Kept(settings, register, stood)
    register.close()


def test_there_are_states_to_open() -> None:
    assert "0.1.0" in names()


async def test_its_record_verifies_and_every_case_stands_as_it_stood(kept: Kept) -> None:
    found = verify(kept.register)
    assert found.differences == ()
    assert found.cases == len(kept.stood) >= 20
    assert len({stood["status"] for stood in kept.stood.values()}) >= EVERY_STATUS
    with kept.register.reading() as session:
        assert stands(session) == kept.stood


async def test_its_words_can_be_read(kept: Kept) -> None:
    with kept.register.reading() as session:
        lines = shown(session, case_lines(session, Filter(training=True, limit=None)))
    assert len(lines) == len(kept.stood)
    assert not [line.id for line in lines if sealed_parts(line.subject)]


@pytest.mark.parametrize("name", names())
def test_what_was_changed_before_the_upgrade_is_found_after_it(name: str, tmp_path: Path) -> None:
    load(name, tmp_path / "register.db")
    with closing(sqlite3.connect(tmp_path / "register.db")) as connection, connection:
        connection.execute("DROP TRIGGER case_events_no_UPDATE")
        (sql,) = connection.execute(
            "SELECT sql FROM sqlite_master WHERE name = 'case_events_no_DELETE'"
        ).fetchone()
        (case,) = connection.execute("SELECT case_id FROM case_events WHERE seq = 3").fetchone()
        changed = "UPDATE case_events SET body = body || ' ' WHERE case_id = ? AND seq = 2"
        connection.execute(changed, (case,))
        connection.execute(sql.replace("DELETE", "UPDATE"))
    url = f"sqlite:///{tmp_path / 'register.db'}"
    upgrade(url)
    register = open_register(url)
    (difference,) = verify(register).differences
    register.close()
    assert (difference.case, difference.key, difference.field) == (case, "2", "hash")


@pytest.mark.slow
async def test_every_case_goes_on_where_it_stood(kept: Kept, tmp_path: Path) -> None:
    """The engine that ran them is gone. Each gets a new run, says what it was, and takes a note."""
    before = {case: kept.events(case) for case in kept.stood}
    async with running(tmp_path / "engine", isolated=True) as engine:
        client = await engine.connect(kept.settings)
        desk = Desk(kept.settings, kept.register, client)
        async with build(client, RegisterActivities(kept.register, kept.settings.mail_drop)):
            for case, stood in kept.stood.items():
                await _says_what_it_was(desk.renewed(), kept, case, before[case], stood)
                await _takes_a_note(desk.renewed(), kept, case, len(before[case]))
            compared = await compare_running(desk.renewed())
    assert (compared.differences, compared.skipped) == ((), ())
    assert verify(kept.register).differences == ()


async def _says_what_it_was(
    desk: Desk, kept: Kept, case: str, before: Sequence[Event], stood: Stood
) -> None:
    state = (await case_view(desk, case)).state
    assert await row_written(desk, case, state.seq)
    events = kept.events(case)[: state.seq]
    assert events[: len(before)] == before
    since = events[len(before) :]
    assert {event.role for event in since} <= {Role.SYSTEM}, since
    with kept.register.reading() as session:
        start = begun(queries.case(session, case).start_input)
    assert state == folded(start, events)
    if not since:
        assert said(state) == stood["state"]


async def _takes_a_note(desk: Desk, kept: Kept, case: str, after: int) -> None:
    order = Order(case, _somebody(kept, case), Noted(text="升级后核对"), new_command_id())
    sent = await send_act(desk, order)
    assert sent.written
    assert sent.answer.seq > after
    assert not sent.answer.repeated


def _somebody(kept: Kept, case: str) -> str:
    """A user who takes requests in where the case lies."""
    with kept.register.reading() as session:
        organ = queries.case(session, case).line.organ
        intake = select(RoleGrant.person).where(RoleGrant.role == Role.INTAKE)
        return session.scalars(intake.where(RoleGrant.organ == organ)).all()[0]
