"""Every command of the command line, with every option, on a real office: taken from the command
tree, so a new option without an example fails here."""

import asyncio
import json
import re
import shlex
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from activities.register import RegisterActivities
from cli.acts.table import ACT_COMMANDS
from cli.frame.reference import trees
from domain.values import OFFICE_ZONE
from speech import words
from starter.engine.running import running
from tests.engine_fixture import pointing_at
from tests.office_fixture import EXAMPLE, opened_office
from tests.starter.command_line import ROOT, Answer, CommandLine
from worker import build

ACTS, READS = (Path(__file__).parent / "every_line.txt").read_text("utf-8").split("== reads\n")

ELSEWHERE = {
    "up": "tests/starter/test_up.py",
    "worker": "tests/faults/site.py",
    "web": "tests/starter/test_web.py",
    "web certificate": "tests/starter/web/test_certificate.py",
    "demo": "tests/starter/test_demo.py",
    "doctor": "tests/starter/test_cli_usage.py",
    "engine prepare": "tests/starter/engine/test_prepare.py",
    "engine rebuild": "tests/faults/test_rebuilding.py",
    "keys show": "tests/starter/test_keys.py",
    "keys rotate": "tests/starter/test_keys.py",
    "keys copy": "tests/starter/test_keys.py",
    "keys restore": "tests/starter/test_keys.py",
    **dict.fromkeys(
        ("user reset", "user agree", "user decline", "user leave"),
        "tests/starter/test_user_commands.py",
    ),
    "hold": "tests/starter/test_forgetting.py",
    "export": "tests/starter/test_forgetting.py",
    "retention due": "tests/starter/test_forgetting.py",
    "retention list": "tests/starter/test_forgetting.py",
    "retention propose": "tests/starter/test_forgetting.py",
    "retention sign": "tests/starter/test_forgetting.py",
    "retention carry-out": "tests/starter/test_forgetting.py",
}
"""Commands that run until they are stopped, or look at a whole machine: where they are tried."""

TRIED = 3
"""Every so manieth act is tried before it is done."""

pytestmark = pytest.mark.temporal


def commands() -> dict[str, dict[str, Any]]:
    """Every command to its parameters by their flags; arguments by their name."""
    tree = trees()["en"]
    words.speak("en")
    found = {}
    for name, command in tree.commands.items():
        nested = getattr(command, "commands", None)
        itself = {"": command} if command.params or not nested else {}
        for inner, leaf in {**itself, **(nested or {})}.items():
            found[f"{name} {inner}".strip()] = {
                flag: parameter
                for parameter in leaf.params
                if not parameter.name.startswith("common_")
                for flag in _flags(parameter)
            }
    return found


def _flags(parameter: Any) -> list[str]:
    if parameter.param_type_name == "argument":
        return [f"<{parameter.name}>"]
    return [parameter.opts[0]]


TREE = commands()
ACT_NAMES = {f"{row.group} {row.name}" if row.group else row.name for row in ACT_COMMANDS}


def split(text: str) -> list[str]:
    """The lines of a scenario, each with its continuation."""
    lines = re.sub(r"\n +", " ", text).splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith(("#", "=="))]


@dataclass(frozen=True)
class Line:
    """One line of a scenario: what it is saved under, the code it is refused with, its words."""

    save: str | None
    refused: str | None
    words: tuple[str, ...]

    @property
    def command(self) -> str:
        """Which command it is."""
        two = " ".join(self.words[:2])
        return two if two in TREE else self.words[0]


def parsed(text: str) -> Iterator[Line]:
    """The lines of a scenario."""
    for line in split(text):
        save, sign, rest = line.partition(" = ")
        if not sign or " " in save:
            save, rest = "", line
        refused = None
        if rest.startswith("!"):
            refused, _, rest = rest[1:].partition(" ")
        yield Line(save or None, refused, tuple(shlex.split(rest)))


