"""What goes out and who came in: notices to people, and the log of every attempt."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from register.models.base import BIG, Base


class Notice(Base):
    """One notice to one person about one event: the outbox, and what became of it.

    Whom it reaches was resolved from the people of the moment; so notices are record, not
    projection. `recipient` is a user id, or `role:ROLE` where nobody holds the role. Without a
    case it is about the office itself (a calendar that is missing).
    """

    __tablename__ = "notices"
    __table_args__ = (
        UniqueConstraint("case_id", "seq", "recipient"),
        CheckConstraint("state IN ('pending', 'sent', 'failed')", name="state"),
        Index("ix_notices_state", "state"),
        Index("ix_notices_recipient", "recipient", "created_at"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    case_id: Mapped[str | None] = mapped_column(ForeignKey("requests.id"))
    seq: Mapped[int]
    recipient: Mapped[str]
    kind: Mapped[str]
    address: Mapped[str | None]
    language: Mapped[str]
    payload: Mapped[dict[str, Any]]
    state: Mapped[str]
    attempts: Mapped[int]
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    file_name: Mapped[str | None]
    error: Mapped[str | None]


class Trouble(Base):
    """What keeps a case from going on, for as long as it does: no part of the record. `what`: its
    entries can't be written (`record`), or its run fails (`run`); `code` of the error."""

    __tablename__ = "troubles"

    case_id: Mapped[str] = mapped_column(primary_key=True)
    what: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str]
    detail: Mapped[str]
    since: Mapped[datetime]


class AccessEntry(Base):
    """One attempt of a person that leaves no event of a case: inserted, never changed.

    `detail`: what was looked at or changed (an item's ref, the name of a file).
    """

    __tablename__ = "access_log"
    __table_args__ = (
        CheckConstraint(
            "outcome IN ('ok', 'repeated', 'refused', 'not_found', 'unanswered')", name="outcome"
        ),
        Index("ix_access_log_case_id", "case_id", "at"),
        Index("ix_access_log_at", "at"),
    )

    id: Mapped[int] = mapped_column(BIG, primary_key=True)
    at: Mapped[datetime]
    person: Mapped[str]
    asked_by: Mapped[str | None]
    command: Mapped[str]
    case_id: Mapped[str | None]
    outcome: Mapped[str]
    code: Mapped[str | None]
    command_id: Mapped[str | None]
    detail: Mapped[str | None]
