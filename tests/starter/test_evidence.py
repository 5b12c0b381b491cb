"""Evidence sheets and what-if on a real office: acts on the engine, papers from the register."""

import hashlib
from collections.abc import AsyncIterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from cli.case.proof import print_proofs
from domain.case import facts as f
from domain.case.answers.readings import readings_of
from domain.clock import ClockEvent
from domain.clock import ClockEventKind as Kind
from domain.statute import Party
from domain.values import OFFICE_ZONE
from law.files import load_statutes
from office.answers import checked
from office.answers.papers import Asked, issue
from office.cases.record import look
from office.cases.whatif import suppose
from office.due.in_words import in_words
from speech.words import speak
from starter.engine.running import Engine
from tests.engine_fixture import pointing_at
from tests.office_fixture import Office
from tests.starter.command_line import READER, CommandLine

pytestmark = pytest.mark.temporal

PARTY = "某公司（虚构）"


@pytest_asyncio.fixture(loop_scope="session")
async def yishen(engine: Engine, office: Office) -> AsyncIterator[CommandLine]:
    """The command line of the shared office."""
    kept = pointing_at(engine)
    yield CommandLine(office.settings.data, {**kept, "YISHEN_REGISTER": office.settings.register})


@pytest.fixture
def alone(office: Office) -> CommandLine:
    """The same with no engine to be found."""
    return CommandLine(office.settings.data, {"YISHEN_REGISTER": office.settings.register})


def today() -> date:
    return datetime.now(OFFICE_ZONE).date()


async def opened(office: Office, days_ago: int = 4) -> str:
    """A case in hand of li, received some days ago; its id."""
    case = (await office.open(arrived=today() - timedelta(days=days_ago))).id
    await office.do(case, "intake", f.Assigned(department="ghj", handler="li"))
    return case


def letter(ref: str = "l1") -> f.ConsultationSent:
    return f.ConsultationSent(ref=ref, party=Party.THIRD_PARTY, name=PARTY)


# -- what if ------------------------------------------------------------------------------------


async def test_what_if_equals_what_happens(office: Office) -> None:
    case = await opened(office)
    answered = f.ConsultationAnswered(ref="l1", answer=f.Answer.CONSENTS)
    steps: list[tuple[ClockEvent, list[tuple[str, f.OfficeFact]]]] = [
        (
            ClockEvent(Kind.THIRD_PARTY_CONSULTED, today(), ref="l1"),
            [("handler", letter())],
        ),
        (
            ClockEvent(Kind.THIRD_PARTY_ANSWERED, today(), ref="l1"),
            [("handler", answered)],
        ),
        (
            ClockEvent(Kind.EXTENSION_GRANTED, today(), working_days=20),
            [
                ("handler", f.ExtensionAsked(working_days=20, reason="数量较多")),
                ("disclosure_head", f.ExtensionGranted()),
                ("handler", f.ExtensionTold()),
            ],
        ),
        (
            ClockEvent(Kind.CORRECTION_NOTICE_SENT, today(), correct_by=date(2040, 1, 2)),
            [("handler", f.CorrectionNoticeSent(points="年份", correct_by=date(2040, 1, 2)))],
        ),
    ]
    for event, acts in steps[:3]:
        supposed = await suppose(office.desk, case, "wang", [event])
        assert supposed.trouble is None
        for role, what in acts:
            await office.do(case, role, what)
        lived = (await office.view(case)).state
        assert in_words(supposed.found.readings) == in_words(readings_of(lived, today()))


async def test_what_if_is_asked_on_the_command_line(
    yishen: CommandLine, alone: CommandLine, office: Office
) -> None:
    case = await opened(office)
    line = ("whatif", case, f"extension_granted={today()},working_days=10", "--json")
    found = (await yishen(*line)).json
    assert (found["source"], found["reply"]["working_days"]) == ("case", 10)
    assert found["then"]["due"] == found["reply"]["due"] > found["now"]["due"]
    same = (await alone(*line)).json
    assert same["source"] == "register"
    assert same["then"] == found["then"]
    shown = await yishen(*line[:-1], "--why", lang="zh")
    assert "推后 10 个工作日" in shown.out
    assert "累计" in shown.out
    seq = (await yishen("case", case, "--json")).json["seq"]
    assert seq == (await office.view(case)).state.seq
    pause = await yishen("whatif", case, f"third_party_consulted={today()}", lang="zh")
    assert "暂停计时" in pause.out
    assert "最迟" in pause.out


