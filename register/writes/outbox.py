"""The outbox of notices: what is still to be delivered, and what became of it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, bindparam, exists, select, update
from sqlalchemy.orm import Session

from register.models import CaseEvent, Notice, User


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


def file_of(notice: str) -> str:
    """The file a notice goes out as."""
    return f"{notice}.eml"


def pending_notices(session: Session, case_id: str | None) -> list[PendingNotice]:
    """Notices of a case not sent yet, in the order of its events; None: those of no case."""
    return _pending(session, Notice.case_id == case_id)


def notices_of_command(session: Session, command_id: str) -> list[PendingNotice]:
    """Notices not sent yet of the events that one command left in many cases."""
    # From the few notices that wait to their events, not from all events of the command.
    of_command = exists().where(
        CaseEvent.case_id == Notice.case_id,
        CaseEvent.seq == Notice.seq,
        CaseEvent.command_id == command_id,
    )
    return _pending(session, of_command)


def _pending(session: Session, where: ColumnElement[bool]) -> list[PendingNotice]:
    rows = session.execute(
        select(Notice, User.name)
        .outerjoin(User, User.id == Notice.recipient)
        .where(where, Notice.state.in_(("pending", "failed")))
        .order_by(Notice.case_id, Notice.seq, Notice.recipient)
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


def mark_all_sent(session: Session, files: Mapping[str, str], at: datetime) -> frozenset[str]:
    """Notices go out now, each as its file; those that had not gone out before."""
    waiting = select(Notice.id).where(Notice.id.in_(list(files)), Notice.state != "sent")
    new = frozenset(session.scalars(waiting.with_for_update()))
    change = (
        update(Notice)
        .where(Notice.id == bindparam("of"))
        .values(attempts=Notice.attempts + 1, state="sent", sent_at=at, error=None)
        .values(file_name=bindparam("file"))
    )
    rows = [{"of": notice, "file": name} for notice, name in files.items() if notice in new]
    if rows:
        session.connection().execute(change, rows)
    return new


def sent_of(session: Session, notices: Collection[str]) -> frozenset[str]:
    """Those of the notices that are marked as sent."""
    sent = select(Notice.id).where(Notice.id.in_(notices), Notice.state == "sent")
    return frozenset(session.scalars(sent))


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
