"""The reply: what the items say of the kind that is chosen, and what is shown to whoever signs."""

from collections.abc import AsyncIterator
from html import unescape

import pytest

from domain.case import facts as f
from domain.case.people import Role
from register.reads.states import state_of
from register.reads.words import opened
from tests.office_fixture import Office
from tests.web.at_desk import at_desk, in_hand
from tests.web.county import CountySite, person
from tests.web.site import Browser, fields_of

pytestmark = pytest.mark.temporal

GIVEN, KEPT = "a" * 64, "b" * 64


@pytest.fixture(scope="module")
async def handler(office: Office) -> AsyncIterator[Browser]:
    async with at_desk(office, office.person["handler"]) as someone:
        yield someone


async def reviewed(office: Office) -> str:
    """A case with an item that goes out, one that stays back, one nobody has reviewed."""
    case = await in_hand(office)
    for ref, title, digest in (("g", "合同", GIVEN), ("k", "会议纪要", KEPT), ("n", "附图", None)):
        await office.do(case, "handler", f.ItemAdded(ref=ref, title=title, sha256=digest))
    release, withhold = f.Decision.RELEASE, f.Decision.WITHHOLD
    await office.do(case, "reviewer", f.ItemReviewed(ref="g", decision=release))
    said = f.ItemReviewed(
        ref="k", decision=withhold, ground="内部事务（虚构）", article="cn-2019:16"
    )
    await office.do(case, "reviewer", said)
    return case


async def test_items_stand_beside_the_reply_and_say_which_contradict_it(
    office: Office, handler: Browser
) -> None:
    case = await reviewed(office)
    path = f"/cases/{case}/acts/reply_drafted"
    page = (await handler.get(path)).text
    for said in ("合同", "会议纪要", "内部事务（虚构）", "尚未审查"):
        assert said in page
    assert "与所选答复类型不符" not in page

    async def beside(kind: str) -> str:
        return (await handler.press(f"{path}/fates", {"reply_kind": kind}, path)).text

    granted, partly = await beside("granted"), await beside("partly_granted")
    assert granted.count("与所选答复类型不符") == 1
    assert "有信息项不予公开，答复类型不能是" in granted
    assert "与所选答复类型不符" not in partly
    assert "以下信息项尚未通过保密审查：n" in partly
    assert "与所选答复类型不符" not in await beside("nonsense")


async def test_without_script_the_server_shows_what_the_kind_asks_for(
    office: Office, handler: Browser
) -> None:
    case = await in_hand(office)
    path = f"/cases/{case}/acts/reply_drafted"
    first = await handler.get(path)

    def hidden(page: str, name: str) -> bool:
        part = page[: page.index(f'id="{name}"')].rpartition("data-shown-by")[2]
        return " hidden>" in part.partition(">")[0] + ">"

    assert hidden(first.text, "search_record")
    fields = {**fields_of(first), "reply_kind": "does_not_exist", "reasons": "已检索（虚构）"}
    asked = await handler.press(path, {**fields, "_step": "edit"}, path)
    assert asked.status_code == 200
    assert not hidden(asked.text, "search_record")
    assert "已检索（虚构）" in asked.text


async def test_whoever_approves_sees_what_goes_out_and_on_what_it_rests(
    county: CountySite,
) -> None:
    case = county.cases["awaits approval"]
    with county.register.reading() as session:
        state = opened(session, state_of(session, case))
    async with county.visit(person(Role.DISCLOSURE_HEAD, state.organ)) as head:
        page = await head.get(f"/cases/{case}/acts/reply_approved")
    assert state.reply is not None
    assert state.released
    for words in (state.reply.reasons, *(item.sha256[:12] for item in state.released)):
        assert words in unescape(page.text)
    assert f"截至第 {state.seq} 条记录" in page.text
    assert fields_of(page)["_seen"] == str(state.seq)
