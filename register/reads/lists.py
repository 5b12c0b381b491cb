"""Lists of cases, from plain indexed columns; the engine is never asked."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, and_, func, literal_column, or_, select
from sqlalchemy.orm import Session

from domain.case.summary import REPLIED, ListOrder, Status
from domain.values import OFFICE_ZONE, legal_time, midnight
from register.models import Base, Request
from register.models.case import STATE, UNIT
from register.reads.paging import Leg, ListPlace, Unsought, legs, place_of

LineT = TypeVar("LineT")

_AT_ONCE = 10_000
"""Ids in one query: databases bound the parameters of a statement."""

FAR = timedelta(days=3)
"""A due instant lies this near after the beginning of its last day, in any zone."""

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
    """Which cases; what is left out doesn't matter. `organs`: of one of these.

    `overdue_at`: over at this instant; `due_from`, `due_by`: last day between these (both
    included), seen from the instant `at`, which training cases need: theirs is their own time.
    Overdue and due-by together mean either. `stopped`: a reply is owed and no period runs;
    `mover`: whose move it is. Days of receipt and dispatch are between two days, both included.
    `after`: only what follows this place in the `order`.
    """

    organ: str | None = None
    organs: Sequence[str] = ()
    department: str | None = None
    handler: str | None = None
    status: Sequence[str] = ()
    statute: str | None = None
    channel: str | None = None
    mover: str | None = None
    open_only: bool = False
    stopped: bool = False
    overdue_at: datetime | None = None
    due_from: date | None = None
    due_by: date | None = None
    received_from: date | None = None
    received_by: date | None = None
    dispatched_from: date | None = None
    dispatched_by: date | None = None
    training: bool = False
    at: datetime | None = None
    order: ListOrder = ListOrder.DUE
    after: ListPlace | None = None
    limit: int | None = 500

    def __post_init__(self) -> None:
        if self.training and self.due_by is not None and self.at is None:
            raise ValueError("days in the time of training cases are seen from an instant")

    @property
    def of_organs(self) -> bool:
        """Whether only of some organs."""
        return self.organ is not None or bool(self.organs)

    @property
    def timed(self) -> bool:
        """Whether a period has to run in all that it finds."""
        return self.overdue_at is not None or self.due_by is not None

    @property
    def of_open(self) -> bool:
        """Whether a reply is owed in all that it finds."""
        open_states = bool(self.status) and not {*self.status} & {*map(str, REPLIED)}
        return self.open_only or self.stopped or self.timed or open_states


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


def also(seen: ColumnElement[bool] | None) -> list[ColumnElement[bool]]:
    """What somebody may read, as a condition that no index is chosen by."""
    return [] if seen is None else [Unsought(seen)]


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


# -- which index ----------------------------------------------------------------------------------


def sought(wanted: Filter, leg: Leg) -> frozenset[str]:
    """By which columns, beside those of its order, an index is to find a part of the list.

    None: a small index holds the part in its order, and what it finds is looked through there.
    """
    if wanted.handler is not None:
        return frozenset({"handler"})
    if wanted.dispatched_from is not None or wanted.dispatched_by is not None:
        return frozenset({"dispatched_on"})
    if wanted.order is ListOrder.RECEIVED:
        return frozenset({"receipt_day"})
    if wanted.order is ListOrder.DUE and (not leg.empty or wanted.of_open):
        return frozenset({"due_at"})
    if wanted.stopped:
        return frozenset({"due_at"})
    if len(wanted.status) == 1 and wanted.status[0] != Status.CLOSED:
        return frozenset({"status"})
    for name in ("channel", "statute"):
        if getattr(wanted, name) is not None:
            return frozenset({name})
    return frozenset({"training"} if wanted.organ is None else {"organ"})


def counted_by(wanted: Filter) -> frozenset[str]:
    """By which columns an index is to find what is counted: of open cases, all is in one."""
    if wanted.of_open and wanted.of_organs:
        return frozenset({"organ", "department", "handler"})
    if wanted.handler is not None:
        return frozenset({"handler"})
    if wanted.of_open:
        return frozenset({"due_at"} if wanted.timed else {"organ"})
    if wanted.dispatched_from is not None or wanted.dispatched_by is not None:
        return frozenset({"dispatched_on"})
    if wanted.received_from is not None or wanted.received_by is not None:
        return frozenset({"receipt_day"})
    if wanted.status:
        return frozenset({"status"})
    return frozenset({"organ"} if wanted.of_organs else {"training"})


def grouped_by(wanted: Filter) -> frozenset[str]:
    """By which columns that index has what is counted in groups: open cases by whose they are and
    how they stand."""
    by = counted_by(wanted)
    return by | {*UNIT, *STATE} if wanted.of_open and "organ" in by else by


def conditions(
    wanted: Filter, by: Collection[str], *, real: bool = True
) -> list[ColumnElement[bool]]:
    """What the filter asks for; an index may be chosen by the columns `by` alone, and by whether a
    reply is owed. `real`: only cases that are no training."""

    def column(name: str) -> Any:
        found = getattr(Request, name)
        return found if name in by else Unsought(found)

    found: list[ColumnElement[bool]] = []
    if real:
        found.append(column("training").is_(False))
    for name in ("organ", "department", "handler", "statute", "channel", "mover"):
        value = getattr(wanted, name)
        if value is not None:
            found.append(column(name) == value)
    if wanted.organs:
        found.append(column("organ").in_(wanted.organs))
    if wanted.status:
        states = [str(status) for status in wanted.status]
        found.append(
            column("status") == states[0] if len(states) == 1 else column("status").in_(states)
        )
    for name, first, last in (
        ("receipt_day", wanted.received_from, wanted.received_by),
        ("dispatched_on", wanted.dispatched_from, wanted.dispatched_by),
    ):
        if first is not None:
            found.append(column(name) >= first)
        if last is not None:
            found.append(column(name) <= last)
    if wanted.of_open:
        found.append(OWED)
    if wanted.stopped:
        found.append(column("due_at").is_(None))
    return [*found, *_timed(wanted, column, by)]


def _timed(
    wanted: Filter, column: Callable[[str], Any], by: Collection[str]
) -> Iterator[ColumnElement[bool]]:
    either: list[ColumnElement[bool]] = []
    latest: list[datetime] = []
    if wanted.overdue_at is not None:
        either.append(column("due_at") <= wanted.overdue_at)
        latest.append(wanted.overdue_at)
    if wanted.due_by is not None:
        soon = [Unsought(Request.due) <= wanted.due_by]
        if wanted.due_from is not None:
            soon.append(Unsought(Request.due) >= wanted.due_from)
        either.append(and_(*soon))
        latest.append(midnight(min(wanted.due_by, date.max - FAR)) + FAR)
    if not either:
        return
    yield or_(*either)
    if "due_at" not in by:
        return
    # What an index of instants can be asked, wherever on earth the day is counted.
    yield column("due_at") <= max(latest)
    if wanted.due_from is not None and wanted.overdue_at is None:
        yield column("due_at") >= midnight(wanted.due_from)
