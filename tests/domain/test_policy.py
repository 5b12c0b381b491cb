"""A setting is shown where it decides something: one that no rule reads is listed nowhere."""

import ast
import tomllib
from pathlib import Path

import texts
from domain.policy import UNREAD, Policy
from law.files import load_policy, load_statutes
from office.statutes import settings

ROOT = Path(__file__).parents[2]
FIELDS = {name for name in Policy.model_fields if name != "name"}


def read() -> set[str]:
    """Settings that a rule asks for, by their names in the code of the domain."""
    found: set[str] = set()
    for path in (ROOT / "domain").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in FIELDS:
                found.add(node.attr)
    return found


def test_every_setting_is_read_or_named_as_unread() -> None:
    assert read() | UNREAD == FIELDS
    assert not read() & UNREAD


def test_what_nothing_reads_is_listed_nowhere() -> None:
    policy = load_policy()
    shown = {line.name for law in load_statutes() for line in settings(law, policy)}
    assert shown <= read()
    with (ROOT / "law" / "policy" / "default.toml").open("rb") as file:
        assert tomllib.load(file).keys() <= read() | {"name"}
    for language in texts.LANGUAGES:
        for name in FIELDS:
            assert texts.has(language, f"terms.setting.{name}") is (name in read())