LINES = [*parsed(ACTS), *parsed(READS)]


def used(line: Line) -> set[str]:
    """The parameters a line gives, as flags of its command."""
    known = TREE[line.command]
    given = set()
    for word in line.words:
        flag = word.replace("--no-", "--") if word.startswith("--no-") else word
        if line.command not in ACT_NAMES:
            flag = {"--dry-run": "--apply"}.get(flag, flag)
        if flag in known:
            given.add(flag)
    values = len(line.words) - len(line.command.split())
    if values and not line.words[len(line.command.split())].startswith("--"):
        given |= {flag for flag in known if flag.startswith("<")}
    if line.command in ACT_NAMES:
        given |= {"--on", "--evidence", "--file", "--expected-seq", "--command-id", "--yes"}
        given |= {"--done-by", "--after-entry", "--dry-run"}
    return given


def test_every_command_and_option_has_an_example() -> None:
    missing: dict[str, list[str]] = {}
    for name, parameters in TREE.items():
        lines = [line for line in LINES if line.command == name]
        given = {flag for line in lines for flag in used(line)}
        if name in ELSEWHERE:
            assert (ROOT / ELSEWHERE[name]).exists()
        elif not lines or parameters.keys() - given:
            missing[name] = sorted(parameters.keys() - given) or ["no line"]
    assert missing == {}


@dataclass
class Runner:
    """One process that runs line after line."""

    process: "subprocess.Popen[str]"
    names: dict[str, Any] = field(default_factory=dict)
    seq: dict[str, int] = field(default_factory=dict)
    answered: list[int] = field(default_factory=list)
    count: int = 0

    async def __call__(self, *line: object) -> Answer:
        return await asyncio.to_thread(self._run, [str(word) for word in line])

    def _run(self, line: list[str]) -> Answer:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        print(json.dumps(line), file=self.process.stdin, flush=True)
        return Answer(*json.loads(self.process.stdout.readline()))

    def filled(self, line: Line) -> list[str]:
        """The words of a line with its names, and for acts the options all acts take."""
        filled = [re.sub(r"\{([^}]+)\}", lambda m: self.value(m[1]), w) for w in line.words]
        if line.command not in ACT_NAMES:
            return filled
        self.count += 1
        case = filled[len(line.command.split())]
        common = ["--on", self.value("today"), "--evidence", "虚构", "--file", self.value("file")]
        user = filled[filled.index("--as") + 1]
        common += ["--done-by", user]
        if line.refused is None and case in self.seq:
            common += ["--expected-seq", str(self.seq[case])]
        return [*filled, *common, "--yes", "--command-id", f"every-{self.count}"]

    def value(self, name: str) -> str:
        """What a name in braces stands for."""
        if re.fullmatch(r"[+-]\d+", name):
            return str(datetime.now(OFFICE_ZONE).date() + timedelta(days=int(name)))
        if name.startswith("last"):  # the entry of the last act, {last-1} of the one before
            return str(self.answered[-1 - int(name[5:] or 0)])
        return str(self.names[name])


