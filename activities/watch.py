"""Reminding those who keep the calendar that a year's notice is missing."""

from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session
from temporalio import activity

from activities.failures import told_to_temporal
from activities.register import RegisterActivities
from domain.calendar.model import Calendar
from domain.calendar.watch import is_time, missing, next_look
from domain.case.people import Role
from domain.values import OFFICE_ZONE
from register.calendars import newest_calendar
from register.models import Notice, Request, RoleGrant, User
from register.writes.notify import Recipient
from workflows.activity_names import WATCH_CALENDAR

QUIET = (Role.ADMIN,)
PRESSING = (Role.ADMIN, Role.SUPERVISOR, Role.DISCLOSURE_HEAD)
"""Who hears once the dates of open cases depend on it."""


class WatchActivities:
    """Made once by the worker. `fallback`: the calendar while none was loaded."""

    def __init__(self, office: RegisterActivities, fallback: Calendar) -> None:
        self._office = office
        self._fallback = fallback

    @activity.defn(name=WATCH_CALENDAR)
    def watch_calendar(self, now: datetime) -> datetime:
        """Remind where a year is missed, once a day however often asked; the next instant."""
        with told_to_temporal():
            with self._office.register.reading() as session:
                calendar = newest_calendar(session) or self._fallback
            day = now.astimezone(OFFICE_ZONE).date()
            year = missing(calendar, day)
            if year is not None and is_time(calendar, now):
                with self._office.register.writing() as session:
                    _remind(session, year, day)
                self._office.deliver(None)
            return next_look(calendar, now)


def _remind(session: Session, year: int, day: date) -> None:
    cases = session.scalar(
        select(func.count())
        .select_from(Request)
        .where(Request.is_open, Request.provisional, Request.training.is_(False))
    )
    kind = "calendar_missing_pressing" if cases else "calendar_missing"
    roles = [role.value for role in (PRESSING if cases else QUIET)]
    people = session.execute(
        select(User.id, User.email, User.language)
        .join(RoleGrant, RoleGrant.person == User.id)
        .where(User.active, RoleGrant.role.in_(roles))
        .distinct()
        .order_by(User.id)
    )
    found = [Recipient(*person) for person in people]
    nobody = [Recipient(f"role:{Role.ADMIN.value}", None, "zh")]
    rows = [_row(year, day, kind, cases or 0, person) for person in found or nobody]
    known = session.scalars(select(Notice.id).where(Notice.id.in_([row["id"] for row in rows])))
    there = set(known)
    new = [row for row in rows if row["id"] not in there]
    if new:
        session.execute(insert(Notice), new)


def _row(year: int, day: date, kind: str, cases: int, to: Recipient) -> dict[str, Any]:
    person = sha256(to.id.encode()).hexdigest()[:12]
    return {
        "id": f"calendar-{year}-{day.isoformat()}-{person}",
        "case_id": None,
        "seq": 0,
        "recipient": to.id,
        "kind": kind,
        "address": to.address,
        "language": to.language,
        "payload": {"year": year, "cases": cases},
        "state": "pending",
        "attempts": 0,
        "created_at": datetime.now(UTC),
    }
