"""Imports point one way: domain <- texts <- law, papers <- register <- keys <- workflows
<- activities <- office <- speech <- starter <- cli, web <- worker, yishen. No circles, neither of
rooms nor of files."""

import ast
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

ORDER = (
    ("domain",),
    ("texts",),
    ("law", "papers"),
    ("register",),
    ("keys",),
    ("workflows",),
    ("activities",),
    ("office",),
    ("speech",),
    ("starter",),
    ("cli", "web"),
    ("worker", "yishen"),
)
"""From the ground up: a room imports what stands below it, never what stands beside or above."""

ROOMS = tuple(room for floor in ORDER for room in floor)

OUT_OF_REACH: dict[str, set[str]] = {
    "register": {"law", "papers"},
    "workflows": {"texts", "law", "papers", "register", "keys"},
}
"""Rooms below that are none of a room's business all the same."""

DOORS = {"starter/__main__.py": {"yishen"}, "yishen.py": {"worker"}}
"""Files that only hand on to a composition root."""

STRANGERS: dict[str, set[str]] = {
    "domain": {"temporalio", "sqlalchemy", "alembic", "typer", "rich", "pendulum", "psycopg"},
    "texts": {"temporalio", "sqlalchemy", "typer", "rich"},
    "workflows": {"sqlalchemy", "alembic", "typer", "rich", "pydantic_settings", "psycopg"},
    "register": {"temporalio", "typer", "rich"},
    "keys": {"temporalio", "typer", "rich"},
    "activities": {"sqlalchemy", "alembic", "typer", "rich"},
    "papers": {"temporalio", "sqlalchemy", "typer", "rich"},
    "office": {"typer", "rich"},
    "speech": {"temporalio", "sqlalchemy", "typer", "rich"},
    "cli": {"temporalio", "sqlalchemy", "alembic", "psycopg", "fastapi", "starlette", "uvicorn"},
    "web": {"temporalio", "sqlalchemy", "alembic", "psycopg", "typer", "rich"},
}
"""Libraries that must not come into a room."""

ORACLE = ROOT / "tests" / "oracle"


@pytest.mark.parametrize("path", sorted(ORACLE.rglob("*.py")), ids=lambda p: p.stem)
def test_the_oracle_knows_the_product_in_its_comparing_module_only(path: Path) -> None:
    """A second count proves nothing if it shares code with the first."""
    if path.name == "compare.py":
        return
    names = {name for name in imported(path) if name.split(".")[0] in {*ROOMS, "tests"}}
    assert all(name.startswith("tests.oracle") for name in names), names


WALL_CLOCK = {"now", "today", "utcnow", "time", "monotonic"}


@cache
def modules(room: str) -> tuple[Path, ...]:
    place = ROOT / room
    return tuple(sorted(place.rglob("*.py"))) if place.is_dir() else (ROOT / f"{room}.py",)


def imported(path: Path) -> Iterator[str]:
    """Dotted names a file imports, packages and what is taken from them alike."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def files_needed(path: Path, files: dict[str, Path]) -> Iterator[str]:
    """The files of the house that a file imports; a package only where something of its own is."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in files)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            taken = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from (name for name in taken if name in files)
            if node.module in files and not all(name in files for name in taken):
                yield node.module


def below(room: str) -> set[str]:
    """The rooms that `room` may import."""
    height = next(n for n, floor in enumerate(ORDER) if room in floor)
    return {r for floor in ORDER[:height] for r in floor} - OUT_OF_REACH.get(room, set())


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_what_stands_below_it(room: str) -> None:
    for path in modules(room):
        here = path.relative_to(ROOT)
        allowed = below(room) | DOORS.get(here.as_posix(), set())
        for name in imported(path):
            top = name.split(".")[0]
            if top in {*ROOMS, "tests", "bench"} - {room}:
                assert top in allowed, f"{here} imports {name}"
            assert top not in STRANGERS.get(room, set()), f"{here}: {name}"


def test_what_command_line_and_pages_write_an_office_writes() -> None:
    for path in (*modules("cli"), *modules("web")):
        for name in imported(path):
            assert not name.startswith(("register.writes", "register.models")), (path, name)


def test_the_program_that_draws_documents_knows_nothing_of_the_house() -> None:
    """What it imports it could be made to use."""
    for path in (ROOT / "office" / "showing" / "drawing").glob("*.py"):
        for name in imported(path):
            ours = name.split(".")[0] in ROOMS
            assert not ours or name.startswith("office.showing.drawing"), (path, name)


def test_no_files_import_each_other_in_a_circle() -> None:
    files = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
        for room in ROOMS
        for path in modules(room)
    }
    graph = {name: set(files_needed(path, files)) - {name} for name, path in files.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


@pytest.mark.parametrize("place", ["domain", "register/reads"])
def test_rules_and_reads_are_told_what_time_it_is(place: str) -> None:
    for path in modules(place):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                owner = node.func.value
                named = isinstance(owner, ast.Name) and owner.id in {"date", "datetime", "time"}
                assert not (named and node.func.attr in WALL_CLOCK), path.relative_to(ROOT)


NUMBERS = {"domain/numbers.py", "domain/case/number.py"}
"""The number of a case is a name, the same in every language: 依申〔2026〕1号."""


@pytest.mark.parametrize("path", modules("domain"), ids=lambda p: str(p.relative_to(ROOT)))
def test_the_rules_speak_no_chinese(path: Path) -> None:
    """Words for people stand in texts/; the rules have codes."""
    if str(path.relative_to(ROOT)) in NUMBERS:
        return
    text = path.read_text(encoding="utf-8")
    found = [line for line in text.splitlines() if any("\u2e80" <= c <= "\u9fff" for c in line)]
    assert not found
