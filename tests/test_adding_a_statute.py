"""docs/adding-a-statute.md is true: its files, added to the law, give the dates it states."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from domain.errors import Code, InputError
from law import files as lawfiles
from office.due.line import answer
from texts.sentences import sentence

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "adding-a-statute.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r"^`(law/[^`]+)`\n```\w+\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL))
DATES = re.findall(r"^\| `(\{.*\})` \| `([^`]+)` \|$", PAGE, re.MULTILINE)


@pytest.fixture
def law(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    shutil.copytree(ROOT / "law", tmp_path / "law")
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    loaders: list[Any] = [
        lawfiles.load_statutes,
        lawfiles.load_calendar,
        lawfiles.load_period_book,
        lawfiles.load_period_books,
    ]
    monkeypatch.setattr(lawfiles, "_folder", lambda name: tmp_path / "law" / name)
    for loader in loaders:
        loader.cache_clear()
    yield tmp_path / "law"
    for loader in loaders:
        loader.cache_clear()


def test_the_page_holds_three_files_and_its_dates() -> None:
    assert len(FILES) == 3
    assert len(DATES) == 9


@pytest.mark.usefixtures("law")
@pytest.mark.parametrize(("asked", "due"), DATES)
def test_the_example_comes_to_the_dates_it_states(asked: str, due: str) -> None:
    found = answer(json.loads(asked))
    assert found["due"] == due
    assert all(span["article"] for span in found["ledger"])


@pytest.mark.usefixtures("law")
def test_a_year_the_example_does_not_list_is_missing() -> None:
    with pytest.raises(InputError) as error:
        answer({"statute": "xx", "channel": "email", "received": "2033-02-01"})
    assert error.value.code is Code.CALENDAR_MISSING


def _load() -> None:
    lawfiles.load_statutes()
    lawfiles.load_calendar("xx")
    lawfiles.load_period_book("xx-records-2030")


@pytest.mark.parametrize(
    ("file", "old", "new", "field", "expected"),
    [
        ("statutes/xx-records-2030.toml", 'article = "s 4(1)"', "", "period.article", ": needed"),
        ("statutes/xx-records-2030.toml", '"s 5"', '""', "extension.article", "must not be empty"),
        (
            "statutes/xx-records-2030.toml",
            'unit = "working_day"  ',
            'unit = "moon"  ',
            "period.unit",
            "one of: working_day, calendar_day, month, hour",
        ),
        ("statutes/xx-records-2030.toml", "[cut_off]", "[cutoff]", "cutoff", "no such field"),
        (
            "statutes/xx-records-2030.toml",
            "Asia/Riyadh",
            "Asia/Rome",
            "zone",
            "a time zone such as",
        ),
        (
            "statutes/xx-records-2030.toml",
            "times = 1",
            "times = 0",
            "extension.times",
            "more than 0",
        ),
        (
            "statutes/xx-records-2030.toml",
            "[checked]\nin_force_from",
            "[checked]\nin_force_form",
            "file",
            "no field in_force_form",
        ),
        ("statutes/xx-records-2030.toml", "n = 10", "n = ", "file", "Invalid value"),
        (
            "statutes/xx-records-2030.toml",
            'jurisdiction = "xx"',
            'jurisdiction = "de"',
            "in_force_to",
            "2030-06-30, the day before xx-records-2030",
        ),
        ("statutes/xx-records-2030.toml", '"xx-records-2030"', '"de-ifg"', "id", "there twice"),
        ("calendars/xx.json", '"fri", "sat"', '"fri", "som"', "weekend[1]", "one of: mon"),
        ("calendars/xx.json", '"2032-01-01"', '"2031-01-01"', "file", "stands under 2032"),
        (
            "calendars/xx.json",
            '["2032-03-26"]',
            '["2032-03-21"]',
            "years.2032",
            "both as off and as worked",
        ),
        ("calendars/xx.json", '"off"', '"of"', "years.2032.of", "no such field"),
        (
            "periods/xx-records-2030.toml",
            "in_force_to = 2032-02-29",
            "in_force_to = 2032-01-31",
            "file",
            "gap or an overlap",
        ),
        (
            "periods/xx-records-2030.toml",
            '"s 12"',
            '""',
            "periods.appeal[0].article",
            "must not be empty",
        ),
    ],
)
def test_a_wrong_file_is_refused_by_file_field_and_what_is_expected(
    law: Path, file: str, old: str, new: str, field: str, expected: str
) -> None:
    path = law / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError) as error:
        _load()
    assert error.value.code is Code.BAD_LAW_FILE
    assert error.value.params["file"] in (path.name, "de-ifg.toml")
    assert error.value.params["field"] == field
    assert expected in sentence("en", error.value.code, error.value.params)
    assert "Input should" not in sentence("zh", error.value.code, error.value.params)


def test_a_text_that_amends_one_nobody_knows_is_refused_by_name(law: Path) -> None:
    path = law / "statutes" / "uk-sar-2026.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('amends = "uk-sar-2018"', 'amends = "uk-sar"'), encoding="utf-8")
    with pytest.raises(InputError) as error:
        _load()
    assert error.value.params["field"] == "amends"
    assert "uk-sar-2018" in sentence("en", error.value.code, error.value.params)


@pytest.mark.usefixtures("law")
def test_an_amended_text_keeps_what_it_does_not_say() -> None:
    known = {statute.id: statute for statute in lawfiles.load_statutes()}
    older, newer = known["uk-sar-2018"], known["uk-sar-2026"]
    assert newer.replies == older.replies
    assert newer.pause != older.pause
    assert newer.in_force_to is None
