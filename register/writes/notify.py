"""Who hears of what: from events to notices in the outbox.

Notices carry the case number, the limit and its dates, and no free text: reasons and subjects may
name the applicant. A person hears of one event once, whatever roles they hold; where nobody holds
the role, the supervisors hear, else the administrators, else a notice without person stays visible.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, insert, or_, select

from domain.case import facts as f
from domain.case.act import Event
from domain.case.people import Role
from domain.case.revising import Flag
from domain.case.summary import Summary
from domain.case.tasks import is_notice
from register.models import CaseEvent, DeadlineRow, Notice, RoleGrant, User

INSTEAD = (Role.SUPERVISOR, Role.ADMIN)
"""Who hears when nobody holds the role that should."""

LEGAL_HEARS = (
    f.ReconsiderationReceived,
    f.LawsuitReceived,
    f.ComplaintReceived,
    f.JudgmentEffective,
)
"""News of proceedings for `legal`."""

NEWS_AT_ONCE = (f.AlarmRaised, f.Assigned, f.Reassigned, f.InactionOpened)

DAYS_BEFORE = "reminder_"


@dataclass(frozen=True, slots=True)
class Telling:
    """One thing to tell: its kind, to which person or else role, and the words it needs."""

    kind: str
    role: Role
    person: str | None
    payload: dict[str, Any] = field(default_factory=dict)


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
    told = [(event, telling) for event in events for telling in _tellings(event, summary)]
    if not told:
        return
    moved_in_at = _first_instant(db, case_id)
    rows: list[dict[str, Any]] = []
    heard: set[tuple[int, str]] = set()
    for event, telling in told:
        if event.at == moved_in_at and summary.ending is not None and not summary.tasks:
            continue  # it came here finished: nobody has anything to do
        # What was recorded at the instant of registration is the past of a case that moved in:
        # of it only who has the case now, the step of an overdue limit, and silence, is news.
        if event.at == moved_in_at and not isinstance(event.what, NEWS_AT_ONCE):
            continue
        payload = {"number": number, "case": case_id, **telling.payload}
        if "limit" in payload and "article" not in payload:
            article, provisional = _proof(db, case_id, payload["limit"], payload["ref"])
            payload |= {"article": article} | ({"provisional": True} if provisional else {})
        people = _recipients(db, telling, organ, summary.department)
        rows.extend(
            _row(case_id, event, telling, person, payload)
            for person in people
            if (event.seq, person.id) not in heard
        )
        heard.update((event.seq, person.id) for person in people)
    if rows:
        db.execute(insert(Notice), rows)


def _tellings(event: Event, summary: Summary) -> Iterator[Telling]:
    fact = event.what
    if not is_notice(event):
        return
    if isinstance(fact, f.AlarmRaised):
        yield _alarm(fact)
    elif isinstance(fact, f.InactionOpened):
        yield Telling(fact.kind, Role.LEGAL, None, {})
        yield Telling(fact.kind, Role.SUPERVISOR, None, {})
    elif isinstance(fact, LEGAL_HEARS):
        yield Telling(fact.kind, Role.LEGAL, None, {})
    elif isinstance(fact, f.Assigned | f.Reassigned):
        if fact.handler == summary.handler and fact.handler != event.person:
            yield Telling(fact.kind, Role.HANDLER, fact.handler, _due(summary))
    elif isinstance(fact, f.LawRevised):
        yield from _moved(event, summary)
    elif summary.handler not in (None, event.person):
        yield Telling(fact.kind, Role.HANDLER, summary.handler, _due(summary))


def _moved(event: Event, summary: Summary) -> Iterator[Telling]:
    """Whoever works on the case hears of the limit that matters most; the supervisors hear that
    what they were told was overdue is not."""
    moved = [d for d in event.deadlines if d.due is not None and d.was not in (None, d.due)]
    first = min(moved, key=lambda d: (d.name != "reply", d.name != "committed"))
    payload = {
        "limit": first.name,
        "ref": first.ref,
        "was": first.was.isoformat() if first.was else None,
        "due": first.due.isoformat() if first.due else None,
        "article": first.article,
        **({"provisional": True} if first.provisional else {}),
    }
    role = Role.HANDLER if summary.handler else Role.INTAKE
    yield Telling(event.what.kind, role, summary.handler, payload)
    if Flag.NO_LONGER_OVERDUE in event.warnings:
        yield Telling(Flag.NO_LONGER_OVERDUE, Role.SUPERVISOR, None, payload)


def _alarm(fact: f.AlarmRaised) -> Telling:
    kind = "reminder" if fact.step.startswith(DAYS_BEFORE) else fact.step
    days = fact.step.removeprefix(DAYS_BEFORE)
    payload = {
        "limit": fact.limit,
        "ref": fact.ref,
        "due": fact.due.isoformat(),
        "left": int(days) if days.isdigit() else 0,
        "late": fact.late,
    }
    role = Role(fact.to) if fact.to in set(Role) else Role.SUPERVISOR
    return Telling(kind, role, fact.person, payload)


def _due(summary: Summary) -> dict[str, Any]:
    due = {"due": summary.due.isoformat() if summary.due else None}
    return due | ({"provisional": True} if summary.provisional else {})


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
