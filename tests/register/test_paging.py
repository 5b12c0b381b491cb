"""Lists page by page: every case once, in order, whatever comes between; and by an index."""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, func, insert, select, update
from sqlalchemy.orm import Session

from domain import numbers
from domain.case.people import Role
from domain.case.summary import ListOrder, Mover, Status
from domain.errors import Code, InputError
from domain.values import OFFICE_ZONE, midnight
from register.engine import Register, open_register
from register.models import Request
from register.reads.counts import counts_between, counts_by
from register.reads.filter import Filter
from register.reads.lists import case_lines, count_cases
from register.reads.paging import place, place_of
from register.reads.tasks import task_counts, task_page, task_place
from register.reads.visible import viewer_of, visible_to
from tests.register.conftest import BOTH, copied
from tests.register.office import registered

AT = datetime(2026, 3, 31, tzinfo=OFFICE_ZONE)
DAY = AT.date()

ORGANS = ("jianning", "edu")
STATES = (*Status,)


def rows(like: dict[str, Any], many: int) -> Iterator[dict[str, Any]]:
    """Requests of every kind in turn, some of them training, many with the same last day."""
    for n in range(2, many + 2):
        training = n % 7 == 0
        status = STATES[n % len(STATES)]
        owed = n % len(STATES) < 8
        due = DAY + timedelta(days=n % 9 - 4) if owed and n % 4 else None
        case = numbers.case_id(2026, n, training=training)
        yield like | {
            "id": case,
            "number": numbers.number_of(case),
            "serial": n,
            "training": training,
            "clock_offset": 86_400 * (n % 5) if training else 0,
            "command_id": f"c-{n}",
            "organ": ORGANS[n % 2],
            "department": ("zfb", "czj")[n % 4 // 2],
            "handler": ("li", "zhao", None)[n % 3],
            "status": status.value,
            "is_open": owed,
            "mover": (Mover.OFFICE if due else Mover.APPLICANT).value,
            "channel": ("email", "fax")[n % 5 // 4],
            "receipt_day": None if n % 11 == 0 else DAY - timedelta(days=n % 40),
            "due": due,
            "due_at": due and midnight(due + timedelta(days=1)),
            "dispatched_on": None if owed else DAY - timedelta(days=n % 17),
        }


def fill(register: Register, many: int) -> None:
    registered(register, "1")
    with register.writing() as session:
        one = session.execute(select(Request)).scalar_one()
        like = {c.name: getattr(one, c.name) for c in Request.__table__.columns}
        session.execute(insert(Request), list(rows(like, many)))


@pytest.fixture(scope="module", params=BOTH)
def full(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Register]:
    """Rows for those who only read: filling them in takes longer than reading them."""
    with copied(request, tmp_path_factory.mktemp("full")) as url:
        opened = open_register(url)
        fill(opened, 400)
        yield opened
        opened.close()


ASKED: list[dict[str, Any]] = [
    {},
    {"organ": "edu"},
    {"open_only": True},
    {"organ": "jianning", "open_only": True},
    {"stopped": True},
    {"stopped": True, "mover": "applicant", "organ": "edu"},
    {"overdue_at": AT},
    {"overdue_at": AT, "organ": "edu", "department": "czj"},
    {"due_from": DAY, "due_by": DAY + timedelta(days=2)},
    {"overdue_at": AT, "due_from": DAY, "due_by": DAY + timedelta(days=2), "organ": "edu"},
    {"handler": "li"},
    {"handler": "li", "overdue_at": AT},
    {"department": "zfb", "organ": "jianning"},
    {"status": ["closed"]},
    {"status": ["closed"], "organ": "edu"},
    {"status": ["withdrawn"], "organ": "jianning"},
    {"status": ["in_hand", "under_review"]},
    {"statute": "cn-2019", "channel": "fax"},
    {"received_from": DAY - timedelta(days=9), "received_by": DAY - timedelta(days=3)},
    {"dispatched_from": DAY - timedelta(days=9), "dispatched_by": DAY, "organ": "edu"},
]


@pytest.mark.parametrize("order", ListOrder)
@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: "-".join(asked) or "all")
@pytest.mark.parametrize("training", [False, True], ids=["real", "training"])
def test_pages_in_a_row_are_the_list(
    full: Register, asked: dict[str, Any], order: ListOrder, training: bool
) -> None:
    wanted = Filter(**asked, order=order, training=training, at=AT, limit=None)
    with full.reading() as session:
        whole = case_lines(session, wanted)
        assert count_cases(session, wanted) == len(whole)
        assert count_cases(session, wanted, most=1) == min(1, len(whole))
        assert {line.id for line in whole} == {
            line.id
            for line in case_lines(session, Filter(training=training, limit=None))
            if belongs(line, wanted)
        }
        keys = [place_of(line, order).key for line in whole]
        assert keys == sorted(keys)
        pages, after = [], None
        for size in itertools.cycle((7, 1, 30)):
            page = case_lines(session, replace(wanted, limit=size, after=after))
            if not page:
                break
            pages += page
            after = place(str(place_of(page[-1], order)), order)
    assert pages == whole


def belongs(line: Any, wanted: Filter) -> bool:
    """The filter once more, in plain words."""
    legal = line.legal(AT)
    ahead = (legal.date() - DAY).days
    first = DAY if wanted.due_from is None else wanted.due_from
    timed = [
        wanted.overdue_at is not None and line.overdue(AT),
        wanted.due_by is not None
        and line.is_open
        and line.due is not None
        and first <= line.due - timedelta(days=ahead) <= wanted.due_by,
    ]
    any_time = wanted.overdue_at is None and wanted.due_by is None
    plain = ("organ", "department", "handler", "statute", "channel", "mover")
    return (
        all(getattr(wanted, name) in (None, getattr(line, name)) for name in plain)
        and (not wanted.status or line.status in wanted.status)
        and (not wanted.open_only or line.is_open)
        and (not wanted.stopped or (line.is_open and line.due_at is None))
        and (any_time or any(timed))
        and within(line.receipt_day, wanted.received_from, wanted.received_by)
        and within(line.dispatched_on, wanted.dispatched_from, wanted.dispatched_by)
    )


def within(day: date | None, first: date | None, last: date | None) -> bool:
    if first is None and last is None:
        return True
    return day is not None and (first or date.min) <= day <= (last or date.max)


def test_what_comes_or_goes_shifts_no_page(register: Register) -> None:
    """A case that another person replied to meanwhile is missing; none twice."""
    fill(register, 400)
    wanted = Filter(open_only=True, limit=20)
    with register.reading() as session:
        first = case_lines(session, wanted)
        second = case_lines(session, replace(wanted, after=place_of(first[-1], ListOrder.DUE)))
    with register.writing() as session:
        session.execute(
            update(Request)
            .where(Request.id.in_([line.id for line in first[:5]]))
            .values(is_open=False, due=None, due_at=None)
        )
    with register.reading() as session:
        after = place_of(first[-1], ListOrder.DUE)
        assert case_lines(session, replace(wanted, after=after)) == second


@pytest.mark.parametrize(
    "text",
    ["", "due", "number_-_2026-1", "due_x_2026-0001", "due_-_2026-0001_x", "due_2026-03-01_x"],
)
def test_a_place_that_no_list_gave_is_refused(text: str) -> None:
    with pytest.raises(InputError) as refused:
        place(text, ListOrder.DUE)
    assert refused.value.code is Code.BAD_CURSOR


# -- by which index -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def sqlite(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    file = tmp_path_factory.mktemp("plans") / "register.db"
    file.write_bytes(sqlite_template.read_bytes())
    opened = open_register(f"sqlite:///{file}")
    fill(opened, 50)
    yield opened
    opened.close()


def plans(register: Register, read: Callable[[Session], object]) -> list[str]:
    """How the database goes about each query of a read."""
    found: list[str] = []
    with register.reading() as session:
        raw = session.connection().connection.driver_connection
        assert raw is not None

        def explain(_: Any, __: Any, statement: str, parameters: Any, *___: Any) -> None:
            if statement.startswith(("SELECT", "WITH")):
                steps = raw.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
                found.extend(step[3] for step in steps)

        event.listen(register.engine, "before_cursor_execute", explain)
        try:
            read(session)
        finally:
            event.remove(register.engine, "before_cursor_execute", explain)
    return found


@pytest.mark.parametrize(
    ("asked", "indexes"),
    [
        ({}, ["due", "uq"]),
        ({"organ": "edu"}, ["due", "number"]),
        ({"open_only": True}, ["due", "stopped"]),
        ({"open_only": True, "organ": "edu", "department": "czj"}, ["due", "stopped"]),
        ({"overdue_at": AT}, ["due"]),
        ({"due_from": DAY, "due_by": DAY, "organ": "edu"}, ["due"]),
        ({"stopped": True, "organ": "edu"}, ["due", "stopped"]),
        ({"status": ["in_hand", "approved"], "organ": "edu"}, ["due", "stopped"]),
        ({"status": ["withdrawn"]}, ["due", "status"]),
        ({"handler": "li"}, ["handler", "handler"]),
        ({"order": ListOrder.NUMBER}, ["uq"]),
        ({"order": ListOrder.NUMBER, "organ": "edu"}, ["number"]),
        ({"order": ListOrder.NUMBER, "organ": "edu", "open_only": True}, ["number"]),
        ({"order": ListOrder.NUMBER, "stopped": True}, ["stopped"]),
        ({"order": ListOrder.NUMBER, "status": ["void"], "organ": "edu"}, ["status"]),
        ({"order": ListOrder.NUMBER, "status": ["closed"], "organ": "edu"}, ["number"]),
        ({"order": ListOrder.RECEIVED}, ["received", "received"]),
        ({"order": ListOrder.RECEIVED, "organ": "edu", "overdue_at": AT}, ["received", "received"]),
        ({"order": ListOrder.RECEIVED, "received_from": DAY, "received_by": DAY}, ["received"] * 2),
    ],
    ids=lambda of: "-".join(str(part) for part in of),
)
@pytest.mark.parametrize("deep", [False, True], ids=["first", "deep"])
def test_a_page_goes_along_an_index_and_sorts_nothing(
    sqlite: Register, asked: dict[str, Any], indexes: list[str], deep: bool
) -> None:
    wanted = Filter(**asked)
    if deep:
        first = {ListOrder.DUE: AT, ListOrder.RECEIVED: None}.get(wanted.order)
        named = f"{wanted.order}_{first.isoformat() if first else '-'}_2026-0001"
        wanted = replace(wanted, after=place(named, wanted.order))
    steps = plans(sqlite, lambda session: case_lines(session, wanted))
    assert not [step for step in steps if "TEMP B-TREE" in step]
    used = [step.split("INDEX ")[1].split(" (")[0].split()[0] for step in steps]
    names = {"uq": "sqlite_autoindex_requests"}
    for step, name in zip(used, indexes, strict=True):
        assert step.startswith(names.get(name, f"ix_requests_{name}")), steps


@pytest.mark.parametrize(
    ("asked", "index"),
    [
        ({"open_only": True}, "due_days open"),
        ({"open_only": True, "organ": "edu"}, "due_days open"),
        ({"overdue_at": AT, "organ": "edu"}, "open"),
        ({"overdue_at": AT}, "due"),
        ({"stopped": True, "organ": "edu", "handler": "li"}, "open"),
        ({"received_from": DAY, "received_by": DAY}, "received"),
        ({"dispatched_from": DAY, "dispatched_by": DAY, "organ": "edu"}, "dispatched"),
        ({"status": ["closed"]}, "status"),
        ({"organ": "edu"}, "receipt_days"),
    ],
    ids=str,
)
def test_a_count_reads_an_index_and_no_row(
    sqlite: Register, asked: dict[str, Any], index: str
) -> None:
    columns = [name for name in ("organ",) if name not in asked]

    def read(session: Session) -> None:
        count_cases(session, Filter(**asked))
        counts_by(session, Filter(**asked), *columns, parts={"late": Filter(overdue_at=AT)})

    counted, *grouped = plans(sqlite, read)
    first, *other = index.split()
    assert f"COVERING INDEX ix_requests_{first}" in counted
    assert f"ix_requests_{(other or [first])[0]}" in grouped[0]


@pytest.mark.parametrize(("user", "lists"), [("zhao", 0), ("qian", 1)], ids=["reviewer", "leader"])
def test_open_cases_are_counted_for_whom_they_awaited_by_their_index_and_a_list_at_most(
    sqlite: Register, user: str, lists: int
) -> None:
    def read(session: Session) -> None:
        seen = visible_to(viewer_of(session, user), counted=True)
        counts_by(session, Filter(organs=ORGANS, open_only=True), seen=seen)

    steps = [step.partition(" (")[0] for step in plans(sqlite, read)]
    counted = [step for step in steps if "requests" in step]
    assert counted == ["SEARCH requests USING COVERING INDEX ix_requests_open"]
    listed = [step for step in steps if "tasks" in step]
    assert listed == ["SEARCH tasks USING COVERING INDEX ix_tasks_role"] * lists


@pytest.mark.parametrize(
    ("column", "index", "open_only"),
    [("due", "due", True), ("receipt_day", "receipt", False), ("dispatched_on", "dispatch", False)],
)
def test_days_of_whole_organs_are_counted_along_an_index_of_theirs(
    sqlite: Register, column: str, index: str, open_only: bool
) -> None:
    wanted = Filter(organs=ORGANS, open_only=open_only)
    spans = [(DAY, DAY + timedelta(days=n)) for n in (0, 30)]
    steps = plans(sqlite, lambda session: counts_between(session, wanted, column, spans))
    sought = f"COVERING INDEX ix_requests_{index}_days (organ=? AND training=? AND {column}>?"
    assert any(sought in step for step in steps), steps


def test_a_page_of_tasks_goes_along_an_index_and_sorts_nothing(sqlite: Register) -> None:
    def read(session: Session) -> None:
        who = viewer_of(session, "zhao")
        for after in (None, task_place("2026-03-30_2026-0007_1"), task_place("-_2026-0007_1")):
            task_page(session, who, Role.REVIEWER, limit=5, after=after)
        task_counts(session, who)

    steps = [step for step in plans(sqlite, read) if "ix_tasks" in step]
    used = [step.split("INDEX ix_tasks_")[1].split()[0] for step in steps]
    pages = ["role", "role", "person", "person"]
    assert used == [*pages, *pages, "role", "person", "role", "role", "person"]
    counts = steps[len(pages) * 2 :]
    assert all("COVERING" in step for step in counts)
    assert not [step for step in steps if "TEMP B-TREE" in step]


def test_the_rows_of_the_test_are_of_every_kind(full: Register) -> None:
    with full.reading() as session:
        kinds = session.execute(
            select(func.count(Request.status.distinct()), func.count(Request.due.distinct()))
        ).one()
    assert tuple(kinds) == (len(Status), 9)
