"""A code has one class: it ends the same way wherever it is found."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.errors import Code, InputError, Refusal, Unreachable

ROOT = Path(__file__).parents[2]
CLASSES = {"InputError": InputError, "Refusal": Refusal, "Unreachable": Unreachable}
NOT_THE_HOUSE = ("tests", ".venv")
BY_VALUE = {ROOT / "domain" / "errors.py"}
"""Where an error is made from a code it has as a value: from the code itself."""


def raised(path: Path) -> Iterator[tuple[str, str, int]]:
    """Class, codes and line of every error that is made in a file, also by a class of its own."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            if node.func.id in CLASSES:
                yield node.func.id, ast.unparse(node.args[0]) if node.args else "", node.lineno
        elif isinstance(node, ast.ClassDef):
            bases = [b.id for b in node.bases if isinstance(b, ast.Name) and b.id in CLASSES]
            for call in ast.walk(node) if bases else ():
                if isinstance(call, ast.Call) and ast.unparse(call.func) == "super().__init__":
                    yield bases[0], ast.unparse(call.args[0]), call.lineno


def files() -> Iterator[Path]:
    for path in ROOT.rglob("*.py"):
        if path.relative_to(ROOT).parts[0] not in NOT_THE_HOUSE and path not in BY_VALUE:
            yield path


@pytest.mark.parametrize("code", Code)
def test_every_code_has_its_class(code: Code) -> None:
    assert code.error in CLASSES.values()
    made = code.of("art 1", case="2026-0001")
    assert (type(made), made.code, made.article) == (code.error, code, "art 1")


def test_every_error_is_raised_as_what_its_code_is() -> None:
    seen = 0
    for path in files():
        for name, given, line in raised(path):
            for code in given.split(" if ")[0:1] + given.split(" else ")[1:]:
                where = f"{path.relative_to(ROOT)}:{line} {name}({code})"
                assert code.startswith("Code."), f"{where}: say {code}.of(...)"
                assert Code[code.removeprefix("Code.")].error is CLASSES[name], where
                seen += 1
    assert seen > 200
