"""The page of a case: what it says, to whom."""

import re

import pytest
from sqlalchemy import select

from register.models import AccessEntry
from register.reads import queries
from register.reads.words import opened
from tests.web.conftest import PLANS
from tests.web.county import CountySite
from tests.web.site import Browser

TAG = re.compile(r"<[^>]+>")


def words(page: str) -> str:
    """The text of a page."""
    return " ".join(TAG.sub(" ", page).split())


def heading(page: str) -> str:
    return words(re.findall(r"<h1[^>]*>(.*?)</h1>", page, re.S)[0])


async def case(site: CountySite, who: Browser, plan: str) -> str:
    answer = await who.get(f"/cases/{site.cases[plan]}")
    assert answer.status_code == 200, plan
    return answer.text


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_every_kind_of_case_has_its_page(county: CountySite, language: str) -> None:
    async with county.visit("an.qin", language) as auditor:
        for plan in PLANS:
            page = await case(county, auditor, plan)
            assert "style=" not in page, plan
            assert "None" not in words(page), plan
            if language == "zh":
                told = re.findall(r"[a-z]+_[a-z_]+", words(page))
                assert told == [], plan


async def test_the_page_opens_with_who_moves_next_and_until_when(county: CountySite) -> None:
    handler = county.handler("assigned")
    async with county.visit(handler) as mine:
        assert heading(await case(county, mine, "assigned")).startswith("请您")
    async with county.visit("an.qin") as auditor:
        assert heading(await case(county, auditor, "assigned")).startswith("等待")
        assert "已过" in heading(await case(county, auditor, "late"))


@pytest.mark.parametrize("done", ["-100", "-1", "0"])
async def test_an_entry_that_never_was_is_not_said_to_be_done(
    county: CountySite, done: str
) -> None:
    async with county.visit("an.qin") as auditor:
        answer = await auditor.get(f"/cases/{county.cases['assigned']}?done={done}")
    assert (answer.status_code, 'class="done"' in answer.text) == (200, False)


async def test_every_counted_day_bears_its_number(county: CountySite) -> None:
    async with county.visit("an.qin") as auditor:
        page = await case(county, auditor, "assigned")
    numbers = [int(n) for n in re.findall(r'<li class="counted[^>]*>.*?<i>(\d+)</i>', page)]
    assert numbers == list(range(1, 21))
    assert page.count('class="counted') + page.count('class="off') > 20
    assert len(re.findall(r'<li class="[^"]*\blast\b', page)) == 1


async def test_acts_say_what_they_will_do_to_the_clock(county: CountySite) -> None:
    id_ = county.cases["assigned"]
    async with county.visit(county.handler("assigned")) as mine:
        page = await case(county, mine, "assigned")
    offered = re.findall(rf'href="/cases/{id_}/acts/(\w+)"(.*?)</a>', page, re.S)
    told = {kind: words(f"<a{rest}") for kind, rest in offered}
    assert "批准并告知后" in told["extension_asked"]
    assert "补正期限" in told["correction_notice_sent"]
    assert re.search(r'<a href="[^"]+" class="first">', page), (
        "the act the case waits for stands out"
    )
    assert page.count('class="first"') == 1


async def test_what_the_rules_refuse_is_shown_with_the_reason(county: CountySite) -> None:
    async with county.visit(county.handler("assigned")) as mine:
        page = await case(county, mine, "assigned")
    shut = re.findall(r'<span class="shut" aria-disabled="true">(.*?)</span>', page, re.S)
    assert any("延期告知申请人" in one and "没有已批准" in one for one in shut)
    assert "演练" not in page


async def test_who_may_do_nothing_is_offered_nothing(county: CountySite) -> None:
    async with county.visit("an.qin") as auditor:
        page = await case(county, auditor, "assigned")
    assert "/acts/" not in page
    assert "此刻没有您要办的事" in page


async def test_the_count_is_told_span_by_span(county: CountySite) -> None:
    async with county.visit("an.qin") as auditor:
        page = await case(county, auditor, "assigned")
    assert 'id="ledger"' in page
    assert "第33条" in words(page).replace(" ", "")


async def test_a_day_that_was_amended_is_shown_with_what_moved_it(county: CountySite) -> None:
    async with county.visit("an.qin") as auditor:
        page = await case(county, auditor, "wrong day amended")
    assert "更正" in words(page)
    assert "曾经的期限" in page


async def test_what_waits_for_a_second_person_stands_above_all(county: CountySite) -> None:
    async with county.visit("an.qin") as auditor:
        page = await case(county, auditor, "withdrawal waits for a second person")
    notes = re.findall(r'<p class="note">(.*?)</p>', page, re.S)
    assert any(note.startswith("待批准") for note in notes)


async def test_nothing_of_the_applicant_is_on_the_page(county: CountySite) -> None:
    with county.register.reading() as session:
        row = opened(session, queries.case(session, county.cases["assigned"]))
    async with county.visit(county.handler("assigned")) as mine:
        page = await case(county, mine, "assigned")
    assert row.applicant_name not in page
    assert (row.applicant_contact or "@") not in page


async def test_the_form_that_puts_a_registration_right_tells_the_applicant_to_whom_it_may(
    county: CountySite,
) -> None:
    case = county.cases["assigned"]
    with county.register.reading() as session:
        row = opened(session, queries.case(session, case))
    form = f"/cases/{case}/acts/entry_amended?seq=1"
    async with county.visit("an.tao") as supervisor:
        answer = await supervisor.get(form)
    assert answer.status_code == 403
    assert row.applicant_name not in answer.text
    async with county.visit(row.registered_by) as intake:
        answer = await intake.get(form)
    assert row.applicant_name in answer.text
    with county.register.reading() as session:
        entries = session.scalars(select(AccessEntry).where(AccessEntry.case_id == case))
        read = {(e.person, e.command, e.outcome) for e in entries}
    assert (row.registered_by, "applicant_read", "ok") in read


async def test_a_case_of_others_says_so_under_its_own_title(county: CountySite) -> None:
    async with county.visit("an.ye") as admin:
        answer = await admin.get(f"/cases/{county.cases['assigned']}")
    assert answer.status_code == 403
    assert heading(answer.text) == "您的岗位不能打开这一页"
    assert "看不到" in answer.text
    async with county.visit("an.qin") as auditor:
        answer = await auditor.get("/cases/2026-9999")
    assert (answer.status_code, heading(answer.text)) == (404, "没有这件办件")


async def test_open_remedies_and_proceedings_stand_with_their_last_days(
    county: CountySite,
) -> None:
    async with county.visit("an.qin") as auditor:
        owed = words(await case(county, auditor, "reconsideration to be answered"))
        anew = words(await case(county, auditor, "answered anew"))
    assert "复议答复期限" in owed
    assert "救济" in owed
    assert "第1次" in anew


async def test_a_conflict_stands_above_all(county: CountySite) -> None:
    async with county.visit("an.qin") as auditor:
        page = await case(county, auditor, "in conflict")
    notes = re.findall(r'<p class="note">(.*?)</p>', page, re.S)
    assert any(note.startswith("冲突") for note in notes)
