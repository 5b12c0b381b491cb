"""Facts and topics are two halves of one thing: what may be said of it, and what it does."""

from importlib import import_module
from pathlib import Path
from typing import get_args

import pytest

from domain.case import facts, topics


def files(package: str, beside: str) -> set[str]:
    return {path.stem for path in Path(package).parent.glob("*.py")} - {"__init__", "plain", beside}


TOPICS = files(str(topics.__file__), beside="base")


def test_both_have_the_same_files() -> None:
    assert files(str(facts.__file__), beside="common") == TOPICS


@pytest.mark.parametrize("topic", sorted(TOPICS))
def test_a_topic_folds_the_facts_of_its_file(topic: str) -> None:
    module = import_module(f"domain.case.facts.{topic}")
    unions = [getattr(module, name, None) for name in ("ByOffice", "ByItself")]
    found = [fact for union in unions if union is not None for fact in get_args(union) or (union,)]
    folds = import_module(f"domain.case.topics.{topic}").FOLDS
    assert {fact.model_fields["kind"].default for fact in found} == set(folds)
