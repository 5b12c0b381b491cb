"""Signing in at the desk: what people are known by, who is signed in, what was tried."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from register.models.base import Base


class Credential(Base):
    """What a person is known by. Changes stand on the office's chain, the secrets by their hash.

    `password` as Argon2 has it; `factor`: the secret of the second factor, sealed; `factor_step`:
    the last interval of which a code was taken; `recovery`: hashes of the codes that are left."""

    __tablename__ = "credentials"

    person: Mapped[str] = mapped_column(ForeignKey("users.id"), primary_key=True)
    password: Mapped[str | None]
    password_sha256: Mapped[str | None]
    factor: Mapped[str | None]
    factor_sha256: Mapped[str | None]
    factor_step: Mapped[int | None]
    recovery: Mapped[list[Any]]


class DeskSession(Base):
    """Somebody signed in at the desk. `id`: how the record names it, the first letters of
    `token_hash`; the token itself is nowhere; `method` as `SignInMethod` of the domain; `device`:
    what the browser said it is."""

    __tablename__ = "desk_sessions"
    __table_args__ = (Index(None, "person"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    person: Mapped[str] = mapped_column(ForeignKey("users.id"))
    method: Mapped[str]
    device: Mapped[str]
    begun_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    factor_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class Invite(Base):
    """A link that lets a person set a password, once. `id` and `token_hash` as of a session."""

    __tablename__ = "invites"

    id: Mapped[str] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    person: Mapped[str] = mapped_column(ForeignKey("users.id"))
    made_by: Mapped[str]
    made_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class CalendarFeed(Base):
    """The address under which calendars fetch a person's limits: whoever has it needs no session.
    `token_hash` as of a session."""

    __tablename__ = "calendar_feeds"

    person: Mapped[str] = mapped_column(ForeignKey("users.id"), primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[datetime]


class ChosenOrgan(Base):
    """Which of several organs a person works in just now; no row: in all."""

    __tablename__ = "chosen_organs"

    person: Mapped[str] = mapped_column(ForeignKey("users.id"), primary_key=True)
    organ: Mapped[str] = mapped_column(ForeignKey("organs.id"))


class SignInCount(Base):
    """How often something was tried since an instant; `key`: a hash of who or from where."""

    __tablename__ = "sign_in_counts"

    key: Mapped[str] = mapped_column(primary_key=True)
    since: Mapped[datetime]
    tries: Mapped[int]
