"""The list of cases and the search at the top: whose cases, narrowed how, and by which address."""

import re
from dataclasses import fields, replace
from datetime import date, datetime

import pytest
from sqlalchemy import select

from domain.case.summary import ListOrder, Mover, Status
from domain.values import OFFICE_ZONE
from office.answers import finding
from office.answers.query import CaseQuery
from register.models import AccessEntry
from register.reads import queries
from register.reads.words import opened
from tests.web.county import CountySite
from tests.web.site import Browser
from web.cases import listing
from web.cases.address import address_of, query_of

EVERYTHING = CaseQuery(
    organ="al",
    department="zw",
    handler="an.chen",
    status=(Status.CLOSED, Status.LAPSED),
    statute="cn-2019",
    channel="email",
    mover=Mover.APPLICANT,
    open_only=True,
    stopped=True,
    overdue=True,
    due_within=5,
    due_from=date(2026, 1, 2),
    due_by=date(2026, 2, 3),
    received_from=date(2026, 1, 4),
    received_by=date(2026, 1, 5),
    dispatched_from=date(2026, 1, 6),
    dispatched_by=date(2026, 1, 7),
    training=True,
    order=ListOrder.NUMBER,
)


def pairs(address: str) -> list[tuple[str, str]]:
    return [(k, v) for k, _, v in (one.partition("=") for one in address[7:].split("&")) if k]


def shown(page: str) -> list[str]:
    return re.findall(r'<td><a href="/cases/(T?\d{4}-\d+)"', page)


async def listed(who: Browser, address: str) -> list[str]:
    answer = await who.get(address)
    assert answer.status_code == 200, address
    return shown(answer.text)


@pytest.mark.parametrize(
    "query",
    [
        EVERYTHING,
        CaseQuery(),
        CaseQuery(open_only=True),
        CaseQuery(status=(Status.VOID,)),
        CaseQuery(received_from=date(2026, 1, 1)),
        replace(EVERYTHING, open_only=False, status=()),
    ],
)
def test_whatever_can_be_asked_has_an_address_that_asks_for_it(query: CaseQuery) -> None:
    assert all(getattr(EVERYTHING, f.name) != f.default for f in fields(CaseQuery))
    assert query_of(pairs(address_of(query))) == query


@pytest.mark.parametrize(
    "strange",
    ["status=nonsense", "due_within=-1", "due_within=99999999999", "due_by=2026-02-31", "order=x"],
)
async def test_an_address_that_asks_for_nothing_there_is_shows_the_list(
    county: CountySite, strange: str
) -> None:
    async with county.visit("an.qin") as auditor:
        assert await listed(auditor, f"/cases?{strange}") == await listed(auditor, "/cases")


async def test_the_list_shows_open_cases_until_others_are_asked_for(county: CountySite) -> None:
    async with county.visit("an.qin") as auditor:
        opens = set(await listed(auditor, "/cases"))
        every = set(await listed(auditor, "/cases?status=all"))
        closed = set(await listed(auditor, "/cases?status=closed"))
        late = set(await listed(auditor, "/cases?overdue=yes"))
    assert every == set(county.cases.values())
    assert opens < every
    assert closed
    assert not closed & opens
    assert county.cases["late"] in late
    assert county.cases["assigned"] not in late


async def test_everybody_has_the_cases_of_their_roles(county: CountySite) -> None:
    handler = county.handler("assigned")
    async with county.visit("an.qin") as auditor, county.visit(handler) as mine:
        every = set(await listed(auditor, "/cases?status=all"))
        own = set(await listed(mine, "/cases?status=all"))
    assert county.cases["assigned"] in own
    assert own < every


async def test_pages_follow_each_other_without_gap(
    county: CountySite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "ROWS", 4)
    found: list[str] = []
    async with county.visit("an.qin") as auditor:
        address: str | None = "/cases?status=all&order=number"
        while address is not None:
            page = (await auditor.get(address)).text
            found += shown(page)
            link = re.search(r'href="([^"]+)" rel="next"', page)
            address = link[1].replace("&amp;", "&") if link else None
    assert len(found) == len(set(found)) == len(county.cases)
    assert found == sorted(found, reverse=True)


@pytest.mark.parametrize("written", ["2026-0001", "依申〔2026〕1号", "依申(2026)1号", "２０２６-1"])
async def test_a_number_jumps_to_its_case(county: CountySite, written: str) -> None:
    async with county.visit("an.qin") as auditor:
        answer = await auditor.press("/find", {"text": written})
    assert answer.headers["location"] == "/cases/2026-0001"


@pytest.mark.parametrize("written", ["1", "１号", "第1号"])
async def test_a_number_without_its_year_finds_its_case(
    county: CountySite, written: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    then = datetime(2027, 1, 4, tzinfo=OFFICE_ZONE)  # the year after
    monkeypatch.setattr(finding, "legal_now", lambda: then)
    async with county.visit("an.qin") as auditor:
        answer = await auditor.press("/find", {"text": written})
    assert shown(answer.text)[0] == "2026-0001"
    assert "据编号" in answer.text


async def test_a_name_finds_its_case_and_stands_in_no_address(county: CountySite) -> None:
    id_ = county.cases["assigned"]
    with county.register.reading() as session:
        name = opened(session, queries.case(session, id_)).applicant_name
    async with county.visit(county.handler("assigned")) as mine:
        answer = await mine.press("/find", {"text": name})
    assert answer.status_code == 200
    assert id_ in shown(answer.text)
    with county.register.reading() as session:
        searched = select(AccessEntry).where(AccessEntry.command == "cases_searched")
        entries = list(session.scalars(searched))
    assert entries
    assert all(name not in str(entry.detail) for entry in entries)
    assert str(entries[-1].asked_by).startswith("desk:")


async def test_what_is_not_found_says_where_it_was_looked_for(county: CountySite) -> None:
    async with county.visit("an.qin") as auditor:
        answer = await auditor.press("/find", {"text": "没有这样的词语"})
    assert answer.status_code == 200
    assert "没有找到" in answer.text
    assert "访问记录" in answer.text
