"""The table of who reads what, as SQL, on both databases: the same as the domain says it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from domain.case.people import Actor, Grant, Role
from domain.case.reach import viewer
from domain.case.reading import CaseFacts, CasePart, Viewer, sight
from domain.errors import Refusal
from register.engine import Register
from register.models import (
    Organ,
    Remedy,
    Request,
    RoleGrant,
    TaskRow,
    Trouble,
    User,
)
from register.reads.tasks import tasks_of
from register.reads.visible import CONFLICT, among, conflicts, facts_of, viewer_of, visible_to
from tests.domain.case.sights import COUNTY, KINDS, ORGANS, golden, of_role
from tests.domain.case.test_sight import facts, grants

DAY, NOW = date(2026, 3, 2), datetime(2026, 3, 2, tzinfo=UTC)


class _DoneError(Exception):
    """Ends a trial: nothing of it stays."""


@contextmanager
def trial(register: Register) -> Iterator[Session]:
    """The organs of the grid in a register that forgets all afterwards."""
    try:
        with register.writing() as session:
            for place, (organ, profile) in enumerate(ORGANS.items()):
                row = {"id": organ, "name": profile.name, "level": "department"}
                row |= {"government": profile.government, "superior": profile.superior}
                more = {"sign_on_command_line": True, "position": place}
                session.execute(insert(Organ), [row | more])
            yield session
            raise _DoneError
    except _DoneError:
        pass


def keep(
    session: Session, cases: Sequence[CaseFacts], faulty: str = "trouble"
) -> dict[str, CaseFacts]:
    """The cases as rows; by id."""
    by_id = {f"2026-{n:04}": of for n, of in enumerate(cases, 1)}
    for n, (case, of) in enumerate(by_id.items(), 1):
        session.execute(insert(Request), [_request(n, case, of)])
        tasks = [(role.value, "any") for role in sorted(of.awaits)]
        if of.faulty and faulty == "conflict":
            tasks.append((Role.DISCLOSURE_HEAD.value, CONFLICT))
        elif of.faulty:
            trouble = {"case_id": case, "what": "run", "code": "x", "detail": "", "since": NOW}
            session.execute(insert(Trouble), [trouble])
        for place, (role, kind) in enumerate(tasks):
            task = {"case_id": case, "position": place, "organ": of.organ, "training": False}
            session.execute(insert(TaskRow), [task | {"kind": kind, "role": role}])
        if of.proceedings:
            session.execute(insert(Remedy), [_remedy(case)])
    return by_id


def _request(n: int, case: str, of: CaseFacts) -> dict[str, Any]:
    first = {"id": case, "number": case, "year": 2026, "serial": n, "organ": of.organ}
    then = {"channel": "post", "arrived": DAY, "registered_on": DAY, "registered_by": "wang"}
    told = {"statute": "cn-2019", "subject": "", "training": False, "clock_offset": 0}
    told |= {"command_id": case, "digest": "", "created_at": NOW}
    now = {"seq": 1, "status": "in_hand", "is_open": True, "mover": "office"}
    now |= {"clock_state": "running", "provisional": False}
    now |= {"department": of.department, "handler": of.handler}
    now |= {"had_items": of.had_items, "was_signed": of.was_signed}
    return first | then | told | now | {"dispatched_on": DAY if of.replied else None}


def _remedy(case: str) -> dict[str, Any]:
    kept = {"case_id": case, "ref": "r1", "kind": "complaint", "against": "reply", "round": 1}
    days = {"filed_on": DAY, "received_on": DAY, "simplified": False, "result": "pending"}
    return kept | days | dict.fromkeys(("overturned", "open", "orders_reply", "reopened"), False)


def seen(session: Session, who: Viewer, part: CasePart) -> set[str]:
    found = set(session.scalars(select(Request.id).where(visible_to(who, part))))
    counted = visible_to(who, part, counted=True)
    assert set(session.scalars(select(Request.id).where(counted))) == found
    return found


def test_the_golden_grid_holds_for_rows(register: Register) -> None:
    grid, kinds = golden(), list(KINDS)
    with trial(register) as session:
        by_id = keep(session, list(KINDS.values()))
        for role in {role for _, role in grid}:
            who = of_role(role)
            for part in CasePart:
                wanted = {
                    case
                    for case, kind in zip(by_id, kinds, strict=True)
                    if part in grid[kind, role]
                }
                assert seen(session, who, part) == wanted, (role, part)


@pytest.mark.parametrize("faulty", ["trouble", "conflict"])
def test_rows_and_rule_say_the_same(register: Register, faulty: str) -> None:
    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(grants, st.lists(facts, min_size=1, max_size=12))
    def holds(held: tuple[Grant, ...], cases: list[CaseFacts]) -> None:
        if faulty == "conflict":  # it waits for the head, whatever else it waits for
            cases = [_conflicting(of) for of in cases]
        who = viewer(Actor(person="handler", grants=held), ORGANS)
        with trial(register) as session:
            by_id = keep(session, cases, faulty)
            assert facts_of(session, list(by_id)) == by_id
            for part in CasePart:
                wanted = {case for case, of in by_id.items() if part in sight(who, of)}
                assert seen(session, who, part) == wanted
                assert among(session, who, list(by_id)[:3], part) == wanted & {*list(by_id)[:3]}

    holds()


def _conflicting(of: CaseFacts) -> CaseFacts:
    fields = {name: getattr(of, name) for name in CaseFacts.__dataclass_fields__}
    waits = of.awaits | {Role.DISCLOSURE_HEAD} if of.faulty else of.awaits
    return CaseFacts(**{**fields, "awaits": waits})


def test_the_condition_is_about_the_request_whatever_else_a_query_reads(register: Register) -> None:
    facts_by_kind = [KINDS["contested"], KINDS["signed"], KINDS["arrived"], KINDS["conflict"]]
    with trial(register) as session:
        contested, signed, *_ = keep(session, facts_by_kind)
        legal, leader = of_role(Role.LEGAL), of_role(Role.PRINCIPAL_LEADER)
        disputes = select(Request.id).join(Remedy, Remedy.case_id == Request.id)
        assert session.scalars(disputes.where(visible_to(legal))).all() == [contested]
        waiting = select(TaskRow.case_id).join(Request, Request.id == TaskRow.case_id)
        assert session.scalars(waiting.where(visible_to(leader))).all() == [signed]


def test_what_waits_for_somebody_who_may_see_it_no_more_is_not_shown(register: Register) -> None:
    with trial(register) as session:
        (case,) = keep(session, [KINDS["own"]])
        session.execute(update(TaskRow).values(person="handler"))
        assert [task.case_id for task in tasks_of(session, of_role(Role.HANDLER))] == [case]
        left = viewer(Actor(person="handler", grants=()), ORGANS)
        assert tasks_of(session, left) == []


def test_conflicts_are_told_by_number(register: Register) -> None:
    with trial(register) as session:
        keep(session, [KINDS["conflict"], KINDS["own"], KINDS["elsewhere"]], "conflict")
        assert conflicts(session, {COUNTY}) == {"2026-0001": "2026-0001"}


def test_a_person_is_read_with_all_that_the_roles_reach(register: Register) -> None:
    with trial(register) as session:
        session.execute(
            insert(User), [{"id": "s", "name": "某督办", "language": "zh", "active": True}]
        )
        session.execute(insert(RoleGrant), [{"person": "s", "role": "supervisor", "organ": COUNTY}])
        assert viewer_of(session, "s").grants == of_role(Role.SUPERVISOR).grants
        with pytest.raises(Refusal):
            viewer_of(session, "nobody")
