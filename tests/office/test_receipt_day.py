"""Receipt and last day are told while the request is still on the counter, engine or not."""

from datetime import date, timedelta

import pytest

from domain.clock import Receipt
from domain.errors import Code, Refusal
from domain.statute import Channel
from office.acts.forms.filling import fill
from office.acts.forms.registering import application, registering
from office.cases.intake import register
from office.cases.receipt_day import foresee_receipt
from office.legal_time import legal_now
from tests.office.site import Site


@pytest.fixture
def today() -> date:
    """That of the test: the others may have taken past midnight."""
    return legal_now().date()


async def test_the_day_told_is_the_one_that_is_registered(site: Site, today: date) -> None:
    told = await foresee_receipt(
        site.desk, "wang", Receipt(channel=Channel.IN_PERSON, arrived=today)
    )
    case = await site.open(channel=Channel.IN_PERSON)
    state = site.look(case).state
    reply = state.deadline("reply")
    assert reply is not None
    assert (told.receipt_day, told.due) == (state.receipt_day, reply.due)
    assert (told.article, told.awaits_confirming) == ("art 31(1)", False)
    assert told.reckoning.ledger
    assert told.doubts == ()


async def test_a_channel_that_waits_for_a_confirmation_says_until_when(
    site: Site, today: date
) -> None:
    told = await foresee_receipt(site.desk, "wang", Receipt(channel=Channel.FAX, arrived=today))
    assert (told.receipt_day, told.due, told.awaits_confirming) == (None, None, True)
    assert told.article == "art 31(3)"
    in_person = await foresee_receipt(
        site.desk, "wang", Receipt(channel=Channel.IN_PERSON, arrived=today)
    )
    assert told.due_if_confirmed == in_person.due


async def test_what_looks_like_a_slip_is_doubted_and_the_future_refused(
    site: Site, today: date
) -> None:
    long_ago = Receipt(channel=Channel.MAIL_SIGNED, arrived=today - timedelta(days=100))
    told = await foresee_receipt(site.desk, "wang", long_ago)
    assert {doubt.code for doubt in told.doubts} >= {"long_ago", "overdue_at_once"}
    ahead = Receipt(channel=Channel.MAIL_SIGNED, arrived=today + timedelta(days=1))
    with pytest.raises(Refusal) as no:
        await foresee_receipt(site.desk, "wang", ahead)
    assert no.value.code is Code.IN_THE_FUTURE


async def test_who_may_not_register_is_told_so(site: Site, today: date) -> None:
    with pytest.raises(Refusal) as no:
        await foresee_receipt(site.desk, "li", Receipt(channel=Channel.FAX, arrived=today))
    assert no.value.code is Code.NOT_YOUR_ROLE


async def test_a_form_becomes_a_registration_that_needs_no_engine(site: Site, today: date) -> None:
    form = registering()
    assert [field.name for field in form.asked][:2] == ["channel", "received"]
    empty = fill(form, {}, today)
    assert {p.field for p in empty.problems} == {"channel", "received", "applicant", "subject"}
    given = {
        "channel": ["in_person"],
        "received": [f"{today.month}月{today.day}日"],
        "applicant": ["张某（虚构）"],
        "applicant_kind": ["natural"],
        "subject": ["某道路规划文件（虚构）"],
    }
    asked = application(fill(form, given, today), "wang", "register-form-1", "qinghe")
    done = await register(site.desk, asked, engine_may_be_away=True)
    assert (done.started, done.written) == (False, False)
    again = await register(site.desk, asked, engine_may_be_away=True)
    assert (again.id, again.repeated) == (done.id, True)
    record = site.look(done.id)
    assert not record.begun
    assert record.to_begin is not None
    reply = record.to_begin.deadline("reply")
    assert reply is not None
    assert reply.due == done.summary.due
    site.begin(done.id)
    assert site.look(done.id).state.deadline("reply") == reply
    assert site.look(done.id).to_begin is None
