"""`yishen backup` and `yishen restore` as people run them; nothing here needs the engine."""

import asyncio
import json
import resource
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from domain.numbers import case_id
from office.folder import put
from office.legal_time import legal_now
from office.private import exposed
from register.engine import open_register
from starter.engine.lock import FolderLock
from tests.faults.test_lost_engine import done
from tests.faults.test_rebuilding import Laid, laid
from tests.office_fixture import EXAMPLE
from tests.starter.command_line import ROOT, CommandLine
from tests.walk.pen import PAPERS

CASES = 8


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Laid]:
    """An office with a few cases and kept files."""
    (tmp_path / "data").mkdir(mode=0o700)
    opened = laid(tmp_path / "data", CASES)
    yield opened
    opened.register.close()


@pytest.fixture
def yishen(office: Laid) -> CommandLine:
    """The command line of that office."""
    return CommandLine(office.settings.data, {})


def kept(data: Path) -> dict[str, Path]:
    """The files of the cases, by where they lie."""
    found = sorted((data / "files").rglob("?" * 64))
    return {file.relative_to(data).as_posix(): file for file in found}


def elsewhere(tmp_path: Path) -> CommandLine:
    """The command line on an empty disk."""
    return CommandLine(tmp_path / "new", {})


def bring_keys(old: Path, new: Path) -> None:
    """The key store and the master key of `old`, which no backup holds."""
    shutil.copytree(old / "keys", new / "keys", dirs_exist_ok=True)


async def refused(yishen: CommandLine, *words: object) -> tuple[int, str, str]:
    """Exit code, code and message of a command that must be refused."""
    answer = await yishen(*words, "--json")
    error = answer.json["error"]
    return answer.code, error["code"], error["message"]


async def test_what_was_backed_up_is_there_again_file_by_file(
    office: Laid, yishen: CommandLine, tmp_path: Path
) -> None:
    data, to = office.settings.data, tmp_path / "backup"
    assert (data / "keys" / "master.key").exists()
    made = await done(yishen, "backup", to)
    there = {name: file.read_bytes() for name, file in kept(data).items()}
    assert len(there) > 2
    assert (made["cases"], made["files"], made["folder"]) == (CASES, len(there), str(to))
    copies = [to / "register.db", *kept(to).values()]
    assert made["bytes"] == sum(file.stat().st_size for file in copies)
    assert list(exposed(to)) == []
    seen = (await done(yishen, "access", "--as", "shen", "--limit", "2"))["attempts"]
    said = [(line["command"], line["detail"]) for line in seen]
    assert said == [("access_read", None), ("backed_up", str(to))]
    assert {path.name for path in to.iterdir()} == {"manifest.json", "register.db", "files"}
    events = office.events()
    new = elsewhere(tmp_path)
    back = (await new("restore", to, "--json")).done
    assert (back["newest"], back["last_numbers"]) == (made["newest"], made["last_numbers"])
    lacking = await new("verify", "--offline", "--json")
    assert (lacking.code, lacking.json["differences"]) == (3, [])
    bring_keys(data, new.data)
    assert (await new("verify", "--offline", "--json")).done["cases"] == CASES
    assert list(exposed(new.data)) == []
    assert {name: file.read_bytes() for name, file in kept(new.data).items()} == there
    again = open_register(f"sqlite:///{new.data / 'register.db'}")
    assert Laid(office.settings, again).events() == events
    again.close()


async def test_a_second_backup_to_the_same_place_or_one_beside_the_record_is_refused(
    office: Laid, yishen: CommandLine, tmp_path: Path
) -> None:
    to = tmp_path / "backup"
    to.mkdir()
    await done(yishen, "backup", to)  # an empty folder will do
    before = (to / "manifest.json").read_bytes()
    assert (await refused(yishen, "backup", to))[1] == "backup_target_taken"
    assert (to / "manifest.json").read_bytes() == before
    inside = office.settings.data / "backups"
    assert (await refused(yishen, "backup", inside))[1] == "backup_inside_data"
    assert not inside.exists()
    assert (await refused(yishen, "backup", tmp_path / "no" / "backup"))[:2] == (
        3,
        "backup_not_written",
    )


