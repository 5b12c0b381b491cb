"""A whole case through the command line, each act by the one who may do it, on the real engine."""

import json
from collections.abc import AsyncIterator
from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
import pytest_asyncio

from domain.case.facts import Assigned, TrainingAdvanced
from domain.values import OFFICE_ZONE
from office import legal_time
from register.reads import queries
from starter.engine.running import Engine
from tests.engine_fixture import pointing_at
from tests.office_fixture import Office
from tests.starter.command_line import CommandLine
from tests.workflows.test_opening import Ahead

pytestmark = pytest.mark.temporal

NEW = (
    "--channel",
    "in_person",
    "--applicant",
    "张某（虚构）",
    "--subject",
    "某道路规划文件（虚构）",
)


@pytest_asyncio.fixture(loop_scope="session")
async def yishen(engine: Engine, office: Office) -> AsyncIterator[CommandLine]:
    """The command line of the shared office."""
    kept = pointing_at(engine)
    yield CommandLine(office.settings.data, {**kept, "YISHEN_REGISTER": office.settings.register})


def ago(days: int) -> str:
    """The day so many days before today: a case that is over, its remedies are not."""
    return str(datetime.now(OFFICE_ZONE).date() - timedelta(days=days))


async def opened(office: Office) -> str:
    """A registered case in hand of li; its id."""
    case = (await office.open()).id
    await office.do(case, "intake", Assigned(department="ghj", handler="li"))
    return case


async def test_a_case_from_the_counter_to_delivery(
    yishen: CommandLine, office: Office, tmp_path: Path
) -> None:
    plan = tmp_path / "plan.txt"
    plan.write_text("plan", encoding="utf-8")
    case = await opened(office)
    for words in (
        ("add-item", "--as", "li", "--title", "规划图", "--document", str(plan)),
        ("review", "--as", "chen", "--decision", "release"),
        ("sign", "--as", "liu"),
        ("sign", "--as", "yang"),
        ("draft-reply", "--as", "li", "--reply-kind", "granted", "--reasons", "依法公开"),
        ("approve-reply", "--as", "huang"),
        ("dispatch", "--as", "li", "--channel", "post", "--evidence", "EMS 1"),
        ("delivered", "--as", "li"),
    ):
        done = await yishen(words[0], case, *words[1:], "--json")
        assert done.code == 0, done.out
        assert done.json["register"] == "written"
    view = (await yishen("case", case, "--json")).done
    assert (view["status"], view["reply_kind"]) == ("closed", "granted")
    assert view["behind"] == 0
    shown = await yishen("case", case, "--why", lang="zh")
    assert "已按期答复" in shown.out
    assert "凭据：EMS 1" in shown.out
    digest = view["items"][0]["sha256"]
    assert office.desk.folder(case).content(digest) == b"plan"


async def test_signing_shows_what_is_signed_and_sends_exactly_that(
    yishen: CommandLine, office: Office, tmp_path: Path
) -> None:
    plan = tmp_path / "plan.txt"
    plan.write_text("another plan", encoding="utf-8")
    case = await opened(office)
    nothing = await yishen("sign", case, "--as", "liu")
    assert (nothing.code, "(nothing_to_sign)" in nothing.err) == (1, True)
    await yishen("add-item", case, "--as", "li", "--title", "规划图", "--document", str(plan))
    await yishen("review", case, "--as", "chen", "--decision", "release")
    signed = await yishen("sign", case, "--as", "liu")
    view = (await yishen("case", case, "--json")).done
    digest = view["items"][0]["sha256"]
    assert digest in signed.out
    assert view["signatures"][0]["items"] == [{"ref": "item-1", "sha256": digest}]


async def test_refusals_are_one_line_with_code_and_article(
    yishen: CommandLine, office: Office
) -> None:
    case = await opened(office)
    refused = await yishen("confirm", case, "--as", "wang", lang="zh")
    assert refused.code == 1
    assert refused.err.startswith("错误（not_in_this_state）：")
    assert refused.err.count("\n") == 1
    stranger = await yishen("ask-extension", case, "--as", "zhao", "--working-days", "5", *_reason)
    assert stranger.code == 1
    assert "(not_your_" in stranger.err
    long = await yishen(
        "ask-extension", case, "--as", "li", "--working-days", "99", *_reason, "--json"
    )
    assert long.json["error"]["code"] == "extension_too_long"
    assert long.json["error"]["article"] == "art 33(2)"
    missing = await yishen("note", "2026-9999", "--as", "li", "--text", "x", "--json")
    assert (missing.code, missing.json["error"]["code"]) == (2, "unknown_case")
    with office.register.engine.connect() as connection:
        logged = connection.exec_driver_sql(
            f"SELECT code FROM access_log WHERE case_id IN ('{case}', '2026-9999') ORDER BY id"
        ).all()
    assert [row[0] for row in logged] == [
        "not_in_this_state",
        "not_your_role" if "not_your_role" in stranger.err else "not_your_case",
        "extension_too_long",
        "unknown_case",
    ]


