"""The results of a year from the rows of the register; every figure opens its proceedings."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import insert, update

from domain.errors import Code, InputError
from domain.remedies.progress import OF_PROCEEDINGS
from domain.values import OFFICE_ZONE
from law.files import load_statutes
from register.engine import Register
from register.models import DeadlineRow, Remedy, Request
from register.reads.annual import annual_report, row_disputes
from register.reads.outcomes import TABLE, cell_disputes, outcomes_of
from register.reads.proceedings import Wanted, nearest, proceeding_lines
from tests.register.office import registered
from texts.figures import official

NOON = datetime(2026, 3, 2, 12, tzinfo=OFFICE_ZONE)


def put(register: Register, name: str, remedies: Sequence[dict[str, Any]], **case: Any) -> str:
    """A case with its proceedings as the record would leave them."""
    form = {k: case.pop(k) for k in ("organ", "training") if k in case}
    received = date(2023, 1, 9)
    row = registered(register, name, arrived=received, registered_on=received, **form)
    nothing = dict.fromkeys(c.name for c in Remedy.__table__.columns)
    with register.writing() as session:
        values = {"department": "zfb", **case}
        session.execute(update(Request).where(Request.id == row.id).values(**values))
        for given in remedies:
            plain = {"simplified": False, "overturned": False, "orders_reply": False}
            fields = nothing | plain | {"reopened": False, "result": "other", "round": 1}
            fields |= {"case_id": row.id, "against": "reply", "received_on": given["filed_on"]}
            fields |= {"reply_kind": "refused_internal", "open": "outcome" not in given}
            session.execute(insert(Remedy).values(fields | given))
    return row.id


def asked(
    filed: date, outcome: str | None = None, on: date | None = None, **more: Any
) -> dict[str, Any]:
    """A reconsideration."""
    end = {"outcome": outcome, "ended_on": on, "effective_on": on} if outcome else {}
    return {"ref": "r1", "kind": "reconsideration", "filed_on": filed, **end, **more}


def suit(
    filed: date, route: str, outcome: str | None = None, on: date | None = None, **more: Any
) -> dict[str, Any]:
    """A suit; `on`: the day its judgment took effect."""
    end = {"outcome": outcome, "ended_on": on, "effective_on": on} if outcome else {}
    form = {"ref": "s1", "kind": "litigation", "instance": "first", "route": route}
    return {**form, "filed_on": filed, **end, **more}


def year_2024(register: Register) -> dict[str, str]:
    """Seven cases; counted by hand in the tests."""
    return {
        # Carried over and corrected; then sued over, upheld, the organ a co-defendant.
        "a": put(
            register,
            "a",
            [
                asked(date(2023, 11, 6), "annulled", date(2024, 1, 15), ground="证据不足"),
                suit(
                    date(2024, 2, 1),
                    "after_reconsideration",
                    "dismissed",
                    date(2024, 8, 1),
                    after="r1",
                    co_defendant="某市人民政府",
                ),
            ],
        ),
        "b": put(
            register,
            "b",
            [asked(date(2024, 3, 1), "annulled", date(2024, 5, 6), ground="证据不足")],
        ),
        "c": put(
            register, "c", [asked(date(2024, 3, 4), "upheld", date(2024, 5, 6))], department="czj"
        ),
        "d": put(register, "d", [asked(date(2024, 4, 1), "withdrawn", date(2024, 4, 9))]),
        "e": put(register, "e", [asked(date(2024, 12, 2), "changed", date(2025, 2, 3))]),
        # Appealed into the next year: pending in this one.
        "f": put(
            register,
            "f",
            [
                suit(
                    date(2024, 5, 6),
                    "direct",
                    "annulled",
                    date(2025, 1, 10),
                    ended_on=date(2024, 11, 4),
                    reply_kind="does_not_exist",
                ),
                suit(
                    date(2024, 12, 3),
                    "direct",
                    "affirmed",
                    date(2025, 1, 10),
                    ref="s2",
                    instance="second",
                    after="s1",
                ),
            ],
        ),
        "g": put(
            register, "g", [suit(date(2024, 6, 3), "direct", against="inaction", reply_kind=None)]
        ),
        "training": put(
            register, "t", [asked(date(2024, 3, 1), "annulled", date(2024, 5, 6))], training=True
        ),
    }


def test_the_table_of_results_adds_up_and_opens(register: Register) -> None:
    cases = year_2024(register)
    with register.reading() as session:
        found = outcomes_of(session, 2024)
        rows = {part.code: [part.figures[c] for c in TABLE] for part in found.parts}
        behind = cell_disputes(session, 2024, "reconsideration_corrected")
        for part in found.parts:
            for column in TABLE:
                opened = cell_disputes(session, 2024, f"{part.code}_{column}")
                assert len(opened) == part.figures[column]
    # new, carried over; upheld, corrected, other, pending, total
    assert rows == {
        "reconsideration": [4, 1, 1, 2, 1, 1, 5],
        "litigation_direct": [2, 0, 0, 0, 0, 2, 2],
        "litigation_after": [1, 0, 1, 0, 0, 0, 1],
    }
    assert all(part.holds for part in found.parts)
    assert [case for case, _ in behind] == [cases["a"], cases["b"]]


def test_pending_is_carried_into_the_next_year(register: Register) -> None:
    year_2024(register)
    with register.reading() as session:
        found = outcomes_of(session, 2025)
    rows = {part.code: [part.figures[c] for c in TABLE] for part in found.parts}
    assert rows == {
        "reconsideration": [0, 1, 0, 1, 0, 0, 1],
        "litigation_direct": [0, 2, 0, 1, 0, 1, 2],
        "litigation_after": [0, 0, 0, 0, 0, 0, 0],
    }
    assert all(part.holds for part in found.parts)


def test_why_replies_fall(register: Register) -> None:
    year_2024(register)
    with register.reading() as session:
        found = outcomes_of(session, 2024)
        next_year = outcomes_of(session, 2025)
        elsewhere = outcomes_of(session, 2024, "edu")
    kinds = [(x.key, x.ended, x.corrected, x.upheld, x.other) for x in found.by_kind]
    assert kinds == [("refused_internal", 5, 2, 2, 1)]
    units = [(x.organ, x.key, x.ended, x.corrected) for x in found.by_department]
    assert units == [("jianning", "zfb", 4, 2), ("jianning", "czj", 1, 0)]
    assert [(x.key, x.corrected) for x in found.by_ground] == [("证据不足", 2)]
    assert {x.key for x in next_year.by_kind} == {"refused_internal", "does_not_exist"}
    assert elsewhere.by_kind == ()


def test_the_yearly_report_has_the_same_figures(register: Register) -> None:
    year_2024(register)
    statutes = load_statutes()
    with register.reading() as session:
        rows = {row.code: row for row in annual_report(session, 2024, statutes).rows}
        table = outcomes_of(session, 2024)
        name = official(rows["litigation_direct_pending"].key)
        behind = row_disputes(session, 2024, name, statutes)
        of_cases = row_disputes(session, 2024, "new", statutes)
    for part in table.parts:
        for column in TABLE[2:]:
            assert rows[f"{part.code}_{column}"].year == part.figures[column]
    assert name == "行政诉讼（未经复议直接起诉）：尚未审结"
    assert behind is not None
    assert [dispute.steps for _, dispute in behind] == [("s1", "s2"), ("s1",)]
    assert of_cases is None


def test_unknown_figures_and_organs_are_refused(register: Register) -> None:
    with register.reading() as session:
        with pytest.raises(InputError) as refused:
            cell_disputes(session, 2024, "reconsideration_lost")
        assert refused.value.code is Code.UNKNOWN_FIGURE
        with pytest.raises(InputError) as refused:
            outcomes_of(session, 2024, "nobody")
        assert refused.value.code is Code.UNKNOWN_ORGAN


def test_the_list_of_proceedings_filters(register: Register) -> None:
    cases = year_2024(register)

    def refs(**wanted: Any) -> list[str]:
        with register.reading() as session:
            lines = proceeding_lines(session, Wanted(**wanted), NOON)
        return [f"{line.case_id} {line.ref}" for line in lines]

    assert refs() == [f"{cases['g']} s1"]
    assert len(refs(ended=True)) == 9
    assert len(refs(ended=True, training=True)) == 10
    assert refs(ended=True, department="czj") == [f"{cases['c']} r1"]
    assert len(refs(ended=True, kind="litigation")) == 4
    assert refs(organ="edu", ended=True) == []
    assert refs(due_within=5) == []
    assert refs(person="li") == []


def running(register: Register, case: str, name: str, ref: str, due: date) -> None:
    """A limit of the case."""
    said = {"article": "", "why": "", "calendar_version": "", "cause": "", "ledger": []}
    row = {"case_id": case, "set_by_seq": due.day, "position": 0, "name": name, "ref": ref}
    with register.writing() as session:
        flags = {"due": due, "provisional": False, "own": True}
        session.execute(insert(DeadlineRow), [row | flags | said])


@pytest.mark.parametrize("ended", [False, True])
def test_the_nearest_proceedings_are_the_first_of_all(register: Register, ended: bool) -> None:
    answer, decision, *_, hearing = OF_PROCEEDINGS
    cases = [put(register, f"open{n}", [asked(date(2026, 2, n))]) for n in range(1, 8)]
    put(register, "ended", [asked(date(2024, 3, 4), "upheld", date(2024, 5, 6))])
    for case, name, ref, day in (
        (cases[5], answer, "r1", 9),
        (cases[2], decision, "r1", 12),
        (cases[2], hearing, "r1/h1", 5),
        (cases[4], decision, "r1", 7),
        (cases[0], decision, "of-nothing", 4),
        (cases[0], "reply", "r1", 3),
    ):
        running(register, case, name, ref, date(2026, 3, day))
    with register.reading() as session:
        wanted = Wanted(ended=ended)
        every = [(line.case_id, line.ref) for line in proceeding_lines(session, wanted, NOON)]
        assert [case for case, _ in every[:3]] == [cases[2], cases[4], cases[5]]
        assert len(every) == (8 if ended else 7)
        for most in range(1, len(every) + 2):
            assert nearest(session, wanted, most) == every[:most]
            some = proceeding_lines(session, Wanted(ended=ended, refs=every[:most]), NOON)
            assert [(line.case_id, line.ref) for line in some] == every[:most]
