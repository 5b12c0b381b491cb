"""The outbox of notices: what is still to be delivered, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from register.models import Notice, User


@dataclass(frozen=True, slots=True)
class PendingNotice:
    """A notice as it has to go out. `address` None: the person reads it at the desk only."""

    id: str
    recipient: str
    name: str
    address: str | None
    language: str
    kind: str
    payload: Mapping[str, Any]
    created_at: datetime


def pending_notices(session: Session, case_id: str | None) -> list[PendingNotice]:
    """Notices of a case not sent yet, in the order of its events; None: those of no case."""
    rows = session.execute(
        select(Notice, User.name)
        .outerjoin(User, User.id == Notice.recipient)
        .where(Notice.case_id == case_id, Notice.state != "sent")
        .order_by(Notice.seq, Notice.recipient)
    )
    return [
        PendingNotice(
            id=notice.id,
            recipient=notice.recipient,
            name=name or notice.recipient,
            address=notice.address,
            language=notice.language,
            kind=notice.kind,
            payload=notice.payload,
            created_at=notice.created_at,
        )
        for notice, name in rows
    ]


def mark_sent(session: Session, notice: str, at: datetime, file_name: str) -> None:
    """A notice has gone out."""
    _attempted(session, notice, state="sent", sent_at=at, file_name=file_name, error=None)


def mark_failed(session: Session, notice: str, error: str) -> None:
    """A notice could not be delivered this time; it stays in the outbox."""
    _attempted(session, notice, state="failed", error=error)


def _attempted(session: Session, notice: str, **values: Any) -> None:
    session.execute(
        update(Notice)
        .where(Notice.id == notice)
        .values(attempts=Notice.attempts + 1, **values)
        .execution_options(synchronize_session=False)
    )
