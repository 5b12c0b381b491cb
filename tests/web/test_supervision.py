"""Every figure of the board opens as many cases as it says, and none that are not to be seen."""

import re
from collections.abc import AsyncIterator

import pytest

from tests.office_fixture import Office
from tests.web.site import Browser
from tests.web.test_acts import at_desk, in_hand

pytestmark = pytest.mark.temporal

FIGURE = re.compile(r'<a href="(/cases\?[^"]*)"[^>]*>(\d+)</a>')


@pytest.fixture(scope="module")
async def auditor(office: Office) -> AsyncIterator[Browser]:
    async with at_desk(office, office.person["auditor"]) as someone:
        yield someone


async def test_each_figure_opens_its_cases(office: Office, auditor: Browser) -> None:
    await in_hand(office)
    board = await auditor.get("/supervision")
    assert board.status_code == 200, board.text
    figures = [(path.replace("&amp;", "&"), int(n)) for path, n in FIGURE.findall(board.text)]
    assert figures
    for path, n in figures:
        listed = await auditor.get(path)
        assert listed.status_code == 200, path
        shown = set(re.findall(r'href="/cases/(\d{4}-\d{4})"', listed.text))
        assert len(shown) == min(n, 50), path


async def test_remedies_list_one_kind_or_all(auditor: Browser) -> None:
    for address in ("/remedies", "/remedies?kind=complaint", "/remedies?kind=nonsense"):
        page = await auditor.get(address)
        assert (page.status_code, "<h1>救济</h1>" in page.text) == (200, True), address


async def test_who_looks_after_no_cases_has_no_board(office: Office) -> None:
    async with at_desk(office, office.person["handler"]) as handler:
        answer = await handler.get("/supervision")
        assert answer.status_code == 403
        assert 'href="/supervision"' not in answer.text