_reason = ("--reason", "量大")


async def test_the_same_command_twice_is_recorded_once(yishen: CommandLine, office: Office) -> None:
    case = await opened(office)
    line = ("note", case, "--as", "li", "--text", "来电", "--command-id", f"n-{case}", "--json")
    first, second = (await yishen(*line)).done, (await yishen(*line)).done
    assert (first["repeated"], second["repeated"]) == (False, True)
    assert first["seq"] == second["seq"]
    other = await yishen(
        "note", case, "--as", "li", "--text", "别的", "--command-id", f"n-{case}", "--json"
    )
    assert (other.code, other.json["error"]["code"]) == (1, "command_id_reused")


async def test_the_same_registration_twice_takes_one_number(yishen: CommandLine) -> None:
    line = ("register", "--as", "wang", *NEW, "--command-id", "twice-1", "--json")
    first, second = (await yishen(*line)).done, (await yishen(*line)).done
    assert first["case"] == second["case"]
    assert second["repeated"] is True


async def test_an_act_on_something_stale_is_refused(yishen: CommandLine, office: Office) -> None:
    case = await opened(office)
    stale = await yishen(
        "ask-extension", case, "--as", "li", "--working-days", "5", *_reason, "--expected-seq", "1"
    )
    assert (stale.code, "(changed_meanwhile)" in stale.err) == (1, True)


async def test_lists_and_tasks(yishen: CommandLine, office: Office) -> None:
    case = await opened(office)
    listed = (await yishen("list", "--handler", "li", "--due-within", "60", "--json")).done
    assert case in [line["id"] for line in listed["cases"]]
    tasks = (await yishen("tasks", "--as", "li", "--json")).done["tasks"]
    assert (case, "reply_drafted") in [(t["case_id"], t["kind"]) for t in tasks]
    plain = await yishen("tasks", "--as", "li", lang="zh")
    assert "拟写答复" in plain.out
    assert "\x1b" not in plain.out


async def test_a_case_is_found_by_its_number_in_any_bracket(
    yishen: CommandLine, office: Office
) -> None:
    case = await opened(office)
    year, serial = case.split("-")
    for written in (f"依申〔{year}〕{int(serial)}号", f"依申[{year}]{int(serial)}号"):
        assert (await yishen("case", written, "--json")).done["case"] == case


async def test_without_engine_the_case_is_shown_from_the_register(
    yishen: CommandLine, office: Office
) -> None:
    case = await opened(office)
    alone = CommandLine(yishen.data, {"YISHEN_REGISTER": yishen.environment["YISHEN_REGISTER"]})
    shown = await alone("case", case)
    assert shown.code == 0
    assert "this is what the register has" in shown.err
    assert "reply drafted" not in shown.out
    act = await alone("note", case, "--as", "li", "--text", "x", "--json")
    assert (act.code, act.json["error"]["code"]) == (3, "engine_not_running")


async def test_moving_in_cases_with_their_past(
    yishen: CommandLine, office: Office, tmp_path: Path
) -> None:
    entries = [
        {
            "channel": "in_person",
            "received": ago(40),
            "applicant": {"name": "李某（虚构）"},
            "subject": "旧案（虚构）",
            "acts": [
                {"kind": "assigned", "on": ago(39), "department": "ghj", "handler": "li"},
                {
                    "kind": "reply_drafted",
                    "on": ago(33),
                    "by": "li",
                    "reply_kind": "does_not_exist",
                    "reasons": "经检索不存在",
                    "search_record": "档案室，李明",
                },
                {"kind": "reply_approved", "on": ago(32), "by": "huang"},
                {"kind": "dispatched", "on": ago(31), "by": "li", "channel": "post"},
                {"kind": "delivered", "on": ago(29), "by": "li", "evidence": "回执"},
            ],
        },
        {
            "channel": "in_person",
            "received": ago(40),
            "applicant": {"name": "王某（虚构）"},
            "subject": "不合规则（虚构）",
            "acts": [{"kind": "delivered", "on": ago(29), "by": "li"}],
        },
    ]
    file = tmp_path / "past.json"
    file.write_text(json.dumps(entries, ensure_ascii=False), encoding="utf-8")
    before = len((await yishen("list", "--json", "--limit", "5000")).json["cases"])
    moved = await yishen("history", file, "--as", "wang", "--second", "黄敏", "--json")
    assert moved.code == 1
    first, second = moved.json["cases"]
    assert first["status"] == "closed", first
    assert first["dispatch"]["in_time"] is True
    # The id stands in plain: who guesses the words must not find them by it.
    guessed = sha256(json.dumps(entries[0], sort_keys=True, ensure_ascii=False).encode())
    with office.register.reading() as session:
        command = queries.case(session, first["case"]).command_id
    assert command.startswith("h-")
    assert guessed.hexdigest()[:24] not in command
    assert second["error"]["code"] == "not_in_this_state"
    after = len((await yishen("list", "--json", "--limit", "5000")).json["cases"])
    assert after == before + 1
    again = (await yishen("history", file, "--as", "wang", "--second", "黄敏", "--json")).json
    assert (again["cases"][0]["case"], again["cases"][0]["repeated"]) == (first["case"], True)


