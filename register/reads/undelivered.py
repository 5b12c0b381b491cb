"""Notices that were tried and did not go out."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from register.models import Notice


@dataclass(frozen=True, slots=True)
class UndeliveredNotice:
    """Whom it should reach, about what, and why the last attempt failed."""

    recipient: str
    kind: str
    error: str
    created_at: datetime


def undelivered(session: Session, limit: int) -> list[UndeliveredNotice]:
    """The oldest `limit` of them; none of it says of which case."""
    query = (
        select(Notice.recipient, Notice.kind, Notice.error, Notice.created_at)
        .where(Notice.state == "failed")
        .order_by(Notice.created_at, Notice.id)
        .limit(limit)
    )
    return [
        UndeliveredNotice(recipient, kind, error or "", at)
        for recipient, kind, error, at in session.execute(query)
    ]
