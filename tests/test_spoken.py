"""What people read is in their language: every message rendered once with values of the kind it
really gets, and in the Chinese no code, no field's name, no English citation is left."""

import ast
import errno
import json
import os
import re
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

import texts
from activities.mail import letter
from domain.clock import ClockEventKind
from domain.errors import Code
from domain.policy import Policy
from law.files import load_ladder
from register.writes.outbox import PendingNotice
from texts.citations import cited, setting
from texts.problems import FAMILIES, KINDS, PATTERNS
from texts.sentences import sentence
from texts.words import term_in

ROOT = Path(__file__).parents[1]
SETTINGS = [name for name in Policy.model_fields if name != "name"]
ROOMS = (
    "domain",
    "texts",
    "law",
    "papers",
    "register",
    "workflows",
    "activities",
    "office",
    "starter",
    "cli",
)

ALLOWED = re.compile(
    r"""--[a-z][a-z-]*          # an option
    | \byishen(?:\ [a-z-]+\b(?!\.))*         # a command
    | \b(?:YISHEN|TEMPORAL)_[A-Z_*]*
    | \{[a-z_0-9]*\} | \[/?[a-z ]*\]          # placeholders, marks of emphasis
    | [\w.<>/-]*\.(?:toml|json|jsonl|md|html|pdf|eml|log|txt|db)\b
    | \.venv/bin/yishen | chmod\ -R\ go=
    | \b(?:JSON|TOML|HTML|PDF|SHA|UTC|UTF|PyPI|Go|SDK|PATH|Temporal|temporal|Ctrl)\b
    | \b(?:iCalendar|Debian|PostgreSQL|SQLite|unfinished|PEM|Windows|Linux|macOS)\b
    | \bdesk\.example\b
    | \b(?:ID|id|USER|TEXT|DATE|N|zh|en|cn|true|false|null|worker|make|init|up|due|Yishen)\b
    | \b(?:organ|department|kind|year|years|closure|change|ref|statute|from|to|in_force_to)\b
    | \b(?:working_days|calendar_days|months|until|events|received|channel|policy)\b
    | \b(?:granted|partly_granted|does_not_exist|reply|correction|third_party_answer)\b
    | \b(?:reconsideration_corrected|Asia/Shanghai|yes)\b
    | \b[a-z_]+(?:=[\w.-]+)(?:,[a-z_]+=\d+)*  # an example of what to type
    | first_day | [\w.]+@[\w.]+
    | https?://[\x21-\x7e]*""",
    re.VERBOSE,
)
"""What may stand in a Chinese text although it is Latin: what has to be typed as it is, units,
file names, products."""

CODE = re.compile(r"\b[a-z]+_[a-z_]+\b")
WORD = re.compile(r"[A-Za-z][A-Za-z_]{2,}")


def strange(text: str) -> list[str]:
    """Latin words of a Chinese text that are none of those."""
    return WORD.findall(ALLOWED.sub(" ", text))


# -- citations ------------------------------------------------------------------------------------


def _citations(node: Any, name: str = "") -> Iterator[str]:
    if isinstance(node, dict):
        for key, value in node.items():
            yield from _citations(value, key)
    elif isinstance(node, list):
        for value in node:
            yield from _citations(value, name)
    elif isinstance(node, str) and name.endswith(("article", "source")) and "://" not in node:
        yield node


def citations() -> list[str]:
    found: set[str] = set()
    for file in sorted((ROOT / "law").rglob("*.toml")):
        found |= set(_citations(tomllib.loads(file.read_text(encoding="utf-8"))))
    for file in sorted((ROOT / "law").rglob("*.json")):
        found |= set(_citations(json.loads(file.read_text(encoding="utf-8"))))
    found |= {f"art 31(2); setting {name}" for name in SETTINGS}
    return sorted(found)


def test_every_citation_of_the_law_files_is_read_in_chinese() -> None:
    left = {c: said for c in citations() if WORD.search(said := cited("zh", c))}
    # What a bracket counts in the code of the United States stays as it is there: (III)(aa).
    assert {c for c in left if not c.startswith("5 U.S.C.")} == set()
    assert len(citations()) > 150


def test_a_citation_is_short_on_a_screen_and_formal_in_a_letter() -> None:
    law = "Administrative Reconsideration Law 2023 art 23(1)(4)"
    assert cited("zh", law) == "行政复议法（2023年修订）第23条第1款第4项"
    assert cited("zh", law, formal=True) == "《中华人民共和国行政复议法》第二十三条第一款第（四）项"
    assert cited("zh", "art 12(3), 12A") == "第12条第3款、第12A条"
    assert cited("zh", "art 31(2); setting confirmation_days") == (
        "第31条第2项；本机关设置“确认收到的时限”"
    )
    assert "confirmation_days" not in cited("en", "art 31(2); setting confirmation_days")


