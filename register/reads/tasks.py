"""Tasks: what waits for a person, from plain indexed columns; the engine is never asked."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, func, literal, or_, select, tuple_
from sqlalchemy.orm import Session

from domain import numbers
from domain.case.people import Role
from domain.case.reading import Viewer
from domain.errors import Code, InputError
from domain.values import legal_time
from register.models import Department, Request, RoleGrant, TaskRow, User
from register.reads.filter import OWED
from register.reads.lists import CaseLine, rows_as
from register.reads.paging import NOTHING, Unsought

GIVERS = (Role.INTAKE, Role.DISCLOSURE_HEAD)
"""Who may give a case to another handler."""

AT_ONCE = 500
"""Cases in one query."""


@dataclass(frozen=True, slots=True)
class TaskPlace:
    """A place in a list of tasks: which of the tasks of its case, and its last day."""

    due: date | None
    case: str
    position: int

    def __str__(self) -> str:
        """As it is handed out, to be given back with the wish for the next page."""
        return f"{self.due or NOTHING}_{self.case}_{self.position}"

    @property
    def key(self) -> tuple[bool, date, str, int]:
        """What sorts it among others."""
        return (self.due is None, self.due or date.max, self.case, self.position)


def task_place(text: str) -> TaskPlace:
    """The place that was handed out as `text`. InputError(bad_cursor)."""
    try:
        due, case, position = text.split("_")
        if not numbers.is_case_id(case):
            raise ValueError(text)
        return TaskPlace(None if due == NOTHING else date.fromisoformat(due), case, int(position))
    except ValueError as error:
        raise InputError(Code.BAD_CURSOR) from error


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
    """What waits for this person: named tasks, and those of the roles held, the soonest first."""
    places = _places(session, _mine(who), training, None, limit)
    found = [*_unattended(session, who, training), *_lines(session, places).values()]
    return sorted(found, key=lambda line: line.due or date.max)[:limit]


def task_page(
    session: Session,
    who: Viewer,
    role: Role,
    *,
    limit: int,
    after: TaskPlace | None = None,
    training: bool = False,
) -> dict[TaskPlace, TaskLine]:
    """What waits for this person in one role, the soonest first; `after`: what follows there."""
    return _lines(session, _places(session, _mine(who, role), training, after, limit))


def task_counts(session: Session, who: Viewer, *, training: bool = False) -> dict[Role, int]:
    """How much waits for this person in each role in which anything does."""
    found: Counter[str] = Counter()
    for where in _mine(who):
        counted = select(TaskRow.role, func.count()).where(where).group_by(TaskRow.role)
        if not training:
            counted = counted.where(TaskRow.training.is_(False))
        for of, count in session.execute(counted):
            found[of] += count
    return {role: found[role] for role in Role if role in found}


def _mine(who: Viewer, role: Role | None = None) -> list[ColumnElement[bool]]:
    """What is of each role held and organ, by name or for whoever holds it: no task twice, and none
    of a role that the person holds there no more."""
    held: dict[tuple[Role, str], list[str | None]] = defaultdict(list)
    for grant in who.grants:
        if role in (None, grant.role):
            held[grant.role, grant.organ].append(grant.department)
    found, named = [], []
    for (of, organ), departments in held.items():
        there = [TaskRow.role == of.value, TaskRow.organ == organ]
        if None not in departments:
            there.append(or_(TaskRow.department.is_(None), TaskRow.department.in_(departments)))
        found.append(and_(TaskRow.person.is_(None), *there))
        named.append(and_(*there))
    if named:
        by_role = [] if role is None else [TaskRow.role == role.value]
        found.append(and_(TaskRow.person == who.person, *by_role, Unsought(or_(*named))))
    return found


def _places(
    session: Session,
    mine: Sequence[ColumnElement[bool]],
    training: bool,
    after: TaskPlace | None,
    limit: int | None,
) -> list[TaskPlace]:
    """Where the next tasks stand, in order: each part goes along its index."""
    order = (TaskRow.due, TaskRow.case_id, TaskRow.position)
    found: list[TaskPlace] = []
    for where in mine:
        for behind in _behind(after):
            query = select(*order).where(where, *behind).order_by(*order).limit(limit)
            if not training:
                query = query.where(TaskRow.training.is_(False))
            found += [TaskPlace(*row) for row in session.execute(query)]
    return sorted(found, key=lambda place: place.key)[:limit]


def _behind(after: TaskPlace | None) -> list[list[ColumnElement[bool]]]:
    """Of what has a day, then of what has none; NULLS LAST goes along no index."""
    rest: list[ColumnElement[bool]] = [TaskRow.due.is_(None)]
    if after is None:
        return [[TaskRow.due.is_not(None)], rest]
    place = (TaskRow.case_id, TaskRow.position)
    if after.due is None:
        return [[*rest, tuple_(*place) > tuple_(literal(after.case), literal(after.position))]]
    values = (literal(after.due), literal(after.case), literal(after.position))
    return [[tuple_(TaskRow.due, *place) > tuple_(*values)], rest]


def _lines(session: Session, places: Sequence[TaskPlace]) -> dict[TaskPlace, TaskLine]:
    names = [field.name for field in fields(TaskLine)]
    columns = [getattr(TaskRow, name, None) or getattr(Request, name) for name in names]
    found: dict[TaskPlace, TaskLine] = {}
    for begin in range(0, len(places), AT_ONCE):
        cases = {place.case for place in places[begin : begin + AT_ONCE]}
        rows = session.execute(
            select(TaskRow.position, *columns)
            .join(Request, Request.id == TaskRow.case_id)
            .where(TaskRow.case_id.in_(cases))
        )
        for position, *values in rows:
            line = TaskLine(*values)
            found[TaskPlace(line.due, line.case_id, position)] = line
    return {place: found[place] for place in places if place in found}


def _unattended(session: Session, who: Viewer, training: bool) -> list[TaskLine]:
    """The same as tasks."""
    lines = unattended_for(session, who, training=training)
    roles = {g.organ: role for role in reversed(GIVERS) for g in who.grants if g.role is role}
    return [_to_reassign(line, roles[line.organ]) for line in lines]


def unattended_for(
    session: Session, who: Viewer, limit: int | None = None, *, training: bool = False
) -> list[CaseLine]:
    """Cases to be given to somebody else, for those who may: their handler left or is no longer
    one, so that nobody would see what waits for them, or their department was dissolved."""
    grants = [grant for grant in who.grants if grant.role in GIVERS]
    return [
        line
        for organ in sorted({grant.organ for grant in grants})
        for line in unattended(session, organ)
        if (training or not line.training)
        and any(grant.covers(line.organ, line.department) for grant in grants)
    ][:limit]


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


def unattended(
    session: Session, organ: str | None = None, limit: int | None = None
) -> list[CaseLine]:
    """Open cases whose handler is no longer in service, or no longer a handler for the case's
    department, or whose department has ended; the soonest due first."""
    places = (Request.organ, Request.department, Request.handler)
    here = Request.organ == (organ or Request.organ)
    owed = and_(OWED, Request.handler.is_not(None), here)
    held = select(RoleGrant.organ, RoleGrant.department, RoleGrant.person).join(
        User, User.id == RoleGrant.person
    )
    able = {tuple(r) for r in session.execute(held.where(User.active, RoleGrant.role == "handler"))}
    gone = select(Department.organ, Department.id).where(Department.ended_on.is_not(None))
    ended = {tuple(r) for r in session.execute(gone)}
    left = [
        place
        for place in (tuple(row) for row in session.execute(select(*places).where(owed).distinct()))
        if place[:2] in ended or {place, (place[0], None, place[2])}.isdisjoint(able)
    ]
    if not left:
        return []
    each = (and_(*(c == v for c, v in zip(places, place, strict=True))) for place in left)
    by = Request.handler.in_({place[2] for place in left})  # few, and by their index
    where, order = and_(OWED, by, Unsought(or_(*each))), Request.due_at.nulls_last()
    return rows_as(session, CaseLine, Request, where, order, limit=limit)
