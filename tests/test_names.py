"""One concept, one name: a class or a type that is named twice in the product is a mistake, or a
twin listed here with its reason (docs/decisions/016-one-name-one-thing.md)."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from tests.test_rooms import ROOMS, ROOT, modules

TWINS = {
    "Consultation": (
        {"domain/case/parts.py", "domain/clock/model.py"},
        "one letter: what came of it in the case, and which days it takes out of the count",
    ),
}
"""A name, where it stands, and why the two are one thing in two layers."""

SAME_IN_EACH_TOPIC = {"ByOffice", "ByItself"}
"""Facts of a topic by who brings them about; always said with the topic: `receipt.ByOffice`."""


def named(path: Path) -> Iterator[str]:
    """The classes of a file and the types it gives a name."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    yield from (node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef))
    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from (
                target.id
                for target in targets
                if isinstance(target, ast.Name)
                and of_a_type(target.id)
                and not variable(node.value)
            )


def of_a_type(name: str) -> bool:
    """Written like a class: `CaseId`, not `CASE_ID`."""
    return name[0].isupper() and not name.isupper() and "_" not in name


def variable(value: ast.expr) -> bool:
    """Whether it is a type variable, which means something in its own file only."""
    return isinstance(value, ast.Call) and isinstance(value.func, ast.Name)


def homonyms() -> dict[str, set[str]]:
    places = defaultdict(list)
    for room in ROOMS:
        for path in modules(room):
            for name in named(path):
                places[name].append(path.relative_to(ROOT).as_posix())
    return {name: set(found) for name, found in places.items() if len(found) > 1}


def test_no_name_means_two_things() -> None:
    found = {name: files for name, files in homonyms().items() if name not in SAME_IN_EACH_TOPIC}
    assert found == {name: files for name, (files, _) in TWINS.items()}


def test_each_topic_names_its_facts_alike() -> None:
    for name in SAME_IN_EACH_TOPIC:
        assert all(file.startswith("domain/case/facts/") for file in homonyms()[name]), name
