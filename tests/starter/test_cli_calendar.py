"""The calendar commands without an engine: check, preview, compare, refuse."""

from datetime import date
from pathlib import Path

import pytest

from domain.calendar.closures import Closure
from register.engine import open_register
from register.writes.calendars import load_closure
from tests.register.office import BY
from tests.starter.test_cli_usage import Desk, office, office_made, yishen

__all__ = ["office", "office_made", "yishen"]

NOTICE = """
year = 2027
issued = 2026-11-10
notice = "国办发明电〔2026〕9号（虚构）"
off = [2026-12-31, 2027-01-01]
work = [2027-01-03]
"""


def written(desk: Desk, text: str, name: str = "2027.toml") -> Path:
    path = desk.data.parent / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_good_file_is_checked_and_nothing_is_loaded(office: Desk) -> None:
    file = written(office, NOTICE)
    plain = office("calendar", "check", file)
    assert plain.code == 0
    assert "2026-12-31" in plain.out
    machine = office("calendar", "check", file, "--json")
    assert machine.json["version"] == "2026-11-10"
    assert {"day": "2027-01-03", "now": "work"} in machine.json["days"]
    assert office("calendar", "list", "--json").json["versions"] == []


def test_a_check_works_before_there_is_a_register(yishen: Desk) -> None:
    assert yishen("calendar", "check", written(yishen, NOTICE)).code == 0


def test_every_mistake_is_named_by_file_field_and_what_is_expected(office: Desk) -> None:
    wrong = NOTICE.replace("2027-01-01", "2027-01-02").replace("notice", "notise")
    answer = office("calendar", "check", written(office, wrong))
    assert (answer.code, answer.out) == (2, "")
    assert "2027.toml: notise: no such field" in answer.err
    wrong = NOTICE.replace("2027-01-01", "2027-01-02").replace("2027-01-03", "2027-01-04")
    answer = office("calendar", "check", written(office, wrong))
    assert "2027.toml: off[1]: 2027-01-02 is a weekend day" in answer.err
    assert "2027.toml: work[0]: 2027-01-04 is a weekday" in answer.err
    machine = office("calendar", "check", written(office, wrong), "--json")
    assert machine.json["ok"] is False
    assert machine.json["error"]["code"] == "bad_calendar_file"
    assert [p["field"] for p in machine.json["problems"]] == ["off[1]", "work[0]"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('organ = "nowhere"\nissued = 2026-11-10\nnotice = "x123"\noff = [2026-12-24]', "qinghe"),
        (
            'organ = "qinghe"\ndepartment = "x"\nissued = 2026-11-10\nnotice = "x123"\n'
            "off = [2026-12-24]",
            "ghj",
        ),
        ("year = [", "TOML or JSON"),
    ],
)
def test_places_and_forms_are_checked(office: Desk, text: str, words: str) -> None:
    answer = office("calendar", "check", written(office, text))
    assert answer.code == 2
    assert words in answer.err


def test_load_is_a_preview_unless_told_otherwise(office: Desk) -> None:
    file = written(office, NOTICE)
    plain = office("calendar", "load", file)
    assert plain.code == 0
    assert "It touches 0 open cases" in plain.out
    assert "--apply" in plain.out
    machine = office("calendar", "load", file, "--dry-run", "--json").json
    assert (machine["applied"], machine["cases"], machine["loaded"]) == (False, [], False)
    assert office("calendar", "list", "--json").json["versions"] == []


def test_only_an_administrator_applies_and_only_with_an_engine(office: Desk) -> None:
    file = written(office, NOTICE)
    assert office("calendar", "load", file, "--apply", "--as", " ").code == 2  # no user
    refused = office("calendar", "load", file, "--apply", "--as", "li")
    assert (refused.code, "(not_an_admin)" in refused.err) == (1, True)
    alone = office("calendar", "load", file, "--apply", "--as", "xu")
    assert (alone.code, "(engine_not_running)" in alone.err) == (3, True)
    assert office("calendar", "list", "--json").json["versions"] == []


def test_versions_and_files_can_be_compared(office: Desk) -> None:
    file = written(office, NOTICE)
    answer = office("calendar", "diff", "2025-11-04", file, "--json").json
    assert answer["from"] == "2025-11-04"
    assert answer["to"] == "2026-11-10"
    assert {"day": "2026-12-31", "now": "off"} in answer["days"]
    assert not any(c["day"].startswith("2028") for c in answer["days"])
    unknown = office("calendar", "diff", "1999", file)
    assert (unknown.code, "(unknown_calendar_version)" in unknown.err) == (2, True)


def test_a_file_that_changes_nothing_says_so(office: Desk) -> None:
    same = 'kind = "change"\nissued = 2026-11-10\nnotice = "x123"\noff = [2026-10-01]'
    answer = office("calendar", "load", written(office, same))
    assert (answer.code, "(calendar_changes_nothing)" in answer.err) == (2, True)


def test_the_history_of_the_office_says_what_was_loaded(office: Desk) -> None:
    closure = Closure(
        name="停电（虚构）",
        version="x-1",
        organ="qinghe",
        notice="供电局〔2026〕1号（虚构）",
        issued=date(2026, 1, 4),
        off=(date(2026, 1, 7),),
    )
    register = open_register(f"sqlite:///{office.data / 'register.db'}")
    with register.writing() as session:
        load_closure(session, closure, BY)
    register.close()
    newest = office("office-history", "--as", "sun").out.splitlines()[1]
    assert "local closure x-1" in newest
    assert "by 供电局〔2026〕1号（虚构） (SHA-256 " in newest
    told = office("office-history", "--as", "sun", "--json").json["changes"][0]
    assert (told["about"], told["person"], told["asked_by"]) == ("calendars", "admin", BY.asked_by)
    assert office("verify", "--offline", "--json").json["ok"] is True
