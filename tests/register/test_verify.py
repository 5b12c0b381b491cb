"""What was changed behind the register's back is found, and named."""

from typing import Any

import pytest
from sqlalchemy import text

from domain.case import facts as f
from register.engine import Register
from register.verify import Verification, against_engine, verify
from register.writes.record import record
from tests.register import office
from tests.register.office import assigned, deadline, event, first, registered

HASH = "ab" * 32


@pytest.fixture
def case_id(register: Register) -> str:
    """A case with a moved limit, an item and a signature."""
    case_id = registered(register).id
    events = (
        first(),
        assigned(),
        event(3, f.ItemAdded(ref="1", title="预算", sha256=HASH)),
        event(4, f.ItemReviewed(ref="1", decision=f.Decision.RELEASE, sha256=HASH), "zhao"),
        event(5, f.Signed(items=(f.ItemHash(ref="1", sha256=HASH),)), "qian"),
        event(6, f.Noted(text="旧"), deadlines=(deadline(None, was=office.DUE),)),
    )
    with register.writing() as session:
        record(session, case_id, events, office.summary(6))
    return case_id


def tamper(register: Register, statement: str, table: str = "case_events") -> None:
    """As somebody with the database file would, who leaves no lock open behind."""
    with register.writing() as session:
        if register.is_sqlite:
            locks = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
            triggers = session.execute(text(locks)).all()
            for name, _ in triggers:
                session.execute(text(f"DROP TRIGGER {name}"))
            session.execute(text(statement))
            for _, sql in triggers:
                session.execute(text(sql))
        else:
            session.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
            session.execute(text(statement))
            session.execute(text(f"ALTER TABLE {table} ENABLE TRIGGER USER"))


def found(report: Verification) -> set[tuple[str, str, str]]:
    return {(d.table, d.key, d.field) for d in report.differences}


def test_an_untouched_record_holds(register: Register, case_id: str) -> None:
    report = verify(register)
    assert report.differences == ()
    assert (report.cases, report.events, report.holds) == (1, 6, True)


@pytest.mark.parametrize(
    ("statement", "where"),
    [
        (
            "UPDATE case_events SET body = replace(body, '旧', '新') WHERE seq = 6",
            ("case_events", "6", "hash"),
        ),
        ("UPDATE case_events SET hash = 'x' WHERE seq = 6", ("case_events", "6", "hash")),
        ("UPDATE case_events SET hash = 'x' WHERE seq = 2", ("case_events", "3", "prev_hash")),
        ("UPDATE case_events SET person = 'li' WHERE seq = 1", ("case_events", "1", "person")),
        ("UPDATE case_events SET body = '{}' WHERE seq = 4", ("case_events", "4", "body")),
        ("DELETE FROM case_events WHERE seq = 5", ("case_events", "5", "row")),
        ("DELETE FROM case_events WHERE seq = 6", ("requests", "", "seq")),
        ("UPDATE record_items SET decision = 'withhold'", ("record_items", "1", "decision")),
        ("DELETE FROM sign_offs", ("sign_offs", "5", "row")),
        (
            "UPDATE deadlines SET due = '2026-12-31' WHERE set_by_seq = 1",
            ("deadlines", "1/0", "due"),
        ),
        ("UPDATE deadlines SET position = 7 WHERE set_by_seq = 1", ("deadlines", "1/7", "row")),
    ],
)
def test_tampering_is_found(
    register: Register, case_id: str, statement: str, where: tuple[str, str, str]
) -> None:
    tamper(register, statement)
    report = verify(register, [case_id])
    assert where in found(report)
    assert not report.holds


def test_a_changed_summary_is_found(register: Register, case_id: str) -> None:
    def summarise(_: Any, events: Any) -> Any:
        return office.summary(len(events))

    assert verify(register, summarise=summarise).holds
    tamper(register, "UPDATE requests SET due = '2026-12-31', is_open = false")
    tamper(register, "UPDATE tasks SET person = 'zhao'")
    assert found(verify(register, summarise=summarise)) == {
        ("requests", "", "due"),
        ("requests", "", "is_open"),
        ("tasks", "0", "person"),
    }


def test_a_number_that_was_taken_out_is_found(register: Register, case_id: str) -> None:
    registered(register, "c-2")
    registered(register, "c-3")
    for table, column in (
        ("case_starts", "case_id"),
        ("applicants", "case_id"),
        ("requests", "id"),
    ):
        tamper(register, f"DELETE FROM {table} WHERE {column} = '2026-0002'")
    differences = verify(register).differences
    assert len(differences) == 1, differences
    (difference,) = differences
    assert (difference.case, difference.field) == ("2026-0002", "row")


def test_the_engine_is_compared(register: Register, case_id: str) -> None:
    with register.reading() as session:
        assert against_engine(session, case_id, office.summary(6)) == []
        (difference,) = against_engine(session, case_id, office.summary(6, handler="zhao"))
    assert (difference.field, difference.recorded, difference.rebuilt) == ("handler", "li", "zhao")
