"""Every figure of the board opens as many cases as it says, and none that are not to be seen."""

import re
from collections.abc import AsyncIterator
from html import unescape

import pytest

from office.answers.proceeding_papers import proceeding_papers
from office.legal_time import legal_now
from register.reads.hearings import hearing_lines
from register.reads.words import shown
from tests.office_fixture import Office
from tests.web.at_desk import at_desk, in_hand
from tests.web.county import CountySite
from tests.web.site import Browser
from web.remedies import routes
from web.supervision import routes as supervision

pytestmark = pytest.mark.temporal

PROCEEDING = re.compile(r'href="(/cases/[^"]+)#remedies"')
ROW = re.compile(r'<tr><th scope="row">.*?</th>\s*<td class="figure" data-label=')
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


async def test_of_all_organs_the_most_pressing_are_listed_and_of_one_all(
    county: CountySite, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with county.visit("an.qin") as auditor:
        whole = (await auditor.get("/supervision")).text
        monkeypatch.setattr(supervision, "MOST", 1)
        short = (await auditor.get("/supervision")).text
        organ = (await auditor.get("/supervision?organ=al")).text
    rows = [len(ROW.findall(page)) for page in (whole, short, organ)]
    assert rows[1] == 2  # a department and a handler
    assert rows[0] > rows[1]
    assert rows[2] > rows[1]
    assert ["只列最急的" in page for page in (whole, short, organ)] == [False, True, False]


async def test_remedies_say_when_there_are_none(county: CountySite) -> None:
    async with county.visit("an.qin") as auditor:
        for address, some in (("/remedies", True), ("/remedies?kind=complaint", False)):
            page = await auditor.get(address)
            assert ("没有复议、诉讼或投诉举报" in page.text) is not some, address
        assert (await auditor.get("/remedies?kind=nonsense")).status_code == 200


async def test_proceedings_follow_page_by_page(
    county: CountySite, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with county.visit("an.qin") as auditor:
        whole = PROCEEDING.findall((await auditor.get("/remedies?ended=true")).text)
        monkeypatch.setattr(routes, "ROWS", 1)
        found, path = [], "/remedies?ended=true"
        while path:
            page = (await auditor.get(path)).text
            found += PROCEEDING.findall(page.partition('id="proceedings"')[2])
            onward = re.search(r'href="([^"]+)" rel="next"', page)
            path = unescape(onward[1]) if onward else ""
        assert found == whole[-len(found) :]
        assert len(found) > 1
        assert (await auditor.get("/remedies?page=x")).status_code == 200
        assert "没有复议" in (await auditor.get("/remedies?page=99")).text


async def test_hearings_to_come_stand_on_the_remedies_page_with_place_and_docket(
    county: CountySite,
) -> None:
    case = county.cases["hearing called"]
    with county.register.reading() as session:
        [one] = shown(session, hearing_lines(session, legal_now()))
    async with county.visit("an.qin") as auditor:
        listed = await auditor.get("/remedies")
        alone = await auditor.get("/remedies/hearings")
    for page in (listed.text, alone.text):
        assert f'href="/cases/{case}#remedies"' in page
        for words in filter(None, (one.forum, one.place, one.docket)):
            assert words in page
    assert one.forum
    assert "sealed:" not in one.forum
    async with county.visit("an.chen") as handler:
        answer = await handler.get("/remedies/hearings?after=nonsense")
        assert (answer.status_code, "从头列出" in answer.text) == (422, True)


async def test_who_looks_after_no_cases_has_no_board(office: Office) -> None:
    async with at_desk(office, office.person["handler"]) as handler:
        answer = await handler.get("/supervision")
        assert answer.status_code == 403
        assert 'href="/supervision"' not in answer.text


FILE = re.compile(r'href="(/cases/[^"]+/files/[^"]+)"')


async def test_papers_of_proceedings_are_there_for_who_may_open_them(county: CountySite) -> None:
    case = county.cases["hearing called"]
    async with county.visit("an.qin") as auditor:
        assert 'href="/remedies/papers"' in (await auditor.get("/remedies")).text
        page = (await auditor.get("/remedies/papers")).text
        mine = [path for path in FILE.findall(page) if path.startswith(f"/cases/{case}/")]
        assert len(mine) == 4  # the copy that came, and three that were handed in
        assert "收到起诉状、上诉状或再审申请书副本" in page
        for path in mine:
            opened = await auditor.get(path)
            assert (opened.status_code, len(opened.content) > 100) == (200, True), path
        listed = (await auditor.get(f"/cases/{case}")).text
        assert all(path in listed for path in mine)
    async with county.visit("an.tao") as supervisor:  # sees the case, and none of its files
        page = (await supervisor.get("/remedies/papers")).text
        assert (f"/cases/{case}#remedies" in page, FILE.findall(page)) == (True, [])
    async with county.visit("an.ye") as admin:
        assert "#remedies" not in (await admin.get("/remedies/papers")).text


async def test_papers_follow_page_by_page(
    county: CountySite, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with county.visit("an.qin") as auditor:
        whole = PROCEEDING.findall((await auditor.get("/remedies/papers")).text)
        monkeypatch.setattr(proceeding_papers, "__defaults__", (None, 1))
        found, path = [], "/remedies/papers"
        while path:
            page = (await auditor.get(path)).text
            found += PROCEEDING.findall(page)
            onward = re.search(r'href="([^"]+)" rel="next"', page)
            path = unescape(onward[1]) if onward else ""
        assert found == whole
        assert len(found) > 2
        answer = await auditor.get("/remedies/papers?after=nonsense")
        assert (answer.status_code, "从头列出" in answer.text) == (422, True)
