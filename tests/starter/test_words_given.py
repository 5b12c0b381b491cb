"""Names and reasons can be given by standard input: no other account reads them off the list of
processes."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from register.reads import queries
from register.reads.words import opened
from starter.engine.running import Engine
from tests.engine_fixture import pointing_at
from tests.office_fixture import Office
from tests.starter.command_line import ROOT, CommandLine

pytestmark = pytest.mark.temporal

NAME, REASON = "诸葛无名（虚构）", "因家中有事（虚构）"


@pytest_asyncio.fixture(loop_scope="session")
async def yishen(engine: Engine, office: Office) -> AsyncIterator[CommandLine]:
    """The command line of the shared office."""
    kept = pointing_at(engine)
    yield CommandLine(office.settings.data, {**kept, "YISHEN_REGISTER": office.settings.register})


def processes() -> list[str]:
    """What anybody of this machine can read of every process: the words it was started with."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            found.append(entry.read_bytes().replace(b"\0", b" ").decode("utf-8", "replace"))
        except OSError:
            continue
    return found


def watched(yishen: CommandLine, line: tuple[str, ...], stdin: str) -> tuple[str, set[str]]:
    """What a command said, and what the list of processes held while it ran."""
    command = subprocess.Popen(
        [sys.executable, "-m", "starter", *line],
        cwd=ROOT,
        env=yishen.environment_of("en"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert command.stdin is not None
    assert command.stdout is not None
    command.stdin.write(stdin)
    command.stdin.close()
    listed: set[str] = set()
    while command.poll() is None:
        listed.update(processes())
    return command.stdout.read(), listed


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="no list of processes here")
async def test_no_name_stands_in_the_list_of_processes(yishen: CommandLine, office: Office) -> None:
    words = {"applicant": NAME, "channel": "mail_signed", "subject": REASON}
    line = ("register", "--words", "-", "--as", "wang", "--json")
    said, listed = await asyncio.to_thread(watched, yishen, line, json.dumps(words))
    assert any("register --words -" in line for line in listed), "it was seen at work"
    assert not any(word in line for word in (NAME, REASON) for line in listed)
    case = json.loads(said)["case"]
    told = await yishen("applicant", case, "--as", "wang")
    assert NAME in told.out


async def test_words_are_read_as_the_line_would_be(yishen: CommandLine, office: Office) -> None:
    case = (await office.open()).id

    async def note(words: object, *more: object) -> tuple[int, str | None]:
        said = words if isinstance(words, str) else json.dumps(words)
        answer = await yishen("note", case, *more, "--words", "-", "--json", stdin=said)
        return answer.code, answer.json.get("error", {}).get("code")

    assert await note({"as": "li", "text": "--yes", "evidence": ["a", "b"], "yes": True}) == (
        0,
        None,
    )
    file = office.settings.data / "words.json"
    file.write_text(json.dumps({"text": "by file"}), encoding="utf-8")
    by_file = await yishen("note", case, "--as", "li", "--words", file, "--json")
    with office.register.reading() as session:
        *_, first, second = opened(session, queries.events(session, case))
    assert (first.person, first.what.model_dump()["text"]) == ("li", "--yes")
    assert [proof.text for proof in first.evidence] == ["a", "b"]
    assert (by_file.code, second.what.model_dump()["text"]) == (0, "by file")

    for wrong in ("", "[1]", "{", '{"text": {"a": 1}}', '{"text": null}', '{"tekst": "x"}'):
        assert await note(wrong, "--as", "li") == (2, "usage"), wrong
    assert await note({"text": "x\ud800"}, "--as", "li") == (2, "usage")
    gone = await yishen("note", case, "--words", os.devnull + "x", "--json")
    assert (gone.code, gone.json["error"]["code"]) == (2, "file_unreadable")
