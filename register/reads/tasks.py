"""Tasks: what waits for a person, from plain indexed columns; the engine is never asked."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session, aliased

from domain.case.people import Role
from domain.case.reading import Viewer
from domain.values import legal_time
from register.models import Request, RoleGrant, TaskRow, User
from register.reads.lists import OWED, CaseLine, rows_as
from register.reads.visible import visible_to


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


def tasks_of(
    session: Session, who: Viewer, *, training: bool = False, limit: int | None = 1000
) -> list[TaskLine]:
    """What waits for this person: named tasks, and those of the roles held, the soonest first;
    of cases that the person may see, which a handler who is none any more may not."""
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
    waiting = (
        select(TaskRow)
        .join(Request, Request.id == TaskRow.case_id)
        .where(or_(*mine), visible_to(who))
        .order_by(TaskRow.due.asc().nulls_last())
    )
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


def _unattended(session: Session, who: Viewer, training: bool) -> list[TaskLine]:
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
