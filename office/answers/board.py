"""The supervisor's board: what is overdue, due soon, or stands still, where, and whose move it is;
what is coming in the next working days, and the year by month. Each figure opens its cases."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache

from sqlalchemy.orm import Session

from domain.case.reading import CasePart, Viewer, organs_read
from domain.case.summary import ListOrder, Mover, Status
from domain.values import legal_day, month_of
from office.answers.query import CaseQuery, CountOf, ahead, calendar_now
from register.reads.counts import Common, FromTo, counts_between, counts_by
from register.reads.filter import Filter
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
    scope, today = _Scope(session, who, at, organ), legal_day(at)
    base = CaseQuery(organ=organ)
    counted = scope.pressing("organ", "department", "handler", "status", "mover")
    return Board(
        at=at,
        whole=_pressing(counted.values(), organ),
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
        days=dict(_days(scope, base, today)),
        months=tuple(_months(scope, base, year or today.year)),
    )


def pressing(session: Session, who: Viewer, at: datetime, organ: str | None = None) -> Pressing:
    """The figures of the whole alone, for the navigation."""
    counted = _Scope(session, who, at, organ).pressing()
    return _pressing(counted.values(), organ)


class _Scope:
    """What is counted for one person at one instant, in one organ or in all."""

    def __init__(self, session: Session, who: Viewer, at: datetime, organ: str | None) -> None:
        self._session, self._at = session, at
        self.calendar = calendar_now(session)
        read = organs_read(who, CasePart.LINE)
        organs = sorted(read) if organ is None else [organ]
        # Of organs that the person reads whole, nothing needs to be asked of each case.
        whole = bool(organs) and all(read.get(one, False) for one in organs)
        # Nor by what the person may read elsewhere.
        held = tuple(grant for grant in who.grants if grant.organ in organs)
        here = who.model_copy(update={"grants": held})
        self._seen = None if whole else visible_to(here, counted=True)
        self._organs = tuple(organs)

    def pressing(self, *columns: str) -> Mapping[Common, Mapping[str, int]]:
        """The open cases, and the parts of them."""
        parts = {name: query.filter(self._at, self.calendar) for name, query in PARTS.items()}
        wanted = Filter(organs=self._organs, open_only=True)
        return counts_by(self._session, wanted, *columns, seen=self._seen, parts=parts)

    def between(
        self, column: str, spans: Sequence[FromTo], *, open_only: bool = False
    ) -> list[int]:
        """How many cases have the day of that column in each of the spans."""
        wanted = Filter(organs=self._organs, open_only=open_only)
        return counts_between(self._session, wanted, column, spans, seen=self._seen)


@lru_cache(maxsize=10_000)  # a board has thousands, the same ones every time
def _opened(
    part: str, organ: str | None, department: str | None = None, handler: str | None = None
) -> CaseQuery:
    """What a figure of an organ, department or handler opens."""
    return replace(PARTS[part], organ=organ, department=department, handler=handler)


def _pressing(counted: Iterable[Mapping[str, int]], *unit: str | None) -> Pressing:
    every = list(counted)
    return Pressing(
        *(CountOf(sum([counts[part] for counts in every]), _opened(part, *unit)) for part in PARTS)
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
        department, handler = (name, None) if by == "department" else (None, name)
        cases = _pressing(of_unit, organ, department, handler)
        found.append(UnitLoad(organ, department, handler, cases))
    yield from sorted(found, key=_urgency)


def _urgency(unit: UnitLoad) -> tuple[int, int, int, str, str, str]:
    cases = unit.cases
    counts = (-cases.overdue.count, -cases.soon.count, -cases.open.count)
    return (*counts, unit.organ, unit.department or "", unit.handler or "")


def _days(scope: _Scope, base: CaseQuery, today: date) -> Iterator[tuple[date, CountOf]]:
    working = {ahead(scope.calendar, today, n) for n in range(DAYS_AHEAD + 1)}
    days = [today + timedelta(days=n) for n in range((max(working) - today).days + 1)]
    counts = scope.between("due", [(day, day) for day in days], open_only=True)
    for day, count in zip(days, counts, strict=True):
        if count or day in working:
            yield day, CountOf(count, replace(base, due_from=day, due_by=day))


def _months(scope: _Scope, base: CaseQuery, year: int) -> Iterator[MonthLoad]:
    received, replied = (replace(base, order=o) for o in (ListOrder.RECEIVED, ListOrder.NUMBER))
    months = [month_of(date(year, n, 1)) for n in range(1, 13)]
    counts = (scope.between(column, months) for column in ("receipt_day", "dispatched_on"))
    for (first, last), came, left in zip(months, *counts, strict=True):
        yield MonthLoad(
            first,
            CountOf(came, replace(received, received_from=first, received_by=last)),
            CountOf(left, replace(replied, dispatched_from=first, dispatched_by=last)),
        )
