"""What fits, and what is said when something doesn't."""

from datetime import date, timedelta
from time import process_time

import pytest

from domain.case import facts as f
from domain.case.act import Act, Evidence
from domain.case.decide import decide
from domain.case.people import Role
from domain.case.size import (
    ACT_BYTES,
    BATCH_BYTES,
    NOTES_BYTES,
    check_size,
    portion,
    recordable,
    size,
)
from domain.case.state import CaseState
from domain.errors import Code, InputError, Refusal
from domain.remedies.proceeding import Document
from domain.remedies.terms import Against
from keys.cipher import Suite
from keys.data_key import DataKey
from keys.words import seal
from law.remedy_law import load_remedy_law
from tests.domain.case.desk import DEPARTMENT, HANDLER, PAPER, Desk, hashed, law, noon

LONG = "长" * 4000
DAY = date(2024, 9, 2)


def note(desk: Desk, texts: int) -> Act:
    return desk.act(
        Role.HANDLER, f.Noted(text="附"), evidence=tuple(Evidence(text=LONG) for _ in range(texts))
    )


def test_a_batch_holds_as_many_events_as_fit_and_leaves_none_out() -> None:
    desk = Desk.open(DAY).assign()
    for _ in range(40):
        desk.take(note(desk, 10))
    left, sizes = desk.events, []
    while left:
        batch = portion(left, 100)
        assert batch == tuple(left[: len(batch)])
        sizes.append(sum(map(size, batch)))
        left = left[len(batch) :]
    assert len(sizes) > 1
    assert max(sizes) <= BATCH_BYTES
    assert portion(desk.events[:1], 100) == (desk.events[0],)
    assert len(portion(Desk.open(DAY).assign().events * 80, 100)) == 100


def test_an_act_has_a_size() -> None:
    """That of ten full notes, sealed."""
    desk = Desk.open(DAY).assign()
    key = DataKey("2026-0001", b"k" * 32, Suite.AES)
    check_size(seal(note(desk, 10), key))
    with pytest.raises(InputError) as no:
        check_size(seal(note(desk, 11), key))
    assert no.value.code is Code.ACT_TOO_LARGE
    assert no.value.params["max"] == str(ACT_BYTES)


def fill(desk: Desk, fact: f.OfficeFact) -> None:
    for _ in range(100):
        more = desk.act(Role.LEGAL, fact)
        recordable(more, decide(desk.state, more, noon(desk.day)))
        desk.take(more)


def test_a_full_case_takes_no_more_papers_and_can_still_be_ended() -> None:
    book = law().model_copy(update={"remedies": load_remedy_law()})
    desk = Desk.open(DAY, case_law=book).assign().until(date(2024, 10, 9))
    papers = tuple(Document(title="文件" * 100) for _ in range(200))
    received = f.ComplaintReceived(ref="c1", organ="上级机关（虚构）", against=Against.INACTION)
    desk.do(Role.LEGAL, received)
    listed = f.EvidenceListed(ref="c1", documents=papers)
    with pytest.raises(Refusal) as no:
        fill(desk, listed)
    assert no.value.code is Code.CASE_FULL
    # The papers stand in the fact and with their proceeding.
    assert size(desk.state) > NOTES_BYTES - 2 * ACT_BYTES
    end = desk.act(Role.INTAKE, f.Withdrawn(), evidence=[PAPER])
    assert recordable(end, decide(desk.state, end, noon(desk.day))).events


def busy(acts: int) -> Desk:
    """So many acts of every day of two years: calls, documents that come and are replaced, letters
    and their answers, another handler; long overdue, with the alarms of it."""
    desk = Desk.open(DAY).assign()
    for number in range(1, acts):
        kind = number % 20
        if kind == 0:
            desk.until(desk.day + timedelta(days=7))
            desk.add(f"a{number}")
        elif kind == 5 and number > 20:
            sha = hashed(f"new {number}")
            desk.do(Role.HANDLER, f.ItemReplaced(ref=f"a{number - 5}", sha256=sha))
        elif kind == 9 and number > 20:
            desk.review(f"a{number - 9}", f.Decision.WITHHOLD)
        elif kind == 10:
            again = f.Reassigned(department=DEPARTMENT, handler=HANDLER, reason=LONG)
            desk.do(Role.INTAKE, again)
        elif kind == 15 and number % 100 == 15:
            desk.consult(f"t{number}")
        elif kind == 17 and number % 100 == 17:
            answer = f.ConsultationAnswered(ref=f"t{number - 2}", answer=f.Answer.CONSENTS)
            desk.do(Role.HANDLER, answer)
        else:
            desk.do(Role.HANDLER, f.Noted(text=LONG))
    return desk


def test_a_case_of_two_thousand_acts_goes_on_and_decides_in_order_at_once() -> None:
    desk = busy(2000)
    assert len(desk.events) > 2200
    assert size(desk.state) < 1_000_000
    assert CaseState.model_validate_json(desk.state.model_dump_json()) == desk.state
    act = desk.act(
        Role.HANDLER, f.ReplyDrafted(reply_kind="refused_internal", ground="内部", reasons="x")
    )
    begun = process_time()
    done = decide(desk.state, act, noon(desk.day))
    assert process_time() - begun < 0.05  # on an idle machine a hundredth of it
    assert recordable(act, done).events
