"""Many files taken in at once: each becomes an item of its own, or says why not."""

import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace

import pytest

from domain.case import facts as f
from domain.errors import Code, Unreachable
from office.settings import Settings
from office.uploads import PLACE
from register.reads import queries
from tests.office_fixture import Office
from tests.web.at_desk import at_desk, in_hand
from tests.web.site import ORIGIN, Browser
from web.frame.brought import COOKIE

pytestmark = pytest.mark.temporal

TOKEN = re.compile(r'name="_token" value="([^"]*)"')
HIDDEN = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)">')
TITLES = re.compile(r'name="title" value="([^"]*)"')
PAGES = re.compile(r'name="pages" class="short" value="([^"]*)"')

Files = list[tuple[str, bytes]]


@pytest.fixture(scope="module")
async def zhao(office: Office) -> AsyncIterator[Browser]:
    async with at_desk(office, "zhao") as someone:
        yield someone


async def intake(office: Office) -> tuple[str, str]:
    case = await in_hand(office, "jyj", "zhao")
    return case, f"/cases/{case}/acts/item_added"


def added(office: Office, case: str) -> list[f.ItemAdded]:
    with office.register.reading() as session:
        events = queries.events(session, case)
    found = [event.what for event in events if isinstance(event.what, f.ItemAdded)]
    return [office.register.opened(what) for what in found]


def sent_back(page: str, **more: list[str]) -> dict[str, list[str]]:
    """What a browser would send of the form that is shown."""
    main = page[page.index("data-keeps") :]
    found: dict[str, list[str]] = {}
    for name, value in HIDDEN.findall(main):
        found.setdefault(name, []).append(value)
    found |= {"title": TITLES.findall(main), "pages": PAGES.findall(main)}
    return found | more


async def choose(
    browser: Browser, path: str, files: Files, fields: Mapping[str, list[str]] | None = None
) -> str:
    """Choose files on the form, or on what it became; the page that shows their titles."""
    page = (await browser.get(path)).text
    fields = fields or {"_token": [TOKEN.findall(page)[-1]], "_command": ["c" * 32]}
    answer = await browser.post(
        path,
        data={**fields, "_step": "choose"},
        files=[("more", (name, content, "text/plain")) for name, content in files],
        headers={"origin": ORIGIN},
    )
    return answer.text


async def send(browser: Browser, path: str, page: str, **more: list[str]) -> "tuple[int, str, str]":
    fields = {**sent_back(page, **more), "_step": "send"}
    answer = await browser.post(path, data=fields, headers={"origin": ORIGIN})
    return answer.status_code, answer.headers.get("location", ""), answer.text


async def test_each_file_becomes_an_item_with_its_title_once(office: Office, zhao: Browser) -> None:
    case, path = await intake(office)
    waiting = set((office.settings.files / PLACE).glob("*"))
    page = await choose(zhao, path, [("合同.pdf", b"one"), ("附图.pdf", b"two")])
    assert TITLES.findall(page) == ["合同", "附图"]
    titles = {"title": ["养护合同", "附图"], "pages": ["12", ""]}
    for _ in range(2):  # the second click, the back button
        status, where, said = await send(zhao, path, page, **titles)
        assert status == 303, said
    items = added(office, case)
    assert [(i.ref, i.title, i.pages) for i in items] == [
        ("item-1", "养护合同", 12),
        ("item-2", "附图", None),
    ]
    for item, content in zip(items, (b"one", b"two"), strict=True):
        assert office.desk.folder(case).content(str(item.sha256)) == content
    assert "已添加 2 项。" in (await zhao.get(where)).text
    assert set((office.settings.files / PLACE).glob("*")) <= waiting


async def test_what_cannot_be_taken_says_so_and_the_others_go_on(
    office: Office, zhao: Browser
) -> None:
    case, path = await intake(office)
    first = await choose(zhao, path, [("甲.txt", b"the same")])
    assert (await send(zhao, path, first))[0] == 303
    files = [("乙.txt", b"the same"), ("空.txt", b""), ("丙.txt", b"3"), ("丁.txt", b"3")]
    page = await choose(zhao, path, files)
    assert TITLES.findall(page) == ["丙"]
    for said in ("“乙.txt”与“甲”内容相同", "空.txt 是空的", "“丁.txt”与“丙.txt”内容相同"):
        assert said in page
    assert (await send(zhao, path, page))[0] == 303
    assert [item.title for item in added(office, case)] == ["甲", "丙"]


