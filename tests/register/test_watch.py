"""A process hears of what others write to the register, and of nothing else."""

import asyncio
import shutil
from collections.abc import Callable, Iterator
from contextlib import aclosing
from datetime import timedelta
from pathlib import Path
from time import monotonic

import pytest

from office.legal_time import legal_now
from register.engine import Register, open_register
from register.reads import watch as watching
from register.reads.troubles import What
from register.reads.watch import Changed, Watch
from register.writes import troubles
from register.writes.access import Attempt, log_access
from register.writes.directory import Directory, load_directory
from register.writes.record import record
from tests.register import office
from tests.register.office import first, registered

EVERY = 0.05
SOON = 60.0


@pytest.fixture
def other(url: str) -> Iterator[Register]:
    """The same register as another process has it."""
    opened = open_register(url)
    yield opened
    opened.close()


def renamed(register: Register) -> None:
    people = office.OFFICE.model_dump(mode="json")
    people["users"][1]["name"] = "李明明"
    with register.writing() as session:
        load_directory(session, Directory.model_validate(people), office.FIRST_DAY, office.BY)


def happened(register: Register) -> None:
    with register.writing() as session:
        record(session, "2026-0001", (first(),), office.summary(1))


def stuck(register: Register) -> None:
    with register.writing() as session:
        troubles.note(session, "2026-0001", What.RUN, "act_failed", "x")


WRITES: list[tuple[Callable[[Register], object], Changed]] = [
    (lambda register: registered(register, "1"), Changed.CASES),
    (happened, Changed.CASES),
    (renamed, Changed.OFFICE),
    (stuck, Changed.TROUBLES),
]


async def test_what_others_write_is_told_once(register: Register, other: Register) -> None:
    with Watch(register, legal_now, EVERY) as watch:
        async with aclosing(watch.changes()) as changes:
            await asyncio.wait_for(anext(changes), SOON)  # of what was before
            for write, what in WRITES:
                # Not a change that anybody has to see: every page that is read leaves one.
                log_access(other, Attempt("wang", "case", "ok", "2026-0001"))
                await asyncio.to_thread(write, other)
                assert await asyncio.wait_for(anext(changes), SOON) == {what}


async def test_what_is_counted_anew_tells_nobody(
    register: Register, other: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "LATE", timedelta(seconds=0.3))
    registered(other, "1")
    with Watch(register, legal_now, EVERY) as watch:
        async with aclosing(watch.changes()) as changes:
            await asyncio.wait_for(anext(changes), SOON)
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(anext(changes), 1.5)


async def test_it_is_closed_at_once_whoever_listens(register: Register) -> None:
    watch = Watch(register, legal_now, every=60.0)

    async def listen() -> int:
        return len([change async for change in watch.changes()])

    listening = [asyncio.create_task(listen()) for _ in range(20)]
    await asyncio.sleep(0)
    begun = monotonic()
    watch.close()
    assert await asyncio.wait_for(asyncio.gather(*listening), SOON) == [0] * 20
    assert monotonic() - begun < 5


async def test_a_register_that_was_away_is_looked_for_again(
    sqlite_template: Path, tmp_path: Path
) -> None:
    file = tmp_path / "register.db"
    register = open_register(f"sqlite:///{file}")
    with Watch(register, legal_now, EVERY) as watch:
        listening = asyncio.create_task(anext(watch.changes()))
        await asyncio.sleep(EVERY * 4)
        await asyncio.to_thread(shutil.copy, sqlite_template, file)
        assert await asyncio.wait_for(listening, SOON) == set(Changed)
    register.close()
