"""Reminders about the office itself, for those who keep it running."""

from collections.abc import Collection, Sequence
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
WATCHING = (Role.ADMIN, Role.SUPERVISOR)
"""Who hears that cases had lost their run."""
NAMED = 20
"""Most numbers in one notice."""


def remind_of_year(session: Session, year: int, day: date) -> None:
    """Notices that `year` is missing, one a person and day. Needs a writing session."""
    cases = session.scalar(
        select(func.count())
        .select_from(Request)
        .where(Request.is_open, Request.provisional, Request.training.is_(False))
    )
    kind = "calendar_missing_pressing" if cases else "calendar_missing"
    people = _holders(session, PRESSING if cases else QUIET)
    payload = {"year": year, "cases": cases or 0}
    name = f"calendar-{year}-{day.isoformat()}"
    rows = [notice_row(name, kind, payload, person) for person in people]
    known = session.scalars(select(Notice.id).where(Notice.id.in_([row["id"] for row in rows])))
    there = set(known)
    new = [row for row in rows if row["id"] not in there]
    if new:
        session.execute(insert(Notice), new)


def tell_of_restart(
    session: Session, numbers: Sequence[str], organs: Collection[str], at: datetime
) -> None:
    """One notice to each supervisor and administrator of the organs: these cases had lost their
    run, and have a new one. Needs a writing session."""
    payload = {"cases": len(numbers), "numbers": "、".join(numbers[:NAMED])}
    name = f"runs-{at.astimezone(UTC):%Y%m%dT%H%M%S%f}"
    people = _holders(session, WATCHING, organs)
    session.execute(
        insert(Notice), [notice_row(name, "runs_restarted", payload, p) for p in people]
    )


def _holders(
    session: Session, roles: Sequence[Role], organs: Collection[str] | None = None
) -> list[Recipient]:
    """Who holds one of the roles, in any organ or in these; else nobody by name."""
    held = RoleGrant.role.in_([role.value for role in roles])
    people = session.execute(
        select(User.id, User.email, User.language)
        .join(RoleGrant, RoleGrant.person == User.id)
        .where(User.active, held if organs is None else held & RoleGrant.organ.in_(list(organs)))
        .distinct()
        .order_by(User.id)
    )
    found = [Recipient(*person) for person in people]
    return found or [Recipient(f"role:{Role.ADMIN.value}", None, "zh")]


def notice_row(
    name: str, kind: str, payload: dict[str, Any], to: Recipient, seq: int = 0
) -> dict[str, Any]:
    """One notice about the office itself; `seq` of the line of its chain that it is about."""
    person = sha256(to.id.encode()).hexdigest()[:12]
    return {
        "id": f"{name}-{person}",
        "case_id": None,
        "seq": seq,
        "recipient": to.id,
        "kind": kind,
        "address": to.address,
        "language": to.language,
        "payload": payload,
        "state": "pending",
        "attempts": 0,
        "created_at": datetime.now(UTC),
    }
