"""The command line without an engine: language, wrong usage, init, empty lists, exit codes."""

import os
import pwd
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from cli.frame.app import run
from office.people.directory_file import example_office, read_office
from office.people.setting_up import set_up
from office.settings import Settings
from tests.starter.command_line import READER, Answer
from tests.tables import with_tables

OFFICE_FILE = "office.toml"


@dataclass(frozen=True)
class Desk:
    """The command line in this process: one data folder."""

    data: Path
    capture: pytest.CaptureFixture[str]
    patch: pytest.MonkeyPatch

    def __call__(self, *words: object, lang: str = "en") -> Answer:
        """Run one command line."""
        self.patch.setenv("YISHEN_LANG", lang)
        self.capture.readouterr()
        code = run([str(word) for word in words])
        said = self.capture.readouterr()
        return Answer(code, said.out, said.err)


@pytest.fixture
def yishen(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Desk:
    """A data folder where nothing is yet."""
    for name in [name for name in os.environ if name.startswith(("TEMPORAL_", "YISHEN_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("TEMPORAL_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("YISHEN_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("YISHEN_USER", READER)
    return Desk(tmp_path / "data", capsys, monkeypatch)


@pytest.fixture(scope="session")
def office_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the example office loaded, and its file beside it: to be copied."""
    folder = tmp_path_factory.mktemp("office-made")
    with_tables(folder / "data")
    file = folder / OFFICE_FILE
    file.write_text(example_office(), encoding="utf-8")
    set_up(Settings(data=folder / "data"), read_office(file), None)
    return folder


@pytest.fixture
def office(yishen: Desk, office_made: Path) -> Desk:
    """The example office, loaded."""
    shutil.copytree(office_made, yishen.data.parent, dirs_exist_ok=True)
    return yishen


def test_help_speaks_the_language_asked_for(yishen: Desk) -> None:
    chinese = yishen("--help", "--lang", "zh", lang="en")
    english = yishen("--lang=en", "sign", "--help", lang="zh")
    assert "窗口受理" in chinese.out
    assert "用法" in chinese.out
    assert "Usage" in english.out
    assert "leader in charge" in english.out
    assert "\x1b" not in chinese.out + english.out


@pytest.mark.parametrize("option", ["--reason", "--reasons", "--reason=x", "--reasons=x"])
def test_an_option_is_understood_in_singular_and_plural(office: Desk, option: str) -> None:
    words = option.split("=") if "=" in option else [option, "x"]
    for line in (
        ("draft-reply", "2026-0001", "--reply-kind", "granted"),
        ("void", "2026-0001"),
    ):
        answer = office(*line, *words, "--as", "li", "--json")
        assert answer.json["error"]["code"] in ("engine_not_running", "unknown_case")
    slip = office("void", "2026-0001", "--reasonz", "x", "--as", "li")
    assert (slip.code, "--reason," in slip.err, "--reasons" in slip.err) == (2, True, False)


def test_no_words_at_all_shows_the_help(yishen: Desk) -> None:
    answer = yishen()
    assert answer.code == 0
    assert "yishen doctor" in answer.out


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (("frobnicate",), "usage"),
        (("list", "--overdu"), "usage"),
        (("list", "--due-within", "x"), "usage"),
        (("assign", "2026-0001", "--as", "wang"), "usage"),
        (("dispatch", "2026-0001", "--as", "li", "--channel", "pigeon"), "usage"),
        (("case", "1号"), "bad_case_id"),
        (("confirm", "2026-0001", "--as", "wang", "--on", "31.1.2026"), "bad_date"),
        (("confirm", "2026-0001", "--as", " "), "no_user"),
        (("case", "2026-0001", "--as", " "), "no_user"),
        (("list", "--as", " "), "no_user"),
        (("note", "2026-0001", "--as", "wang", "--text", " "), "bad_field"),
        (("note", "2026-0001", "--as", "wang", "--text", "a", "--file", "/nix"), "file_unreadable"),
        (("list", "--lang", "fr"), "unknown_language"),
        (("list", "--lang"), "usage"),
        (("init",), "usage"),
        (("init", "/nix"), "file_unreadable"),
        (("calendar", "show", "1999"), "calendar_missing"),
    ],
)
def test_wrong_usage_is_one_line_and_exit_2(office: Desk, line: tuple[str, ...], code: str) -> None:
    plain = office(*line)
    assert (plain.code, plain.out) == (2, "")
    assert plain.err.count("\n") == 1
    assert f"({code})" in plain.err
    machine = office(*line, "--json")
    assert machine.code == 2
    assert machine.json["ok"] is False
    assert machine.json["error"]["code"] in (code, "usage")


def test_chinese_errors_are_chinese(office: Desk) -> None:
    answer = office("assign", "2026-0001", "--as", "wang", lang="zh")
    assert answer.err.startswith("错误（usage）：缺少 --department。")


def test_init_says_what_changed_and_is_idempotent(office: Desk) -> None:
    file = office.data.parent / "office.toml"
    again = office("init", file, "--as", "xu", "--json")
    assert again.json["changes"] == []
    assert again.json["migrated"] is False
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("王芳", "王小芳"), encoding="utf-8")
    changed = office("init", file, "--as", "xu", "--json")
    assert changed.json["changes"] == [
        {"what": "user", "id": "wang", "name": "王小芳", "added": False, "fields": ["name"]}
    ]
    assert "updated user wang" not in (office("init", file, "--as", "xu")).out


def test_the_office_is_changed_by_an_admin_and_its_history_says_so(office: Desk) -> None:
    file = office.data.parent / "office.toml"
    text = file.read_text(encoding="utf-8")
    changed = text.replace("王芳", "王小芳").replace('role = "supervisor"', 'role = "auditor"')
    file.write_text(changed, encoding="utf-8")
    for words, code in ((("--as", " "), "no_user"), (("--as", "li"), "not_an_admin")):
        no = office("init", file, *words, "--json")
        assert no.json["error"]["code"] == code
    assert office("init", file, "--as", "徐燕", "--json").code == 0

    account = f"command_line:{pwd.getpwuid(os.getuid()).pw_name}"
    told = office("office-history", "--as", "sun", "--json").json["changes"]
    assert {change["asked_by"] for change in told} == {account}
    mine = [change for change in told if change["person"] == "xu"]
    assert {(c["about"], c["key"]): (c["was"] or {}).get("name") for c in mine} == {
        ("users", "wang"): "王芳",
        ("roles", "zhou/supervisor/qinghe"): None,
        ("account_changes", "1"): None,  # an auditor is made by two: it waits for the second
    }
    first = {change["person"] for change in told} - {"xu"}
    assert first == {account.replace("command_line", "account")}, "nobody could vouch for anyone"
    assert "王芳 -> 王小芳" in office("office-history", "--as", "sun").out
    assert office("office-history", "--as", "li", "--json").json["error"]["code"] == "not_your_role"
    log = office("access", "--as", "sun", "--json").json["attempts"]
    assert ("li", "office_changed", "refused", "not_an_admin") in {
        (a["person"], a["command"], a["outcome"], a["code"]) for a in log
    }
    assert office("verify", "--offline", "--json").json["ok"] is True


def test_a_role_slipped_into_the_register_is_found(office: Desk) -> None:
    with sqlite3.connect(office.data / "register.db") as connection:
        connection.execute("UPDATE roles SET role = 'principal_leader' WHERE person = 'li'")
    connection.close()
    found = office("verify", "--offline", "--json")
    assert found.code == 1
    assert {d["table"] for d in found.json["differences"]} == {"roles"}
    assert "roles li/principal_leader/qinghe/ghj" in office("verify", "--offline").out


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ('role = "intake"', 'role = "king"'),
        ('organ = "qinghe"', 'organ = "elsewhere"'),
        ('role = "intake"', 'role = "system"'),
        ("[[organs]]", "[[organs"),
        ('id = "li"', 'id = "wang"'),
    ],
)
def test_a_wrong_office_file_changes_nothing(office: Desk, given: str, wrong: str) -> None:
    file = office.data.parent / "office.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace(given, wrong, 1), encoding="utf-8")
    answer = office("init", file)
    assert (answer.code, answer.err.count("\n")) == (2, 1)
    assert "(bad_office_file)" in answer.err


def test_empty_lists_say_so(office: Desk) -> None:
    assert (office("list")).out == "No request matches.\n"
    assert (office("list", "--overdue")).out == "Nothing is overdue.\n"
    assert "李明" in (office("tasks", "--as", "li")).out
    assert (office("list", "--json")).json["cases"] == []
    assert (office("tasks", "--as", "li", "--json")).json["tasks"] == []


def test_without_register_or_engine_the_exit_is_3(yishen: Desk, tmp_path: Path) -> None:
    answer = yishen("list")
    assert answer.code == 3
    assert "(register_unreachable)" in answer.err
    assert not yishen.data.exists()


def test_registering_without_engine_writes_nothing(office: Desk) -> None:
    answer = office(
        "register",
        *("--as", "wang", "--channel", "in_person", "--applicant", "张某", "--subject", "x"),
    )
    assert answer.code == 3
    assert "(engine_not_running)" in answer.err
    assert (office("list", "--json")).json["cases"] == []


def test_the_annual_report_keeps_its_contract(office: Desk) -> None:
    report = (office("annual", "2024", "--json")).json
    assert report.keys() == {"ok", "year", "organ", "rows", "checks", "mapped"}
    assert report["year"] == 2024
    assert all(
        row.keys() == {"code", "name", "unit", "year", "cumulative"} for row in report["rows"]
    )
    assert (office("annual", "2024", "--open", "nix")).code == 2
    for year in ("2018", "2024"):
        printed = office("annual", year)
        assert printed.code == 0, printed.err
        assert "granted" in printed.out


def test_due_works_behind_a_global_option(yishen: Desk) -> None:
    answer = yishen(
        "--lang", "en", "due", "--received", "2022-09-30", "--channel", "mail_signed", "--json"
    )
    assert answer.code == 0
    assert answer.json["due"] == "2022-11-02"


def test_doctor_says_what_is_missing(office: Desk) -> None:
    answer = office("doctor", "--json")
    assert answer.code == 3
    assert answer.json["register"]["ok"] is True
    assert answer.json["engine"]["ok"] is False


def test_doctor_and_init_name_the_roles_nobody_holds(office: Desk) -> None:
    assert office("doctor", "--json").json["gaps"] == []
    file = office.data.parent / "office.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('"reviewer"', '"auditor"'), encoding="utf-8")
    said = office("init", file, "--as", "xu", lang="zh")
    assert said.code == 0
    assert "没有人担任：保密审查员" in said.err
    found = office("doctor", "--json")
    assert found.json["ok"] is False
    assert found.json["gaps"][0]["roles"] == ["reviewer"]
    assert "没有人担任：保密审查员" in office("doctor", lang="zh").out


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        (("list", "--due-within", "999999"), "应为 0 到 36500 之间的整数"),
        (("list", "--due-within", "x"), "应为 0 到 36500 之间的整数"),
        (("access", "--limit", "0"), "应为 1 到 5000 之间的整数"),
    ],
)
def test_a_number_out_of_bounds_is_refused_in_the_readers_language(
    office: Desk, line: tuple[str, ...], wanted: str
) -> None:
    answer = office(*line, lang="zh")
    assert answer.code == 2
    assert wanted in answer.err
    assert "Input" not in answer.err


def test_the_law_is_shown_with_source_and_settings_by_their_names(office: Desk) -> None:
    said = office("statute", "cn-2019", lang="zh").out
    assert "国务院令第711号" in said
    assert "补正期限" in said
    assert "State Council" not in said


def test_what_could_not_be_logged_is_said_in_the_readers_words(office: Desk) -> None:
    """The refusal counts, and that its trace is missing is said beside it."""
    register = office.data / "register.db"
    with closing(sqlite3.connect(register, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        office.patch.setenv("YISHEN_TIMEOUT", "0.3")
        refused = office("access", "--as", "li", lang="zh")
        other.execute("ROLLBACK")
    assert refused.code == 1
    assert "这次操作没有写入访问记录" in refused.err
    assert "database" not in refused.err
