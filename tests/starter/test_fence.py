"""One register, one engine, one place that drives it: all else is refused before it starts."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from temporalio.client import Client
from temporalio.exceptions import ApplicationError

from activities.register import RegisterActivities
from domain.errors import Code, InputError
from office.desk import Desk
from office.people.directory_file import load_office
from office.running.fence import FILE, enter, keep_in_engine, of_engine, of_folder, take_over
from office.settings import Settings
from register.engine import Register, open_register
from register.migrate import upgrade
from register.reads.states import state_of
from register.writes.installation import Bond, bind, bond
from starter.engine.ready import ensure_namespace
from tests.walk.office import directory
from tests.walk.onrecord import lay_down, line_of
from workflows.activity_names import RecordBatch

pytestmark = pytest.mark.temporal

Opened = Callable[[str], Register]


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Opened]:
    """Registers by their names, each new."""
    found: list[Register] = []

    def one(name: str) -> Register:
        url = f"sqlite:///{tmp_path / name}"
        upgrade(url)
        found.append(open_register(url))
        return found[-1]

    yield one
    for register in found:
        register.close()


async def empty(client: Client) -> Client:
    """An engine that is empty: a namespace of its own."""
    name = f"fence-{uuid4()}"
    await ensure_namespace(client, name)
    return Client(client.service_client, namespace=name, data_converter=client.data_converter)


def folder(tmp_path: Path, name: str) -> Path:
    """A data folder."""
    (tmp_path / name).mkdir()
    return tmp_path / name


def held(register: Register) -> Bond:
    """What the register is bound to."""
    with register.reading() as session:
        found = bond(session)
    assert found is not None
    return found


async def refused(register: Register, engine: Client, data: Path, *, own: bool = True) -> Code:
    """Why nothing is started; nothing has changed by asking."""
    with register.reading() as session:
        before = bond(session)
    with pytest.raises(InputError) as no:
        await enter(register, engine, data, own=own)
    with register.reading() as session:
        assert bond(session) == before
    assert register.name in str(no.value.params["register"])
    return no.value.code


async def test_each_start_is_a_later_state_of_all_three(
    client: Client, opened: Opened, tmp_path: Path
) -> None:
    register, engine, data = opened("a.db"), await empty(client), folder(tmp_path, "one")
    for epoch in (1, 2, 3):
        entry = await enter(register, engine, data, own=True)
        assert not entry.lost
        assert entry.bond.epoch == epoch
        place = of_folder(data)
        assert place is not None
        assert held(register) == await of_engine(engine) == place.bond == entry.bond


async def test_a_second_data_folder_on_one_register_is_refused_until_it_takes_over(
    client: Client, opened: Opened, tmp_path: Path
) -> None:
    register, first, second = opened("a.db"), await empty(client), await empty(client)
    one, two = folder(tmp_path, "one"), folder(tmp_path, "two")
    mine = await enter(register, first, one, own=True)
    assert await refused(register, second, two) is Code.REGISTER_ELSEWHERE
    assert not (two / FILE).exists()
    await take_over(register, None, two, own=True)
    assert (await enter(register, second, two, own=True)).lost
    # The first one, should it come back, starts nothing; one that still runs writes nothing.
    assert await refused(register, first, one) is Code.REGISTER_ELSEWHERE
    with register.writing() as session:
        load_office(session, directory())
        case = lay_down(session, 1, 0, datetime.now(UTC))
    with register.reading() as session:
        batch = RecordBatch(case_id=case, events=(), summary=line_of(state_of(session, case)))
    old = RegisterActivities(register, tmp_path / "mail", mine.bond.place)
    with pytest.raises(ApplicationError) as no:
        old.record_events(batch)
    assert no.value.type == Code.REGISTER_ELSEWHERE
    new = RegisterActivities(register, tmp_path / "mail", held(register).place)
    assert new.record_events(batch)


@pytest.mark.parametrize("bound", [True, False])
async def test_two_registers_on_one_engine_never_mix(
    client: Client, opened: Opened, tmp_path: Path, bound: bool
) -> None:
    engine, other = await empty(client), opened("b.db")
    await enter(opened("a.db"), engine, folder(tmp_path, "one"), own=True)
    if bound:
        await enter(other, await empty(client), folder(tmp_path, "two"), own=False)
    for own in (True, False):
        data = folder(tmp_path, f"three-{own}")
        assert await refused(other, engine, data, own=own) is Code.ENGINE_OF_ANOTHER
    # A command that sends an act straight to that cluster says so too.
    settings = Settings(data=tmp_path, YISHEN_REGISTER=None)

    async def connect(_: Settings) -> Client:
        return engine

    with pytest.raises(InputError) as no:
        await Desk(settings, other, connect).client()
    assert no.value.code is Code.ENGINE_OF_ANOTHER
    with pytest.raises(InputError):
        await take_over(other, engine, tmp_path, own=False)


@pytest.mark.parametrize("own", [True, False])
async def test_an_older_register_is_refused_until_it_is_said_to_count(
    client: Client, opened: Opened, tmp_path: Path, own: bool
) -> None:
    register, engine, data = opened("a.db"), await empty(client), folder(tmp_path, "one")
    backup = (await enter(register, engine, data, own=own)).bond
    await take_over(register, engine, data, own=own)
    await keep_in_engine(engine, held(register))
    with register.writing() as session:
        bind(session, backup)
    assert await refused(register, engine, data, own=own) is Code.REGISTER_OLDER
    taken = await take_over(register, engine, data, own=own)
    entry = await enter(register, engine, data, own=own)
    assert entry.lost
    assert entry.bond.installation == backup.installation
    assert entry.bond.epoch >= taken.epoch


async def test_a_register_that_has_lost_entries_is_an_older_one(
    client: Client, opened: Opened, tmp_path: Path
) -> None:
    register, engine, data = opened("a.db"), await empty(client), folder(tmp_path, "one")
    await enter(register, engine, data, own=True)
    said = json.loads((data / FILE).read_text())
    said["newest"] = (datetime.now(UTC) - timedelta(hours=1)).isoformat()
    (data / FILE).write_text(json.dumps(said))
    assert await refused(register, engine, data) is Code.REGISTER_OLDER


async def test_an_older_engine_or_an_empty_one_is_to_be_rebuilt(
    client: Client, opened: Opened, tmp_path: Path
) -> None:
    register, engine, data = opened("a.db"), await empty(client), folder(tmp_path, "one")
    older = (await enter(register, engine, data, own=True)).bond
    await enter(register, engine, data, own=True)
    await keep_in_engine(engine, older)
    assert (await enter(register, engine, data, own=True)).lost
    assert (await enter(register, await empty(client), data, own=True)).lost


async def test_an_empty_namespace_of_a_cluster_is_asked_about(
    client: Client, opened: Opened, tmp_path: Path
) -> None:
    register, data = opened("a.db"), folder(tmp_path, "one")
    await enter(register, await empty(client), data, own=False)
    other = await empty(client)
    assert await refused(register, other, data, own=False) is Code.ENGINE_EMPTY
    taken = await take_over(register, other, data, own=False)
    await keep_in_engine(other, taken)
    assert not (await enter(register, other, data, own=False)).lost