def start(data: Path, environment: dict[str, str]) -> Runner:
    """A process of that office."""
    return Runner(
        subprocess.Popen(
            [sys.executable, "-m", "tests.starter.many_lines"],
            cwd=ROOT,
            env=CommandLine(data, environment).environment_of("en"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
    )


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def lived(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Runner]:
    """An office with an engine of its own: its closures must not reach the cases of other tests."""
    folder = tmp_path_factory.mktemp("every")
    async with (
        running(folder / "engine", namespace="every", isolated=True) as engine,
        opened_office(engine, folder / "data") as office,
        build(office.client, RegisterActivities(office.register, office.settings.mail_drop)),
    ):
        kept = pointing_at(engine)
        runner = start(office.settings.data, kept)
        runner.names |= papers(folder)
        yield runner
        runner.process.terminate()
        runner.process.wait()


def papers(folder: Path) -> dict[str, Any]:
    """Files that lines name."""
    today = datetime.now(OFFICE_ZONE).date()

    def day(n: int) -> str:
        return str(today - timedelta(days=n))

    def written(name: str, content: str) -> Path:
        place = folder / name
        place.write_text(content, encoding="utf-8")
        return place

    def lapsed(subject: str) -> str:
        return json.dumps(
            [
                {
                    "channel": "in_person",
                    "received": day(45),
                    "applicant": {"name": "李某（虚构）"},
                    "subject": subject,
                    "acts": [
                        {"kind": "assigned", "on": day(44), "department": "ghj", "handler": "li"},
                        {
                            "kind": "correction_notice_sent",
                            "on": day(43),
                            "by": "li",
                            "points": "说明名称",
                            "correct_by": day(20),
                        },
                    ],
                }
            ]
        )

    yard = """organ = "qinghe"
name = "yard"
version = "yard-{n}"
issued = {today}
notice = "搬迁通知（虚构）"
off = [{off}]
"""
    weekday = next(d for d in (today + timedelta(n) for n in range(7, 14)) if d.weekday() == 1)
    later = weekday + timedelta(1)
    return {
        "today": today,
        "file": written("plan.txt", "plan"),
        "other": written("other.txt", "another plan"),
        "out": folder / "out",
        "backup": folder / "backup",
        "elsewhere": folder / "elsewhere",
        "office": EXAMPLE,
        "lapsed": written("lapsed.json", lapsed("旧案一（虚构）")),
        "lapsed2": written("lapsed2.json", lapsed("旧案二（虚构）")),
        "closure": written("yard1.toml", yard.format(n=1, today=today, off=weekday)),
        "closure2": written("yard2.toml", yard.format(n=2, today=today, off=later)),
    }


async def test_every_line_does_what_it_says(lived: Runner) -> None:
    """In one order: later lines rest on what earlier ones did."""
    wrong = []
    for line in LINES:
        filled = lived.filled(line)
        if line.command in ACT_NAMES and line.refused is None and lived.count % TRIED == 0:
            tried = await lived(*filled, "--dry-run", "--json")
            if tried.code != 0 or not tried.json["dry_run"]:
                wrong.append((" ".join(filled), tried.out + tried.err))
        answer = await lived(*filled, "--json")
        problem = judged(line, answer)
        if problem:
            wrong.append((" ".join(filled), problem))
            assert line.save is None, "\n".join(map(str, wrong))
            continue
        if line.refused is not None or not answer.out.startswith("{"):
            continue
        found = answer.json
        found = found["cases"][0] if line.command == "history" else found
        if line.save is not None:
            lived.names[line.save] = found["case"]
        if line.command in ACT_NAMES or line.save is not None:
            lived.seq[found["case"]] = found.get("seq", found.get("events"))
            lived.answered.append(lived.seq[found["case"]])
        if line.command == "replace-item":  # of how many entries there are before, alarms decide
            lived.names.setdefault("replaced", found["seq"])
            assert found.get("register", "written") == "written"
    assert not wrong, "\n".join(map(str, wrong))


def judged(line: Line, answer: Answer) -> str | None:
    """What is wrong with an answer, if anything."""
    said = answer.out + answer.err
    if "Traceback" in said or "unexpected" in said:
        return said
    if line.refused is not None:
        refused = answer.code != 0 and answer.json["error"]["code"] == line.refused
        return None if refused else said
    return None if answer.code == 0 else said


async def test_people_are_answered_in_words(lived: Runner) -> None:
    """The same readings without --json, in both languages: no empty answer, no code left bare."""
    for lang in ("zh", "en"):
        for line in parsed(READS):
            if line.command in ("calendar load", "ical", "init"):
                continue
            answer = await lived(*lived.filled(line), "--lang", lang)
            assert (answer.code, bool(answer.out.strip())) == (0, True), (line, answer)
