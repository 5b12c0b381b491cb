"""What waits, page by page, and nothing at all."""

import re
from collections.abc import AsyncIterator

import pytest

from office.answers import inbox as answers
from office.people.ending import end, restore
from tests.office_fixture import Office
from tests.web.at_desk import at_desk, in_hand
from tests.web.county import CountySite
from tests.web.site import Browser, fields_of

pytestmark = pytest.mark.temporal

CASE = re.compile(r'href="/cases/(\d{4}-\d{4})"')


@pytest.fixture(scope="module")
async def handler(office: Office) -> AsyncIterator[Browser]:
    async with at_desk(office, office.person["handler"]) as someone:
        yield someone


async def test_further_tasks_follow_on_a_page_of_their_own(
    office: Office, handler: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = [await in_hand(office) for _ in range(3)]
    whole = await read_on(handler)
    assert set(mine) <= set(whole)
    only = {"organ": None, "limit": 2, "training": False}
    monkeypatch.setattr(answers.inbox, "__kwdefaults__", only)
    monkeypatch.setattr(answers.more_tasks, "__kwdefaults__", only)
    assert await read_on(handler) == whole


async def read_on(handler: Browser) -> list[str]:
    """The cases in which something waits, from the first page to the last."""
    page = (await handler.get("/")).text
    seen = CASE.findall(page)
    while onward := re.search(r'href="(/tasks/handler\?after=[^"]+)"', page):
        page = (await handler.get(onward[1])).text
        seen += CASE.findall(page)
    return seen


async def test_an_address_nobody_was_given_is_refused_in_words(handler: Browser) -> None:
    answer = await handler.get("/tasks/handler?after=nonsense")
    assert (answer.status_code, "从头列出" in answer.text) == (422, True)


async def test_in_several_organs_one_may_look_at_one_alone(county: CountySite) -> None:
    async with county.visit("an.zhou") as intake:
        whole = (await intake.get("/")).text
        one, other = [await _at_organ(intake, organ) for organ in ("al", "al-edu")]
        assert [set(CASE.findall(page)) for page in (one, other)] != [set(), set()]
        assert set(CASE.findall(one)) | set(CASE.findall(other)) == set(CASE.findall(whole))
        assert not set(CASE.findall(one)) & set(CASE.findall(other))
    async with county.visit("an.zhou") as again:  # signed in anew, from elsewhere
        assert CASE.findall((await again.get("/")).text) == CASE.findall(other)
        end(county.register, "an.ye", "al-edu")
        try:
            left = (await again.get("/")).text
            assert (set(CASE.findall(left)), 'value="al-edu"' in left) == (
                set(CASE.findall(whole)),
                False,
            )
        finally:
            restore(county.register, "an.ye", "al-edu")
        assert CASE.findall((await again.get("/")).text) == CASE.findall(other)
        for all_of_them in ("nonsense", ""):
            assert CASE.findall(await _at_organ(again, all_of_them)) == CASE.findall(whole)
    async with county.visit("an.wu") as reviewer:
        assert 'name="organ"' not in (await reviewer.get("/")).text


async def _at_organ(person: Browser, organ: str) -> str:
    """The inbox once that organ was chosen."""
    chosen = await person.press("/organ", {"organ": organ})
    return (await person.get(chosen.headers["location"])).text


async def test_what_was_begun_is_found_again_from_the_inbox(county: CountySite) -> None:
    case = county.cases["assigned"]
    place = f"/cases/{case}/acts/noted"
    async with county.visit(county.handler("assigned")) as handler:
        form = fields_of(await handler.get(place))
        await handler.press(place, {**form, "text": "待核（虚构）", "_step": "keep"}, place)
        page = (await handler.get("/")).text
        assert f'href="{place}"' in page
        assert "待核（虚构）" in (await handler.get(place)).text
        await handler.press(f"/drafts/{form['_command']}/drop", {})
        assert f'href="{place}"' not in (await handler.get("/")).text


async def test_a_registration_half_filled_in_is_there_again(county: CountySite) -> None:
    async with county.visit("an.lin") as intake:
        form = fields_of(await intake.get("/register"))
        kept = {"_command": form["_command"], "_step": "keep", "subject": "某路规划（虚构）"}
        assert (await intake.press("/register", kept, "/register")).status_code == 204
        assert 'href="/register">登记' in (await intake.get("/")).text
        again = await intake.get("/register")
        assert "某路规划（虚构）" in again.text
        assert fields_of(again)["_command"] == form["_command"]
        gone = {"_command": form["_command"], "_step": "drop"}
        await intake.press("/register", gone, "/register")
        assert "某路规划（虚构）" not in (await intake.get("/register")).text


async def test_whoever_never_has_tasks_begins_where_there_is_something_to_see(
    office: Office,
) -> None:
    for role, place in (("supervisor", "/supervision"), ("admin", "/admin")):
        async with at_desk(office, office.person[role]) as someone:
            assert (await someone.get("/")).headers["location"] == place
            assert ">待办" not in (await someone.get("/reports")).text
