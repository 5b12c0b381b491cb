"""Holds, lists and forgotten cases on the office's chain, on both databases."""

from dataclasses import replace
from datetime import date, timedelta
from threading import Thread

import pytest
from sqlalchemy import text

from domain.case.people import Role
from register.engine import Register
from register.office_chain import FORGOTTEN, HELD, Author, hold_chain
from register.reads.files import places
from register.reads.forgetting import (
    Forgotten,
    ListedCase,
    ended_until,
    forgotten,
    forgotten_case,
    heads,
    hold_on,
    holds,
    lists,
)
from register.reads.office_history import office_history
from register.verify import verify
from register.writes import forgetting as writes
from register.writes.record import record
from tests.register import office
from tests.register.office import assigned, first, registered

BY = replace(office.BY, person="li")
THEN = BY.at + timedelta(days=1)


@pytest.fixture
def case_id(register: Register) -> str:
    """A case with two entries."""
    case = registered(register).id
    with register.writing() as session:
        record(session, case, (first(), assigned()), office.summary(2))
    return case


def listed(register: Register, case: str) -> int:
    """A list with that case; its number."""
    with register.writing() as session:
        hold_chain(session)
        head = heads(session, [case])[case]
        line = ListedCase(case, "ordinary", "x", date(2013, 3, 10), date(2024, 1, 1), head)
        return writes.propose(session, "qinghe", "2026-11-29", [line], BY)


def test_a_hold_stands_until_it_is_lifted(register: Register, case_id: str) -> None:
    with register.writing() as session:
        writes.hold(session, case_id, "sealed", BY)
    with register.reading() as session:
        hold = hold_on(session, case_id)
        assert hold is not None
        assert (hold.reason, hold.by, hold.since) == ("sealed", "li", BY.at)
    with register.writing() as session:
        writes.lift(session, case_id, BY)
    with register.reading() as session:
        assert (holds(session), hold_on(session, case_id)) == ({}, None)
        changes = [(line.about, line.now is None) for line in office_history(session)[:2]]
    assert changes == [(HELD, True), (HELD, False)]
    assert verify(register).holds


def test_lists_are_numbered_and_keep_what_was_signed(register: Register, case_id: str) -> None:
    assert [listed(register, case_id) for _ in range(2)] == [1, 2]
    for person, role in (("li", Role.DISCLOSURE_HEAD), ("qian", Role.AUDITOR)):
        with register.writing() as session:
            hold_chain(session)
            found = lists(session)[2]
            writes.sign(session, found, role, Author(person, None, THEN))
    with register.reading() as session:
        first_list, second = lists(session)[1], lists(session)[2]
        assert second.cases[0].head == heads(session, [case_id])[case_id]
    assert (first_list.signed, second.cases) == ((), first_list.cases)
    assert second.signed == (("li", Role.DISCLOSURE_HEAD), ("qian", Role.AUDITOR))
    assert verify(register).holds


def test_two_who_propose_at_once_get_two_numbers(register: Register, case_id: str) -> None:
    given: list[int] = []
    threads = [Thread(target=lambda: given.append(listed(register, case_id))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(given) == [1, 2, 3, 4, 5, 6]
    assert verify(register).holds


@pytest.mark.parametrize("signers", [(), ("li",), ("li", "li"), ("li", "qian")])
def test_what_is_forgotten_has_to_be_signed_by_two_people(
    register: Register, case_id: str, signers: tuple[str, ...]
) -> None:
    number = listed(register, case_id)
    for person, role in zip(signers, (Role.DISCLOSURE_HEAD, Role.AUDITOR), strict=False):
        with register.writing() as session:
            found = lists(session)[number]
            writes.sign(session, found, role, Author(person, None, BY.at))
    done = Forgotten(case_id, "ordinary", number, case_id, "qian", THEN)
    with register.writing() as session:
        writes.note_forgotten(session, done, BY)
    with register.reading() as session:
        assert forgotten(session) == {case_id: done}
        assert forgotten_case(session, case_id) == done
        assert all(case != case_id for case, _ in places(session))
    differences = [(d.case, d.table, d.field) for d in verify(register).differences]
    sound = len(set(signers)) == 2
    assert differences == ([] if sound else [(case_id, FORGOTTEN, "list")])


def test_cases_that_ended_long_ago_are_found_and_open_ones_are_not(
    register: Register, case_id: str
) -> None:
    with register.reading() as session:
        assert ended_until(session, date(2099, 1, 1)) == []
    with register.writing() as session:
        ended = text("UPDATE requests SET is_open = :no, ended_on = :day WHERE id = :case")
        session.execute(ended, {"no": False, "day": date(2026, 3, 4), "case": case_id})
    with register.reading() as session:
        assert ended_until(session, date(2026, 3, 3)) == []
        assert ended_until(session, date(2026, 3, 4)) == [case_id]
        assert ended_until(session, date(2026, 3, 4), "elsewhere") == []
