"""Which cases somebody asks for, in days and words as an address can hold them; what a figure
opens is one of these."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from domain.calendar.model import Calendar
from domain.case.summary import ListOrder, Mover, Status
from domain.errors import YishenError
from domain.values import legal_day
from law.files import JURISDICTION, load_calendar
from register.reads.calendars import newest_calendar
from register.reads.filter import Filter


@dataclass(frozen=True, slots=True)
class CaseQuery:
    """What is left out doesn't matter. `due_within`: the last day is among today and the next so
    many working days; `due_from`, `due_by`, and those of receipt and dispatch: between two days,
    both included; overdue and due mean either. `stopped`: a reply is owed and no period runs."""

    organ: str | None = None
    department: str | None = None
    handler: str | None = None
    status: tuple[Status, ...] = ()
    statute: str | None = None
    channel: str | None = None
    mover: Mover | None = None
    open_only: bool = False
    stopped: bool = False
    overdue: bool = False
    due_within: int | None = None
    due_from: date | None = None
    due_by: date | None = None
    received_from: date | None = None
    received_by: date | None = None
    dispatched_from: date | None = None
    dispatched_by: date | None = None
    training: bool = False
    order: ListOrder = ListOrder.DUE

    def filter(self, at: datetime, calendar: Calendar) -> Filter:
        """The same as of the instant `at`."""
        today = legal_day(at)
        due_from, due_by = self.due_from, self.due_by
        if self.due_within is not None:
            due_from, due_by = today, ahead(calendar, today, self.due_within)
        return Filter(
            organ=self.organ,
            department=self.department,
            handler=self.handler,
            status=self.status,
            statute=self.statute,
            channel=self.channel,
            mover=self.mover,
            open_only=self.open_only,
            stopped=self.stopped,
            overdue_at=at if self.overdue else None,
            due_from=due_from,
            due_by=due_by,
            received_from=self.received_from,
            received_by=self.received_by,
            dispatched_from=self.dispatched_from,
            dispatched_by=self.dispatched_by,
            training=self.training,
            at=at,
            order=self.order,
        )


@dataclass(frozen=True, slots=True)
class CountOf:
    """A number, and what it counts."""

    count: int
    opens: CaseQuery


def calendar_now(session: Session) -> Calendar:
    """The working days as the office has them."""
    return newest_calendar(session) or load_calendar(JURISDICTION)


def ahead(calendar: Calendar, day: date, n: int) -> date:
    """The n-th working day after `day`; the last one listed where so many are not listed."""
    for fewer in range(n, 0, -1):
        try:
            return calendar.add_working_days(day, fewer)
        except YishenError:  # the next year has no notice yet
            continue
    return day
