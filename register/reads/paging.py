"""Pages of cases by sort key: a page begins after the last row of the one before, so a deep one
costs what the first one does, and what comes or goes meanwhile shifts nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Protocol

from sqlalchemy import ColumnElement, and_, literal, true, tuple_
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from domain import numbers
from domain.case.summary import ListOrder
from domain.errors import Code, InputError
from register.models import Request

NOTHING = "-"


class Sorted(Protocol):
    """What a row is sorted by."""

    @property
    def id(self) -> str: ...
    @property
    def due_at(self) -> datetime | None: ...
    @property
    def receipt_day(self) -> date | None: ...


@dataclass(frozen=True, slots=True)
class ListPlace:
    """A place in a list: that of its case. `first`: the due instant or receipt day, where the list
    is sorted by it and the case has one."""

    order: ListOrder
    first: datetime | date | None
    case: str

    def __str__(self) -> str:
        """As it is handed out, to be given back with the wish for the next page."""
        first = NOTHING if self.first is None else self.first.isoformat()
        return f"{self.order}_{first.replace('+00:00', 'Z')}_{self.case}"

    @property
    def number(self) -> tuple[int, int]:
        """Year and serial."""
        return numbers.series_of(self.case)

    @property
    def sorts(self) -> tuple[Any, ...]:
        """The values of its columns."""
        return self.number if self.first is None else (self.first, *self.number)

    @property
    def key(self) -> tuple[float, ...]:
        """What sorts it among others; training cases behind real ones of the same number."""
        year, serial = self.number
        training = self.case.startswith(numbers.TRAINING)
        match self.order, self.first:
            case ListOrder.DUE, datetime() as due:
                return (0, due.timestamp(), year, serial, training)
            case ListOrder.DUE, _:
                return (1, 0, year, serial, training)
            case ListOrder.RECEIVED, date() as day:
                return (1, -day.toordinal(), -year, -serial, training)
        return (0, 0, -year, -serial, training)


def place_of(line: Sorted, order: ListOrder) -> ListPlace:
    """That of a row."""
    first = {ListOrder.DUE: line.due_at, ListOrder.RECEIVED: line.receipt_day}.get(order)
    return ListPlace(order, first, line.id)


def place(text: str, order: ListOrder) -> ListPlace:
    """The place that was handed out as `text` by a list in that order. InputError(bad_cursor)."""
    try:
        named, first, case = text.split("_")
        if named != order.value or not numbers.is_case_id(case):
            raise ValueError(text)
        return ListPlace(order, _first(first, order), case)
    except ValueError as error:
        raise InputError(Code.BAD_CURSOR) from error


def _first(text: str, order: ListOrder) -> datetime | date | None:
    if text == NOTHING:
        return None
    match order:
        case ListOrder.DUE:
            at = datetime.fromisoformat(text)
            if at.tzinfo is None:
                raise ValueError(text)
            return at.astimezone(UTC)
        case ListOrder.RECEIVED:
            return date.fromisoformat(text)
    raise ValueError(text)


@dataclass(frozen=True, slots=True)
class Leg:
    """A part of a list that one index has in its order; the parts follow one another. `empty`: its
    cases have no due instant or receipt day."""

    where: ColumnElement[bool]
    order: Sequence[Any]
    empty: bool


def legs(order: ListOrder, after: ListPlace | None) -> list[Leg]:
    """The parts of the list in that order that lie behind a place. (With NULLS LAST in one part no
    database seeks to a place.)"""
    number = (Request.year, Request.serial)
    columns: dict[ListOrder, Any] = {
        ListOrder.DUE: Request.due_at,
        ListOrder.RECEIVED: Request.receipt_day,
    }
    column = columns.get(order)
    if column is None:
        return [_leg(true(), number, order, after, empty=False)]
    full = _leg(column.is_not(None), (column, *number), order, after, empty=False)
    empty = _leg(column.is_(None), number, order, after, empty=True)
    parts = [full, empty] if order is ListOrder.DUE else [empty, full]
    if after is None:
        return parts
    return parts if parts[0].empty == (after.first is None) else parts[1:]


def _leg(
    where: ColumnElement[bool],
    columns: Sequence[Any],
    order: ListOrder,
    after: ListPlace | None,
    *,
    empty: bool,
) -> Leg:
    ascending = order is ListOrder.DUE
    if after is not None and len(columns) == len(after.sorts):
        typed = (literal(v, c.type) for c, v in zip(columns, after.sorts, strict=True))
        key, last = tuple_(*columns), tuple_(*typed)
        where = and_(where, key > last if ascending else key < last)
    return Leg(where, [column.asc() if ascending else column.desc() for column in columns], empty)


class Unsought(FunctionElement[Any]):
    """A column or condition that no index is chosen by: which one serves a list is known here, and
    a database without statistics would guess."""

    name = "unsought"
    inherit_cache = True

    def __init__(self, column: Any) -> None:
        super().__init__(column)
        self.type = column.type


@compiles(Unsought)
def _plain(element: Unsought, compiler: SQLCompiler, **more: Any) -> str:
    return f"({compiler.process(element.clauses, **more)})"


@compiles(Unsought, "sqlite")
def _without_index(element: Unsought, compiler: SQLCompiler, **more: Any) -> str:
    return f"+({compiler.process(element.clauses, **more)})"
