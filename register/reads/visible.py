"""Which cases somebody may read, as a condition on `requests`, and what decides it of one case.

The table itself is `domain.case.reading`; here stand its conditions as SQL, and nothing else.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator

from sqlalchemy import ColumnElement, and_, exists, false, or_, select, true
from sqlalchemy.orm import Session

from domain.case.people import SIGNATURES, Role
from domain.case.reach import viewer
from domain.case.reading import READS, CaseFacts, CasePart, Viewer, When
from register.models import RecordItem, Remedy, Request, SignOff, TaskRow, Trouble
from register.reads import queries

CONFLICT = "conflict_kept"
"""The task of a case in whose record two entries contradict each other."""


def viewer_of(session: Session, user: str) -> Viewer:
    """The person as one who looks, with all grants and as far as these reach.
    Refusal(unknown_user), also for one no longer active."""
    actor = queries.actor(session, user)
    return viewer(actor, {organ.id: organ.profile for organ in queries.organs(session)})


def visible_to(who: Viewer, part: CasePart = CasePart.LINE) -> ColumnElement[bool]:
    """The cases of which the person may read that part: what `domain.case.reading.sight` says of
    each, as one condition on `Request`."""
    return or_(false(), *_each(who, part))


def among(
    session: Session, who: Viewer, cases: Collection[str], part: CasePart = CasePart.LINE
) -> set[str]:
    """Those of the cases of which the person may read that part."""
    found = select(Request.id).where(Request.id.in_(cases), visible_to(who, part))
    return set(session.scalars(found))


def facts_of(session: Session, cases: Collection[str]) -> dict[str, CaseFacts]:
    """What decides who may read each of these cases; unknown ones are left out."""
    waiting: dict[str, set[Role]] = defaultdict(set)
    for case, role in session.execute(
        select(TaskRow.case_id, TaskRow.role).where(TaskRow.case_id.in_(cases))
    ):
        waiting[case].add(Role(role))
    rows = session.execute(
        select(
            Request.id,
            Request.organ,
            Request.department,
            Request.handler,
            _ITEMS.label("items"),
            _SIGNED.label("signed"),
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
            items=row.items,
            signed=row.signed,
            proceedings=row.proceedings,
            replied=row.replied,
            faulty=row.faulty,
        )
        for row in rows
    }


_ITEMS = exists().where(RecordItem.case_id == Request.id)
_SIGNED = exists().where(SignOff.case_id == Request.id)
_PROCEEDINGS = exists().where(Remedy.case_id == Request.id)
_REPLIED = Request.dispatched_on.is_not(None)
_FAULTY = or_(
    exists().where(Trouble.case_id == Request.id),
    exists().where(TaskRow.case_id == Request.id, TaskRow.kind == CONFLICT),
)


def _each(who: Viewer, part: CasePart) -> Iterator[ColumnElement[bool]]:
    """One condition for each way in which some of the person's roles let the part be read."""
    held: dict[tuple[Role, str | None], list[str]] = defaultdict(list)
    for grant in who.grants:
        held[grant.role, grant.department].append(grant.organ)
    for (role, department), organs in held.items():
        for when, parts in READS.get(role, {}).items():
            if part in parts:
                here = Request.organ.in_(organs)
                yield and_(here, _within(department), _holds(when, role, department, who.person))


def _within(department: str | None) -> ColumnElement[bool]:
    """As `Grant.covers` has it."""
    if department is None:
        return true()
    return or_(Request.department.is_(None), Request.department == department)


def _holds(when: When, role: Role, department: str | None, person: str) -> ColumnElement[bool]:
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
            waits = exists().where(TaskRow.case_id == Request.id, TaskRow.role == role.value)
            return or_(_SIGNED if role in SIGNATURES else _ITEMS, waits)
        case When.PROCEEDINGS:
            return _PROCEEDINGS
        case When.REPLIED:
            return _REPLIED
        case When.FAULTY:
            return _FAULTY
