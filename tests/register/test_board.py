"""The board and the inbox: each figure is the length of the list it opens, for whoever looks."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, insert, select

from domain.case.people import Role
from domain.case.reading import Viewer
from domain.case.summary import Mover, Status
from office.answers.board import Board, board, pressing
from office.answers.inbox import inbox, more_tasks
from office.answers.query import CaseQuery, CountOf, calendar_now
from register.engine import Register
from register.models import Request, TaskRow, User
from register.reads.lists import case_lines, count_cases
from register.reads.tasks import task_place, tasks_of
from register.reads.visible import viewer_of, visible_to
from tests.register.test_paging import AT, DAY, fill


@pytest.fixture
def full(register: Register) -> Register:
    fill(register, 400)
    return register


def figures(found: Any) -> Iterator[CountOf]:
    """Every figure in it."""
    if isinstance(found, CountOf):
        yield found
    elif isinstance(found, dict):
        yield from (figure for value in found.values() for figure in figures(value))
    elif isinstance(found, tuple):
        yield from (figure for value in found for figure in figures(value))
    elif hasattr(found, "__dataclass_fields__"):
        yield from (f for name in found.__dataclass_fields__ for f in figures(getattr(found, name)))


@pytest.mark.parametrize("organ", [None, "jianning"])
@pytest.mark.parametrize("user", ["zhou", "li", "zhao", "qian"])
def test_each_figure_is_the_length_of_its_list(
    full: Register, user: str, organ: str | None
) -> None:
    with full.reading() as session:
        who = viewer_of(session, user)
        seen, calendar = visible_to(who), calendar_now(session)
        found = board(session, who, AT, organ)
        counted = list(figures(found))
        for figure in counted:
            wanted = figure.opens.filter(AT, calendar)
            assert figure.count == count_cases(session, wanted, seen), figure
            assert figure.count == len(case_lines(session, wanted, seen)), figure
        assert pressing(session, who, AT, organ) == found.whole
    assert len(counted) >= 4 + 24
    if user == "zhou":
        assert_of_every_kind(found)


def assert_of_every_kind(found: Board) -> None:
    """That the figures above were not all nought."""
    whole = found.whole
    assert all(f.count for f in (whole.open, whole.overdue, whole.soon, whole.stopped))
    assert set(found.movers) == {Mover.APPLICANT, Mover.OFFICE}
    assert sum(f.count for f in found.movers.values()) == whole.stopped.count
    assert sum(f.count for f in found.statuses.values()) == whole.open.count
    assert len(found.statuses) == len(Status) - 5
    assert sum(f.count for f in found.days.values()) > whole.soon.count
    assert sum(m.received.count for m in found.months) > 0
    assert sum(m.replied.count for m in found.months) > 0
    assert {unit.department for unit in found.departments} == {"zfb", "czj"}
    assert {unit.handler for unit in found.handlers} == {"li", "zhao"}


def test_the_next_working_days_stand_there_even_where_nothing_is_due(register: Register) -> None:
    with register.reading() as session:
        found = board(session, viewer_of(session, "zhou"), AT)
    assert next(iter(found.days)) == DAY
    assert date(2026, 4, 6) not in found.days  # Qingming
    assert len(found.days) == 11


def test_due_within_counts_working_days(register: Register) -> None:
    with register.reading() as session:
        calendar = calendar_now(session)
    wanted = CaseQuery(due_within=4).filter(AT, calendar)
    assert (wanted.due_from, wanted.due_by) == (DAY, date(2026, 4, 7))


def test_nobody_counts_what_he_may_not_see(full: Register) -> None:
    with full.reading() as session:
        nobody = board(session, Viewer(person="x", grants=()), AT)
        own = board(session, viewer_of(session, "li"), AT)
        seen = session.scalar(
            select(func.count()).where(
                Request.is_open,
                Request.training.is_(False),
                Request.organ == "jianning",
                Request.handler == "li",
            )
        )
    assert {figure.count for figure in figures(nobody)} == {0}
    assert own.whole.open.count >= (seen or 0) > 0


# -- inbox ----------------------------------------------------------------------------------------


@pytest.fixture
def busy(full: Register) -> Register:
    """Two hundred tasks of zhao, reviewer and handler, some without a day, some of training."""
    rows = []
    with full.writing() as session:
        cases = session.execute(
            select(Request.id, Request.organ, Request.training, Request.due)
        ).all()
        for n, case in enumerate(cases):
            for position, role in enumerate((Role.REVIEWER, Role.HANDLER)):
                named = role is Role.HANDLER
                rows.append(
                    {
                        "case_id": case.id,
                        "position": position,
                        "organ": case.organ,
                        "training": case.training,
                        "kind": "item_reviewed" if n % 2 else "reply_drafted",
                        "role": role.value,
                        "person": ("zhao", "li")[n % 2] if named else None,
                        "department": ("zfb", None)[n % 2],
                        "ref": None,
                        "due": case.due,
                    }
                )
        session.execute(insert(TaskRow), rows)
    return full


@pytest.mark.parametrize("training", [False, True])
def test_one_inbox_has_a_group_for_each_role(busy: Register, training: bool) -> None:
    with busy.reading() as session:
        who = viewer_of(session, "zhao")
        found = inbox(session, who, AT, limit=10, training=training)
        every = tasks_of(session, who, training=training, limit=None)
        assert {group.role for group in found.groups} == {Role.REVIEWER, Role.HANDLER}
        assert found.count == len(every)
        for group in found.groups:
            mine = [task for task in every if task.role == group.role]
            assert group.count == len(mine)
            pages, after = list(group.tasks), group.next
            while after is not None:
                place = task_place(str(after))
                page, after = more_tasks(
                    session, who, group.role, place, limit=30, training=training
                )
                assert page
                pages += page
            assert [(t.case_id, t.kind) for t in pages] == [(t.case_id, t.kind) for t in mine]


def test_whose_handler_left_is_to_be_given_to_somebody_else(full: Register) -> None:
    with full.reading() as session:
        found = inbox(session, viewer_of(session, "wang"), AT, limit=5)
        assert found.unattended == []
    with full.writing() as session:
        user = session.get(User, "li")
        assert user is not None
        user.active = False
    with full.reading() as session:
        found = inbox(session, viewer_of(session, "wang"), AT, limit=5)
    assert len(found.unattended) == 5
    assert {line.handler for line in found.unattended} == {"li"}
    days = [line.due or date.max for line in found.unattended]
    assert days == sorted(days)
    assert days[0] < DAY + timedelta(days=1)
