"""Projections: what the events of a case say, as rows. `register.verify` can rebuild them all.

`closed_by_seq`: the event that reopened the case for another reply; the row belongs to one before.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from register.models.base import Base, only

LISTED = ("due", "case_id", "position")
ASKED = ("department", "kind", "training")

OF_ROLE = only("person IS NULL")
OF_ONE = only("person IS NOT NULL")


class TaskRow(Base):
    """Something that waits for somebody now; replaced as a whole with each summary."""

    __tablename__ = "tasks"
    __table_args__ = (
        # Those of a role and those of a person, in the order of lists; what they are counted by.
        Index("ix_tasks_role", "role", "organ", *LISTED, *ASKED, "person", **OF_ROLE),
        Index("ix_tasks_person", "person", "role", *LISTED, *ASKED, "organ", **OF_ONE),
    )

    case_id: Mapped[str] = mapped_column(ForeignKey("requests.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    organ: Mapped[str]
    training: Mapped[bool]
    kind: Mapped[str]
    role: Mapped[str]
    person: Mapped[str | None]
    department: Mapped[str | None]
    ref: Mapped[str | None]
    due: Mapped[date | None]


class RecordItem(Base):
    """A record item in its present version, with its review if it stands."""

    __tablename__ = "record_items"

    case_id: Mapped[str] = mapped_column(ForeignKey("requests.id"), primary_key=True)
    ref: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    sha256: Mapped[str | None]
    pages: Mapped[int | None]
    added_by: Mapped[str]
    added_seq: Mapped[int]
    decision: Mapped[str | None]
    reviewer: Mapped[str | None]
    reviewed_on: Mapped[date | None]
    ground: Mapped[str | None]
    article: Mapped[str | None]
    released_sha256: Mapped[str | None]
    public_interest: Mapped[str | None]
    returned: Mapped[str | None]
    closed_by_seq: Mapped[int | None]


class SignOff(Base):
    """A signature on exact versions; `voided_by_seq` once what it rested on has changed."""

    __tablename__ = "sign_offs"

    case_id: Mapped[str] = mapped_column(ForeignKey("requests.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    role: Mapped[str]
    person: Mapped[str]
    signed_on: Mapped[date]
    items: Mapped[list[Any]]
    voided_by_seq: Mapped[int | None]
    closed_by_seq: Mapped[int | None]


class ConsultationRow(Base):
    """One letter of consultation and what came of it."""

    __tablename__ = "consultations"

    case_id: Mapped[str] = mapped_column(ForeignKey("requests.id"), primary_key=True)
    ref: Mapped[str] = mapped_column(primary_key=True)
    party: Mapped[str]
    name: Mapped[str]
    items: Mapped[list[Any]]
    sent: Mapped[date]
    delivered: Mapped[date]
    answered: Mapped[date | None]
    answer: Mapped[str | None]
    reason: Mapped[str | None]
    silent_on: Mapped[date | None]
    closed_by_seq: Mapped[int | None]


class DeadlineRow(Base):
    """One setting of a limit, kept for ever. Running: due is set, superseded_by_seq is not.
    `cause`: what happened on day 0 (`base`); `own`: closures of the organ count in it."""

    __tablename__ = "deadlines"
    __table_args__ = (
        Index("ix_deadlines_name", "case_id", "name", "ref"),
        Index(
            "ix_deadlines_running",
            "due",
            "base",
            "case_id",
            **only("superseded_by_seq IS NULL AND due IS NOT NULL"),
        ),
    )

    case_id: Mapped[str] = mapped_column(ForeignKey("requests.id"), primary_key=True)
    set_by_seq: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    ref: Mapped[str | None]
    base: Mapped[date | None]
    due: Mapped[date | None]
    was: Mapped[date | None]
    article: Mapped[str]
    provisional: Mapped[bool]
    why: Mapped[str]
    calendar_version: Mapped[str]
    cause: Mapped[str]
    own: Mapped[bool]
    ledger: Mapped[list[Any]]
    superseded_by_seq: Mapped[int | None]


class FeeRow(Base):
    """A fee notice and its payment."""

    __tablename__ = "fees"

    case_id: Mapped[str] = mapped_column(ForeignKey("requests.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    standard: Mapped[str]
    amount: Mapped[Decimal]
    ground: Mapped[str]
    how_to_pay: Mapped[str]
    sent: Mapped[date]
    delivered: Mapped[date]
    paid_on: Mapped[date | None]
    paid_amount: Mapped[Decimal | None]
    lapsed_on: Mapped[date | None]
    closed_by_seq: Mapped[int | None]


class Remedy(Base):
    """A reconsideration, an instance of a suit, or a complaint, as it stands; replaced as a whole
    with each summary.

    `kind` reconsideration, litigation or complaint; `instance` and `route` of suits; `round` and
    `reply_kind` say which reply is attacked; `filed_on` the day the applicant went (or the copy
    came); `result` its column of the yearly table; `ended_on` the day the end was served.
    """

    __tablename__ = "remedies"
    __table_args__ = (Index("ix_remedies_received_on", "received_on", "kind"),)

    case_id: Mapped[str] = mapped_column(ForeignKey("requests.id"), primary_key=True)
    ref: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    instance: Mapped[str | None]
    route: Mapped[str | None]
    against: Mapped[str]
    round: Mapped[int]
    reply_kind: Mapped[str | None]
    organ: Mapped[str | None]
    court: Mapped[str | None]
    docket: Mapped[str | None]
    after: Mapped[str | None]
    co_defendant: Mapped[str | None]
    filed_on: Mapped[date]
    received_on: Mapped[date]
    accepted_on: Mapped[date | None]
    simplified: Mapped[bool]
    answered_on: Mapped[date | None]
    suspended_since: Mapped[date | None]
    outcome: Mapped[str | None]
    result: Mapped[str]
    form: Mapped[str | None]
    decided_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    served_other_on: Mapped[date | None]
    effective_on: Mapped[date | None]
    overturned: Mapped[bool]
    open: Mapped[bool]
    ground: Mapped[str | None]
    costs: Mapped[Decimal | None]
    orders_reply: Mapped[bool]
    reopened: Mapped[bool]


class HearingRow(Base):
    """A hearing that is called."""

    __tablename__ = "hearings"
    __table_args__ = (Index("ix_hearings_at", "at"),)

    case_id: Mapped[str] = mapped_column(ForeignKey("requests.id"), primary_key=True)
    ref: Mapped[str] = mapped_column(primary_key=True)
    hearing: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    place: Mapped[str | None]


class RemedyDocument(Base):
    """A paper of a proceeding, by hash."""

    __tablename__ = "remedy_documents"

    case_id: Mapped[str] = mapped_column(ForeignKey("requests.id"), primary_key=True)
    ref: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    sha256: Mapped[str | None]
