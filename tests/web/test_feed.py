"""One's own limits in one's own calendar, under an address that is nobody else's business."""

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import icalendar
import pytest
import pytest_asyncio
from sqlalchemy import select, update

from domain.case.people import Role
from office.answers.ical import limits_file
from office.legal_time import legal_now
from office.people.leaving import deactivate
from register.models import AccessEntry, HearingRow, Request
from register.reads import queries, roster
from register.reads.people import holders
from register.reads.words import opened
from register.verify import verify
from tests.web.county import CountySite, county_site
from tests.web.site import ORIGIN, Browser, browser

PLANS = ("assigned", "third party objects", "reconsideration to be answered", "hearing called")


@pytest_asyncio.fixture
async def site(tmp_path: Path) -> AsyncIterator[CountySite]:
    async with county_site(tmp_path / "county", PLANS) as made:
        yield made


async def address(someone: Browser) -> str:
    """Of a new feed, as its page shows it."""
    shown = await someone.press("/me/feed", {}, at="/me")
    found = re.search(rf"{ORIGIN}(/calendar/feed/[\w-]+\.ics)", shown.text)
    assert found is not None, shown.text
    return found[1]


def events_in(text: str) -> list[Any]:
    """What a calendar makes of it."""
    return list(icalendar.Calendar.from_ical(text).walk("VEVENT"))


async def test_a_calendar_gets_ones_own_days_and_no_words(site: CountySite) -> None:
    case = site.cases["assigned"]
    async with site.visit(site.handler("assigned")) as handler:
        path = await address(handler)
        assert path not in (await handler.get("/me")).text
    async with browser(site.app) as phone:
        got = await phone.get(path)
        assert got.status_code == 200, got.text
        assert got.headers["content-type"].startswith("text/calendar")
        events = events_in(got.text)
        mine = [event for event in events if str(event["uid"]).startswith(f"{case}.reply@")]
        with site.register.reading() as session:
            row = opened(session, queries.case(session, case))
        assert [event["dtstart"].dt for event in mine] == [row.line.due]
        assert row.line.number in mine[0]["summary"]
        assert all(set(event) <= PLAIN for event in events)
        assert row.line.subject not in got.text
        again = await phone.get(path, headers={"if-none-match": got.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
    with site.register.reading() as session:
        there = AccessEntry.command == "calendar_exported"
        logged = session.scalars(select(AccessEntry.asked_by).where(there)).all()
    assert logged
    assert all(way is not None and way.endswith(":feed") for way in logged)


PLAIN = {
    *("UID", "SEQUENCE", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "STATUS", "TRANSP"),
    "CATEGORIES",
}


async def test_hearings_are_called_without_saying_where(site: CountySite) -> None:
    case = site.cases["hearing called"]
    with site.register.reading() as session:
        row = session.get(Request, case)
        assert row is not None
        actors = [roster.actor(session, person) for person in roster.people(session)]
        legal = next(a.person for a in actors if "legal" in a.roles_in(row.organ, row.department))
    async with site.visit(legal) as someone, browser(site.app) as phone:
        got = await phone.get(await address(someone))
    events = events_in(got.text)
    [hearing] = [event for event in events if f"{case}.hearing" in event["uid"]]
    assert set(hearing) <= PLAIN
    assert "法院" not in got.text


async def test_what_a_calendar_gets_keeps_to_the_rules(site: CountySite) -> None:
    """RFC 5545, 3.1, 3.3.11, 3.8.4.7, 3.8.7.2: lines end in CR LF and have 75 octets at most, none
    breaks a character, commas and line ends are escaped; each event has its own unchanging id and
    says in UTC when it was made."""
    handler = site.handler("hearing called")
    async with site.visit(handler) as someone, browser(site.app) as phone:
        path = await address(someone)
        feeds = [(await phone.get(path)).content for _ in range(2)]
    with site.register.writing() as session:
        place = "第三法庭，二楼; 东侧, 安检后右转，请提前三十分钟到场并携带身份证件及授权委托书原件"
        session.execute(update(HearingRow).values(place=place))
    with site.register.reading() as session:
        row = session.get(Request, site.cases["hearing called"])
        assert row is not None
        [head, *_] = holders(session, Role.DISCLOSURE_HEAD, [row.organ])
    whole = limits_file(site.register, row.organ, None, head[0], "zh", legal_now()).content
    for content in (*feeds, whole):
        *lines, last = content.split(b"\r\n")
        assert (last, b"\n" in b"".join(lines)) == (b"", False)
        assert max(map(len, lines)) <= 75
        assert all(line.decode() for line in lines)
        events = events_in(content.decode())
        ids = [str(event["uid"]) for event in events]
        assert len(set(ids)) == len(ids) > 0
        stamps = [line for line in lines if line.startswith(b"DTSTAMP")]
        assert len(stamps) == len(events)
        assert all(re.fullmatch(rb"DTSTAMP:\d{8}T\d{6}Z", line) for line in stamps)
    assert feeds[0] == feeds[1]
    unfolded = whole.replace(b"\r\n ", b"").decode()
    assert r"第三法庭，二楼\; 东侧\, 安检后" in unfolded
    assert any(place in str(event.get("location", "")) for event in events_in(whole.decode()))


async def test_an_address_is_void_once_it_is_renewed_or_ended(site: CountySite) -> None:
    async with site.visit("an.chen") as someone, browser(site.app) as phone:
        first = await address(someone)
        second = await address(someone)
        assert (await phone.get(first)).status_code == 404
        assert (await phone.get(second)).status_code == 200
        assert verify(site.register).holds
        assert (await someone.press("/me/feed/end", {}, at="/me")).status_code == 303
        assert "已停止订阅" in (await someone.get("/me?done=feed")).text
        assert (await phone.get(second)).status_code == 404
        assert (await phone.get("/calendar/feed/x.ics")).status_code == 404


@pytest.mark.parametrize("comes_back", [False, True])
async def test_who_leaves_takes_the_feed_along(site: CountySite, comes_back: bool) -> None:
    async with site.visit("an.chen") as someone, browser(site.app) as phone:
        path = await address(someone)
        deactivate(site.register, "an.ye", "an.chen")
        if comes_back:
            async with site.visit("an.ye") as admin:
                here, said = "/admin/people/an.chen", {"name": "陈屿", "language": "zh"}
                await admin.press(here, said, at=here)
        assert (await phone.get(path)).status_code == 404
