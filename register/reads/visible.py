"""Which cases somebody may read, as a condition on `requests`, and what decides it of one case.

The table itself is `domain.case.reading`; here stand its conditions as SQL, and nothing else.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

from sqlalchemy import ColumnElement, and_, exists, false, or_, select, true
from sqlalchemy.orm import Session

from domain.case.people import SIGNATURES, Actor, Role
from domain.case.reach import viewer
from domain.case.reading import READS, CaseFacts, CasePart, Viewer, When
from register.models import Remedy, Request, TaskRow, Trouble
from register.reads import roster
from register.reads.paging import Unsought

AT_ONCE = 10_000
"""Ids in one query: databases bound the parameters of a statement."""

CONFLICT = "conflict_kept"
"""The task of a case in whose record two entries contradict each other."""


def viewer_of(session: Session, user: str) -> Viewer:
    """The person as one who looks, with all grants and as far as these reach.
    Refusal(unknown_user), also for one no longer active."""
    return as_viewer(session, roster.actor(session, user))


def as_viewer(session: Session, actor: Actor) -> Viewer:
    """The same of somebody whose grants are read already."""
    return viewer(actor, {organ.id: organ.profile for organ in roster.organs(session)})


def visible_to(
    who: Viewer, part: CasePart = CasePart.LINE, *, counted: bool = False
) -> ColumnElement[bool]:
    """The cases of which the person may read that part: what `domain.case.reading.sight` says of
    each, as one condition on `Request`. `counted`: of very many, not of those on a page."""
    # No index is chosen by it: whatever is asked for is less than all that somebody may read.
    return Unsought(or_(false(), *_each(who, part, counted)))


def among(
    session: Session, who: Viewer, cases: Collection[str], part: CasePart = CasePart.LINE
) -> set[str]:
    """Those of the cases of which the person may read that part."""
    open_to, found = visible_to(who, part), set[str]()
    asked = list(cases)
    for begin in range(0, len(asked), AT_ONCE):
        these = Request.id.in_(asked[begin : begin + AT_ONCE])
        found |= set(session.scalars(select(Request.id).where(these, open_to)))
    return found


def conflicts(session: Session, organs: Collection[str]) -> dict[str, str]:
    """The cases of the organs in whose record entries contradict each other: id to number."""
    found = (
        select(Request.id, Request.number)
        .where(Request.organ.in_(organs), _CONFLICT, Request.training.is_(False))
        .order_by(Request.year, Request.serial)
    )
    return {row.id: row.number for row in session.execute(found)}


def facts_of(session: Session, cases: Collection[str]) -> dict[str, CaseFacts]:
    """What decides who may read each of these cases; unknown ones are left out."""
    waiting: dict[str, set[Role]] = defaultdict(set)
    for case, role in session.execute(
        select(TaskRow.case_id, TaskRow.role).where(TaskRow.case_id.in_(cases), _OF_ROLE)
    ):
        waiting[case].add(Role(role))
    rows = session.execute(
        select(
            Request.id,
            Request.organ,
            Request.department,
            Request.handler,
            Request.had_items,
            Request.was_signed,
            _PROCEEDINGS.label("proceedings"),
            _REPLIED.label("replied"),
            _FAULTY.label("faulty"),
        ).where(Request.id.in_(cases))
    )
    return {
        row.id: CaseFacts(
            organ=row.organ,
            department=row.department,
            handler=row.handler,
            awaits=frozenset(waiting[row.id]),
            had_items=row.had_items,
            was_signed=row.was_signed,
            proceedings=row.proceedings,
            replied=row.replied,
            faulty=row.faulty,
        )
        for row in rows
    }


def _there_is(*of_case: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether such a row is there for the case of `requests`, whatever else the query is about."""
    return exists().where(*of_case).correlate(Request)


_OF_ROLE = TaskRow.person.is_(None)
_PROCEEDINGS = _there_is(Remedy.case_id == Request.id)
_REPLIED = Request.dispatched_on.is_not(None)
_CONFLICT = _there_is(TaskRow.case_id == Request.id, TaskRow.kind == CONFLICT)
_FAULTY = or_(_there_is(Trouble.case_id == Request.id), _CONFLICT)


def _each(who: Viewer, part: CasePart, counted: bool) -> Iterator[ColumnElement[bool]]:
    """One condition for each way in which some of the person's roles let the part be read."""
    held: dict[tuple[Role, str | None], list[str]] = defaultdict(list)
    for grant in who.grants:
        held[grant.role, grant.department].append(grant.organ)
    for (role, department), organs in held.items():
        for when, parts in READS.get(role, {}).items():
            if part in parts:
                here = Request.organ.in_(organs)
                awaited = _awaited(role, organs if counted else None)
                yield and_(here, _within(department), _holds(when, department, who.person, awaited))


def _within(department: str | None) -> ColumnElement[bool]:
    """As `Grant.covers` has it."""
    if department is None:
        return true()
    return or_(Request.department.is_(None), Request.department == department)


def _awaited(role: Role, organs: Sequence[str] | None) -> ColumnElement[bool]:
    """For leaders, of the cases of these organs by one list of what waits in them for the role,
    which is short beside all that are counted; None: by a look for each case."""
    if role not in SIGNATURES:
        return and_(Request.had_items)
    waits = (TaskRow.role == role.value, _OF_ROLE)
    if organs is None:
        there = _there_is(TaskRow.case_id == Request.id, *waits)
    else:
        there = Request.id.in_(select(TaskRow.case_id).where(*waits, TaskRow.organ.in_(organs)))
    # First what stands on the line itself: of most cases nothing else needs to be asked.
    return or_(Request.was_signed, there)


def _holds(
    when: When, department: str | None, person: str, awaited: ColumnElement[bool]
) -> ColumnElement[bool]:
    match when:
        case When.ALWAYS:
            return true()
        case When.OWN:
            return Request.handler == person
        case When.DEPARTMENT if department is not None:
            return Request.department == department
        case When.DEPARTMENT:
            return or_(Request.department.is_not(None), Request.handler.is_not(None))
        case When.AWAITED:
            return awaited
        case When.PROCEEDINGS:
            return _PROCEEDINGS
        case When.REPLIED:
            return _REPLIED
        case When.FAULTY:
            return _FAULTY
