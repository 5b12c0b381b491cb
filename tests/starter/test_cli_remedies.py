"""Remedies through the command line, on the real engine: from the refusal to the new reply."""

from collections.abc import AsyncIterator
from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from icalendar import Calendar

from domain.case import facts as f
from domain.statute import Party
from domain.values import OFFICE_ZONE
from office.cases.moving_in import with_files
from office.files import Incoming
from starter.engine.running import Engine
from tests.engine_fixture import pointing_at
from tests.office_fixture import Office
from tests.starter.command_line import READER, CommandLine

pytestmark = pytest.mark.temporal


@pytest_asyncio.fixture(loop_scope="session")
async def yishen(engine: Engine, office: Office) -> AsyncIterator[CommandLine]:
    """The command line of the shared office."""
    kept = pointing_at(engine)
    yield CommandLine(office.settings.data, {**kept, "YISHEN_REGISTER": office.settings.register})


async def refused(office: Office) -> str:
    """A case refused under art 16 and handed over today; its id."""
    case = (await office.open()).id
    person = office.person["handler"]
    for role, what in (
        ("intake", f.Assigned(department="ghj", handler=person)),
        ("handler", f.ItemAdded(ref="a", title="会议纪要（虚构）")),
        ("reviewer", f.ItemReviewed(ref="a", decision=f.Decision.WITHHOLD, ground="内部事务")),
        (
            "handler",
            f.ReplyDrafted(reply_kind="refused_internal", reasons="内部管理", ground="内部事务"),
        ),
        ("disclosure_head", f.ReplyApproved()),
        ("handler", f.Dispatched(channel=f.DispatchChannel.HANDED_OVER)),
        ("handler", f.Delivered()),
    ):
        await office.do(case, role, what)
    return case


async def overridden(office: Office) -> str:
    """A case in which an item is released over a third party's objection; its id."""
    case = (await office.open()).id
    person = office.person["handler"]
    plan = f.ItemAdded(
        ref="a", title="检测报告（虚构）", sha256=office.desk.folder(case).keep_bytes(b"report")
    )
    release = f.ItemReviewed(ref="a", decision=f.Decision.RELEASE, public_interest="饮水安全")
    letter = f.ConsultationSent(ref="t1", party=Party.THIRD_PARTY, name="某厂（虚构）")
    objects = f.ConsultationAnswered(ref="t1", answer=f.Answer.OBJECTS, reason="商业秘密")
    for role, what in (
        ("intake", f.Assigned(department="ghj", handler=person)),
        ("handler", plan),
        ("handler", letter),
        ("handler", objects),
        ("reviewer", release),
    ):
        await office.do(case, role, what)
    return case


def today() -> str:
    return str(datetime.now(OFFICE_ZONE).date())


async def test_a_third_party_goes_against_a_release_over_its_objection(
    yishen: CommandLine, office: Office
) -> None:
    case = await overridden(office)
    assert (await yishen("remedies", case, "--json")).done["open"] == []
    told = await yishen("tell-third-party", case, "--as", office.person["handler"], "--json")
    assert told.code == 0, told.err
    ways = (await yishen("remedies", case, "--json")).done["open"]
    assert [(w["remedy"], w["against"], w["third_party"]) for w in ways] == [
        ("reconsideration", "release", "t1"),
        ("litigation", "release", "t1"),
    ]
    shown = await yishen("remedies", case, lang="zh")
    assert "行政复议（第三方 t1）" in shown.out
    assert "第32条" in shown.out
    went = await yishen(
        *("proceeding", "reconsideration", case, "--as", office.person["legal"]),
        *("--organ", "云岭市人民政府", "--third-party", "t1", "--json"),
    )
    assert went.code == 0, went.err
    found = (await yishen("remedies", case, "--json")).done
    assert found["open"] == []
    (proceeding,) = found["proceedings"]
    assert (proceeding["against"], proceeding["third_party"]) == ("release", "t1")
    assert [limit["name"] for limit in proceeding["limits"]] == ["reconsideration_answer"]


