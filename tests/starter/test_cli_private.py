"""What is not for everyone: who may read applicant and files, and who did or tried what."""

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from domain.case.facts import Assigned
from domain.errors import Code, Refusal
from office.access.attempts import logged
from starter.engine.running import Engine
from tests.engine_fixture import pointing_at
from tests.office_fixture import Office
from tests.starter.command_line import CommandLine
from tests.waiting import until

pytestmark = pytest.mark.temporal


@pytest_asyncio.fixture(loop_scope="session")
async def yishen(engine: Engine, office: Office) -> AsyncIterator[CommandLine]:
    """The command line of the shared office."""
    kept = pointing_at(engine)
    yield CommandLine(office.settings.data, {**kept, "YISHEN_REGISTER": office.settings.register})


async def test_applicant_files_and_log_are_for_whoever_needs_them(
    yishen: CommandLine, office: Office, tmp_path: Path
) -> None:
    form = tmp_path / "form.txt"
    form.write_text("application form", encoding="utf-8")
    who = ("--as", "wang", "--applicant", "张某（虚构）", "--contact", "某街（虚构）")
    new = (*who, "--channel", "in_person", "--subject", "某规划（虚构）", "--file", str(form))
    case = (await yishen("register", *new, "--json")).done["case"]
    await office.do(case, "intake", Assigned(department="ghj", handler="li"))
    await yishen("add-item", case, "--as", "li", "--title", "规划图", "--document", str(form))

    for user in ("wang", "李明", "huang", "sun"):
        seen = (await yishen("applicant", case, "--as", user, "--json")).done["applicant"]
        assert (seen["name"], seen["contact"]) == ("张某（虚构）", "某街（虚构）")
    for user, code in (
        ("zhao", "case_not_visible"),
        ("liu", "case_not_visible"),
        ("chen", "not_your_role"),
        ("nobody", "unknown_user"),
    ):
        refused = await yishen("applicant", case, "--as", user, "--json")
        assert (refused.code, refused.json["error"]["code"]) == (1, code)
        assert "某街" not in refused.out

    out = tmp_path / "seen.txt"
    assert (await yishen("open", case, "item-1", "--as", "chen", "--out", out)).code == 0
    assert out.read_text(encoding="utf-8") == "application form"
    # What the applicant handed in is the applicant's: a reviewer sees items, not this.
    assert (await yishen("open", case, "s1.1", "--as", "chen", "--out", out)).code == 1
    assert (await yishen("open", case, "s1.1", "--as", "wang", "--out", out)).code == 0

    digest = (await yishen("open", case, "--as", "wang", "--json")).done["files"][0]["sha256"]
    kept = office.kept(case, digest)
    true = kept.read_bytes()
    assert b"application form" not in true
    kept.write_bytes(true[:-1] + bytes([true[-1] ^ 1]))
    changed = await yishen("open", case, "item-1", "--as", "chen", "--out", tmp_path / "no.txt")
    kept.write_bytes(true)
    assert changed.code == 3
    assert digest in changed.err
    assert sorted(os.listdir(tmp_path)) == ["form.txt", "seen.txt"]

    log = (await yishen("access", case, "--as", "sun", "--json")).done["attempts"]
    told = {(a["person"], a["command"], a["outcome"]) for a in log}
    assert {
        ("wang", "registered", "accepted"),
        ("li", "item_added", "accepted"),
        ("li", "applicant_read", "ok"),
        ("liu", "applicant_read", "refused"),
        ("nobody", "applicant_read", "refused"),
        ("chen", "file_read", "ok"),
        ("chen", "applicant_read", "refused"),
    } <= told
    only = ("access", case, "--as", "xu", "--person", "刘强", "--outcome", "refused", "--json")
    assert [a["person"] for a in (await yishen(*only)).done["attempts"]] == ["liu"]
    paged = (await yishen("access", case, "--as", "sun", "--limit", 2, "--page", 2, "--json")).done
    # Two readings of the log have come since: the refused alone, and this one.
    assert (paged["attempts"], paged["more"]) == (log[:2], True)
    no = await yishen("access", case, "--as", "li", "--json")
    assert (no.code, no.json["error"]["code"]) == (1, "not_your_role")


async def test_a_viewer_gets_the_file_in_a_private_folder_and_none_that_was_changed(
    yishen: CommandLine, office: Office, tmp_path: Path
) -> None:
    case = (await office.open()).id
    await office.grant(case)
    viewer = tmp_path / "bin" / "xdg-open"
    viewer.parent.mkdir()
    viewer.write_text('#!/bin/sh\nstat -c %a "$(dirname "$1")" > "$TMPDIR/seen"\n')
    viewer.chmod(0o700)
    shown = tmp_path / "shown"
    shown.mkdir()
    path = {"PATH": f"{viewer.parent}:{os.environ['PATH']}", "TMPDIR": str(shown)}
    path["XDG_RUNTIME_DIR"] = str(shown)
    desk = CommandLine(yishen.data, {**yishen.environment, **path})

    async def seen() -> bool:
        return (shown / "seen").exists() and (shown / "seen").read_text() == "700\n"

    assert (await desk("open", case, "a", "--as", "yang")).code == 0
    await until(seen)
    (file,) = shown.glob("yishen-*/*")
    assert (file.name, file.read_text("utf-8")) == (f"{case}-a.txt", "规划图")
    kept = office.kept(case, (await office.view(case)).state.released[0].sha256)
    true = kept.read_bytes()
    kept.write_bytes(true[:-1] + bytes([true[-1] ^ 1]))
    assert (await desk("open", case, "a", "--as", "yang")).code == 3
    kept.write_bytes(true)
    assert list(shown.glob("yishen-*/*")) == [file]
    assert len(list(shown.glob("yishen-*"))) == 1
    os.utime(file.parent, (0, 0))
    assert (await desk("open", case, "a", "--as", "yang")).code == 0
    assert not file.exists()
    assert len(list(shown.glob("yishen-*"))) == 1


async def test_a_file_that_is_gone_refuses_the_act_and_the_log_says_so(
    yishen: CommandLine, office: Office
) -> None:
    case = (await office.open()).id
    await office.grant(case)
    kept = office.kept(case, (await office.view(case)).state.released[0].sha256)
    kept.rename(aside := kept.with_suffix(".aside"))
    gone = await yishen("dispatch", case, "--as", "li", "--channel", "post", "--json")
    log = (await yishen("access", case, "--as", "sun", "--json")).done["attempts"]
    aside.rename(kept)
    assert (gone.code, gone.json["error"]["code"]) == (3, "file_lost")
    assert {(a["outcome"], a["code"]) for a in log if a["command"] == "dispatched"} == {
        ("refused", "file_lost")
    }


async def test_names_and_ids_are_listed_where_commands_take_them(yishen: CommandLine) -> None:
    people = (await yishen("people", "--role", "reviewer", "--json")).done["people"]
    assert [(p["id"], p["name"]) for p in people] == [("chen", "陈静")]
    organs = (await yishen("departments", "--json")).done["organs"]
    assert {d["id"]: d["name"] for d in organs[0]["departments"]}["ghj"] == "自然资源和规划局"
    assert "李明" in (await yishen("people", lang="zh")).out


async def test_a_refusal_names_people_as_people_know_them(office: Office) -> None:
    error = Refusal(Code.NOT_YOUR_CASE, act="item_added", handler="li")
    with pytest.raises(Refusal) as told:
        async with logged(office.desk, "zhao", "item_added"):
            raise error
    assert told.value.params["handler"] == "李明 (li)"
