"""Reminders about the office itself, for those who keep it running."""

from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from domain.case.people import Role
from register.models import Notice, Request, RoleGrant, User
from register.writes.notify import Recipient

QUIET = (Role.ADMIN,)
PRESSING = (Role.ADMIN, Role.SUPERVISOR, Role.DISCLOSURE_HEAD)
"""Who hears once the dates of open cases depend on it."""


def remind_of_year(session: Session, year: int, day: date) -> None:
    """Notices that `year` is missing, one a person and day. Needs a writing session."""
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
