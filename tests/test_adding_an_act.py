"""docs/adding-an-act.md is true: what it says, put into a copy of the product, is an act."""

import re
from pathlib import Path

import pytest

from tests.product_copy import HowTo, run

HOW_TO = HowTo.read("adding-an-act.md")


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the product with the example's act."""
    return HOW_TO.followed(tmp_path_factory.mktemp("product"))


def test_the_page_counts_the_files_it_touches() -> None:
    said = re.search(r"\*\*(\d+) files: (\d+) of Python, (\d+) of texts\*\*", HOW_TO.page)
    assert said is not None
    assert [int(n) for n in said.groups()] == HOW_TO.counted


def test_a_case_lives_through_the_act(product: Path) -> None:
    run(product, "-c", HOW_TO.lived)


@pytest.mark.parametrize(
    ("lang", "words"), [("zh", "督促承办人抓紧办理"), ("en", "Ask the handler to hurry")]
)
def test_the_command_has_its_help_and_its_options(product: Path, lang: str, words: str) -> None:
    said = run(product, "yishen.py", "--lang", lang, "urge", "--help")
    assert words in said
    assert "--text" in said
