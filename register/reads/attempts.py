"""Who did or tried what: accepted acts from the record of the cases, all else from the access
log, together and newest first."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from domain.values import midnight
from register.models import AccessEntry, CaseEvent, Request

ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True)
class Looked:
    """Which attempts are asked for. `organs`: of their cases, and what concerns no case;
    `first`, `last`: days in the office's zone, both included."""

    organs: Collection[str]
    case_id: str | None = None
    person: str | None = None
    outcome: str | None = None
    first: date | None = None
    last: date | None = None
    limit: int = 50
    offset: int = 0


@dataclass(frozen=True, slots=True)
class AttemptLine:
    """One attempt. `outcome`: accepted, ok (read, exported, changed), repeated, refused, not_found,
    unanswered; `seq` the line of the case's record an accepted act left."""

    at: datetime
    person: str
    asked_by: str | None
    command: str
    outcome: str
    case_id: str | None
    code: str | None
    detail: str | None
    command_id: str | None
    seq: int | None


def attempts(session: Session, wanted: Looked) -> list[AttemptLine]:
    """The attempts asked for, newest first, `wanted.limit` of them from `wanted.offset` on."""
    found = [*_acts(session, wanted), *_others(session, wanted)]
    found.sort(key=lambda line: (line.at, line.seq or 0), reverse=True)
    return found[wanted.offset : wanted.offset + wanted.limit]


def _acts(session: Session, wanted: Looked) -> list[AttemptLine]:
    if wanted.outcome not in (None, ACCEPTED):
        return []
    columns: tuple[Any, ...] = (
        CaseEvent.written_at,
        CaseEvent.person,
        CaseEvent.asked_by,
        CaseEvent.kind,
        CaseEvent.case_id,
    )
    query: Select[Any] = (
        select(*columns, CaseEvent.command_id, CaseEvent.seq)
        .join(Request, Request.id == CaseEvent.case_id)
        .where(CaseEvent.person != "system", Request.organ.in_(wanted.organs))
        .order_by(CaseEvent.written_at.desc(), CaseEvent.seq.desc())
    )
    rows = session.execute(_narrowed(query, CaseEvent, CaseEvent.written_at, wanted))
    return [
        AttemptLine(at, person, way, kind, ACCEPTED, case_id, None, None, command_id, seq)
        for at, person, way, kind, case_id, command_id, seq in rows
    ]


def _others(session: Session, wanted: Looked) -> list[AttemptLine]:
    if wanted.outcome == ACCEPTED:
        return []
    query = (
        select(AccessEntry)
        .outerjoin(Request, Request.id == AccessEntry.case_id)
        .where(or_(Request.id.is_(None), Request.organ.in_(wanted.organs)))
        .order_by(AccessEntry.at.desc(), AccessEntry.id.desc())
    )
    if wanted.outcome is not None:
        query = query.where(AccessEntry.outcome == wanted.outcome)
    names = [name for name in AttemptLine.__dataclass_fields__ if name != "seq"]
    return [
        AttemptLine(**{name: getattr(row, name) for name in names}, seq=None)
        for row in session.scalars(_narrowed(query, AccessEntry, AccessEntry.at, wanted))
    ]


def _narrowed(query: Select[Any], table: Any, at: Any, wanted: Looked) -> Select[Any]:
    if wanted.case_id is not None:
        query = query.where(table.case_id == wanted.case_id)
    if wanted.person is not None:
        query = query.where(table.person == wanted.person)
    if wanted.first is not None:
        query = query.where(at >= midnight(wanted.first))
    if wanted.last is not None:
        query = query.where(at < midnight(wanted.last + timedelta(days=1)))
    return query.limit(wanted.offset + wanted.limit)
