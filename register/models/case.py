"""A request and its record: the line of the list, the applicant, the events."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from register.models.base import Base, only

NUMBER = ("year", "serial")
UNIT = ("organ", "department", "handler")
COUNTED = ("organ", "training")
STATE = ("status", "mover", "is_open", "training")
AWAITED = ("had_items", "was_signed")

DUE = only("due_at IS NOT NULL")
OPEN = only("is_open")
STOPPED = only("is_open AND due_at IS NULL")
DISPATCHED = only("dispatched_on IS NOT NULL")


class NumberSeries(Base):
    """The last number given in a year, to real or to training cases; its row is the lock of the
    series."""

    __tablename__ = "number_series"

    training: Mapped[bool] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]


class Request(Base):
    """One request. The first block is written at registration and is record, the second
    the summary after its last event, the third what its projections have rows of.

    `arrived`: local day of arrival. `receipt_day`: the first day 0; a restart doesn't move it.
    `due_at`: 00:00 after the last day. `is_open`: a reply is still owed.
    `had_items`, `was_signed`: there is a row of it in `record_items`, in `sign_offs`.
    """

    __tablename__ = "requests"
    __table_args__ = (
        UniqueConstraint("training", "year", "serial"),
        CheckConstraint("serial > 0", name="serial"),
        # Lists and counts have one each, and what they are filtered by behind what they are sorted
        # by; which serves which list: `register.reads.lists`.
        Index("ix_requests_due", "due_at", *NUMBER, *UNIT, *STATE, "due", **DUE),
        Index("ix_requests_stopped", *NUMBER, *UNIT, *STATE, "due_at", **STOPPED),
        Index("ix_requests_open", *UNIT, *STATE, "due_at", "due", "id", *AWAITED, **OPEN),
        Index("ix_requests_due_days", *COUNTED, "due", "is_open", **OPEN),
        Index("ix_requests_receipt_days", *COUNTED, "receipt_day"),
        Index("ix_requests_dispatch_days", *COUNTED, "dispatched_on", **DISPATCHED),
        Index("ix_requests_received", "receipt_day", *NUMBER, *UNIT, "training"),
        Index("ix_requests_dispatched", "dispatched_on", *UNIT, "training", **DISPATCHED),
        Index("ix_requests_number", "organ", *NUMBER),
        Index("ix_requests_status", "status", *NUMBER, "organ", "training"),
        Index("ix_requests_channel", "channel", *NUMBER, "organ", "training"),
        Index("ix_requests_statute", "statute", *NUMBER, "organ", "training"),
        Index("ix_requests_handler", "handler", "due_at", *NUMBER),
        Index("ix_requests_started_at", "started_at"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    year: Mapped[int]
    serial: Mapped[int]
    organ: Mapped[str] = mapped_column(ForeignKey("organs.id"))
    channel: Mapped[str]
    arrived: Mapped[date]
    registered_on: Mapped[date]
    registered_by: Mapped[str]
    statute: Mapped[str]
    subject: Mapped[str]
    form_wished: Mapped[str | None]
    training: Mapped[bool]
    clock_offset: Mapped[int]
    command_id: Mapped[str] = mapped_column(unique=True)
    digest: Mapped[str]
    created_at: Mapped[datetime]
    started_at: Mapped[datetime | None]

    seq: Mapped[int]
    status: Mapped[str]
    is_open: Mapped[bool]
    mover: Mapped[str]
    clock_state: Mapped[str]
    receipt_day: Mapped[date | None]
    department: Mapped[str | None]
    handler: Mapped[str | None]
    due: Mapped[date | None]
    due_at: Mapped[datetime | None]
    provisional: Mapped[bool]
    reply_kind: Mapped[str | None]
    dispatched_on: Mapped[date | None]
    dispatch_channel: Mapped[str | None]
    in_time: Mapped[bool | None]
    ended_how: Mapped[str | None]
    ended_on: Mapped[date | None]
    ended_kind: Mapped[str | None]
    ended_cause: Mapped[str | None]
    next_alarm: Mapped[datetime | None]

    had_items: Mapped[bool]
    was_signed: Mapped[bool]


class PinnedLaw(Base):
    """A law that cases came under, as JSON; `hash`: its SHA-256, by which their starts name it.
    Inserted, never changed (triggers refuse it)."""

    __tablename__ = "laws"

    hash: Mapped[str] = mapped_column(primary_key=True)
    body: Mapped[str]


class CaseStart(Base):
    """The input a case is started with, kept so that a request without a run can be started
    again; its `law` is a hash in `laws`, and its `history` goes once that is on record. Apart from
    `requests`: lists must not drag it along."""

    __tablename__ = "case_starts"

    case_id: Mapped[str] = mapped_column(ForeignKey("requests.id"), primary_key=True)
    input: Mapped[dict[str, Any]]


class Applicant(Base):
    """Who asked. Personal data stands here and nowhere else."""

    __tablename__ = "applicants"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('natural', 'enterprise', 'research', 'welfare', 'legal_services', 'other',"
            " 'legal')",
            name="kind",
        ),
    )

    case_id: Mapped[str] = mapped_column(ForeignKey("requests.id"), primary_key=True)
    kind: Mapped[str]
    name: Mapped[str]
    contact: Mapped[str | None]
    details: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class CaseEvent(Base):
    """One line of the record of a case: inserted, never changed (triggers refuse it).

    `body` is the event as canonical JSON, the exact bytes that were hashed;
    `hash` = SHA-256 of prev_hash, case and body, so a case is a chain.
    """

    __tablename__ = "case_events"
    __table_args__ = (
        UniqueConstraint("case_id", "command_id"),
        Index("ix_case_events_command_id", "command_id"),
        Index("ix_case_events_written_at", "written_at"),
    )

    case_id: Mapped[str] = mapped_column(ForeignKey("requests.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    at: Mapped[datetime]
    effective_on: Mapped[date]
    person: Mapped[str]
    asked_by: Mapped[str | None]
    role: Mapped[str]
    command_id: Mapped[str | None]
    body: Mapped[str]
    prev_hash: Mapped[str]
    hash: Mapped[str]
    written_at: Mapped[datetime]
