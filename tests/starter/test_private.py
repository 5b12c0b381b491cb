"""The data folder is its account's alone, whoever made which part of it, and when."""

import os
import pwd
import subprocess
import sys
from pathlib import Path

import pytest

from domain.errors import Code, InputError
from office.private import claim, exposed, tighten
from tests.starter.lived import Installation

APPLICANT = "张无名（虚构）"


def entries(root: Path) -> list[Path]:
    """The folder and all that is in it."""
    return [root, *root.rglob("*")]


def open_to_others(root: Path) -> dict[str, str]:
    """What others have any right to, with its mode."""
    modes = {path: path.lstat().st_mode for path in entries(root)}
    return {str(path): oct(mode & 0o777) for path, mode in modes.items() if mode & 0o077}


def readable_as_nobody(paths: list[Path]) -> list[str]:
    """What the account `nobody` can list or read. Named skip where we can't become it."""
    if os.geteuid() != 0:
        pytest.skip("needs root to look as another account")
    nobody = pwd.getpwnam("nobody")
    look = "for p in sys.argv[1:]:\n  if os.access(p, os.R_OK): print(p)"
    done = subprocess.run(
        ["/usr/bin/env", "python3", "-c", f"import os, sys\n{look}", *map(str, paths)],
        user=nobody.pw_uid,
        group=nobody.pw_gid,
        extra_groups=[],
        capture_output=True,
        text=True,
        cwd="/",
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder to be made, in one that anybody can enter."""
    for folder in (tmp_path, *tmp_path.parents):
        if folder.stat().st_uid == os.geteuid() and folder.name.startswith(("pytest", "test")):
            folder.chmod(0o755)
    return tmp_path / "data"


def test_what_init_makes_before_anything_else_is_closed(data: Path) -> None:
    Installation(data, {}).init()
    assert (data / "register.db").exists()
    assert open_to_others(data) == {}
    assert readable_as_nobody(entries(data)) == []


def test_a_service_that_crashes_leaves_no_core_and_nor_do_its_children() -> None:
    most = "import resource; print(resource.getrlimit(resource.RLIMIT_CORE))"
    closed = (
        "import subprocess, sys; from office.private import close_to_others; close_to_others();"
        f"subprocess.run([sys.executable, '-c', {most!r}], check=True)"
    )
    done = subprocess.run([sys.executable, "-c", closed], capture_output=True, text=True)
    assert done.stdout.strip() == "(0, 0)", done.stderr


@pytest.mark.temporal
@pytest.mark.slow
def test_after_a_lived_day_another_account_reads_nothing(data: Path) -> None:
    yishen = Installation(data, {"YISHEN_USER": "wang"})
    paper = data.parent / "paper.txt"
    paper.write_text("a document\n", encoding="utf-8")
    # Of the name of a part of Yishen, in the folder its user stands in: no part of it.
    (data.parent / "worker.py").write_text("raise SystemExit('somebody else's')", encoding="utf-8")
    with yishen.up():
        file = data.parent / "office.toml"
        file.write_text(yishen("init", "--example").out, encoding="utf-8")
        assert yishen("init", file).code == 0
        new = ("--channel", "in_person", "--applicant", APPLICANT, "--subject", "x", "--json")
        case = yishen("register", *new).done["case"]
        assign = ("assign", case, "--department", "ghj", "--handler", "li", "--json")
        assert yishen(*assign).done["register"] == "written"
        item = ("--as", "li", "--title", "plan", "--document", paper, "--json")
        assert yishen("add-item", case, *item).code == 0
        sheet = yishen("evidence", case, "--out", data.parent / "sheet.html", "--json")
        assert sheet.code == 0, sheet.out
        assert yishen("doctor", "--json").done["folder"]["readable_by_others"] == []
        assert {"files", "mail", "engine-config"} <= {path.name for path in data.iterdir()}
        assert {"register.db-wal", "engine.db"} <= {path.name for path in data.iterdir()}
        assert open_to_others(data) == {}
        assert readable_as_nobody(entries(data)) == []
        assert (data.parent / "sheet.html").stat().st_mode & 0o077 == 0
    assert open_to_others(data) == {}
    for log in data.glob("*.log*"):
        assert APPLICANT not in log.read_text(encoding="utf-8"), log.name


def test_an_open_folder_of_ours_is_closed_and_doctor_says_it_was_open(data: Path) -> None:
    yishen = Installation(data, {})
    yishen.init()
    data.chmod(0o755)
    (data / "register.db").chmod(0o644)
    (data / "files").mkdir(mode=0o755)
    (data / "files" / "x").write_text("x")
    found = yishen("doctor", "--json")
    assert found.code == 3
    assert str(data / "register.db") in found.json["folder"]["readable_by_others"]
    assert "chmod -R go=" in yishen("doctor").out
    assert yishen("tasks", "--as", "li").code == 0
    assert data.stat().st_mode & 0o777 == 0o700, "whoever works on it closes it"
    assert tighten(data) > 0
    assert open_to_others(data) == {}
    assert list(exposed(data)) == []


def test_a_folder_that_holds_other_things_is_left_as_it_is(data: Path) -> None:
    data.mkdir()
    data.chmod(0o755)
    (data / "letter.txt").write_text("mine")
    for command in (("init", data / "letter.txt"), ("up",)):
        answer = Installation(data, {})(*command)
        assert answer.code == 2, answer.err
    with pytest.raises(InputError) as no:
        claim(data)
    assert no.value.code is Code.DATA_FOLDER_OPEN
    assert data.stat().st_mode & 0o777 == 0o755
    assert [path.name for path in data.iterdir()] == ["letter.txt"]


@pytest.mark.parametrize("name", ["a?b", "100%", "a%20b", "a#b", "名 称", "a&mode=memory"])
def test_any_name_of_a_folder_holds_the_register(data: Path, name: str) -> None:
    data.mkdir(mode=0o700)
    Installation(data / name, {}).init()
    (data / "office.toml").unlink()
    assert [path.name for path in data.iterdir()] == [name]
    assert (data / name / "register.db").stat().st_size > 0


@pytest.mark.temporal
@pytest.mark.slow
def test_any_name_of_a_folder_holds_the_engine(data: Path) -> None:
    data.mkdir(mode=0o700)
    yishen = Installation(data / "a?b %20#&mode=memory", {})
    with yishen.up():
        assert (yishen.data / "engine.db").stat().st_size > 0
    assert [path.name for path in data.iterdir()] == [yishen.data.name]


@pytest.mark.parametrize(
    "url", ["x", "mysql://u:secret@h/n", "sqlite:////tmp/a?b", "sqlite://", "http://["]
)
def test_a_register_that_is_no_register_is_a_wrong_setting(data: Path, url: str) -> None:
    answer = Installation(data, {"YISHEN_REGISTER": url})("list", "--json")
    assert answer.code == 2
    assert answer.json["error"]["code"] == "bad_setting"
    assert "secret" not in answer.out + answer.err