async def test_what_is_open_after_a_refusal(yishen: CommandLine, office: Office) -> None:
    case = await refused(office)
    found = (await yishen("remedies", case, "--json", "--why")).done
    assert found["source"] == "case"
    ways = {way["remedy"]: way for way in found["open"]}
    assert list(ways) == ["reconsideration", "litigation", "complaint"]
    first = ways["reconsideration"]
    assert (first["order"], first["unsettled"]) == ("reconsideration_first", False)
    assert first["organs"] == [{"place": "higher_government", "name": "云岭市人民政府"}]
    assert datetime.fromisoformat(first["until"]).date() >= datetime.now().date() + timedelta(60)  # noqa: DTZ005
    suit = ways["litigation"]
    assert (suit["until"], suit["after_days"], suit["court"]) == (None, 15, None)
    assert [x["name"] for x in found["ledgers"]] == ["remedy_reconsideration"]
    ledger = found["ledgers"][0]["ledger"]
    assert sum(span["counted"] for span in ledger) == 60
    assert ledger[0].keys() == {"from", "to", "counted", "why", "article"}
    (live,) = (await yishen("case", case, "--json")).done["deadlines"]
    assert live["ledger"] == ledger
    shown = await yishen("remedies", case, "--why", lang="zh")
    assert shown.code == 0, shown.err
    for words in (
        "复议前置",
        "云岭市人民政府",
        "复议决定送达后 15 日内",
        "如不服本答复",
        "没有复议",
    ):
        assert words in shown.out


async def test_a_proceeding_from_the_copy_to_the_new_reply(
    yishen: CommandLine, office: Office, tmp_path: Path
) -> None:
    case = await refused(office)
    paper = tmp_path / "copy.txt"
    paper.write_text("application", encoding="utf-8")
    evidence = tmp_path / "minutes.txt"
    evidence.write_text("minutes", encoding="utf-8")
    organ = ("--organ", "云岭市人民政府", "--docket", "云政复〔2026〕7号")
    for words in (
        ("reconsideration", *organ, "--accepted", today(), "--document", str(paper)),
        ("hearing", "--at", "2030-05-06T09:30", "--place", "三号厅"),
        ("hearing", "--hearing", "h1", "--at", "2030-05-07T09:30"),
        ("suspend", "--reason", "等待另案"),
        ("resume",),
        ("answer", "--document", f"答复书={evidence}", "--document", str(evidence)),
        ("decided", "--outcome", "annulled", "--within", "15", "--ground", "内部事务不成立"),
    ):
        done = await yishen("proceeding", words[0], case, "--as", "wu", *words[1:], "--json")
        assert done.code == 0, (words, done.out)
        assert done.json["register"] == "written"
    found = (await yishen("remedies", case, "--json")).done
    (r1,) = found["proceedings"]
    assert (r1["ref"], r1["outcome"], r1["progress"]) == ("r1", "annulled", "ended")
    assert r1["order"] == {"n": 15, "unit": "calendar_day"}
    assert [d["title"] for d in r1["documents"]] == ["答复书", "minutes.txt"]
    digest = r1["documents"][0]["sha256"]
    assert office.desk.folder(case).content(digest) == b"minutes"
    assert (found["round"], found["opened_by"]) == (2, "r1")
    shown = await yishen("remedies", case, lang="zh")
    assert "责令 15 日内重新答复" in shown.out
    listed = (await yishen("list", "--json", "--limit", 5000)).done["cases"]
    of_list = {line["id"]: line["days"] for line in listed}[case]
    assert of_list == (await yishen("case", case, "--json")).done["days"]
    assert (of_list["unit"], of_list["left"]) == ("calendar_day", 15)
    page = await yishen("case", case, lang="zh")
    assert "行政复议" in page.out
    assert "责令重新答复" in page.out


async def test_what_can_be_meant_is_found_and_what_cannot_is_refused(
    yishen: CommandLine, office: Office
) -> None:
    case = await refused(office)
    nothing = await yishen("proceeding", "answer", case, "--as", "wu", lang="zh")
    assert (nothing.code, "nothing_open" in nothing.err) == (1, True)
    for organ in ("甲", "乙"):
        words = ("complaint", case, "--as", "wu", "--organ", organ)
        assert (await yishen("proceeding", *words)).code == 0
    which = await yishen("proceeding", "answer", case, "--as", "wu")
    assert (which.code, "(which_ref)" in which.err) == (2, True)
    stranger = await yishen("proceeding", "answer", case, "--as", "li", "--ref", "c1")
    assert (stranger.code, "(not_your_role)" in stranger.err) == (1, True)
    answer = ("proceeding", "answer", case, "--as", "wu", "--ref", "c1", "--command-id", "c1-1")
    assert (await yishen(*answer)).code == 0
    again = (await yishen(*answer, "--json")).done
    assert again["repeated"]
    bad = await yishen("proceeding", "hearing", case, "--as", "wu", "--ref", "c2", "--at", "soon")
    assert (bad.code, "(bad_date)" in bad.err) == (2, True)


