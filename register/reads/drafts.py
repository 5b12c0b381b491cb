"""Drafts as they are kept: sealed."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, select, true
from sqlalchemy.orm import Session

from register.models import DraftRow
from register.reads.lists import rows_as


@dataclass(frozen=True, slots=True)
class DraftLine:
    """One draft; see `register.models.drafts`."""

    person: str
    command_id: str
    case_id: str | None
    form: str
    body: str
    saved_at: datetime
    sent_at: datetime | None = None


def unsent(session: Session, person: str, case: str | None, form: str) -> DraftLine | None:
    """What the person has begun of that form in that case."""
    of = and_(
        DraftRow.person == person,
        DraftRow.case_id.is_not_distinct_from(case),
        DraftRow.form == form,
        DraftRow.sent_at.is_(None),
    )
    return next(iter(rows_as(session, DraftLine, DraftRow, of)), None)


def begun_by(session: Session, person: str) -> list[DraftLine]:
    """Everything the person has begun and not sent, the newest first."""
    of = and_(DraftRow.person == person, DraftRow.sent_at.is_(None))
    return rows_as(session, DraftLine, DraftRow, of, DraftRow.saved_at.desc())


def sent_drafts(session: Session, person: str | None = None) -> list[DraftLine]:
    """What was sent and not heard of, of one person or of all, the oldest first."""
    whose = DraftRow.person == person if person is not None else true()
    of = and_(DraftRow.sent_at.is_not(None), whose)
    return rows_as(session, DraftLine, DraftRow, of, DraftRow.sent_at)


def any_sent(session: Session) -> bool:
    """Whether anything is waiting to be heard of."""
    of = select(DraftRow.person).where(DraftRow.sent_at.is_not(None)).limit(1)
    return session.execute(of).first() is not None
