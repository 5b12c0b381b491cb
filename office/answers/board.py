"""The supervisor's board: what is overdue, due soon, or stands still, where, and whose move it is;
what is coming in the next working days, and the year by month. Each figure opens its cases."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from domain.calendar.model import Calendar
from domain.case.reading import Viewer
from domain.case.summary import ListOrder, Mover, Status
from domain.values import legal_day, month_of
from office.answers.query import CaseQuery, CountOf, ahead, calendar_now
from register.reads.counts import Common, counts_by
from register.reads.visible import visible_to

SOON = 3
"""Working days."""

DAYS_AHEAD = 10
"""Working days."""

OPEN = CaseQuery(open_only=True)
PARTS = {
    "open": OPEN,
    "overdue": CaseQuery(overdue=True),
    "soon": CaseQuery(due_within=SOON),
    "stopped": CaseQuery(stopped=True),
}
"""What is counted everywhere: replies owed; of these the late ones, those due in some working days,
those whose period doesn't run."""


@dataclass(frozen=True, slots=True)
class Pressing:
    """The open cases of the whole, of a department or of a handler."""

    open: CountOf
    overdue: CountOf
    soon: CountOf
    stopped: CountOf


@dataclass(frozen=True, slots=True)
class UnitLoad:
    """The open cases of a department of an organ, or of a handler there."""

    organ: str
    department: str | None
    handler: str | None
    cases: Pressing


@dataclass(frozen=True, slots=True)
class MonthLoad:
    """Requests received in a month, and replies (the first of each) that left in it."""

    month: date
    received: CountOf
    replied: CountOf


@dataclass(frozen=True, slots=True)
class Board:
    """As of the instant `at`. `movers`: whose move it is in what stands still; `days`: last days
    among today and the next working days, and those rest days that are one. A case that was given
    to nobody yet counts under no department and no handler."""

    at: datetime
    whole: Pressing
    movers: Mapping[Mover, CountOf]
    statuses: Mapping[Status, CountOf]
    departments: tuple[UnitLoad, ...]
    handlers: tuple[UnitLoad, ...]
    days: Mapping[date, CountOf]
    months: tuple[MonthLoad, ...]


def board(
    session: Session,
    who: Viewer,
    at: datetime,
    organ: str | None = None,
    year: int | None = None,
) -> Board:
    """Of the cases that the person may read, in one organ or in all; `year`: of the months, by
    default the one of `at`."""
    seen, calendar, today = visible_to(who, counted=True), calendar_now(session), legal_day(at)
    base = CaseQuery(organ=organ)
    parts = {name: query.filter(at, calendar) for name, query in PARTS.items()}
    columns = ("organ", "department", "handler", "status", "mover")
    wanted = _in(OPEN, base).filter(at, calendar)
    counted = counts_by(session, wanted, *columns, seen=seen, parts=parts)
    return Board(
        at=at,
        whole=_pressing(base, counted.values()),
        movers={
            Mover(mover): CountOf(n, replace(base, stopped=True, mover=Mover(mover)))
            for mover, n in _by(counted, "stopped", 4)
        },
        statuses={
            Status(status): CountOf(n, replace(base, status=(Status(status),)))
            for status, n in _by(counted, "open", 3)
        },
        departments=tuple(_units(counted, "department", 1)),
        handlers=tuple(_units(counted, "handler", 2)),
        days=dict(_days(session, base, today, at, calendar, seen)),
        months=tuple(_months(session, base, year or today.year, at, calendar, seen)),
    )


def pressing(session: Session, who: Viewer, at: datetime, organ: str | None = None) -> Pressing:
    """The figures of the whole alone, for the navigation."""
    calendar, base = calendar_now(session), CaseQuery(organ=organ)
    seen = visible_to(who, counted=True)
    parts = {name: query.filter(at, calendar) for name, query in PARTS.items()}
    wanted = _in(OPEN, base).filter(at, calendar)
    return _pressing(base, counts_by(session, wanted, seen=seen, parts=parts).values())


def _in(query: CaseQuery, base: CaseQuery) -> CaseQuery:
    """The same of the organ, department or handler of `base`."""
    return replace(query, organ=base.organ, department=base.department, handler=base.handler)


def _pressing(base: CaseQuery, counted: Iterable[Mapping[str, int]]) -> Pressing:
    every = list(counted)
    return Pressing(
        **{
            name: CountOf(sum(counts[name] for counts in every), _in(query, base))
            for name, query in PARTS.items()
        }
    )


def _by(
    counted: Mapping[Common, Mapping[str, int]], part: str, column: int
) -> list[tuple[str, int]]:
    """One part by one column, the most first."""
    sums = Counter[str]()
    for common, counts in counted.items():
        sums[common[column]] += counts[part]
    return [(value, n) for value, n in sums.most_common() if n]


def _units(counted: Mapping[Common, Mapping[str, int]], by: str, column: int) -> Iterator[UnitLoad]:
    """By organ and one column, the most overdue first."""
    units: dict[tuple[str, str], list[Mapping[str, int]]] = defaultdict(list)
    for common, counts in counted.items():
        if common[column] is not None:
            units[common[0], common[column]].append(counts)
    found = []
    for (organ, name), of_unit in units.items():
        base = CaseQuery(organ=organ)
        base = replace(base, department=name) if by == "department" else replace(base, handler=name)
        found.append(UnitLoad(organ, base.department, base.handler, _pressing(base, of_unit)))
    yield from sorted(found, key=_urgency)


def _urgency(unit: UnitLoad) -> tuple[int, int, int, str, str, str]:
    cases = unit.cases
    counts = (-cases.overdue.count, -cases.soon.count, -cases.open.count)
    return (*counts, unit.organ, unit.department or "", unit.handler or "")


def _days(
    session: Session,
    base: CaseQuery,
    today: date,
    at: datetime,
    calendar: Calendar,
    seen: ColumnElement[bool],
) -> Iterator[tuple[date, CountOf]]:
    last = ahead(calendar, today, DAYS_AHEAD)
    wanted = replace(base, due_from=today, due_by=last).filter(at, calendar)
    counted = {
        day: counts["all"]
        for (day,), counts in counts_by(session, wanted, "due", seen=seen).items()
    }
    working = {ahead(calendar, today, n) for n in range(DAYS_AHEAD + 1)}
    for day in sorted(working | counted.keys()):
        yield day, CountOf(counted.get(day, 0), replace(base, due_from=day, due_by=day))


def _months(
    session: Session,
    base: CaseQuery,
    year: int,
    at: datetime,
    calendar: Calendar,
    seen: ColumnElement[bool],
) -> Iterator[MonthLoad]:
    first, last = date(year, 1, 1), date(year, 12, 31)
    received = replace(base, received_from=first, received_by=last, order=ListOrder.RECEIVED)
    replied = replace(base, dispatched_from=first, dispatched_by=last, order=ListOrder.NUMBER)
    counted = [
        _by_month(counts_by(session, query.filter(at, calendar), column, seen=seen))
        for query, column in ((received, "receipt_day"), (replied, "dispatched_on"))
    ]
    for n in range(1, 13):
        begin, end = month_of(date(year, n, 1))
        yield MonthLoad(
            begin,
            CountOf(counted[0][n], replace(received, received_from=begin, received_by=end)),
            CountOf(counted[1][n], replace(replied, dispatched_from=begin, dispatched_by=end)),
        )


def _by_month(counted: Mapping[Common, Mapping[str, int]]) -> Counter[int]:
    sums = Counter[int]()
    for (day,), counts in counted.items():
        sums[day.month] += counts["all"]
    return sums
