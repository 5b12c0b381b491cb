"""docs/adding-a-paper.md is true: what it says, put into a copy of the product, is a paper."""

import re
from pathlib import Path

from tests.product_copy import HowTo, run

HOW_TO = HowTo.read("adding-a-paper.md")


def test_the_page_counts_the_files_it_touches() -> None:
    said = re.search(r"\*\*(\d+) new files: (\d+) of Python, (\d+) others\*\*", HOW_TO.page)
    assert said is not None
    assert [int(n) for n in said.groups()] == HOW_TO.counted


def test_the_paper_says_what_the_page_promises(tmp_path: Path) -> None:
    run(HOW_TO.followed(tmp_path), "-c", HOW_TO.lived)