async def test_the_list_of_proceedings_and_the_calendar_file(
    yishen: CommandLine, office: Office, tmp_path: Path
) -> None:
    case = await refused(office)
    far = await refused(office)
    words = ("--as", "wu", "--organ", "丙市人民政府（虚构）", "--docket", "丙复〔2026〕1号")
    await yishen("proceeding", "reconsideration", case, *words, "--simplified")
    await yishen("proceeding", "hearing", case, "--as", "wu", "--at", "2030-05-06T09:30")
    await yishen("proceeding", "lawsuit", far, "--as", "wu", "--court", "丁县人民法院（虚构）")
    await yishen("proceeding", "suspend", far, "--as", "wu", "--reason", "等待另案")
    found = (await yishen("proceedings", "--json")).done["proceedings"]
    mine = {line["case_id"]: line for line in found if line["case_id"] in (case, far)}
    assert mine[case]["limit"] == "reconsideration_answer"
    assert (mine[case]["legal"], mine[case]["progress"]) == (["wu"], "awaiting_answer")
    assert (mine[far]["limit"], mine[far]["progress"]) == (None, "suspended")
    court, who = ("--court", "丁县人民法院（虚构）"), ("--as", "wu")
    ours = await refused(office)
    await yishen("proceeding", "lawsuit", ours, *who, *court)
    judgment = ("--form", "judgment", "--outcome", "annulled")
    await yishen("proceeding", "judgment", ours, *who, *judgment)
    await yishen("proceeding", "appeal", ours, *who, "--by", "agency")
    copy = ("--instance", "second", "--after", "s1", *court)
    assert (await yishen("proceeding", "lawsuit", ours, *who, *copy)).code == 0
    found = (await yishen("proceedings", "--json")).done["proceedings"]
    appeal = [x for x in found if (x["case_id"], x["ref"]) == (ours, "s2")]
    assert [(x["limit"], x["progress"]) for x in appeal] == [(None, "under_way")]
    left = mine[case]["days_left"]
    dues = [line["due"] or "9" for line in found]
    assert dues == sorted(dues)
    soon = (await yishen("proceedings", "--due-within", left, "--json")).done["proceedings"]
    assert case in {line["case_id"] for line in soon}
    sooner = (await yishen("proceedings", "--due-within", left - 1, "--json")).done["proceedings"]
    assert case not in {line["case_id"] for line in sooner}
    none = await yishen("proceedings", "--department", "jyj", "--due-within", "5", lang="zh")
    assert (none.code, none.out) == (0, "5 天内没有到期的复议、诉讼或投诉期限。\n")
    shown = await yishen("proceedings", "--kind", "reconsideration", lang="zh")
    assert "丙复〔2026〕1号" in shown.out
    assert "吴涛" in shown.out

    before = await calendar(yishen, tmp_path, "--as", "wu")
    answer = before[f"{case}.reconsideration_answer.r1@yishen"]
    assert answer.decoded("dtstart") == date.fromisoformat(mine[case]["due"])
    hearing = before[f"{case}.hearing.r1.h1@yishen"]
    assert hearing.decoded("dtstart").isoformat() == "2030-05-06T09:30:00+08:00"
    assert hearing["dtstart"].params["TZID"] == "Asia/Shanghai"
    assert not any(uid.split(".")[1] in ("reply", "correction_notice") for uid in before)
    # Simplified turned ordinary: the same event moves, and says so.
    await yishen("proceeding", "procedure", case, "--as", "wu", "--no-simplified")
    after = await calendar(yishen, tmp_path, "--department", "ghj")
    moved = after[answer["uid"]]
    assert moved.decoded("dtstart") > answer.decoded("dtstart")
    assert moved["sequence"] > answer["sequence"]
    own = await calendar(yishen, tmp_path, "--as", "zhao")
    assert not any(uid.startswith((case, far)) for uid in own)
    assert await calendar(yishen, tmp_path, "--as", "xu") == {}
    await calendar(yishen, tmp_path, "--as", "吴涛")
    await calendar(yishen, tmp_path, "--as", "wu")
    log = (await yishen("access", case, "--as", "sun", "--json")).done["attempts"]
    exports = [a["person"] for a in log if a["command"] == "calendar_exported"]
    assert sorted(exports) == sorted(["wu", READER])  # once a day each


