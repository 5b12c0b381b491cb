"""Both catalogues say the same things."""

import ast
import re
import string
from itertools import pairwise
from pathlib import Path

from domain.errors import Code
from texts import LANGUAGES, catalogue

ROOT = Path(__file__).parents[1]


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_key_stands_in_every_language_with_the_same_placeholders() -> None:
    first = catalogue(LANGUAGES[0])
    for lang in LANGUAGES[1:]:
        other = catalogue(lang)
        assert first.keys() == other.keys()
        for key, text in first.items():
            assert placeholders(text) == placeholders(other[key]), key


def test_every_error_code_has_its_text() -> None:
    assert {f"errors.{code}" for code in Code} <= catalogue("zh").keys()


CHINESE = "[\u3400-\u9fff\u3001-\u303f\uff01-\uff60“”‘’]"
ASCII_PUNCTUATION = re.compile(rf"{CHINESE}\s*[,.:;!?()]|[,.:;!?()]\s*{CHINESE}")
TYPED = re.compile(
    r"""\{[a-z_0-9]*\}          # a placeholder
    | 文件\.(?:html|jsonl?) | (?<=[、（])\.[a-z]+ | \.[a-z]+(?=[、；或]) | \ 或\ \.json
    | 种类=日期\[,字段=值\] | third_party_answer:编号
    | (?<=：)\.venv/\S+
    | ^!\                     # the mark of a line about a trouble
    | \d\.                  # numbers of a form's rows""",
    re.VERBOSE,
)
"""What has to be typed as it is, file endings, numbers."""


def test_chinese_is_written_with_chinese_punctuation() -> None:
    """Rows of the county's yearly form are named as its publisher prints them."""
    found = {
        key: text
        for key, text in catalogue("zh").items()
        if not key.startswith("figures.county.") and ASCII_PUNCTUATION.search(TYPED.sub("x", text))
    }
    assert found == {}


def test_no_punctuation_is_put_between_words_in_code() -> None:
    """It belongs to the language: `：` or `: ` stands in the catalogue."""
    found = [
        f"{file.relative_to(ROOT)}:{node.lineno}"
        for room in ("cli", "web", "speech", "papers", "activities", "texts")
        for file in sorted((ROOT / room).rglob("*.py"))
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.JoinedStr) and _punctuated(node)
    ]
    assert found == []


def _punctuated(node: ast.JoinedStr) -> bool:
    """Whether a word of the catalogue is followed by punctuation of the code."""
    for part, following in pairwise(node.values):
        worded = isinstance(part, ast.FormattedValue) and _says(part.value)
        if worded and isinstance(following, ast.Constant) and str(following.value)[0] in ",:;!?()":
            return True
    return False


def _says(value: ast.expr) -> bool:
    return isinstance(value, ast.Call) and getattr(
        value.func, "id", getattr(value.func, "attr", "")
    ) in ("say", "cli_say", "term", "limit", "limit_name", "joined", "day", "text")
