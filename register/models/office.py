"""The office: organs, people, calendars, and figures that come from outside the cases."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from register.models.base import BIG, Base


class Organ(Base):
    """An organ that owes replies. `committed_working_days`: its own, shorter promise."""

    __tablename__ = "organs"
    __table_args__ = (CheckConstraint("level IN ('government', 'department')", name="level"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    level: Mapped[str]
    committed_working_days: Mapped[int | None]
    position: Mapped[int]


class Department(Base):
    """A unit of an organ that works on requests; `id` is unique within its organ."""

    __tablename__ = "departments"

    organ: Mapped[str] = mapped_column(ForeignKey("organs.id"), primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    committed_working_days: Mapped[int | None]
    position: Mapped[int]


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


class CalendarVersion(Base):
    """A working-day calendar as loaded. Each case carries its own copy; new ones start here."""

    __tablename__ = "calendars"

    version: Mapped[str] = mapped_column(primary_key=True)
    hash: Mapped[str]
    body: Mapped[str]
    loaded_at: Mapped[datetime]


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
