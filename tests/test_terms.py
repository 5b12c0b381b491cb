"""docs/terms.md has a term for all that people meet, held against code and catalogue both ways."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, get_args

import texts
from domain.case.facts import Fact
from domain.case.people import Role
from domain.case.summary import Status
from domain.case.table import TABLE
from law.files import load_statutes
from tests.test_rooms import ROOT, modules
from texts.words import term_in

PAGE = (ROOT / "docs/terms.md").read_text(encoding="utf-8")


def section(title: str) -> list[list[str]]:
    """The rows of the table under a heading."""
    body = re.search(rf"^## {title}$(.*?)(?=^## |\Z)", PAGE, flags=re.M | re.S)
    assert body is not None, title
    lines = [line for line in body[1].splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def fact_models(of: Any = Fact) -> Iterator[Any]:
    """The models of all facts."""
    if hasattr(of, "model_fields"):
        yield of
    for part in get_args(of):
        yield from fact_models(part)


FACTS = {model.model_fields["kind"].default: model for model in fact_models()}


def classes_on_the_page() -> list[str]:
    """Each class as often as the page names it, of terms and of the internal ones."""
    titles = re.findall(r"^## (.+)$", PAGE, flags=re.M)
    cells = [
        row[1] if title == "Internal" else row[2]
        for title in titles
        for row in section(title)
        if title == "Internal" or len(row) == 4
    ]
    return [name for cell in cells for name in re.findall(r"`(\w+)`", cell)]


def classes_of_the_domain() -> set[str]:
    """Public classes but facts: their term is that of the act."""
    found = {
        node.name
        for path in modules("domain")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    }
    return found - {model.__name__ for model in FACTS.values()}


def test_every_class_of_the_domain_has_one_term_or_is_internal() -> None:
    named = classes_on_the_page()
    assert sorted(classes_of_the_domain() - set(named)) == [], (
        "give it a row, or list it as internal"
    )
    assert sorted(set(named) - classes_of_the_domain()) == [], "no such class any more"
    assert [name for name, n in Counter(named).items() if n > 1] == []


def test_no_term_has_two_rows_and_each_has_its_chinese() -> None:
    rows = [row for title in re.findall(r"^## (.+)$", PAGE, flags=re.M) for row in section(title)]
    terms = [row for row in rows if len(row) == 4]
    words = Counter(word for row in terms for word in row[0].split(", "))
    assert [word for word, n in words.items() if n > 1] == []
    assert [row[0] for row in terms if not re.search(r"[\u4e00-\u9fff]", row[1])] == []


def said(title: str, group: str, codes: list[str]) -> None:
    """The table under the heading has exactly these codes, with the words of the catalogue."""
    wanted = [[f"`{c}`", *(term_in(lang, group, c) for lang in texts.LANGUAGES)] for c in codes]
    assert sorted(section(title)) == sorted(wanted)


def test_roles_and_states_are_called_as_everywhere() -> None:
    said("Roles", "role", [*Role])
    said("States", "status", [*Status])


def test_reply_kinds_are_those_of_the_statutes() -> None:
    kinds = {code for statute in load_statutes() for code in statute.replies}
    said("Reply kinds", "reply_kind", sorted(kinds))


def test_acts_are_those_of_the_table_and_the_other_facts_follow() -> None:
    said("Acts", "kind", [*TABLE])
    said("Facts that are no acts", "kind", sorted(FACTS.keys() - TABLE.keys()))


def test_limits_are_all_that_have_a_word() -> None:
    head = "terms.limit."
    known = [key.removeprefix(head) for key in texts.catalogue("zh") if key.startswith(head)]
    said("Limits", "limit", known)
