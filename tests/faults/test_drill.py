"""The drill: an office loses its disk and goes on from its backup."""

import asyncio
import os
import shutil
import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import pytest

from office.running.key_store import register_at
from office.settings import Settings
from starter.engine.client import connect
from starter.engine.lock import is_held
from tests.engine_fixture import pointing_at
from tests.faults.site import site
from tests.faults.test_lost_engine import counts, done, events, up
from tests.faults.test_rebuilding import Laid, all_go_on, laid, laid_settings
from tests.starter.command_line import CommandLine
from tests.waiting import until

CASES = 24

pytestmark = [pytest.mark.temporal, pytest.mark.slow]


@pytest.fixture(autouse=True)
def _own_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """No server of this machine is meant."""
    monkeypatch.setenv("TEMPORAL_CONFIG_FILE", os.devnull)


@contextmanager
def opened(data: Path) -> Iterator[Laid]:
    """The office of that folder."""
    settings = laid_settings(data)
    register = register_at(settings, 30)
    try:
        yield Laid(settings, register)
    finally:
        register.close()


@asynccontextmanager
async def acts_going_on(yishen: CommandLine, case: str) -> AsyncIterator[None]:
    """Somebody notes something again and again meanwhile."""
    first, enough = asyncio.Event(), asyncio.Event()

    async def work() -> None:
        while not enough.is_set():
            await done(yishen, "note", case, "--as", "zhou", "--text", "来电")
            first.set()

    working = asyncio.create_task(work())
    await first.wait()
    try:
        yield
    finally:
        enough.set()
        await working


async def registered(yishen: CommandLine) -> str:
    """A request of today."""
    words = ("--channel", "in_person", "--applicant", "张某（虚构）", "--subject", "规划（虚构）")
    said = await done(yishen, "register", *words, "--organ", "qinghe", "--as", "wang")
    return str(said["case"])


async def test_on_a_cluster_a_restored_register_waits_for_its_engine_to_be_rebuilt(
    tmp_path: Path,
) -> None:
    """There the runs outlive the register: nothing may go on with them as they are."""
    to = tmp_path / "backup"
    async with site(tmp_path / "data") as own:
        yishen = CommandLine(own.folder, {**pointing_at(own.engine), "YISHEN_USER": "li"})
        case = (await own.office.open()).id
        await own.rows(case, 1)
        await done(yishen, "engine", "rebuild")
        await done(yishen, "backup", to)
        await done(yishen, "note", case, "--text", "备份之后（虚构）")
        late = (await own.office.open()).id
        await own.rows(late, 1)
        await own.kill_worker()
        own.office.register.close()
        yishen = CommandLine(tmp_path / "new", yishen.environment)  # another machine
        assert (await done(yishen, "restore", to))["next"] == "rebuild"
        shutil.copytree(own.folder / "keys", yishen.data / "keys")
        own.office.settings = own.office.settings.model_copy(update={"data": yishen.data})
        own.office.register = register_at(own.office.settings)
        refused = (await yishen("note", case, "--text", "恢复之后", "--json")).json
        assert refused["error"]["code"] == "register_elsewhere"
        assert "yishen engine rebuild" in refused["error"]["message"]
        await own.start_worker()
        told = await done(yishen, "engine", "rebuild")
        assert (told["cases"], told["replaced"], told["not_registered"]) == (1, 1, [late])
        assert [(a["case"], a["kind"]) for a in told["not_on_record"]] == [(case, "noted")]
        await done(yishen, "note", case, "--text", "恢复之后（虚构）")
        await own.rows(case, 2)
        assert (await own.office.open()).id == late
        await done(yishen, "verify")
        own.office.register.close()


async def test_an_office_that_lost_its_disk_goes_on_from_its_backup(tmp_path: Path) -> None:
    data, to = tmp_path / "data", tmp_path / "backup"
    data.mkdir(mode=0o700)
    office = laid(data, CASES)
    office.register.close()
    yishen = CommandLine(data, {})
    with up(yishen, signal.SIGKILL):
        case = await registered(yishen)
        async with acts_going_on(yishen, case):
            made = await done(yishen, "backup", to)
        late = await registered(yishen)
        await done(yishen, "assign", case, "--department", "ghj", "--handler", "li", "--as", "wang")

    async def all_ended() -> bool:
        return not is_held(data / "engine.lock")

    await until(all_ended)
    there = {file.name for file in (data / "files").rglob("?" * 64)}
    data.rename(tmp_path / "lost")
    as_backed_up = tmp_path / "copy"
    as_backed_up.mkdir()
    shutil.copy(to / "register.db", as_backed_up)
    with opened(as_backed_up) as copy:
        before, alarms, sent = copy.events(), copy.alarms(), copy.notices("sent")
    assert case in alarms
    assert late not in alarms

    year, serial = late.split("-")
    back = await done(yishen, "restore", to, "--last-number", f"{year}={int(serial)}")
    assert (back["events"], back["newest"]) == (len(before), made["newest"])
    assert back["keys_lacking"]
    shutil.copytree(tmp_path / "lost" / "keys", data / "keys")
    assert {file.name for file in (data / "files").rglob("?" * 64)} == there
    with up(yishen) as told, opened(data) as again:
        assert events(told) == ["engine", "lost", "rebuilt", "ready"]
        assert counts(told)["started"] == counts(told)["cases"] == len(alarms)
        await all_go_on(again, await connect(Settings(data=data)), before, alarms)
        assert not again.letters() & sent
        verified = await done(yishen, "verify")
        assert verified["compared_with_engine"] >= len(alarms)
        await done(yishen, "assign", case, "--department", "ghj", "--handler", "li", "--as", "wang")
        assert await registered(yishen) == f"{year}-{int(serial) + 1:04d}"
        await done(yishen, "verify")

    # The disk is there this time, and the engine with it: only the register was lost.
    for file in data.glob("register.db*"):
        file.unlink()
    await done(yishen, "restore", to)
    with up(yishen) as told:
        assert {"stranger", "not_on_record", "rebuilt", "ready"} <= set(events(told))
        assert [line["case"] for line in told if line["event"] == "stranger"] == [
            f"{year}-{int(serial) + 1:04d}"
        ]
        lost = [line for line in told if line["event"] == "not_on_record"]
        assert [(line["case"], line["kind"]) for line in lost] == [(case, "assigned")]
        await done(yishen, "verify")
        assert await registered(yishen) == late
        assert (await done(yishen, "case", late, "--as", "shen"))["seq"] == 1
