"""Every limit that runs and every hearing called, for calendars of departments and people."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, false, func, or_, select
from sqlalchemy.orm import Session

from domain.case.people import Role
from domain.case.reading import Viewer
from domain.remedies.paths import PATHS
from domain.remedies.progress import OF_PROCEEDINGS
from register.models import CaseEvent, DeadlineRow, HearingRow, Remedy, Request
from register.reads.visible import visible_to

_NOT_BY_SCOPE = (Role.HANDLER, Role.LEGAL, Role.ADMIN)
"""Handlers see their own cases, `legal` remedies, administrators none; others all they reach."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose calendar: what `who` may see of an organ or a department; `own`: of that what is the
    person's own."""

    who: Viewer
    organ: str | None = None
    department: str | None = None
    own: bool = False
    training: bool = False


@dataclass(frozen=True, slots=True)
class LimitLine:
    """A limit that runs. `cause`: what happened on day 0 (`base`); `seq`, `at`: of the event that
    set it as it is; `forum`, `docket`: of the
    proceeding it runs in."""

    case_id: str
    number: str
    organ: str
    department: str | None
    name: str
    ref: str | None
    base: date | None
    due: date
    provisional: bool
    article: str
    cause: str
    seq: int
    at: datetime
    forum: str | None = None
    docket: str | None = None


@dataclass(frozen=True, slots=True)
class HearingLine:
    """A hearing that is called. `seq`, `recorded`: of the last event of the case."""

    case_id: str
    number: str
    organ: str
    department: str | None
    ref: str
    hearing: str
    at: datetime
    place: str | None
    forum: str | None
    docket: str | None
    seq: int
    recorded: datetime


def running_limits(session: Session, scope: Scope) -> list[LimitLine]:
    """Every limit that runs, by its last day; hearings are not among them."""
    row, event = DeadlineRow, CaseEvent
    found = session.execute(
        select(
            row.case_id,
            Request.number,
            Request.organ,
            Request.department,
            row.name,
            row.ref,
            row.base,
            row.due,
            row.provisional,
            row.article,
            row.cause,
            row.set_by_seq,
            event.at,
            func.coalesce(Remedy.court, Remedy.organ),
            Remedy.docket,
        )
        .join(Request, Request.id == row.case_id)
        .join(event, and_(event.case_id == row.case_id, event.seq == row.set_by_seq))
        .outerjoin(Remedy, and_(Remedy.case_id == row.case_id, Remedy.ref == row.ref))
        .where(
            row.due.is_not(None),
            row.superseded_by_seq.is_(None),
            row.name != "hearing",
            *_within(scope, row.name.in_((*PATHS, *OF_PROCEEDINGS))),
        )
        .order_by(row.due, Request.year, Request.serial, row.set_by_seq, row.position)
    )
    return [LimitLine(*tuple(line)) for line in found]


def called_hearings(session: Session, scope: Scope, since: datetime) -> list[HearingLine]:
    """Every hearing from `since` on of a proceeding that has not ended."""
    found = session.execute(
        select(
            HearingRow.case_id,
            Request.number,
            Request.organ,
            Request.department,
            HearingRow.ref,
            HearingRow.hearing,
            HearingRow.at,
            HearingRow.place,
            func.coalesce(Remedy.court, Remedy.organ),
            Remedy.docket,
            Request.seq,
            CaseEvent.at,
        )
        .join(Request, Request.id == HearingRow.case_id)
        .join(Remedy, and_(Remedy.case_id == HearingRow.case_id, Remedy.ref == HearingRow.ref))
        .join(CaseEvent, and_(CaseEvent.case_id == Request.id, CaseEvent.seq == Request.seq))
        .where(HearingRow.at >= since, Remedy.outcome.is_(None), *_within(scope, None))
        .order_by(HearingRow.at, Request.year, Request.serial)
    )
    return [HearingLine(*tuple(line)) for line in found]


def _within(scope: Scope, of_remedies: ColumnElement[bool] | None) -> Iterable[ColumnElement[bool]]:
    """The conditions of a scope; `of_remedies` None: everything asked for is."""
    yield visible_to(scope.who)
    if not scope.training:
        yield Request.training.is_(False)
    if scope.organ is not None:
        yield Request.organ == scope.organ
    if scope.department is not None:
        yield Request.department == scope.department
    if scope.own:
        yield or_(false(), *_of_person(scope.who, of_remedies))


def _of_person(
    person: Viewer, of_remedies: ColumnElement[bool] | None
) -> Iterable[ColumnElement[bool]]:
    for grant in person.grants:
        reached = [Request.organ == grant.organ]
        if grant.department is not None:
            reached.append(
                or_(Request.department.is_(None), Request.department == grant.department)
            )
        if grant.role is Role.HANDLER:
            yield and_(*reached, Request.handler == person.person)
        elif grant.role is Role.LEGAL:
            yield and_(*reached, *([] if of_remedies is None else [of_remedies]))
        elif grant.role not in _NOT_BY_SCOPE:
            yield and_(*reached)
