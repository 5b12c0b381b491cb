"""Imports point one way: domain <- register, workflows, activities <- worker, starter, web."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

MAY_IMPORT: dict[str, set[str]] = {
    "domain": set(),
    "texts": set(),
    "law": set(),
    "register": {"domain", "texts"},
    "papers": {"domain", "texts"},
    "workflows": {"domain", "activities.names"},
    "activities": {
        "domain",
        "papers",
        "register",
        "texts",
        "workflows.messages",
        "workflows.converter",
    },
    "starter": {
        "domain",
        "papers",
        "register",
        "workflows",
        "activities",
        "texts",
        "law",
        "worker",
    },
    "worker": {"domain", "register", "workflows", "activities", "starter", "texts"},
}
"""Room to what of the house it may import, beside itself."""

STRANGERS: dict[str, set[str]] = {
    "domain": {"temporalio", "sqlalchemy", "alembic", "typer", "rich", "pendulum", "psycopg"},
    "workflows": {"sqlalchemy", "alembic", "typer", "rich", "pydantic_settings", "psycopg"},
    "register": {"temporalio", "typer", "rich"},
    "papers": {"temporalio", "sqlalchemy", "typer", "rich"},
}
"""Libraries that must not come into a room."""

WALL_CLOCK = {"now", "today", "utcnow", "time", "monotonic"}


def modules(room: str) -> Iterator[Path]:
    place = ROOT / room
    yield from sorted(place.rglob("*.py")) if place.is_dir() else [ROOT / f"{room}.py"]


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_a_room_imports_only_what_stands_below_it(room: str) -> None:
    house = {*MAY_IMPORT, "tests", "bench", "web"}
    for path in modules(room):
        for name in imported(path):
            top = name.split(".")[0]
            if top in house - {room}:
                allowed = any(
                    name == a or name.startswith(f"{a}.") or a.startswith(f"{name}.")
                    for a in MAY_IMPORT[room]
                )
                assert allowed, f"{path.relative_to(ROOT)} imports {name}"
            assert top not in STRANGERS.get(room, set()), f"{path.relative_to(ROOT)}: {name}"


def test_the_domain_never_asks_what_time_it_is() -> None:
    for path in modules("domain"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                owner = node.func.value
                named = isinstance(owner, ast.Name) and owner.id in {"date", "datetime", "time"}
                assert not (named and node.func.attr in WALL_CLOCK), path.relative_to(ROOT)
