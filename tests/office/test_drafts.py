"""No word is lost by a session that ends or an engine that is away, and none is kept too long."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, text, update

from domain.case import facts as f
from domain.errors import Code, Refusal
from office.acts.drafts import (
    KEPT,
    FormDraft,
    draft_of,
    drop_draft,
    note_pending,
    pending_of,
    resolve_pending,
    save_draft,
)
from office.acts.forms import form_of
from office.acts.forms.filling import fill
from office.acts.forms.fitting import fitted
from office.acts.forms.ordering import ordered
from office.forgetting.wiping import wipe
from office.legal_time import legal_now
from office.running.key_store import key_store
from register.models import DraftRow
from register.reads.drafts import begun_by
from tests.office.site import Site

WORDS = "请写明年份（虚构）"


def notice(
    case: str | None, command_id: str = "c-1", form: str = "correction_notice_sent"
) -> FormDraft:
    values = {"points": [WORDS], "correct_by": ["10月30日"]}
    return FormDraft("li", case, form, command_id, values, seq=2)


async def test_a_draft_comes_back_as_it_was_left_whatever_was_wrong_with_it(site: Site) -> None:
    case = await site.open()
    wrong = replace(notice(case), values={"points": ["长" * 5000], "correct_by": ["三十日", ""]})
    await save_draft(site.desk, wrong)
    found = await draft_of(site.desk, "li", case, "correction_notice_sent")
    assert found is not None
    assert {name: list(words) for name, words in found.values.items()} == wrong.values
    assert (found.seq, found.command_id, found.sent_at) == (2, "c-1", None)
    assert await draft_of(site.desk, "zhao", case, "correction_notice_sent") is None
    assert await draft_of(site.desk, "li", case, "noted") is None


async def test_there_is_one_for_each_person_case_and_form(site: Site) -> None:
    case, other = await site.open(), await site.open()
    await save_draft(site.desk, notice(case, "c-2"))
    await save_draft(site.desk, notice(case, "c-3"))
    await save_draft(site.desk, notice(other, "c-4"))
    await save_draft(site.desk, notice(None, "c-5", "registered"))
    await save_draft(site.desk, notice(None, "c-6", "registered"))
    lines = await site.desk.read(lambda session: begun_by(session, "li"))
    ids = [line.command_id for line in lines if line.case_id in (case, other, None)]
    assert sorted(ids) == ["c-3", "c-4", "c-6"]
    await drop_draft(site.desk, "li", "c-6")
    assert await draft_of(site.desk, "li", None, "registered") is None


async def test_no_word_of_it_stands_in_the_register(site: Site) -> None:
    case = await site.open()
    await save_draft(site.desk, notice(case, "c-7"))
    with site.register.reading() as session:
        rows = session.execute(text("SELECT * FROM drafts")).all()
    assert rows
    assert WORDS not in repr(rows)
    assert "points" not in repr(rows)


async def test_it_goes_with_the_words_of_its_case(site: Site) -> None:
    case = await site.open()
    await save_draft(site.desk, notice(case, "c-8"))
    wipe(site.settings, site.register, key_store(site.settings), [case])
    assert await draft_of(site.desk, "li", case, "correction_notice_sent") is None
    with pytest.raises(Refusal) as no:
        await save_draft(site.desk, notice(case, "c-9"))
    assert no.value.code is Code.WORDS_DESTROYED


async def test_it_goes_after_thirty_days(site: Site) -> None:
    case, other = await site.open(), await site.open()
    await save_draft(site.desk, notice(case, "c-10"))
    long_ago = datetime.now(UTC) - KEPT - timedelta(minutes=1)
    with site.register.writing() as session:
        of_case = DraftRow.case_id == case
        session.execute(update(DraftRow).where(of_case).values(saved_at=long_ago))
    await save_draft(site.desk, notice(other, "c-11"))
    with site.register.reading() as session:
        kept = set(session.scalars(select(DraftRow.command_id)))
    assert "c-10" not in kept
    assert "c-11" in kept


async def test_what_was_sent_without_an_answer_waits_and_goes_once_it_is_on_record(
    site: Site,
) -> None:
    case = await site.open()
    await site.do(case, "intake", f.Assigned(department="ghj", handler="li"))
    today = legal_now().date()
    draft = replace(notice(case, "sent-1"), values={"points": [WORDS]})
    await save_draft(site.desk, draft)
    await note_pending(site.desk, draft)
    assert await draft_of(site.desk, "li", case, draft.form) is None
    waiting = await pending_of(site.desk, "li")
    assert [(w.case, w.command_id, w.sent_at is not None) for w in waiting] == [
        (case, "sent-1", True)
    ]
    # The engine was only slow: the act arrives under its id.
    state = site.look(case).state
    filled = fill(fitted(form_of(draft.form), state, today), waiting[0].values, today)
    await site.send(await ordered(site.desk, state, "li", filled, waiting[0].command_id))
    assert await pending_of(site.desk, "li") == []
    assert await resolve_pending(site.desk) == 0


async def test_a_registration_that_was_sent_goes_once_it_is_in_the_book(site: Site) -> None:
    await note_pending(site.desk, notice(None, "register-77", "registered"))
    assert [w.command_id for w in await pending_of(site.desk, "li")] == ["register-77"]
    await site.open(command_id="register-77")
    assert await resolve_pending(site.desk) == 1
    assert await pending_of(site.desk, "li") == []


async def test_one_that_never_arrived_stays_for_its_person_alone(site: Site) -> None:
    case = await site.open()
    await note_pending(site.desk, notice(case, "lost-1"))
    assert [w.command_id for w in await pending_of(site.desk, "li")] == ["lost-1"]
    assert await pending_of(site.desk, "zhao") == []
    await drop_draft(site.desk, "li", "lost-1")
    assert await pending_of(site.desk, "li") == []