async def test_numbers_given_after_the_backup_are_not_given_again(
    yishen: CommandLine, tmp_path: Path
) -> None:
    to, year = tmp_path / "backup", legal_now().year
    last = (await done(yishen, "backup", to))["last_numbers"][str(year)]
    new = elsewhere(tmp_path)
    lower = f"{year}={last - 1}"
    assert (await refused(new, "restore", to, "--last-number", lower))[:2] == (2, "numbers_go_up")
    assert (await refused(new, "restore", to, "--last-number", "57"))[:2] == (2, "usage")
    assert not (new.data / "register.db").exists()
    told = await done(new, "restore", to, "--last-number", f"{year}={last + 3}")
    assert told["warnings"] == []
    bring_keys(yishen.data, new.data)
    assert (await done(new, "verify", "--offline"))["cases"] == CASES
    [change] = (await done(new, "office-history", "--as", "shen", "--limit", "1"))["changes"]
    assert change["about"] == "restorations"
    assert change["now"]["lost_numbers"] == [[year, last + 1, last + 3]]
    said = await new("office-history", "--as", "shen", "--limit", "1")
    assert f"{case_id(year, last + 1, training=False)}–" in said.out
    # A number more, by whoever has the file, is found.
    with closing(sqlite3.connect(new.data / "register.db")) as connection, connection:
        connection.execute("UPDATE number_series SET last = last + 1 WHERE NOT training")
    found = (await new("verify", "--offline", "--json")).json["differences"]
    assert [line["case"] for line in found] == [case_id(year, last + 4, training=False)]


async def test_whoever_names_no_last_number_is_warned(yishen: CommandLine, tmp_path: Path) -> None:
    to, year = tmp_path / "backup", legal_now().year
    last = (await done(yishen, "backup", to))["last_numbers"][str(year)]
    again = case_id(year, last + 1, training=False)
    told = await elsewhere(tmp_path)("restore", to)
    assert again in told.out
    assert "--last-number" in told.out
    sure = CommandLine(tmp_path / "sure", {})
    assert (await done(sure, "restore", to, "--yes"))["warnings"] == []
    unasked = CommandLine(tmp_path / "unasked", {})
    assert (await done(unasked, "restore", to))["warnings"] == ["numbers_again"]


@pytest.mark.parametrize("what", ["register.db", "files", "manifest.json"])
async def test_one_wrong_byte_is_found_and_nothing_is_put_in_place(
    yishen: CommandLine, tmp_path: Path, what: str
) -> None:
    to = tmp_path / "backup"
    await done(yishen, "backup", to)
    file = to / what if what != "files" else next(iter(kept(to).values()))
    whole = file.read_bytes()
    place = whole.index(b"2026-") if what == "manifest.json" else len(whole) // 2
    file.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
    new = elsewhere(tmp_path)
    code, error, message = await refused(new, "restore", to)
    assert (code, error) == (2, "backup_damaged")
    assert str(file.relative_to(to)) in message
    assert {path.name for path in new.data.iterdir()} <= {"engine.lock"}
    file.write_bytes(whole)
    assert (await new("restore", to)).code == 0


async def test_a_file_that_is_gone_from_the_backup_is_named(
    yishen: CommandLine, tmp_path: Path
) -> None:
    to = tmp_path / "backup"
    await done(yishen, "backup", to)
    gone = list(kept(to).values())[1]
    gone.unlink()
    assert gone.name in (await refused(elsewhere(tmp_path), "restore", to))[2]


async def test_kept_files_that_are_changed_or_gone_are_named_and_the_rest_is_backed_up(
    office: Laid, yishen: CommandLine, tmp_path: Path
) -> None:
    there = kept(office.settings.data)
    changed, gone = list(there)[:2]
    there[changed].write_bytes(b"another plan")
    there[gone].unlink()
    answer = await yishen("backup", tmp_path / "backup", "--json")
    assert (answer.code, answer.json["ok"]) == (3, False)
    assert answer.json["lost"] == {
        name.removeprefix("files/"): name.split("/")[1] for name in (changed, gone)
    }
    assert answer.json["files"] == len(there) - 2
    new = elsewhere(tmp_path)
    assert (await new("restore", tmp_path / "backup")).code == 0
    assert not (new.data / changed).exists()


async def test_a_killed_backup_is_none(yishen: CommandLine, tmp_path: Path) -> None:
    to, unfinished = tmp_path / "backup", tmp_path / "backup.unfinished"
    stopped = """
import sys, time
from office.backup import manifest
from starter.__main__ import main
def write(*_):
    print("here", flush=True)
    time.sleep(600)
manifest.write = write
sys.argv = ["yishen", "backup", sys.argv[1]]
main()
"""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", stopped, str(to)),
        env=yishen.environment_of("en"),
        cwd=ROOT,
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert await process.stdout.readline() == b"here\n"
    process.kill()
    await process.wait()
    assert not to.exists()
    assert (await refused(elsewhere(tmp_path), "restore", unfinished))[1] == "no_backup"
    assert str(unfinished) in (await refused(yishen, "backup", to))[2]
    shutil.rmtree(unfinished)
    await done(yishen, "backup", to)


