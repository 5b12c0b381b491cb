"""Uploads that nobody sends on, and those that the disk has no room for: gone, whole."""

import asyncio
import os
import time
from pathlib import Path
from typing import BinaryIO

import pytest

import worker
from domain.errors import Code, Unreachable
from office import uploads
from office.files import made
from office.running.making_ready import make_ready
from office.settings import Settings
from office.uploads import LONGEST, PLACE, Uploads, sweep


@pytest.fixture
def ready(tmp_path: Path) -> Settings:
    """An installation with keys."""
    settings = Settings(data=tmp_path)
    make_ready(settings)
    return settings


def kept(settings: Settings, *, age: float = 0) -> Path:
    """An upload that came so many seconds ago."""
    writer = Uploads(settings).begin("a.txt")
    writer.write(b"words")
    path = settings.files / PLACE / writer.end().id
    then = time.time() - age
    os.utime(path, (then, then))
    return path


def test_what_nobody_sent_on_for_a_day_goes_and_nothing_else(ready: Settings) -> None:
    day = LONGEST.total_seconds()
    old, new = kept(ready, age=day + 60), kept(ready, age=day - 60)
    other = old.with_name("notes.txt")
    other.write_text("not ours")
    os.utime(other, (0, 0))
    sweep(ready)
    assert {path.name for path in old.parent.iterdir()} == {new.name, other.name}


async def test_a_worker_that_runs_for_months_sweeps_too(
    ready: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "UPLOADS_SECONDS", 0.01)
    sweeping = asyncio.create_task(worker._sweep_uploads(ready))
    try:
        await asyncio.sleep(0.05)
        old = kept(ready, age=LONGEST.total_seconds() + 60)
        for _ in range(500):
            if old.exists():
                await asyncio.sleep(0.01)
        assert not old.exists()
    finally:
        sweeping.cancel()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_what_a_full_disk_broke_off_leaves_nothing(
    ready: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path) -> BinaryIO:
        made(path).close()
        return Path("/dev/full").open("wb")

    monkeypatch.setattr(uploads, "made", full)
    writer = Uploads(ready).begin("a.txt")
    with pytest.raises(Unreachable) as no:
        writer.write(bytes(1 << 20))
    assert no.value.code is Code.FILE_NOT_KEPT
    writer.drop()
    assert list((ready.files / PLACE).iterdir()) == []
