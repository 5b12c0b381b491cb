"""The office: organs, people, calendars, and figures that come from outside the cases."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from register.models.base import BIG, Base


class Installation(Base):
    """One row: which installation this register is. `place` tells the data folder or the namespace
    that drives its cases; `epoch` counts upwards with every start and every change of place."""

    __tablename__ = "installation"

    id: Mapped[str] = mapped_column(primary_key=True)
    place: Mapped[str]
    epoch: Mapped[int]


class Organ(Base):
    """An organ that owes replies. `committed_working_days`: its own, shorter promise; `kind`,
    `government`, `superior`, `court`: what decides where remedies go (NULL: unknown, ask);
    `first_day`: the past of cases that move in ends before it; set once, never changed;
    `sign_on_command_line`: whether reviews, signatures and approvals may be asked for there;
    `second_factor_roles`: who needs one (NULL: as `domain.signing_in` says);
    `second_factor_for_signing`: whether signing and the like take a fresh one (NULL: no);
    `ended_on`: abolished or merged from that day on."""

    __tablename__ = "organs"
    __table_args__ = (CheckConstraint("level IN ('government', 'department')", name="level"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    level: Mapped[str]
    committed_working_days: Mapped[int | None]
    kind: Mapped[str | None]
    government: Mapped[str | None]
    superior: Mapped[str | None]
    court: Mapped[str | None]
    first_day: Mapped[date | None]
    sign_on_command_line: Mapped[bool]
    second_factor_roles: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))
    second_factor_for_signing: Mapped[bool | None]
    position: Mapped[int]
    ended_on: Mapped[date | None]


class Department(Base):
    """A unit of an organ that works on requests; `id` is unique within its organ; `ended_on`:
    dissolved from that day on."""

    __tablename__ = "departments"

    organ: Mapped[str] = mapped_column(ForeignKey("organs.id"), primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    committed_working_days: Mapped[int | None]
    position: Mapped[int]
    ended_on: Mapped[date | None]


class User(Base):
    """A person of the office. `language`: of notices and pages, zh or en."""

    __tablename__ = "users"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    email: Mapped[str | None]
    language: Mapped[str]
    active: Mapped[bool]


class RoleGrant(Base):
    """One role a person holds in an organ; `department` NULL: in all of its departments."""

    __tablename__ = "roles"
    __table_args__ = (
        ForeignKeyConstraint(
            ["organ", "department"], ["departments.organ", "departments.id"], name="fk_roles_unit"
        ),
        UniqueConstraint("person", "role", "organ", "department"),
        Index(None, "role", "organ"),
    )

    id: Mapped[int] = mapped_column(BIG, primary_key=True)
    person: Mapped[str] = mapped_column(ForeignKey("users.id"))
    role: Mapped[str]
    organ: Mapped[str] = mapped_column(ForeignKey("organs.id"))
    department: Mapped[str | None]


class OfficeEvent(Base):
    """One change of the office: inserted, never changed (triggers refuse it).

    `about` and `key`: the table and the row that changed; `body`: the whole row from then on (of a
    calendar its hash, not its text), and who changed it, as the exact text that was hashed.
    """

    __tablename__ = "office_events"
    __table_args__ = (Index("ix_office_events_row", "about", "key"),)

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    person: Mapped[str]
    asked_by: Mapped[str | None]
    about: Mapped[str]
    key: Mapped[str]
    body: Mapped[str]
    prev_hash: Mapped[str]
    hash: Mapped[str]


class CalendarVersion(Base):
    """A calendar, or a local closure, as loaded: inserted, never changed. Each case carries its
    own copy; new ones start with the newest.

    `edition` counts all loads in order; `name` the calendar's, or the closure's own; `organ` and
    `department` of a closure.
    """

    __tablename__ = "calendars"
    __table_args__ = (
        CheckConstraint("kind IN ('calendar', 'closure')", name="kind"),
        Index("ix_calendars_edition", "edition", unique=True),
    )

    version: Mapped[str] = mapped_column(primary_key=True)
    hash: Mapped[str]
    body: Mapped[str]
    loaded_at: Mapped[datetime]
    edition: Mapped[int]
    kind: Mapped[str]
    name: Mapped[str]
    organ: Mapped[str | None]
    department: Mapped[str | None]
    notice: Mapped[str]
    loaded_by: Mapped[str | None]


class CalendarResult(Base):
    """What a version did to one case that it touched: moved, unchanged, already_there, failed.

    `moves`: limits with old and new day; `warnings` as on the event; `code` why it failed.
    """

    __tablename__ = "calendar_results"
    __table_args__ = (
        CheckConstraint(
            "outcome IN ('moved', 'unchanged', 'already_there', 'failed')", name="outcome"
        ),
    )

    version: Mapped[str] = mapped_column(ForeignKey("calendars.version"), primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("requests.id"), primary_key=True)
    outcome: Mapped[str]
    moves: Mapped[list[Any]]
    warnings: Mapped[list[Any]]
    code: Mapped[str | None]
    detail: Mapped[str | None]
    attempts: Mapped[int]
    at: Mapped[datetime]


class OpeningBalance(Base):
    """A cumulative figure up to the end of `through`, from before this register."""

    __tablename__ = "opening_balances"

    organ: Mapped[str] = mapped_column(ForeignKey("organs.id"), primary_key=True)
    row: Mapped[str] = mapped_column(primary_key=True)
    through: Mapped[int]
    value: Mapped[int]
    source: Mapped[str]


class EnteredFigure(Base):
    """A figure of one year that no case can give (documents published …), with its source."""

    __tablename__ = "entered_figures"

    organ: Mapped[str] = mapped_column(ForeignKey("organs.id"), primary_key=True)
    row: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    value: Mapped[int]
    source: Mapped[str]