@pytest.mark.parametrize(
    ("event", "code"),
    [
        ("nonsense", "usage"),
        ("nonsense=2026-01-05", "bad_field"),
        ("extension_granted=2040-01-05", "bad_field"),
        ("third_party_answered=2039-01-05", "unmatched_answer"),
    ],
)
async def test_a_what_if_that_cannot_be_is_said(
    yishen: CommandLine, office: Office, event: str, code: str
) -> None:
    case = await opened(office)
    said = await yishen("whatif", case, event, "--json")
    assert (said.code, said.json["error"]["code"]) == (2, code)


# -- the proof on the screen --------------------------------------------------------------------


async def test_why_shows_every_day_the_limit_had(
    yishen: CommandLine, alone: CommandLine, office: Office
) -> None:
    case = await opened(office)
    await office.do(case, "handler", letter())
    await office.do(case, "handler", f.ConsultationAnswered(ref="l1", answer=f.Answer.CONSENTS))
    await office.do(case, "handler", f.ExtensionAsked(working_days=5, reason="数量较多"))
    await office.do(case, "disclosure_head", f.ExtensionGranted())
    await office.do(case, "handler", f.ExtensionTold())
    for run in (yishen, alone):
        shown = (await run("case", case, "--why", lang="zh")).out
        for said in (
            "起算当日：收到申请；当日不计入。",
            "曾经的期限及其变动：",
            "发出征求意见 l1",
            "延期告知申请人",
            "剩余",
            "累计",
        ):
            assert said in shown, (said, shown)
    machine = (await yishen("case", case, "--json")).json
    assert machine["days"]["unit"] == "working_day"
    assert machine["days"]["taken"] + machine["days"]["left"] == 25
    moved = [(m["name"], m["superseded_by"]) for m in machine["superseded"]]
    assert ("reply", "consultation_sent") in moved
    assert ("reply", "extension_told") in moved
    assert (await alone("case", case, "--json")).json["days"] == machine["days"]