async def test_a_case_from_a_clock_that_was_ahead_says_what_it_waits_for(
    yishen: CommandLine, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    tomorrow = datetime.now(OFFICE_ZONE).date() + timedelta(days=1)
    monkeypatch.setattr(legal_time, "datetime", Ahead)
    case = (await office.open(arrived=tomorrow)).id
    monkeypatch.undo()
    page = await yishen("case", case, lang="zh")
    assert "登记本件的电脑时钟快了" in page.out
    assert f"{tomorrow.day}日" in page.out.partition("时钟快了")[2]
    assert "时钟快了" not in (await yishen("case", await opened(office), lang="zh")).out


async def test_the_record_holds(yishen: CommandLine, office: Office) -> None:
    await opened(office)
    answer = (await yishen("verify", "--json")).done
    assert answer["differences"] == []
    assert answer["compared_with_engine"] > 0


async def test_a_refused_act_keeps_no_file(
    yishen: CommandLine, office: Office, tmp_path: Path
) -> None:
    case = await opened(office)
    paper = tmp_path / "paper.txt"
    paper.write_text(f"for {case} only", encoding="utf-8")
    kept = sha256(paper.read_bytes()).hexdigest()
    given = ("--title", "规划图", "--document", str(paper))
    refused = await yishen("add-item", case, "--as", "zhao", *given)
    assert refused.code == 1
    noted = ("note", case, "--as", "nobody-here", "--text", "x", "--file", str(paper))
    assert (await yishen(*noted)).code in (1, 2)
    assert not office.kept(case, kept).exists()
    assert not (office.settings.files / case).exists()
    assert (await yishen("add-item", case, "--as", "li", *given)).code == 0
    assert office.desk.folder(case).content(kept) == paper.read_bytes()


async def test_a_released_file_that_was_changed_stops_signing_and_dispatch(
    yishen: CommandLine, office: Office
) -> None:
    case = (await office.open()).id
    await office.grant(case)
    digest = (await office.view(case)).state.released[0].sha256
    file = office.kept(case, digest)
    true = file.read_bytes()
    file.write_bytes(b"something else")
    try:
        for words in (("sign", "--as", "liu"), ("dispatch", "--as", "li", "--channel", "post")):
            stopped = await yishen(words[0], case, *words[1:])
            assert stopped.code == 3, stopped.err
            assert "(file_lost)" in stopped.err
    finally:
        file.write_bytes(true)
    assert (await yishen("dispatch", case, "--as", "li", "--channel", "post")).code == 0


async def test_what_a_running_case_says_no_with_ends_as_it_would_at_the_counter(
    yishen: CommandLine, office: Office
) -> None:
    case = (await office.open(clock_offset=timedelta(days=1))).id
    await office.do(case, "intake", Assigned(department="ghj", handler="li"))
    await office.do(case, "intake", TrainingAdvanced(to=date(2029, 3, 1)))
    receipt = ("--channel", "in_person", "--received", "2029-02-01", "--reason", "误（虚构）")
    late = await yishen("correct-receipt", case, "--as", "wang", *receipt, "--json")
    assert (late.json["error"]["code"], late.code) == ("calendar_missing", 2)
    request = json.dumps({"id": 1, "channel": "web_form", "received": "2036-01-03"})
    counter = await yishen("due", stdin=request)
    assert (counter.json["error"]["code"], counter.code) == ("calendar_missing", 2)