@pytest.mark.parametrize("lang", texts.LANGUAGES)
def test_every_setting_has_its_name(lang: str) -> None:
    assert [n for n in SETTINGS if setting(lang, n) == n] == []


@pytest.mark.parametrize("lang", texts.LANGUAGES)
def test_every_event_of_the_clock_has_its_word(lang: str) -> None:
    assert [k for k in ClockEventKind if not texts.has(lang, f"terms.kind.{k}")] == []


# -- the catalogue --------------------------------------------------------------------------------


def test_no_chinese_text_has_a_word_nobody_asked_for() -> None:
    found = {
        key: left
        for key, text in texts.catalogue("zh").items()
        if not key.startswith(("due.help", "desk.frame.other_language")) and (left := strange(text))
    }
    assert found == {}


def test_no_text_stops_twice() -> None:
    for lang in texts.LANGUAGES:
        for key, text in texts.catalogue(lang).items():
            assert not re.search(r"。。|[^.]\.\.(?!\.)|，，", text), key


# -- errors ---------------------------------------------------------------------------------------

EXAMPLES = {
    **dict.fromkeys(("act", "did"), "reply_drafted"),
    "kind": "third_party_answered",
    "state": "in_hand",
    "cause": "correction",
    "reply_kind": "refused_internal",
    "roles": "intake, disclosure_head",
    "field": "reasons",
    "changed": "item_replaced i1, noted",
    "instance": "second",
    "outcome": "affirmed",
    "detail": "one_of",
    "known": "1, 2",
    "handler": "-",
    "folder": "-",
}
"""Values that are codes, as they are really raised; every other value is what someone wrote, a
number or a day, and stands as 7."""

FIELDS = {Code.REPLY_FIELD_MISSING: "reasons", Code.DATES_OUT_OF_ORDER: "fee_paid"}
"""Fields that are codes; elsewhere a field stands as it was written."""