async def test_what_nobody_checked_is_said_on_the_screen_and_on_the_sheet(
    alone: CommandLine,
    office: Office,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    case = await opened(office)
    assert "未与公开文本核对" not in (await alone("case", case, "--why", lang="zh")).out
    bare = tuple(law.pinned() for law in load_statutes())
    monkeypatch.setattr(checked, "load_statutes", lambda: bare)
    record = await look(office.desk, case, "wang")
    speak("zh")
    print_proofs(record, record.running)
    shown = capsys.readouterr().out
    assert "未与公开文本核对：施行日、收到申请之日、答复期限、工作日历、补正" in shown
    asked = Asked(case, "wang", format="json")
    found = issue(office.settings, office.register, asked)
    assert found.sheet.unchecked == ("in_force_from", "receipt", "period", "calendar")
    monkeypatch.undo()
    again = issue(office.settings, office.register, asked)  # what went out stays as it was
    assert (again.again, again.content) == (True, found.content)


async def test_the_list_has_the_same_days_as_the_case(yishen: CommandLine, office: Office) -> None:
    running, paused, late = (
        await opened(office),
        await opened(office),
        await opened(office, days_ago=60),
    )
    await office.do(paused, "handler", letter())
    listed = (await yishen("list", "--json", "--limit", "5000")).json["cases"]
    days = {line["id"]: line["days"] for line in listed}
    for case in (running, paused, late):
        assert days[case] == (await yishen("case", case, "--json")).json["days"]
    assert days[paused]["taken"] is None
    assert days[late]["late"] > 0
    shown = await yishen("list", "--limit", "5000", lang="zh")
    assert "个工作日" in shown.out


# -- the paper ----------------------------------------------------------------------------------


async def test_a_sheet_is_issued_once_and_found_again(
    alone: CommandLine, office: Office, tmp_path: Path, paper: None
) -> None:
    case = await opened(office)
    await office.do(case, "handler", letter())
    first, second = tmp_path / "first.pdf", tmp_path / "second.pdf"
    issued = (await alone("evidence", case, "--out", first, "--lang", "zh", "--json")).json
    assert (issued["again"], issued["same"]) == (False, True)
    assert hashlib.sha256(first.read_bytes()).hexdigest() == issued["sha256"]
    await office.do(case, "handler", f.Noted(text="来电"))
    again = (
        await alone(
            "evidence", case, "--seq", issued["seq"], "--out", second, "--lang", "zh", "--json"
        )
    ).json
    assert again["again"]
    assert second.read_bytes() == first.read_bytes()
    page = tmp_path / "sheet.html"
    other = (
        await alone("evidence", case, "--seq", issued["seq"], "--out", page, "--lang", "en")
    ).out
    assert issued["content_sha256"] in other
    assert issued["content_sha256"] in page.read_text(encoding="utf-8")
    newer = (await alone("evidence", case, "--json")).json
    assert newer["seq"] == issued["seq"] + 1
    for text in (page.read_text(encoding="utf-8"), str(issued["content"])):
        assert PARTY not in text
        assert "张某" not in text


async def test_a_sheet_as_of_a_day_or_an_entry(alone: CommandLine, office: Office) -> None:
    case = await opened(office)
    await office.do(case, "handler", letter())
    by_day = (await alone("evidence", case, "--as-of", today(), "--json")).json
    assert by_day["content"]["clock_state"] == "paused"
    first = (await alone("evidence", case, "--seq", 1, "--as", "黄敏", "--json")).json
    log = (await alone("access", case, "--as", "sun", "--json")).done["attempts"]
    out = {a["person"]: a["detail"] for a in log if a["command"] == "evidence_issued"}
    assert out.keys() == {"huang", READER}
    assert out["huang"].split() == ["reply", "1", "json", first["sha256"]]
    assert first["content"]["clock_state"] == "running"
    asked = (await alone("evidence", case, "--limit", "third_party_answer", "--json")).json
    assert (asked["limit"], asked["ref"]) == ("third_party_answer", "l1")
    for words, code in (
        (("--seq", 99), "unknown_entry"),
        (("--as-of", "2020-01-01"), "unknown_entry"),
        (("--limit", "fee_payment"), "unknown_limit"),
        (("--out", "sheet.doc"), "usage"),
        (("--seq", 1, "--as-of", today()), "usage"),
        (("--out", "/nowhere/sheet.html"), "file_not_writable"),
    ):
        said = await alone("evidence", case, *words, "--json")
        assert (said.code, said.json["error"]["code"]) == (2, code)


async def test_an_original_that_is_lost_or_changed_is_never_made_again(
    alone: CommandLine, office: Office, tmp_path: Path
) -> None:
    case = await opened(office)
    page = tmp_path / "sheet.html"
    issued = (await alone("evidence", case, "--out", page, "--json")).json
    kept = office.kept(case, issued["sha256"])
    original = kept.read_bytes()
    kept.write_bytes(original + b" ")
    said = await alone("evidence", case, "--out", page, "--json")
    assert (said.code, said.json["error"]["code"]) == (3, "paper_lost")
    kept.unlink()
    said = await alone("evidence", case, "--out", page, "--json")
    assert said.json["error"]["code"] == "paper_lost"
    kept.write_bytes(original)
    assert (await alone("evidence", case, "--out", page, "--json")).json["again"]


FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{folder}</dir><cachedir>{cache}</cachedir></fontconfig>"""


async def test_without_fonts_the_sheet_is_offered_as_html(
    alone: CommandLine, office: Office, tmp_path: Path, paper: None
) -> None:
    case = await opened(office)
    config = tmp_path / "fonts.conf"
    config.write_text(FONTS.format(folder=tmp_path / "none", cache=tmp_path / "cache"))
    bare = CommandLine(alone.data, {**alone.environment, "FONTCONFIG_FILE": str(config)})
    said = await bare("evidence", case, "--out", tmp_path / "sheet.pdf")
    assert said.code == 3
    assert "fonts-noto-cjk" in said.err
    assert "--out FILE.html" in said.err
    assert not (tmp_path / "sheet.pdf").exists()
    assert (await bare("evidence", case, "--out", tmp_path / "sheet.html")).code == 0
