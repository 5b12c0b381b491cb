"""What if: asked in words, counted by the clock of the case, recorded nowhere."""

import re

import pytest

from domain.clock import ClockEvent, ClockEventKind
from office.cases.record import record_of
from office.cases.whatif import suppose_on_record
from register.reads import queries
from speech.dates import day
from tests.web.county import CountySite
from web.cases.whatif import KINDS

PLAN = "assigned"


async def test_an_extension_is_counted_as_the_case_would_count_it(county: CountySite) -> None:
    id_ = county.cases[PLAN]
    with county.register.reading() as session:
        record = record_of(session, id_)
        told = ClockEvent(ClockEventKind.EXTENSION_GRANTED, record.today, working_days=20)
        due = suppose_on_record(session, record, [told]).found.then.due
        before = queries.event_count(session, id_)
    assert due is not None
    async with county.visit(county.handler(PLAN)) as mine:
        answer = await mine.get(f"/cases/{id_}/whatif?kind=extension_granted&days=20")
        half = await mine.get(f"/cases/{id_}/whatif?kind=extension_granted&days=10")
    assert answer.status_code == 200
    assert day(due, record.today) in answer.text
    assert "推后 20 个工作日" in answer.text
    assert "推后 10 个工作日" in half.text
    with county.register.reading() as session:
        assert queries.event_count(session, id_) == before


@pytest.mark.parametrize("kind", KINDS)
async def test_every_question_gets_an_answer_or_the_reason_why_not(
    county: CountySite, kind: str
) -> None:
    async with county.visit("an.qin") as auditor:
        for plan in (PLAN, "waits for the correction", "third party objects", "partly granted"):
            answer = await auditor.get(f"/cases/{county.cases[plan]}/whatif?kind={kind}")
            assert answer.status_code in (200, 422), plan
            assert ('role="alert"' in answer.text) is (answer.status_code == 422)


@pytest.mark.parametrize("asked", ["kind=nonsense", "kind=fee_paid&on=2026-02-31", "kind=x&days=y"])
async def test_what_can_not_be_asked_is_said_so(county: CountySite, asked: str) -> None:
    async with county.visit("an.qin") as auditor:
        answer = await auditor.get(f"/cases/{county.cases[PLAN]}/whatif?{asked}")
    assert answer.status_code == 422
    assert re.search(r'role="alert">[^<]+', answer.text)


async def test_nobody_asks_about_the_cases_of_others(county: CountySite) -> None:
    async with county.visit("an.ye") as admin:
        answer = await admin.get(f"/cases/{county.cases[PLAN]}/whatif")
    assert answer.status_code == 403