async def calendar(yishen: CommandLine, folder: Path, *words: str) -> dict[str, Any]:
    """The events of a calendar file by uid; nothing of an applicant is in it."""
    file = folder / "limits.ics"
    done = await yishen("ical", *words, "--out", str(file), "--json")
    assert done.code == 0, done.out
    text = file.read_text(encoding="utf-8")
    assert "张某" not in text
    assert "某道路" not in text
    events = Calendar.from_ical(text).walk("VEVENT")
    assert len(events) == done.json["limits"] + done.json["hearings"]
    return {str(event["uid"]): event for event in events}


def test_papers_of_proceedings_move_in_by_their_files(tmp_path: Path) -> None:
    (tmp_path / "copy.pdf").write_text("copy", encoding="utf-8")
    incoming = Incoming()
    digest = sha256(b"copy").hexdigest()
    said = with_files(
        {"kind": "reconsideration_received", "ref": "r1", "document": "copy.pdf"},
        tmp_path,
        incoming,
    )
    assert said["document"] == digest
    assert with_files(said, tmp_path, incoming) == said
    papers = [{"title": "答复书", "file": "copy.pdf"}, {"title": "证据目录"}]
    said = with_files({"kind": "answer_submitted", "documents": papers}, tmp_path, incoming)
    assert said["documents"] == [{"title": "答复书", "sha256": digest}, {"title": "证据目录"}]
    item = with_files({"kind": "item_added", "document": "copy.pdf"}, tmp_path, incoming)
    assert item == {"kind": "item_added", "sha256": digest}
    assert [(one, str(file)) for one, file in incoming] == [(digest, str(tmp_path / "copy.pdf"))]


async def test_the_outcomes_of_a_year_from_the_command_line(
    yishen: CommandLine, office: Office
) -> None:
    case = await refused(office)
    words = ("--as", "wu", "--organ", "戊市人民政府（虚构）")
    await yishen("proceeding", "reconsideration", case, *words)
    year = today()[:4]
    before = await table(yishen, year)
    await yishen("proceeding", "decided", case, "--as", "wu", "--outcome", "upheld")
    after = await table(yishen, year)
    assert after["upheld"] == before["upheld"] + 1
    assert after["pending"] == before["pending"] - 1
    assert after["total"] == before["total"]
    row = "reconsideration_upheld"
    opened = (await yishen("outcomes", year, "--open", row, "--json")).done["proceedings"]
    assert case in {line["case_id"] for line in opened}
    same = (await yishen("annual", year, "--open", row, "--json")).done
    assert [line["case_id"] for line in same["proceedings"]] == [x["case_id"] for x in opened]
    shown = await yishen("outcomes", year, lang="zh")
    assert "被纠正的答复：按答复类型" in shown.out
    assert "勾稽不平" not in shown.out
    assert "再审另计一件（条文未定" in shown.out
    unknown = await yishen("outcomes", year, "--open", "x")
    assert (unknown.code, "(unknown_figure)" in unknown.err) == (2, True)
    rows = (await yishen("annual", year, "--json")).done
    assert list(rows) == ["ok", "year", "organ", "rows", "checks", "mapped"]
    figure = next(r for r in rows["rows"] if r["name"] == "行政复议：结果维持")
    assert figure["year"] == after["upheld"]


async def test_replies_that_fell_on_the_same_ground_are_counted_together(
    yishen: CommandLine, office: Office
) -> None:
    """Though the words of each are sealed by the key of its own case."""
    ground = "未履行检索义务（虚构）"
    for _ in range(2):
        case, words = await refused(office), ("--as", "wu", "--organ", "戊市人民政府（虚构）")
        await yishen("proceeding", "reconsideration", case, *words)
        fell = ("--outcome", "annulled", "--ground", ground)
        assert (await yishen("proceeding", "decided", case, "--as", "wu", *fell)).code == 0
    said = (await yishen("outcomes", today()[:4], "--json")).done["by_ground"]
    assert [line["corrected"] for line in said if line["key"] == ground] == [2]


async def table(yishen: CommandLine, year: str) -> dict[str, int]:
    """The figures of reconsideration."""
    parts = (await yishen("outcomes", year, "--json")).done["parts"]
    figures: dict[str, int] = next(p["figures"] for p in parts if p["code"] == "reconsideration")
    return figures
