"""What cases are started with is kept once where it is the same, and as long as nothing else says
it."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from domain.case import facts as f
from register.engine import Register
from register.models import CaseStart, PinnedLaw, Request
from register.reads import queries
from register.verify import verify
from register.writes.record import record
from tests.domain.case.desk import Desk
from tests.register import office
from tests.register.office import event, first, registered
from tests.register.test_verify import found, tamper

LAW = Desk.open(date(2024, 3, 4)).start.law
START = {"organ": "jianning", "law": LAW.model_dump(mode="json")}
MOVED: dict[str, Any] = {"moved_in_by": ("wang", "wu")}


def laws(register: Register) -> list[str]:
    with register.reading() as session:
        return list(session.scalars(select(PinnedLaw.body)))


def test_the_law_of_many_cases_is_kept_once_and_comes_with_each(register: Register) -> None:
    cases = [registered(register, f"c-{n}", start_input=START).id for n in range(3)]
    (body,) = laws(register)
    with register.reading() as session:
        for case in cases:
            assert queries.case(session, case).start_input["law"] == LAW
            assert len(str(session.get_one(CaseStart, case).input)) < len(body) / 10


def test_another_law_is_kept_beside_it(register: Register) -> None:
    other = LAW.model_copy(update={"edition": 7})
    for n, law in enumerate((LAW, other)):
        start = START | {"law": law.model_dump(mode="json")}
        case = registered(register, f"c-{n}", start_input=start).id
    assert len(laws(register)) == 2
    with register.reading() as session:
        assert queries.case(session, case).start_input["law"] == other


def test_the_order_in_which_a_law_says_things_is_kept(register: Register) -> None:
    case = registered(register, start_input=START).id
    with register.reading() as session:
        kept = queries.case(session, case).start_input["law"]
    assert list(kept.statute.replies) == list(LAW.statute.replies)
    assert sorted(LAW.statute.replies) != list(LAW.statute.replies)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE laws SET body = replace(body, '\"rules\":', '\"rules\": ')",
        "UPDATE laws SET hash = 'x'",
        "DELETE FROM laws",
    ],
)
def test_a_law_changed_or_gone_is_found(register: Register, statement: str) -> None:
    case = registered(register, start_input=START).id
    tamper(register, statement, "laws")
    for report in (verify(register), verify(register, [case])):
        assert [table for table, _, _ in found(report)] == ["laws"], report.differences


def test_a_past_is_dropped_with_the_row_of_its_last_act(register: Register) -> None:
    history = [{"command_id": "act-2", "what": "x"}, {"command_id": "act-3", "what": "y"}]
    case = registered(register, start_input={"organ": "jianning", "history": history}).id
    events = [first(**MOVED), *(event(n, f.Noted(text="旧"), **MOVED) for n in (2, 3))]
    for seq, there in ((1, True), (2, True), (3, False)):
        with register.writing() as session:
            record(session, case, events[:seq], office.summary(seq))
        with register.reading() as session:
            assert ("history" in session.get_one(CaseStart, case).input) is there
            assert (session.get_one(Request, case).started_at is None) is there
        assert verify(register).differences == ()
    again = registered(register, start_input={"organ": "jianning", "history": history})
    assert (again.id, again.repeated, again.started) == (case, True, True)
