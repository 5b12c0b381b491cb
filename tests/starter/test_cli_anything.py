"""Whatever stands on a command line, every command answers in one form: exit 0 to 3, JSON alone on
standard output, never a program's own words for what somebody typed."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest

from cli.frame.command import Command
from cli.frame.commands import all_commands
from tests.starter.command_line import ROOT
from tests.starter.test_cli_usage import Desk, office, office_made, yishen

__all__ = ["office", "office_made", "yishen"]

RUN_ON = ("up", "worker", "web serve", "web", "demo", "engine prepare")
"""They go on, or need an engine."""

TEXTS = (
    "",
    " ",
    "-1",
    "999999999",
    "9" * 400,
    "1e999",
    "x" * 5_000,
    "\u0007\x1b[2K",
    "ʼ😀\u202e",
    "{}",
    "=",
)
HALF = os.fsdecode(b"\xff\xfe")
"""Bytes that are no UTF-8, as Python hands them over."""


def files(folder: Path) -> Iterator[Path]:
    """Files nobody should give, each as somebody might."""
    deep = "[" * 100_000
    contents: dict[str, bytes] = {
        "empty": b"",
        "bytes": b"\xff\xfe\x00\x01",
        "deep.json": deep.encode(),
        "deep.toml": f"a = {deep}".encode(),
        "list.json": b'[1, null, "x"]',
        "ids.json": b'{"command_id": {"a": []}, "received": 7, "acts": 3, "subject": []}',
        "lines.json": b'{"id": {}}\n{"id": [1]}\n',
        "huge.json": b'{"received": ' + b"9" * 6_000 + b"}",
        "nul.toml": b'name = "\\u0000"\n[[organs]]\nid = 7\n',
        "year.json": b'{"years": {"x": 1}, "version": []}',
        "half.json": b'{"subject": "\\ud800", "applicant": {"name": "\\ud800"}}',
    }
    for name, content in contents.items():
        (folder / name).write_bytes(content)
        yield folder / name
    yield from (folder, folder / "missing", Path("/dev/full"), Path("/dev/zero"))


def commands() -> list[Command]:
    """Every command that comes to an end by itself."""
    found = [c for c in all_commands() if _name(c) not in (*RUN_ON, "due")]
    assert len(found) > 50
    return found


def _name(command: Command) -> str:
    return f"{command.group} {command.name}" if command.group else command.name


def parameters(command: Command) -> Iterator[tuple[str | None, bool, bool, bool]]:
    """Flag (None: an argument), whether it takes a value, must be given, and names a file."""
    import inspect

    for parameter in inspect.signature(command.run, eval_str=True).parameters.values():
        hint, info = get_args(parameter.annotation)[:2]
        flags = list(getattr(info, "param_decls", None) or [])
        name = "--" + parameter.name.replace("_", "-")
        required = parameter.default is inspect.Parameter.empty
        argument = type(info).__name__ == "ArgumentInfo"
        flag = None if argument else (flags[0] if flags else name).split("/")[0]
        valued = hint is not bool and bool not in get_args(hint)
        yield flag, valued, required, Path in (hint, *get_args(hint))


def line(command: Command, odd: str, target: int | None, folder: Path) -> list[str]:
    """The command with `odd` for its parameter number `target`, or for all (None); what names a
    file names it in `folder`, where it may be made."""
    words = _name(command).split()
    for number, (flag, valued, required, file) in enumerate(parameters(command)):
        hit = target in (None, number)
        if not hit and not required:
            continue
        value = odd if hit else ("2026-0001" if flag is None else "x")
        if hit and file and odd.strip() and odd != HALF:
            value = f"{folder}/{odd}"
        if flag is None:
            words.append(value)
        elif valued:
            words.append(f"{flag}={value}")
        elif hit:
            words.append(flag)
    return words


def check(desk: Desk, words: list[str]) -> None:
    """One line, answered as the contract says."""
    answer = desk(*words, "--json")
    said: Any = [json.loads(part) for part in answer.out.splitlines()]
    assert answer.code in (0, 1, 2, 3), (words, answer)
    assert "unexpected" not in answer.out + answer.err, (words, answer)
    assert "Traceback" not in answer.out + answer.err, (words, answer)
    if answer.code:
        assert said[-1]["ok"] is False, (words, answer)


@pytest.mark.slow
@pytest.mark.parametrize("command", commands(), ids=_name)
def test_no_words_end_a_command_in_a_way_of_its_own(
    office: Desk, command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Each parameter gets one odd text, another one in each command."""
    monkeypatch.setenv("YISHEN_USER", "wang")
    start = sum(map(ord, _name(command)))
    for number, _ in enumerate(parameters(command)):
        check(office, line(command, TEXTS[(start + number) % len(TEXTS)], number, tmp_path))
    check(office, line(command, TEXTS[start % len(TEXTS)], None, tmp_path))
    check(office, line(command, HALF, 0, tmp_path))


@pytest.mark.parametrize(
    "words",
    [
        ("init",),
        ("history", "--as", "wang"),
        ("calendar", "check"),
        ("calendar", "load", "--as", "huang"),
        ("office", "check"),
    ],
)
def test_no_file_ends_a_command_in_a_way_of_its_own(
    office: Desk, words: tuple[str, ...], tmp_path: Path
) -> None:
    folder = tmp_path / "odd"
    folder.mkdir()
    for file in files(folder):
        check(office, [*words, str(file)])


def test_numbers_beyond_all_days_are_wrong_usage(office: Desk) -> None:
    for words in (
        ("list", "--due-within", "999999999"),
        ("list", "--limit", "9" * 30),
        ("annual", "99999"),
    ):
        assert office(*words, "--json").code == 2, words


def test_a_damaged_register_is_said_and_doctor_says_it_too(office: Desk) -> None:
    file = office.data / "register.db"
    content = bytearray(file.read_bytes())
    content[4096:] = b"\x55" * (len(content) - 4096)
    file.write_bytes(content)
    listed = office("list", "--json")
    assert listed.code == 3
    assert listed.json["error"]["code"] == "register_damaged"
    found = office("doctor", "--json")
    assert found.code == 3
    assert found.json["register"]["ok"] is False
    assert found.json["register"]["error"] == "register_damaged"
    file.write_bytes(b"no database at all" * 500)
    assert office("list", "--json").json["error"]["code"] == "register_damaged"


@pytest.mark.parametrize("way", [">&-", "2>&-", ">&- 2>&-", "<&-", "> /dev/full"])
def test_closed_and_full_streams_end_without_a_traceback(office: Desk, way: str) -> None:
    command = f"{sys.executable} -m starter list --json {way}"
    done = subprocess.run(["sh", "-c", command], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == (3 if "full" in way else 0), done
    assert "Traceback" not in done.stdout + done.stderr
