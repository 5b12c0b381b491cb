"""Lists of cases and of tasks, from plain indexed columns; the engine is never asked."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from domain.case.people import Actor, Role
from domain.values import OFFICE_ZONE, legal_time
from register.models import Base, Request, RoleGrant, TaskRow, User

LineT = TypeVar("LineT")

_AT_ONCE = 10_000
"""Ids in one query: databases bound the parameters of a statement."""

OWED: ColumnElement[bool] = and_(Request.is_open)
"""A reply is still owed."""


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One case in a list. `due`, `due_at` are empty while no period runs."""

    id: str
    number: str
    organ: str
    channel: str
    arrived: date
    statute: str
    subject: str
    training: bool
    seq: int
    status: str
    is_open: bool
    mover: str
    clock_state: str
    receipt_day: date | None
    department: str | None
    handler: str | None
    due: date | None
    due_at: datetime | None
    provisional: bool
    reply_kind: str | None
    dispatched_on: date | None
    in_time: bool | None
    clock_offset: int
    ended_how: str | None
    ended_on: date | None
    next_alarm: datetime | None

    def legal(self, at: datetime) -> datetime:
        """The instant `at` in the time the case lives in: that of a training case is its own."""
        return legal_time(at, self.clock_offset)

    def overdue(self, at: datetime) -> bool:
        """Whether the reply is owed and its period over at the instant `at`."""
        return self.is_open and self.due_at is not None and self.due_at <= self.legal(at)


@dataclass(frozen=True, slots=True)
class Filter:
    """Which cases; what is left out doesn't matter.

    `overdue_at`: over at this instant; `due_from`, `due_by`: last day between these (both
    included), seen from the instant `at`, which training cases need: theirs is their own time.
    Overdue and due-by together mean either. `text`: part of subject or number.
    """

    organ: str | None = None
    department: str | None = None
    handler: str | None = None
    status: Sequence[str] = ()
    statute: str | None = None
    open_only: bool = False
    overdue_at: datetime | None = None
    due_from: date | None = None
    due_by: date | None = None
    text: str | None = None
    training: bool = False
    at: datetime | None = None
    limit: int | None = 500
    offset: int = 0

    def __post_init__(self) -> None:
        if self.training and self.due_by is not None and self.at is None:
            raise ValueError("days in the time of training cases are seen from an instant")


@dataclass(frozen=True, slots=True)
class TaskLine:
    """Something that waits for a person or a role. `provisional`: the reply's last day may still
    move with a coming holiday notice; `clock_offset` as in the case."""

    case_id: str
    number: str
    subject: str
    kind: str
    role: str
    person: str | None
    department: str | None
    ref: str | None
    due: date | None
    organ: str
    training: bool
    seq: int
    provisional: bool
    clock_offset: int

    def legal(self, at: datetime) -> datetime:
        """The instant `at` in the time the case lives in."""
        return legal_time(at, self.clock_offset)

    def late(self, at: datetime) -> bool:
        """Whether its last day is over at the instant `at`."""
        return self.due is not None and self.due < self.legal(at).date()


def rows_as(
    session: Session,
    line: type[LineT],
    table: type[Base],
    where: ColumnElement[bool],
    *order: Any,
    limit: int | None = None,
    offset: int = 0,
) -> list[LineT]:
    """Rows of a table as dataclass lines with the columns of the same names."""
    names = [field.name for field in fields(line)]  # type: ignore[arg-type]
    query = select(*(getattr(table, name) for name in names)).where(where).order_by(*order)
    if limit is not None:
        query = query.limit(limit).offset(offset)
    return [line(*row) for row in session.execute(query)]


def case_lines(session: Session, wanted: Filter) -> list[CaseLine]:
    """The cases, the soonest due first, those without a running period last."""
    order = (Request.due_at.asc().nulls_last(), Request.year, Request.serial)
    where = _where(wanted)
    if not (wanted.training and _timed(wanted)):
        return rows_as(
            session, CaseLine, Request, where, *order, limit=wanted.limit, offset=wanted.offset
        )
    found = rows_as(session, CaseLine, Request, where, *order)
    mine = [line for line in found if not line.training or _in_its_time(line, wanted)]
    last = None if wanted.limit is None else wanted.offset + wanted.limit
    return mine[wanted.offset : last]


def lines_of(session: Session, cases: Sequence[str]) -> list[CaseLine]:
    """The cases of these ids, in their order; unknown ones are left out."""
    found: dict[str, CaseLine] = {}
    for begin in range(0, len(cases), _AT_ONCE):
        part = Request.id.in_(cases[begin : begin + _AT_ONCE])
        found |= {line.id: line for line in rows_as(session, CaseLine, Request, part)}
    return [found[case] for case in cases if case in found]


def _timed(wanted: Filter) -> bool:
    return wanted.overdue_at is not None or wanted.due_by is not None


def _in_its_time(line: CaseLine, wanted: Filter) -> bool:
    """Whether a training case, open as it is, is overdue or due soon in its own time."""
    if line.due is None or line.due_at is None:
        return False
    offset = timedelta(seconds=line.clock_offset)
    if wanted.overdue_at is not None and line.due_at <= wanted.overdue_at + offset:
        return True
    if wanted.due_by is None or wanted.at is None:
        return False
    at = wanted.at.astimezone(OFFICE_ZONE)
    ahead = (at + offset).date() - at.date()
    first = date.min if wanted.due_from is None else wanted.due_from + ahead
    return first <= line.due <= wanted.due_by + ahead


