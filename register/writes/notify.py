"""From events to notices in the outbox: who holds the role that is to hear (`domain.case.notices`).

A person hears of one event once, whatever roles they hold; where nobody holds the role, those
instead of it, else a notice without person stays visible.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, insert, or_, select

from domain.case.act import Event
from domain.case.notices import INSTEAD, UNFOUNDED, Telling, is_notice, tellings
from domain.case.people import Role
from domain.case.summary import Summary
from register.models import CaseEvent, DeadlineRow, Notice, RoleGrant, User


@dataclass(frozen=True, slots=True)
class Recipient:
    """A person and where notices reach them; `instead_of` the role that nobody holds."""

    id: str
    address: str | None
    language: str
    instead_of: Role | None = None


def queue_notices(
    db: Connection, case_id: str, organ: str, number: str, events: Sequence[Event], summary: Summary
) -> None:
    """Put the notices of newly recorded events into the outbox, in the transaction of `db`."""
    noticed = [e for e in events if is_notice(e) or (e.consequences and e.consequences.unfounded)]
    registered_at = _first_instant(db, case_id) if noticed else None
    for event in noticed:
        # One after the other: what this one takes back may have been told just before.
        rows = _corrective(db, case_id, event)
        for telling in tellings(event, summary, registered_at):
            payload = {"number": number, "case": case_id, **telling.payload}
            if "limit" in payload and "article" not in payload:
                article, provisional = _proof(db, case_id, payload["limit"], payload["ref"])
                payload |= {"article": article} | ({"provisional": True} if provisional else {})
            heard = {row["recipient"] for row in rows}
            people = _recipients(db, telling, organ, summary.department)
            rows += [
                _row(case_id, event, telling, person, payload)
                for person in people
                if person.id not in heard
            ]
        if rows:
            db.execute(insert(Notice), rows)


def _corrective(db: Connection, case_id: str, event: Event) -> list[dict[str, Any]]:
    """One notice to each person who was told of a limit by an alarm that turns out unfounded,
    however often; it names what was said last."""
    found = event.consequences
    # Who hears of another calendar has a notice of its own, which says so.
    if found is None or not found.unfounded or event.what.kind == "law_revised":
        return []
    told = db.execute(
        select(Notice.recipient, Notice.address, Notice.language, Notice.payload)
        .where(Notice.case_id == case_id, Notice.seq.in_(found.unfounded))
        .order_by(Notice.seq)
    )
    last = {row.recipient: row for row in told}
    kept = ("number", "case", "limit", "ref", "due")
    return [
        _row(
            case_id,
            event,
            Telling(UNFOUNDED, Role.SUPERVISOR, None),
            Recipient(row.recipient, row.address, row.language),
            {name: row.payload[name] for name in kept if name in row.payload},
        )
        for row in last.values()
    ]


def _recipients(
    db: Connection, telling: Telling, organ: str, department: str | None
) -> list[Recipient]:
    people = select(User.id, User.email, User.language).where(User.active)
    if telling.person is not None:
        found = db.execute(people.where(User.id == telling.person)).all()
        if found:
            return [Recipient(*row) for row in found]
    for role in (telling.role, *INSTEAD):
        holders = people.join(RoleGrant, RoleGrant.person == User.id).where(
            RoleGrant.role == role.value, RoleGrant.organ == organ
        )
        # A grant for one department doesn't reach the cases of another.
        if department is not None:
            holders = holders.where(
                or_(RoleGrant.department.is_(None), RoleGrant.department == department)
            )
        found = db.execute(holders.distinct().order_by(User.id)).all()
        if found:
            meant = None if role is telling.role else telling.role
            return [Recipient(*row, instead_of=meant) for row in found]
    return [Recipient(f"role:{telling.role.value}", None, "zh")]


def _row(
    case_id: str, event: Event, telling: Telling, recipient: Recipient, payload: dict[str, Any]
) -> dict[str, Any]:
    return {
        "id": notice_id(case_id, event.seq, recipient.id),
        "case_id": case_id,
        "seq": event.seq,
        "recipient": recipient.id,
        "kind": telling.kind,
        "address": recipient.address,
        "language": recipient.language,
        "payload": payload
        | ({"instead_of": recipient.instead_of.value} if recipient.instead_of else {}),
        "state": "pending",
        "attempts": 0,
        "created_at": datetime.now(UTC),
    }


def notice_id(case_id: str, seq: int, recipient: str) -> str:
    """Name of a notice and of its file; the recipient hashed, as not every user id fits there."""
    person = sha256(json.dumps([recipient]).encode()).hexdigest()[:12]
    return f"{case_id}-{seq:04d}-{person}"


def _first_instant(db: Connection, case_id: str) -> datetime | None:
    return db.execute(
        select(CaseEvent.at).where(CaseEvent.case_id == case_id, CaseEvent.seq == 1)
    ).scalar_one_or_none()


def _proof(db: Connection, case_id: str, limit: str, ref: str | None) -> tuple[str, bool]:
    """Article of a limit as it was last set, and whether its day is provisional."""
    found = db.execute(
        select(DeadlineRow.article, DeadlineRow.provisional)
        .where(DeadlineRow.case_id == case_id, DeadlineRow.name == limit, DeadlineRow.ref == ref)
        .order_by(DeadlineRow.set_by_seq.desc())
        .limit(1)
    ).one_or_none()
    return (found.article, found.provisional) if found else ("", False)