async def test_one_that_is_too_large_keeps_none_of_the_others(office: Office) -> None:
    case, path = await intake(office)
    small = replace(office, settings=office.settings.model_copy(update={"file_limit": 1}))
    async with at_desk(small, "zhao") as someone:
        page = await choose(someone, path, [("大.txt", b"x" * (1 << 20) + b"x"), ("小.txt", b"1")])
        assert "大.txt 超过 1 MB" in page
        assert TITLES.findall(page) == ["小"]
        assert (await send(someone, path, page))[0] == 303
    assert [item.title for item in added(office, case)] == ["小"]


async def test_what_is_wrong_with_one_is_said_at_it_and_nothing_is_lost(
    office: Office, zhao: Browser
) -> None:
    case, path = await intake(office)
    page = await choose(zhao, path, [("甲.txt", b"1"), ("乙.txt", b"2")])
    status, _, said = await send(zhao, path, page, title=["甲", ""], pages=["x", "3"])
    assert status == 422
    assert "标题：必须填写" in said
    assert "页数" in said
    assert added(office, case) == []
    assert (await send(zhao, path, said, title=["甲", "乙"], pages=["1", "3"]))[0] == 303
    assert [(i.title, i.pages) for i in added(office, case)] == [("甲", 1), ("乙", 3)]


async def test_more_can_be_chosen_and_one_left_out_and_described(
    office: Office, zhao: Browser
) -> None:
    case, path = await intake(office)
    page = await choose(zhao, path, [("甲.txt", b"1"), ("乙.txt", b"2")])
    out = re.findall(r'name="out" value="([^"]*)"', page)[0]
    more = sent_back(page, title=["改过的", "乙"], out=[out], lines=["会议记录 不公开"])
    page = await choose(zhao, path, [("丙.txt", b"3")], more)
    assert TITLES.findall(page) == ["乙", "丙", "会议记录 不公开"]
    for _ in range(2):
        assert (await send(zhao, path, page))[0] == 303
    found = [(i.title, i.sha256 is None) for i in added(office, case)]
    assert found == [("乙", False), ("丙", False), ("会议记录 不公开", True)]


async def test_who_has_not_seen_the_newest_entry_is_told_and_the_rest_waits(
    office: Office, zhao: Browser
) -> None:
    case, path = await intake(office)
    page = await choose(zhao, path, [("甲.txt", b"1"), ("乙.txt", b"2")])
    await office.do(case, "handler", f.ItemAdded(ref="a", title="规划图（虚构）"), user="zhao")
    status, _, said = await send(zhao, path, page)
    assert status == 422
    assert said.count("没有提交：先要等前面的一项有结果") == 1
    assert len(added(office, case)) == 1
    assert (await send(zhao, path, said))[0] == 303
    assert [item.title for item in added(office, case)] == ["规划图（虚构）", "甲", "乙"]


async def test_with_the_engine_away_files_and_titles_wait(office: Office) -> None:
    async def away(settings: Settings) -> object:
        raise Unreachable(Code.ENGINE_NOT_RUNNING, folder=settings.data)

    case, path = await intake(office)
    async with at_desk(office, "zhao", away) as someone:
        page = await choose(someone, path, [("甲.txt", b"1"), ("乙.txt", b"2")])
        status, _, said = await send(someone, path, page, title=["甲", "改过的题名"])
        assert status == 422
        assert "再提交一次是安全的" in said
        assert "已提交，还没有得到答复" in (await someone.get("/")).text
        session = someone.cookies[COOKIE]
    async with at_desk(office, "zhao") as someone:
        someone.cookies.set(COOKIE, session, domain="127.0.0.1")
        assert (await send(someone, path, said))[0] == 303
        assert [i.title for i in added(office, case)] == ["甲", "改过的题名"]
        assert "已提交，还没有得到答复" not in (await someone.get("/")).text


async def test_files_go_ahead_of_their_form(office: Office, zhao: Browser) -> None:
    case, path = await intake(office)
    token = TOKEN.findall((await zhao.get(path)).text)[-1]
    came = await zhao.post(
        f"/cases/{case}/uploads",
        data={"_token": token},
        files=[("more", ("甲.txt", b"1", "text/plain")), ("more", ("空.txt", b"", "text/plain"))],
        headers={"origin": ORIGIN},
    )
    assert came.status_code == 200
    assert "空.txt 是空的" in came.text
    named = dict(HIDDEN.findall(came.text))
    fields = {"_token": [token], "_command": ["d" * 32], "_upload.more": [named["_upload.more"]]}
    page = await choose(zhao, path, [], fields)
    assert TITLES.findall(page) == ["甲"]
    stranger = await zhao.post(
        "/cases/2020-9999/uploads", data={"_token": token}, headers={"origin": ORIGIN}
    )
    assert stranger.status_code == 404