def test_a_full_disk_leaves_nothing_behind(yishen: CommandLine, tmp_path: Path) -> None:
    """No file may become larger than half of the register."""
    half = (yishen.data / "register.db").stat().st_size // 2
    process = subprocess.run(
        [sys.executable, "-m", "starter", "backup", str(tmp_path / "backup"), "--json"],
        env=yishen.environment_of("en"),
        cwd=ROOT,
        capture_output=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (half, half)),
    )
    answer: dict[str, Any] = json.loads(process.stdout)
    assert (process.returncode, answer["error"]["code"]) == (3, "backup_not_written")
    assert list(tmp_path.glob("backup*")) == []


async def test_a_restore_that_was_broken_off_is_done_again(
    yishen: CommandLine, tmp_path: Path
) -> None:
    """Some files in place, one of them half, what begun the register left over."""
    to, new = tmp_path / "backup", elsewhere(tmp_path)
    await done(yishen, "backup", to)
    (first, true), (second, _) = list(kept(to).items())[:2]
    for name in (first, second):
        (new.data / name).parent.mkdir(parents=True, exist_ok=True)
    new.data.chmod(0o700)
    (new.data / first).write_bytes(true.read_bytes())
    (new.data / second).write_bytes(b"file")
    (new.data / second).with_name(f".part-{Path(second).name}").write_bytes(b"half")
    (new.data / "register.db.restoring").write_bytes(b"half")
    await done(new, "restore", to)
    bring_keys(yishen.data, new.data)
    assert (await done(new, "verify", "--offline"))["cases"] == CASES
    assert (new.data / f"{second}.damaged").read_bytes() == b"file"
    assert not [path for path in new.data.rglob("*") if ".part" in path.name]
    assert not list(new.data.glob("*.restoring*"))


@pytest.mark.parametrize("name", ["../outside", "files/../../outside", "/outside", "keys/master"])
async def test_a_backup_puts_nothing_anywhere_else(
    yishen: CommandLine, tmp_path: Path, name: str
) -> None:
    to = tmp_path / "backup"
    await done(yishen, "backup", to)
    whole = json.loads((to / "manifest.json").read_text("utf-8"))
    whole["manifest"]["files"][name] = {"sha256": "ab" * 32, "size": 1}
    said = json.dumps(whole["manifest"], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    whole["sha256"] = sha256(said.encode()).hexdigest()
    (to / "manifest.json").write_text(json.dumps(whole), "utf-8")
    assert (await refused(elsewhere(tmp_path), "restore", to))[:2] == (2, "backup_newer")


@pytest.mark.postgres
async def test_a_postgresql_register_is_backed_up_and_restored_the_same_way(
    postgres: Callable[[], str], tmp_path: Path
) -> None:
    to, (old, new) = tmp_path / "backup", (postgres(), postgres())
    yishen = CommandLine(tmp_path / "data", {"YISHEN_REGISTER": old, "YISHEN_USER": "sun"})
    await done(yishen, "init", EXAMPLE)
    put(PAPERS[:1], tmp_path / "data" / "files" / "2026-0001")
    made = await done(yishen, "backup", to)
    assert {path.name for path in to.iterdir()} == {"manifest.json", "register.dump", "files"}
    assert (await refused(yishen, "restore", to))[1] == "register_there"
    again = CommandLine(tmp_path / "new", {"YISHEN_REGISTER": new, "YISHEN_USER": "sun"})
    assert (await refused(elsewhere(tmp_path), "restore", to))[1] == "backup_other_database"
    assert (await done(again, "restore", to))["files"] == made["files"] == 1
    bring_keys(yishen.data, again.data)
    assert (await done(again, "verify", "--offline"))["ok"]
    assert await done(again, "people") == await done(yishen, "people")
    assert [file.read_bytes() for file in kept(again.data).values()] == [PAPERS[0]]


async def test_restore_touches_no_register_and_no_folder_in_use(
    office: Laid, yishen: CommandLine, tmp_path: Path
) -> None:
    to, before = tmp_path / "backup", office.events()
    await done(yishen, "backup", to)
    code, error, message = await refused(yishen, "restore", to)
    assert (code, error) == (2, "register_there")
    assert "move the whole data folder" in message
    assert office.events() == before
    new = elsewhere(tmp_path)
    new.data.mkdir(mode=0o700)
    with FolderLock(new.data / "engine.lock"):
        assert (await refused(new, "restore", to))[1] == "data_folder_in_use"
    other = CommandLine(new.data, {"YISHEN_REGISTER": "postgresql://nobody@127.0.0.1:1/none"})
    assert (await refused(other, "restore", to))[1] == "backup_other_database"
    assert (await refused(new, "restore", tmp_path))[1] == "no_backup"