def count_cases(session: Session, wanted: Filter) -> int:
    """How many cases the filter finds, whatever its limit."""
    if wanted.training and _timed(wanted):
        return len(case_lines(session, replace(wanted, limit=None, offset=0)))
    query = select(func.count()).select_from(Request).where(_where(wanted))
    return session.execute(query).scalar_one()


def overdue_cases(session: Session, at: datetime, **more: Any) -> list[CaseLine]:
    """Cases whose period is over at `at` and whose reply is still owed, the longest first.

    A case that waits or stands still has no due instant, so it never appears.
    """
    return case_lines(session, Filter(overdue_at=at, **more))


def overdue(at: datetime) -> ColumnElement[bool]:
    """The condition of being overdue at an instant."""
    return and_(OWED, Request.due_at <= at)


def _where(wanted: Filter) -> ColumnElement[bool]:
    found: list[ColumnElement[bool]] = []
    if not wanted.training:
        found.append(Request.training.is_(False))
    for name in ("organ", "department", "handler", "statute"):
        value = getattr(wanted, name)
        if value is not None:
            found.append(getattr(Request, name) == value)
    if wanted.status:
        found.append(Request.status.in_([str(status) for status in wanted.status]))
    if wanted.open_only:
        found.append(OWED)
    either: list[ColumnElement[bool]] = []
    if wanted.overdue_at is not None:
        either.append(overdue(wanted.overdue_at))
    if wanted.due_by is not None:
        soon = [OWED, Request.due <= wanted.due_by]
        if wanted.due_from is not None:
            soon.append(Request.due >= wanted.due_from)
        either.append(and_(*soon))
    if either and wanted.training:  # of these the own time decides (see `case_lines`)
        either = [
            and_(Request.training.is_(False), or_(*either)),
            and_(Request.training.is_(True), OWED),
        ]
    if either:
        found.append(or_(*either))
    if wanted.text:
        # By itself from its index: a scan of whole rows in the order of due days costs thrice.
        matching = select(Request.id).where(
            or_(
                Request.subject.contains(wanted.text, autoescape=True),
                Request.number.contains(wanted.text, autoescape=True),
            )
        )
        found.append(Request.id.in_(matching))
    return and_(True, *found)


def tasks_of(
    session: Session, who: Actor, *, training: bool = False, limit: int | None = 1000
) -> list[TaskLine]:
    """What waits for this person: named tasks, and those of the roles held, the soonest first."""
    mine: list[ColumnElement[bool]] = [TaskRow.person == who.person]
    for grant in who.grants:
        held = [
            TaskRow.person.is_(None),
            TaskRow.role == grant.role.value,
            TaskRow.organ == grant.organ,
        ]
        if grant.department is not None:
            held.append(or_(TaskRow.department.is_(None), TaskRow.department == grant.department))
        mine.append(and_(*held))
    waiting = select(TaskRow).where(or_(*mine)).order_by(TaskRow.due.asc().nulls_last())
    if not training:
        waiting = waiting.where(TaskRow.training.is_(False))
    unattended = _unattended(session, who, training)
    task = aliased(TaskRow, waiting.limit(limit).subquery())
    query = (
        select(*(_task_column(task, field.name) for field in fields(TaskLine)))
        .join(Request, Request.id == task.case_id)
        .order_by(task.due.asc().nulls_last(), Request.year, Request.serial, task.position)
    )
    found = [*unattended, *(TaskLine(*tuple(row)) for row in session.execute(query))]
    return sorted(found, key=lambda line: line.due or date.max)[:limit]


def _unattended(session: Session, who: Actor, training: bool) -> list[TaskLine]:
    """Cases to be given to somebody else, for those who may: their handler left or is no longer
    one, so that nobody would see what waits for them."""
    found: dict[str, TaskLine] = {}
    for role in (Role.INTAKE, Role.DISCLOSURE_HEAD):
        for grant in (g for g in who.grants if g.role is role):
            for line in unattended(session, grant.organ):
                reached = grant.covers(line.organ, line.department)
                if reached and (training or not line.training) and line.id not in found:
                    found[line.id] = _to_reassign(line, role)
    return list(found.values())


def _to_reassign(line: CaseLine, role: Role) -> TaskLine:
    return TaskLine(
        case_id=line.id,
        number=line.number,
        subject=line.subject,
        kind="reassigned",
        role=role.value,
        person=None,
        department=line.department,
        ref=line.handler,
        due=line.due,
        organ=line.organ,
        training=line.training,
        seq=line.seq,
        provisional=line.provisional,
        clock_offset=line.clock_offset,
    )


def unattended(session: Session, organ: str | None = None) -> list[CaseLine]:
    """Open cases whose handler is no longer in service, or no longer a handler for the case's
    department; the soonest due first."""
    places = (Request.organ, Request.department, Request.handler)
    here = Request.organ == (organ or Request.organ)
    owed = and_(OWED, Request.handler.is_not(None), here)
    held = select(RoleGrant.organ, RoleGrant.department, RoleGrant.person).join(
        User, User.id == RoleGrant.person
    )
    able = {tuple(r) for r in session.execute(held.where(User.active, RoleGrant.role == "handler"))}
    left = [
        and_(*(column == value for column, value in zip(places, place, strict=True)))
        for place in (tuple(row) for row in session.execute(select(*places).where(owed).distinct()))
        if place not in able and (place[0], None, place[2]) not in able
    ]
    if not left:
        return []
    return rows_as(session, CaseLine, Request, and_(owed, or_(*left)), Request.due_at.nulls_last())


def _task_column(task: Any, name: str) -> Any:
    return getattr(task if hasattr(TaskRow, name) else Request, name)
