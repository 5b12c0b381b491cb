"""Every page to everybody: each role and a stranger, on cases of every kind, of the own organ, of
another and of one below, against grids that are written by hand."""

import re
from collections import defaultdict
from collections.abc import AsyncIterator
from html import unescape

import pytest
import pytest_asyncio

from domain.case.people import Role
from register.reads import queries
from tests.domain.case.sights import LETTERS, golden
from tests.web.county import CountySite, person
from tests.web.every_page import KINDS, ORGAN, all_kinds, grid, lookers, standing_for
from tests.web.site import Browser, browser, pages

ROLES = tuple(role for role in Role if role is not Role.SYSTEM)
NONE, SHEET = "nothing", "/cases/{case}/evidence?form=json"
OF_FILES = ("/cases/{case}/files/{file}", "/cases/{case}/shown/{file}")

ALL_PAGES = ("arrived", "own", "signed", "contested", "below")
"""Kinds of cases whose every page is looked at; of the others the case alone."""

OF_CASES, OTHERS = [a for a in grid() if a.part], [a for a in grid() if not a.part]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def county(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[CountySite]:
    async with all_kinds(tmp_path_factory.mktemp("pages")) as site:
        yield site


async def test_every_page_has_its_line(county: CountySite) -> None:
    wanted = {path for method, path in await pages(county.app) if method == "GET"}
    addresses = [answers.address.partition("?")[0] for answers in grid()]
    without = [p for p in wanted if not any(standing_for(p).match(a) for a in addresses)]
    assert without == []


async def test_pages_answer_each_role_as_the_grid_says(county: CountySite) -> None:
    wrong = []
    for role in ROLES:
        async with county.visit(person(role, ORGAN)) as somebody:
            for page in OTHERS:
                answer = (await somebody.get(page.address)).status_code
                if answer != page.of(role):
                    wrong.append((page.address, role, answer))
    assert wrong == [], wrong


async def test_a_stranger_is_led_to_sign_in_whatever_there_is(county: CountySite) -> None:
    wrong = []
    async with browser(county.app) as stranger:
        for page in grid():
            for case in {county.cases["own"], "1999-0001"}:
                place = page.address.format(case=case, file="a")
                answer = await stranger.get(place)
                if answer.status_code != page.stranger:
                    wrong.append((place, answer.status_code))
                if answer.status_code == 303:
                    assert answer.headers["location"].startswith("/sign-in"), place
    assert wrong == [], wrong


@pytest.mark.slow
async def test_pages_of_a_case_open_for_whom_the_grid_of_sights_names(county: CountySite) -> None:
    seen, wrong, opened = golden(), [], 0
    async with county.visit(person(Role.AUDITOR, ORGAN)) as auditor:
        files = {kind: await a_file(auditor, case) for kind, case in county.cases.items()}
    without = {(of, kind) for of in OF_FILES for kind, file in files.items() if file == NONE}
    without |= {(SHEET, "arrived")}  # no limit runs there
    looking = defaultdict(list)
    for kind in KINDS:
        for one in lookers(county, kind):
            looking[one.person].append((kind, one))
    for who, looks in looking.items():
        async with county.visit(who) as somebody:
            for kind, one in looks:
                case, parts = county.cases[kind], seen[one.kind, one.role]
                for page in OF_CASES if kind in ALL_PAGES else OF_CASES[:1]:
                    answer = await somebody.get(page.address.format(case=case, file=files[kind]))
                    wanted = page.of(one.role) if LETTERS[page.part] in parts else 403
                    if wanted == 200 and (page.address, kind) in without:
                        wanted = 422
                    opened += wanted == 200
                    if answer.status_code != wanted:
                        wrong.append((page.address, kind, one, answer.status_code))
                    if LETTERS["L"] not in parts:
                        told = unescape(answer.text)
                        assert not [w for w in secrets(county, kind) if w in told], (page, one)
    assert wrong == [], wrong
    assert opened > 100


async def a_file(auditor: Browser, case: str) -> str:
    """A file of the case, or what none is called: who may open none isn't told which there are."""
    page = (await auditor.get(f"/cases/{case}")).text
    found = re.search(r"/files/([^\"?]+)", page)
    return found[1] if found else NONE


def secrets(site: CountySite, kind: str) -> list[str]:
    """What nobody is told who may not even see the line: what it asks for, who works on it."""
    with site.register.reading() as session:
        line = queries.case(session, site.cases[kind]).line
    names = [line.handler] if line.handler else []
    return [site.subject(line.id), *names]
