"""A setting decides something: one that no rule reads would be a lie."""

import ast
import tomllib
from pathlib import Path

import texts
from domain.policy import Policy
from law.files import load_policy, load_statutes
from office.answers.statutes import settings

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


def test_every_setting_is_read_by_a_rule() -> None:
    assert read() == FIELDS


def test_every_setting_has_a_word_and_its_default_in_the_file() -> None:
    policy = load_policy()
    assert {line.name for law in load_statutes() for line in settings(law, policy)} <= FIELDS
    with (ROOT / "law" / "policy" / "default.toml").open("rb") as file:
        assert tomllib.load(file).keys() == FIELDS - {"committed_working_days"} | {"name"}
    assert policy == Policy()
    for language in texts.LANGUAGES:
        assert all(texts.has(language, f"terms.setting.{name}") for name in FIELDS)


def test_a_case_of_before_keeps_its_settings_without_those_that_are_gone() -> None:
    before = {"exclusion_ends": "both_ends", "passing_on_days": 2, "electronic_reply_day": "sent"}
    assert Policy.model_validate(before) == Policy(exclusion_ends="both_ends")