def raised() -> Iterator[tuple[str, set[str]]]:
    """Every place that raises a code of ours, with the names of the values it gives."""
    for room in ROOMS:
        for file in sorted((ROOT / room).rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and node.args:
                    first = node.args[0]
                    named = isinstance(first, ast.Attribute) and isinstance(first.value, ast.Name)
                    if named and first.value.id == "Code" and _raises(node.func):  # type: ignore[attr-defined]
                        yield first.attr, {k.arg or "**" for k in node.keywords}  # type: ignore[attr-defined]


def _raises(function: ast.expr) -> bool:
    names = ("InputError", "Refusal", "Unreachable", "no", "refuse")
    return isinstance(function, ast.Name) and function.id in names


def test_every_place_that_raises_gives_what_its_text_needs() -> None:
    places = list(raised())
    assert len(places) > 120
    for name, given in places:
        code = Code[name]
        written = texts.catalogue("zh")[f"errors.{code}"]
        wanted = {part for _, part, _, _ in Formatter().parse(written) if part}
        if "problems" in given:
            wanted -= {"field", "detail"}
        assert "**" in given or wanted <= given, (name, wanted - given)


@pytest.mark.parametrize("code", list(Code))
def test_every_error_is_said_without_a_code(code: Code) -> None:
    written = texts.catalogue("zh")[f"errors.{code}"]
    wanted = {part for _, part, _, _ in Formatter().parse(written) if part}
    values = {name: EXAMPLES.get(name, "7") for name in wanted | {"known"}}
    values["field"] = FIELDS.get(code, "7")
    said = sentence("zh", code, values)
    assert strange(said) == []
    assert "{" not in said
    assert not re.search(r"(?<![\w-])-(?![\w-])", said)
    assert not CODE.search(ALLOWED.sub(" ", sentence("en", code, values)))


def expectations() -> Iterator[str]:
    """Every key of what is expected that the code names."""
    for room in ROOMS:
        for file in sorted((ROOT / room).rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if not (
                    isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute)
                ):
                    continue
                called = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
                said = node.args[1] if called in ("Problem", "wrong") and node.args[1:] else None
                if isinstance(said, ast.Constant) and isinstance(said.value, str):
                    yield said.value
    yield from (*KINDS.values(), *FAMILIES.values(), *PATTERNS.values())


@pytest.mark.parametrize("lang", texts.LANGUAGES)
def test_whatever_is_expected_has_its_words(lang: str) -> None:
    found = set(expectations())
    assert len(found) > 40
    groups = ("errors.expected", "calendar.expected")
    assert [k for k in found if not any(texts.has(lang, f"{g}.{k}") for g in groups)] == []


@pytest.mark.parametrize("lang", texts.LANGUAGES)
@pytest.mark.parametrize(
    "said",
    [
        *(os.strerror(n) for n in (errno.EACCES, errno.ENOENT, errno.ENOSPC, errno.EFBIG)),
        "unable to open database file",
        "attempt to write a readonly database",
        "database disk image is malformed",
        "no such table: requests",
        "Failed client connect: Status { code: Unknown, source: tonic::transport::Error }",
        'connection to server at "127.0.0.1", port 5 failed: Connection refused',
    ],
)
def test_what_the_system_says_is_said_in_the_readers_words(lang: str, said: str) -> None:
    found = sentence(lang, Code.REGISTER_UNREACHABLE, {"register": "r.db", "detail": said})
    assert said not in found
    assert lang == "en" or strange(found) == []


def test_lists_in_a_sentence_are_joined_as_its_language_does() -> None:
    values = {"name": "某局", "known": "自然资源和规划局 (ghj), 交通局 (jtj)"}
    assert "（ghj）、交通局" in sentence("zh", Code.UNKNOWN_DEPARTMENT, values)
    assert " (ghj), 交通局" in sentence("en", Code.UNKNOWN_DEPARTMENT, values)


def test_a_missing_field_is_named_with_its_option() -> None:
    said = sentence(
        "zh", Code.REPLY_FIELD_MISSING, {"reply_kind": "already_public", "field": "search_record"}
    )
    assert said == "答复类型“已主动公开”须填写：检索经过（--search-record）。"


# -- notices --------------------------------------------------------------------------------------


def notices() -> Iterator[tuple[str, dict[str, object]]]:
    ladder = load_ladder()
    for limit in ladder.limits:
        for kind in ("reminder", "last_day", "overdue", "overdue_again", "overdue_higher"):
            yield kind, {"limit": limit}
    bodies = (key.split(".")[1] for key in texts.catalogue("zh") if key.endswith(".body"))
    for kind in bodies:
        yield kind, {"limit": "reply", "instead_of": "legal"}


PAYLOAD: dict[str, object] = {
    "numbers": "依申〔2026〕1号",
    "case": "2026-0001",
    "number": "依申〔2026〕1号",
    "ref": None,
    "left": 3,
    "late": 2,
    "due": "2026-12-01",
    "was": "2026-11-30",
    "year": 2027,
    "cases": 4,
    "provisional": True,
    "change": "role_given",
    "person": "李明",
    "by": "王芳、赵静",
    "role": "reviewer",
    "organ": "青禾县人民政府办公室",
    "article": "art 31(2); setting confirmation_days",
}


def test_every_notice_is_said_in_chinese() -> None:
    for kind, more in notices():
        payload = PAYLOAD | more
        notice = PendingNotice(
            id="n", recipient="wang", name="王五", address=None, language="zh", kind=kind,
            payload=payload, created_at=datetime(2026, 12, 1, tzinfo=UTC),
        )  # fmt: skip
        said = letter(notice).decode().partition("\n\n")[2]
        assert "第31条第2项" in said or "依据" not in said
        left = [
            w for w in strange(said) if w not in ("calendar", "show", "case", "user", "waiting")
        ]
        assert left == [], (kind, more)


def test_a_notice_fits_whoever_gets_it() -> None:
    """Confirming is intake's: the supervisor isn't told to urge the department."""
    for limit, wanted in (("receipt_confirmation", "受理人员"), ("litigation_defence", "应诉人员")):
        notice = PendingNotice(
            id="n", recipient="u", name="王五", address=None, language="zh", kind="overdue",
            payload=PAYLOAD | {"limit": limit}, created_at=datetime(2026, 12, 1, tzinfo=UTC),
        )  # fmt: skip
        said = letter(notice).decode()
        assert wanted in said
    assert term_in("zh", "limit", "committed") == "承诺办理时限"


@pytest.mark.parametrize("lang", texts.LANGUAGES)
def test_what_others_say_ends_with_our_full_stop_alone(lang: str) -> None:
    values = {"address": "a", "namespace": "n", "detail": "Namespace n is not found."}
    assert ".。" not in (said := sentence(lang, Code.ENGINE_REFUSED, values))
    assert ".." not in said
