"""Proof of what people sign in by: nothing was put there past the record."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.case.people import on_desk
from domain.signing_in import SignInMethod
from register.models import AccessEntry, CalendarFeed, Credential, DeskSession, Invite
from register.verify.found import OFFICE, Mismatch
from register.writes.signing_in import FACTOR_SHOWN, FEED_MADE, INVITED, PUBLIC, SIGNED_IN, digest


def of_credentials(session: Session) -> Iterator[Mismatch]:
    """Each secret has the hash that stands on the office's chain."""
    for row in session.scalars(select(Credential)):
        for name in ("password", "factor"):
            secret, kept = getattr(row, name), getattr(row, f"{name}_sha256")
            wanted = None if secret is None else digest(secret)
            if kept != wanted:
                yield Mismatch(OFFICE, "credentials", row.person, f"{name}_sha256", kept, wanted)


def of_sessions(session: Session) -> Iterator[Mismatch]:
    """Each session was begun by a signing in that stands in the access log, and so was each second
    factor shown since."""
    entry = AccessEntry
    rows = list(session.scalars(select(DeskSession)))
    since = min((row.begun_at for row in rows), default=datetime.max.replace(tzinfo=UTC))
    of_session = (entry.person, entry.asked_by, entry.at)
    begun = _logged(session, SIGNED_IN, since, *of_session, entry.command_id)
    shown = _logged(session, FACTOR_SHOWN, since, *of_session)
    for row in rows:
        way = on_desk(row.id, row.method)
        if (row.person, way, row.begun_at, row.token_hash) not in begun:
            yield Mismatch(OFFICE, row.__tablename__, row.id, "begun_at", row.begun_at, None)
        first = row.begun_at if row.method in set(SignInMethod) and _has_factor(row) else None
        if row.factor_at != first and (row.person, way, row.factor_at) not in shown:
            yield Mismatch(OFFICE, row.__tablename__, row.id, "factor_at", row.factor_at, first)


def of_invites(session: Session) -> Iterator[Mismatch]:
    """Each invite stands in the access log, with who made it for whom."""
    entry = AccessEntry
    rows = list(session.scalars(select(Invite)))
    since = min((row.made_at for row in rows), default=datetime.max.replace(tzinfo=UTC))
    made = _logged(session, INVITED, since, entry.person, entry.detail, entry.command_id, entry.at)
    for row in rows:
        if (row.made_by, row.person, row.token_hash, row.made_at) not in made:
            yield Mismatch(OFFICE, row.__tablename__, row.id, "made_at", row.made_at, None)
        if row.id != row.token_hash[:PUBLIC]:
            yield Mismatch(OFFICE, row.__tablename__, row.id, "id", row.id, row.token_hash)


def of_feeds(session: Session) -> Iterator[Mismatch]:
    """Each feed stands in the access log, with who made it."""
    entry = AccessEntry
    rows = list(session.scalars(select(CalendarFeed)))
    since = min((row.made_at for row in rows), default=datetime.max.replace(tzinfo=UTC))
    made = _logged(session, FEED_MADE, since, entry.person, entry.command_id, entry.at)
    for row in rows:
        if (row.person, row.token_hash, row.made_at) not in made:
            yield Mismatch(OFFICE, row.__tablename__, row.person, "made_at", row.made_at, None)


def _has_factor(row: DeskSession) -> bool:
    return SignInMethod(row.method).has_factor


def _logged(session: Session, command: str, since: datetime, *columns: Any) -> set[tuple[Any, ...]]:
    """What the log says of all that went well since that instant."""
    entry = AccessEntry
    there = (entry.command == command, entry.outcome == "ok", entry.at >= since)
    return {tuple(line) for line in session.execute(select(*columns).where(*there))}
