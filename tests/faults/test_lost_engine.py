"""`yishen up` where the engine's database was lost or is an older one; what it refuses to start."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.office_fixture import EXAMPLE
from tests.starter.command_line import ROOT, CommandLine

pytestmark = [pytest.mark.temporal, pytest.mark.slow]

CASE = "2026-0001"


@contextmanager
def up(yishen: CommandLine, end: signal.Signals = signal.SIGINT) -> Iterator[list[dict[str, Any]]]:
    """`yishen up` until it is ready, or has ended by itself; what it has told. Stopped in order,
    or as `end` does it."""
    process = subprocess.Popen(
        [sys.executable, "-m", "starter", "up", "--json"],
        env={**yishen.environment_of("en"), "TEMPORAL_CONFIG_FILE": os.devnull},
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    told: list[dict[str, Any]] = []
    try:
        assert process.stdout is not None
        for line in process.stdout:
            told.append(json.loads(line))
            if told[-1].get("event") == "ready":
                break
        yield told
    finally:
        process.send_signal(end)
        process.communicate(timeout=60)


async def done(yishen: CommandLine, *words: object) -> Any:
    """What a command that must succeed has answered."""
    return (await yishen(*words, "--json")).done


def events(told: list[dict[str, Any]]) -> list[str]:
    """Their names."""
    return [line["event"] for line in told]


def counts(told: list[dict[str, Any]]) -> Mapping[str, int]:
    """What came of the cases."""
    return next(line for line in told if line["event"] == "rebuilt")


def engine_files(folder: Path) -> list[Path]:
    """The engine's database."""
    return list(folder.glob("engine.db*"))


async def test_a_lost_or_older_engine_is_rebuilt_and_said_and_none_drives_two_registers(
    tmp_path: Path,
) -> None:
    data, other = tmp_path / "data", tmp_path / "other"
    yishen = CommandLine(data, {"YISHEN_USER": "wang"})
    await done(yishen, "init", EXAMPLE)
    with up(yishen) as told:
        assert events(told) == ["engine", "ready"]
        words = ("--channel", "mail_signed", "--applicant", "张某（虚构）", "--subject", "规划")
        case = (await done(yishen, "register", *words, "--organ", "qinghe"))["case"]
    for file in engine_files(data):
        file.unlink()
    with up(yishen) as told:
        assert events(told) == ["engine", "lost", "rebuilt", "ready"]
        assert (counts(told)["cases"], counts(told)["started"]) == (1, 1)
        assert (await done(yishen, "case", case))["seq"] == 1  # its run is under way
    older = {file: file.read_bytes() for file in engine_files(data)}
    with up(yishen) as told:
        assert events(told) == ["engine", "ready"]
        await done(yishen, "assign", case, "--department", "ghj", "--handler", "li")
    for file in engine_files(data):
        file.unlink()
    for file, content in older.items():
        file.write_bytes(content)
    with up(yishen) as told:
        assert events(told) == ["engine", "lost", "rebuilt", "ready"]
        assert counts(told)["replaced"] == 1
        assert (await done(yishen, "case", case))["seq"] == 2
        await done(yishen, "verify")
        # Another data folder on the same register.
        second = CommandLine(other, {"YISHEN_REGISTER": f"sqlite:///{data}/register.db"})
        with up(second) as refused:
            assert refused[-1]["error"]["code"] == "register_elsewhere"
            assert "yishen engine rebuild" in refused[-1]["error"]["message"]
    # The register was deleted, its engine kept.
    shutil.move(data / "register.db", tmp_path / "register.db")
    await done(yishen, "init", EXAMPLE)
    with up(yishen) as refused:
        assert refused[-1]["error"]["code"] == "engine_of_another"
