"""Which cases have to have a run, from plain indexed columns; the engine is never asked."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session

from domain.values import legal_time
from register.models import DeadlineRow, Request
from register.reads.lists import rows_as


@dataclass(frozen=True, slots=True)
class LivingCase:
    """A case of which something may still come. `started_at` None: no engine took it over yet."""

    id: str
    number: str
    organ: str
    training: bool
    seq: int
    is_open: bool
    due_at: datetime | None
    next_alarm: datetime | None
    clock_offset: int
    started_at: datetime | None

    @property
    def urgency(self) -> tuple[datetime, ...]:
        """What comes first in the time of the office, the earlier the smaller; nothing: last."""
        days = [day for day in (self.due_at, self.next_alarm) if day is not None]
        return (legal_time(min(days), -self.clock_offset),) if days else ()


def living(
    session: Session, now: datetime, cases: Collection[str] | None = None
) -> list[LivingCase]:
    """The cases whose run is not over at the real instant `now`, the nearest day first.

    A reply is owed, or the period in which remedies may come still runs, or a proceeding is open
    (then nothing may come by itself), or a limit ended while no run was there to say so.
    """
    of_limits = set(session.scalars(_limit_runs().join(Request).where(Request.training)))
    ended = or_(Request.next_alarm.is_(None), Request.next_alarm > now, Request.training)
    where = or_(Request.is_open, ended, Request.id.in_(_limit_runs()))
    if cases is not None:
        where = and_(where, Request.id.in_(list(cases)))
    found = rows_as(session, LivingCase, Request, where, Request.year, Request.serial)
    there = [
        case
        for case in found
        if not case.training  # the others' time is the database's
        or case.is_open
        or case.next_alarm is None
        or case.next_alarm > legal_time(now, case.clock_offset)
        or case.id in of_limits
    ]
    return sorted(there, key=lambda case: (not case.urgency, case.urgency))


def _limit_runs() -> Select[str]:
    return select(DeadlineRow.case_id).where(
        DeadlineRow.superseded_by_seq.is_(None), DeadlineRow.due.is_not(None)
    )
