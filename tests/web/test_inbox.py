"""What waits, page by page, and nothing at all."""

import re
from collections.abc import AsyncIterator

import pytest

from office.answers import inbox as answers
from tests.office_fixture import Office
from tests.web.at_desk import at_desk, in_hand
from tests.web.site import Browser

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
    monkeypatch.setattr(answers.inbox, "__kwdefaults__", {"limit": 2, "training": False})
    monkeypatch.setattr(answers.more_tasks, "__kwdefaults__", {"limit": 2, "training": False})
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
