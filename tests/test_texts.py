"""Both catalogues say the same things."""

import ast
import re
import string
from itertools import pairwise
from pathlib import Path

from domain.errors import Code
from texts import LANGUAGES, _Texts, catalogue

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


def test_a_text_whose_topic_another_thread_read_meanwhile_is_there() -> None:
    every = _Texts("zh")
    every.read("desk.frame")
    assert every.__missing__("desk.frame.brand") == catalogue("zh")["desk.frame.brand"]


def test_every_error_code_has_its_text() -> None:
    assert {f"errors.{code}" for code in Code} <= catalogue("zh").keys()


SAYS = {
    "speech": {"say": "speech", "told": "speech"},
    "web": {"say": "desk", "told": "speech"},
}
"""By room, where the texts stand that its calls ask for by name."""

OTHERWISE = {"speech/remedies.py": {"say": "remedies"}}
IN_TEMPLATES = re.compile(r"\b(t|told)\('([\w.]+)'(?=[,)])")


COMMAND = re.compile(r"--[a-z]|\byishen [a-z]|YISHEN_|TEMPORAL_")

NO_PAGE = {
    *("backup_other_database", "bad_master_device", "code_replaced", "data_folder_in_use"),
    *("data_folder_open", "engine_not_found", "first_day_unknown", "list_unsigned"),
    *("move_in_by_two", "no_user", "no_viewer", "register_damaged", "register_elsewhere"),
    *("register_older", "register_there", "temporal_profile", "web_certificate_over"),
    *("web_certificate_unusable", "web_demo_on_network", "web_hosts_missing"),
    *("web_not_protected", "web_port_taken", "which_master_key"),
}
"""Refusals that keep an installation from starting, or of what is done by commands alone."""

SOURCES = (".py", ".html", ".js")
NAMES = re.compile(r"[\"'`]([A-Za-z_.]+?)(?:[\"'`]|\{)")


def test_pages_name_no_command_and_no_option() -> None:
    for lang in LANGUAGES:
        texts = catalogue(lang)
        said = {key: text for key, text in texts.items() if key.startswith("desk.")}
        own = {code for code in Code if f"desk.refused.{code}" in texts}
        said |= {f"errors.{code}": texts[f"errors.{code}"] for code in {*Code} - own - NO_PAGE}
        assert [key for key, text in said.items() if COMMAND.search(text)] == []


def test_every_text_of_the_desk_is_said() -> None:
    """By its name, or by the first words of it where the last is a code."""
    rooms = ("web", "speech", "office", "papers", "activities", "texts")
    files = [file for room in rooms for file in (ROOT / room).rglob("*") if file.suffix in SOURCES]
    said = set(NAMES.findall("\n".join(file.read_text(encoding="utf-8") for file in files)))
    begun = tuple(name for name in said if re.search(r"[a-z][._]$", name) and name != "desk.")
    texts = {key: key.removeprefix("desk.") for key in catalogue("zh") if key.startswith("desk.")}
    whole = {key for key, short in texts.items() if {key, short} & said}
    begins = {
        key for key, short in texts.items() if key.startswith(begun) or short.startswith(begun)
    }
    assert texts.keys() - whole - begins == set()


def test_whatever_is_said_by_name_has_its_text() -> None:
    """One that is missing is found by nobody before somebody reads that page."""
    found: list[str] = []
    for room, usual in SAYS.items():
        for file in sorted((ROOT / room).rglob("*.py")):
            where = str(file.relative_to(ROOT))
            calls = usual | OTHERWISE.get(where, {})
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
                    place, key = calls.get(node.func.id), node.args[0]
                    if place and isinstance(key, ast.Constant) and isinstance(key.value, str):
                        found.append(f"{place}.{key.value}")
    for file in sorted((ROOT / "web" / "templates").rglob("*.html")):
        for called, key in IN_TEMPLATES.findall(file.read_text(encoding="utf-8")):
            found.append(f"{'desk' if called == 't' else 'speech'}.{key}")
    assert [key for key in found if key not in catalogue("zh")] == []
    assert len(found) > 100


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
