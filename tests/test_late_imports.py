"""Names imported for type checking alone stand in no line that runs: the type checker takes them,
and the first person who comes by gets a NameError. And what is imported late, so that the
desk's first page stands soon, stays so."""

import ast
import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.site import desk_app

ROOT = Path(__file__).parent.parent
ROOMS = ("domain", "law", "texts", "papers", "register", "workflows", "activities", "office")
FILES = [
    path
    for room in (*ROOMS, "speech", "starter", "cli", "web", "bench", "tests")
    for path in sorted((ROOT / room).rglob("*.py"))
    if "TYPE_CHECKING" in path.read_text(encoding="utf-8")
]
CONSTANTS = {"Actor", "ConsultationRule", "OrganProfile"}
"""Values there is one of once their module is loaded."""

Imports = ast.Import | ast.ImportFrom


def _bound(node: Imports) -> set[str]:
    return {alias.asname or alias.name.split(".")[0] for alias in node.names}


def _for_types_only(tree: ast.Module) -> set[str]:
    return {
        name
        for node in tree.body
        if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING")
        for inner in node.body
        if isinstance(inner, Imports)
        for name in _bound(inner)
    }


def _run(node: ast.AST, hidden: set[str]) -> Iterator[str]:
    """The hidden names that lines under `node` read when they run, with their line."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        hidden = hidden.difference(
            *(_bound(inner) for inner in ast.walk(node) if isinstance(inner, Imports))
        )
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in hidden:
        yield f"{node.lineno}: {node.id}"
    for field, value in ast.iter_fields(node):
        if field in ("annotation", "returns"):
            continue  # quoted, or never run inside a function
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield from _run(child, hidden)


def test_the_rule_sees_a_name_that_will_be_missing() -> None:
    source = "if TYPE_CHECKING:\n    from a import b\ndef f(x: 'b') -> None:\n    b()\n"
    tree = ast.parse(source)
    assert list(_run(tree, _for_types_only(tree))) == ["4: b"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_runs_is_imported_where_it_runs(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert list(_run(tree, _for_types_only(tree))) == []


async def test_what_no_page_needs_is_not_loaded_for_it(tmp_path: Path) -> None:
    async with desk_app(tmp_path):
        pass  # set up
    child = (sys.executable, "-m", "tests.web.looking_around", str(tmp_path))
    done = await asyncio.to_thread(subprocess.run, child, cwd=ROOT, stdout=-1, check=True)
    found = json.loads(done.stdout.splitlines()[-1])
    assert (found["entrance"], found["pages"]) == ([], [])
    assert set(found["made"]) <= CONSTANTS
