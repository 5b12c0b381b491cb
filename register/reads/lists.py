"""Lists of cases, from plain indexed columns; the engine is never asked."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from domain.values import OFFICE_ZONE, legal_time
from register.models import Base, Request

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
    Overdue and due-by together mean either.
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
    training: bool = False
    at: datetime | None = None
    limit: int | None = 500
    offset: int = 0

    def __post_init__(self) -> None:
        if self.training and self.due_by is not None and self.at is None:
            raise ValueError("days in the time of training cases are seen from an instant")


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
    return and_(True, *found)
