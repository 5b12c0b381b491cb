"""The year as a picture, and the versions of the calendar."""

import re
from datetime import UTC, date, datetime
from html import unescape

import pytest
from starlette.applications import Starlette

from domain.calendar.closures import Closure
from domain.calendar.picture import PicturedKind
from law.files import load_calendar
from register.office_chain import Author
from register.writes.calendars import load_closure
from tests.web.site import Browser, visiting
from web.frame.process import WebProcess

CELL = re.compile(rf'<td class="({"|".join(PicturedKind)})[^"]*"[^>]*>(\d+)')


async def test_the_picture_shows_what_counts_count(wang: Browser) -> None:
    page = (await wang.get("/calendar?year=2026")).text
    days = CELL.findall(page)
    assert len(days) == 365
    calendar = load_calendar("cn")
    worked = calendar.count(date(2025, 12, 31), date(2026, 12, 31))
    assert f"2026年有 {worked} 个工作日" in page
    assert sum(kind in ("workday", "worked") for kind, _ in days) == worked
    assert "2月16日（周一）</span> 至 <span" in page
    assert calendar.years[2026].notices[0] in page


async def test_a_year_without_its_notice_says_so(wang: Browser) -> None:
    page = (await wang.get("/calendar?year=2027")).text
    assert "2027年的通知尚未印发" in page
    assert "法律规定的放假日" in page


@pytest.mark.parametrize("asked", ["1999", "9998"])
async def test_a_year_nobody_knows_is_no_error(wang: Browser, asked: str) -> None:
    answer = await wang.get(f"/calendar?year={asked}")
    assert (answer.status_code, "没有收录" in answer.text) == (200, True)


@pytest.mark.parametrize("asked", ["?year=0", "?year=abc", "?year=２０２６", "?organ=nowhere"])
async def test_nonsense_shows_the_present_year(wang: Browser, asked: str) -> None:
    answer = await wang.get(f"/calendar{asked}")
    assert (answer.status_code, "个工作日</h1>" in answer.text) == (200, True)


async def test_closures_stand_with_their_notice_and_can_be_compared(
    app: Starlette, wang: Browser
) -> None:
    process: WebProcess = app.state.process
    layer = Closure(
        name="flood",
        version="flood@2025",
        organ="qinghe",
        department="ghj",
        off=(date(2025, 7, 7), date(2025, 7, 8)),
        notice="青政办〔2025〕9号（虚构）",
        issued=date(2025, 7, 1),
    )
    with process.register.writing() as session:
        load_closure(session, layer, Author("wang", None, datetime.now(UTC)))
    page = (await wang.get("/calendar?year=2025")).text
    assert CELL.findall(page).count(("closed", "7")) == 1
    assert "自然资源和规划局" in page
    assert "青政办〔2025〕9号（虚构）" in page
    packaged = load_calendar("cn").version
    compared = await wang.get(f"/calendar/compare?old={packaged}&new=flood@2025")
    assert "2025年7月7日（周一）" in compared.text
    assert "改为不上班" in compared.text
    unknown = await wang.get("/calendar/compare?old=x&new=y")
    assert unknown.status_code == 200


async def test_what_is_wrong_stands_at_its_field(app: Starlette) -> None:
    fields = {
        "kind": "year",
        "year": "2027",
        "issued": "2026-11-4",
        "notice": "x",
        "off": "2027-2-6、2027-2-8",
        "work": "",
    }
    async with visiting(app, "xu") as admin:
        answer = await admin.press("/calendar/load", fields, at="/calendar/load")
    assert answer.status_code == 422
    assert 'id="notice-problem"' in answer.text
    assert "2027-02-06 是周末" in answer.text
    assert "放假的日子：" in answer.text  # where the list of what is wrong names it
    assert 'value="2027"' in answer.text


async def test_who_does_not_keep_the_calendar_finds_no_form(app: Starlette) -> None:
    async with visiting(app, "li") as handler:
        assert 'href="/calendar/load"' not in (await handler.get("/calendar")).text
        assert (await handler.get("/calendar/load")).status_code == 403


async def test_nothing_is_loaded_while_the_engine_is_away(app: Starlette) -> None:
    fields = {
        "kind": "closure",
        "organ": "qinghe",
        "name": "away",
        "year": "2026",
        "issued": "2026-11-4",
        "notice": "青政办〔2026〕10号（虚构）",
        "off": "2026-12-7",
    }
    async with visiting(app, "xu") as admin:
        preview = await admin.press("/calendar/load", fields, at="/calendar/load")
        assert "不影响任何未办结的办件" in preview.text
        answer = await admin.press(
            "/calendar/load", {**fields, "_step": "apply"}, at="/calendar/load"
        )
        assert answer.status_code == 503
        assert 'value="2026-12-7"' in answer.text
        assert (await admin.get("/calendar/versions/away@2026-11-04")).status_code == 422


async def test_a_month_to_choose_from_marks_what_is_off_and_worked(wang: Browser) -> None:
    page = (await wang.get("/calendar/month?day=2026.10.1")).text
    picks = re.findall(r'data-pick="([\d-]+)" aria-label="([^"]*)"( aria-pressed="true")?', page)
    assert [day for day, _, _ in picks] == [f"2026-10-{n:02}" for n in range(1, 32)]
    said = {day: (words, bool(pressed)) for day, words, pressed in picks}
    assert said["2026-10-01"][0].endswith("放假")
    assert said["2026-10-01"][1]
    assert said["2026-10-10"][0].endswith("周末上班")
    assert 'data-turn="2026-09-30"' in page
    assert 'data-turn="2026-11-01"' in page


async def test_a_month_nobody_lists_can_be_chosen_from_too(wang: Browser) -> None:
    page = (await wang.get("/calendar/month?day=2031-02-03")).text
    assert page.count("data-pick") == 28
    assert "尚未公布" in page


FILE = """
kind = "change"
notice = "国办发明电〔2026〕99号（虚构）"
issued = 2026-03-01
off = [2026-11-12]
"""


async def give(admin: Browser, content: bytes) -> str:
    files = {"file": ("notice.toml", content, "text/plain")}
    answer = await admin.press("/calendar/load/file", {}, at="/calendar/load", files=files)
    return unescape(answer.text)


async def test_a_notice_may_come_as_a_file(app: Starlette) -> None:
    async with visiting(app, "xu") as admin:
        preview = await give(admin, FILE.encode())
        assert "11月12日" in preview
        assert FILE.strip() in preview  # handed on, to be applied
        again = await admin.press("/calendar/load", {"file": FILE}, at="/calendar/load")
        assert "11月12日" in again.text
        for wrong, said in (
            (FILE.replace("11-12", "11-33").encode(), "TOML 或 JSON"),
            (FILE.replace("issued", "issue").encode(), "issue"),
            ("国务院通知".encode("gb18030"), "UTF-8"),
            (b"", "kind"),
        ):
            assert said in await give(admin, wrong), wrong
    async with visiting(app, "li") as handler:
        assert "国办发明电" not in await give(handler, FILE.encode())
