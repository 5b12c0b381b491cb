"""Lists of cases, from plain indexed columns; the engine is never asked."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, and_, func, literal_column, select
from sqlalchemy.orm import Session

from domain.case.summary import ListOrder
from domain.values import OFFICE_ZONE, legal_time
from register.models import Base, Request
from register.reads.filter import OWED, Filter, also, conditions, counted_by, sought
from register.reads.paging import legs, place_of

LineT = TypeVar("LineT")

_AT_ONCE = 10_000
"""Ids in one query: databases bound the parameters of a statement."""


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


def rows_as(
    session: Session,
    line: type[LineT],
    table: type[Base],
    where: ColumnElement[bool],
    *order: Any,
    limit: int | None = None,
) -> list[LineT]:
    """Rows of a table as dataclass lines with the columns of the same names."""
    names = [field.name for field in fields(line)]  # type: ignore[arg-type]
    query = select(*(getattr(table, name) for name in names)).where(where).order_by(*order)
    if limit is not None:
        query = query.limit(limit)
    return [line(*row) for row in session.execute(query)]


def case_lines(
    session: Session, wanted: Filter, seen: ColumnElement[bool] | None = None
) -> list[CaseLine]:
    """The cases in their order; `seen`: only where this holds too, what somebody may read."""
    found = _real(session, wanted, seen)
    if wanted.training:  # few, and each in a time of its own: looked through here
        found += _training(session, wanted, seen)
        found.sort(key=lambda line: place_of(line, wanted.order).key)
    return found[: wanted.limit]


def _real(session: Session, wanted: Filter, seen: ColumnElement[bool] | None) -> list[CaseLine]:
    found: list[CaseLine] = []
    for leg in legs(wanted.order, wanted.after):
        if leg.empty and wanted.timed and wanted.order is ListOrder.DUE:
            break
        left = None if wanted.limit is None else wanted.limit - len(found)
        if left == 0:
            break
        where = and_(leg.where, *conditions(wanted, sought(wanted, leg)), *also(seen))
        found += rows_as(session, CaseLine, Request, where, *leg.order, limit=left)
    return found


def _training(session: Session, wanted: Filter, seen: ColumnElement[bool] | None) -> list[CaseLine]:
    """The training cases behind the place of the filter."""
    timeless = replace(wanted, overdue_at=None, due_from=None, due_by=None)
    where = [Request.training, *conditions(timeless, frozenset(), real=False), *also(seen)]
    where += [OWED] if wanted.timed else []
    found = rows_as(session, CaseLine, Request, and_(*where))
    after = None if wanted.after is None else wanted.after.key
    return [
        line
        for line in found
        if (not wanted.timed or _in_its_time(line, wanted))
        and (after is None or place_of(line, wanted.order).key > after)
    ]


def lines_of(session: Session, cases: Sequence[str]) -> list[CaseLine]:
    """The cases of these ids, in their order; unknown ones are left out."""
    found: dict[str, CaseLine] = {}
    for begin in range(0, len(cases), _AT_ONCE):
        part = Request.id.in_(cases[begin : begin + _AT_ONCE])
        found |= {line.id: line for line in rows_as(session, CaseLine, Request, part)}
    return [found[case] for case in cases if case in found]


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


def count_cases(
    session: Session,
    wanted: Filter,
    seen: ColumnElement[bool] | None = None,
    most: int | None = None,
) -> int:
    """How many cases the filter finds, whatever its limit and place; counted no further than
    `most`."""
    wanted = replace(wanted, limit=None, after=None)
    where = (*conditions(wanted, counted_by(wanted)), *also(seen))
    found = select(literal_column("1")).select_from(Request).where(*where).limit(most).subquery()
    count: int = session.execute(select(func.count()).select_from(found)).scalar_one()
    if wanted.training:
        count += len(_training(session, wanted, seen))
    return count if most is None else min(count, most)


def overdue_cases(session: Session, at: datetime, **more: Any) -> list[CaseLine]:
    """Cases whose period is over at `at` and whose reply is still owed, the longest first.

    A case that waits or stands still has no due instant, so it never appears.
    """
    return case_lines(session, Filter(overdue_at=at, **more))
