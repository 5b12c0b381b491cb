"""Which cases a list is of, as conditions in SQL, and by which index they are to be found: a
database without statistics would guess."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, or_

from domain.case.summary import REPLIED, ListOrder, Status
from domain.values import midnight
from register.models import Request
from register.models.case import STATE, UNIT
from register.reads.paging import Leg, ListPlace, Unsought

FAR = timedelta(days=3)
"""A due instant lies this near after the beginning of its last day, in any zone."""

OWED: ColumnElement[bool] = and_(Request.is_open)
"""A reply is still owed."""


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


def also(seen: ColumnElement[bool] | None) -> list[ColumnElement[bool]]:
    """What somebody may read, as a condition that no index is chosen by."""
    return [] if seen is None else [Unsought(seen)]


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
