"""A case that is held, can't go on, or whose words are gone, still has its page."""

import re
from datetime import UTC, datetime

from sqlalchemy import insert

from office.forgetting.holds import place, release
from office.forgetting.wiping import wipe
from office.running.key_store import key_store
from office.settings import Settings
from register.models import Trouble
from register.office_chain import Author, hold_chain
from register.reads import queries, roster
from register.reads.forgetting import Forgotten
from register.reads.words import opened
from register.writes.forgetting import note_forgotten
from tests.web.county import CountySite
from tests.web.test_case_page import case, words

HELD, STUCK, GONE = "partly granted", "extended", "fee paid"


def settings_of(site: CountySite) -> Settings:
    found: Settings = site.app.state.process.settings
    return found


async def test_a_case_that_is_held_says_why(county: CountySite) -> None:
    id_, settings = county.cases[HELD], settings_of(county)
    with county.register.reading() as session:
        organ = queries.case(session, id_).line.organ
        head = next(
            person
            for person in roster.people(session)
            if "disclosure_head" in roster.actor(session, person).roles_in(organ, None)
        )
    place(settings, county.register, head, id_, "可能涉诉")
    try:
        async with county.visit("an.qin") as auditor:
            page = await case(county, auditor, HELD)
    finally:
        release(settings, county.register, head, id_)
    assert "不得销毁" in page
    assert "可能涉诉" in page


async def test_a_case_that_can_not_go_on_says_so_without_its_workings(county: CountySite) -> None:
    row = {"case_id": county.cases[STUCK], "what": "run", "code": "x", "detail": "TypeError at 0x1"}
    with county.register.writing() as session:
        session.execute(insert(Trouble), [row | {"since": datetime.now(UTC)}])
    async with county.visit("an.qin") as auditor:
        page = await case(county, auditor, STUCK)
    assert "暂时无法推进" in page
    assert "TypeError" not in page


async def test_of_a_case_whose_words_are_gone_the_days_remain(county: CountySite) -> None:
    id_, settings, at = county.cases[GONE], settings_of(county), datetime.now(UTC)
    with county.register.reading() as session:
        subject = opened(session, queries.case(session, id_)).line.subject
    with county.register.writing() as session:
        hold_chain(session)
        done = Forgotten(id_, "ordinary", None, id_, "an.xu", at)
        note_forgotten(session, done, Author("an.xu", None, at))
    wipe(settings, county.register, key_store(settings), [id_])
    for language, said in (("zh", "销毁"), ("en", "destroyed")):
        async with county.visit("an.qin", language) as auditor:
            page = await case(county, auditor, GONE)
            listed = await auditor.get("/cases?status=all")
            gone = await auditor.get(f"/cases/{id_}/export")
        assert said in words(page)
        assert '<time datetime="' in page
        assert "/acts/" not in page
        assert "/files/" not in page
        assert "/export" not in page
        assert gone.status_code == 409
        assert listed.status_code == 200
        assert subject not in page + listed.text


async def test_nobody_is_late_for_what_was_only_allowed_until_a_day(county: CountySite) -> None:
    """The seven working days for asking to correct end without anything being owed."""
    rows = []
    async with county.visit("an.qin") as auditor:
        for name in county.cases:
            page = await case(county, auditor, name)
            rows += re.findall(r"<tr>\s*<td>补正告知期限</td>.*?</tr>", page, re.S)
    assert any("已过" in row for row in rows)
    assert not any('class="late"' in row for row in rows)
