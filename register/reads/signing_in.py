"""Who is signed in, and what people are known by."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from domain.case.people import Role
from domain.signing_in import IDLE, LONGEST
from register.models import (
    CalendarFeed,
    Credential,
    DeskSession,
    Invite,
    Organ,
    SignInCount,
    User,
)


@dataclass(frozen=True, slots=True)
class CredentialLine:
    """What a person is known by, as the register keeps it."""

    person: str
    password: str | None
    factor: str | None
    recovery: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A session that nobody ended, of a person in service; `has_factor`: they have a second one."""

    id: str
    person: str
    name: str
    language: str
    method: str
    device: str
    begun_at: datetime
    seen_at: datetime
    factor_at: datetime | None
    has_factor: bool


@dataclass(frozen=True, slots=True)
class InviteLine:
    """An invite that nobody used yet, of a person in service."""

    id: str
    person: str
    name: str
    made_by: str
    made_at: datetime


def credential_of(session: Session, person: str) -> CredentialLine:
    """What the person is known by; nothing of any kind where nobody set anything."""
    found = session.get(Credential, person, populate_existing=True)
    if found is None:
        return CredentialLine(person, None, None, ())
    return CredentialLine(person, found.password, found.factor, tuple(found.recovery))


def session_of(session: Session, token_hash: str) -> SessionLine | None:
    """The session of a token; None: there is none, it was ended, or the person has left."""
    return next(iter(_sessions(session, DeskSession.token_hash == token_hash)), None)


def session_named(session: Session, name: str) -> SessionLine | None:
    """The same by its public id."""
    return next(iter(_sessions(session, DeskSession.id == name)), None)


def sessions_of(session: Session, person: str) -> list[SessionLine]:
    """Those of a person, the newest first; some may have ended by themselves."""
    return _sessions(session, DeskSession.person == person)


def sessions_named(session: Session, names: Collection[str]) -> list[SessionLine]:
    """Those of `names` that nobody ended."""
    return _sessions(session, DeskSession.id.in_(names))


def _sessions(session: Session, where: ColumnElement[bool]) -> list[SessionLine]:
    row = DeskSession
    found = session.execute(
        select(
            *(row.id, row.person, User.name, User.language, row.method, row.device),
            *(row.begun_at, row.seen_at, row.factor_at, Credential.factor.is_not(None)),
        )
        .join(User, User.id == row.person)
        .outerjoin(Credential, Credential.person == row.person)
        .where(where, row.ended_at.is_(None), User.active)
        .order_by(row.begun_at.desc())
    )
    return [SessionLine(*tuple(line)) for line in found]


def invite_of(session: Session, token_hash: str) -> InviteLine | None:
    """The invite of a token; None: there is none, it was used, or the person has left."""
    row = Invite
    found = session.execute(
        select(row.id, row.person, User.name, row.made_by, row.made_at)
        .join(User, User.id == row.person)
        .where(row.token_hash == token_hash, row.used_at.is_(None), User.active)
    ).one_or_none()
    return None if found is None else InviteLine(*found)


@dataclass(frozen=True, slots=True)
class FeedLine:
    """The feed of a person in service; `language`: theirs."""

    person: str
    language: str
    made_at: datetime


def feed_of(session: Session, token_hash: str) -> FeedLine | None:
    """The feed of a token; None: there is none, or the person has left."""
    return _feed(session, CalendarFeed.token_hash == token_hash)


def feed_of_person(session: Session, person: str) -> FeedLine | None:
    """The feed that somebody has."""
    return _feed(session, CalendarFeed.person == person)


def _feed(session: Session, where: ColumnElement[bool]) -> FeedLine | None:
    found = session.execute(
        select(CalendarFeed.person, User.language, CalendarFeed.made_at)
        .join(User, User.id == CalendarFeed.person)
        .where(where, User.active)
    ).one_or_none()
    return None if found is None else FeedLine(*found)


def tries_counted(
    session: Session, keys: Collection[str], since: datetime
) -> dict[str, tuple[int, datetime]]:
    """By key, how many tries were counted, and from when on, where that was after `since`."""
    row = SignInCount
    found = session.execute(
        select(row.key, row.tries, row.since).where(row.key.in_(keys), row.since > since)
    )
    return {key: (tries, begun) for key, tries, begun in found}


def factor_roles(session: Session) -> Mapping[str, Iterable[Role] | None]:
    """By organ, who needs a second factor there (None: where it says nothing)."""
    rows = session.execute(select(Organ.id, Organ.second_factor_roles))
    return {organ: roles and [Role(role) for role in roles] for organ, roles in rows}


def asks_fresh_factor(session: Session, organ: str) -> bool:
    """Whether signing for cases of the organ takes a fresh second factor."""
    asked = select(Organ.second_factor_for_signing).where(Organ.id == organ)
    return session.scalar(asked) is True


@dataclass(frozen=True, slots=True)
class SignInLine:
    """How a person stands with signing in: `recovery`: codes left; `sessions`: how many stand;
    `invited_at`: when an invite was made that nobody used."""

    has_password: bool
    has_factor: bool
    recovery: int
    sessions: int
    invited_at: datetime | None


NEVER = SignInLine(has_password=False, has_factor=False, recovery=0, sessions=0, invited_at=None)


def sign_in_lines(session: Session, at: datetime) -> dict[str, SignInLine]:
    """By person; who is not in it never set anything and was not invited."""
    row = DeskSession
    standing = (row.ended_at.is_(None), row.begun_at > at - LONGEST, row.seen_at > at - IDLE)
    counted = select(row.person, func.count()).where(*standing).group_by(row.person)
    open_sessions = dict(session.execute(counted).all())
    unused = select(Invite.person, Invite.made_at).where(Invite.used_at.is_(None))
    invited = dict(session.execute(unused).all())
    known = {kept.person: kept for kept in session.scalars(select(Credential))}
    found = {}
    for person in known.keys() | invited.keys() | open_sessions.keys():
        kept = known.get(person)
        found[person] = SignInLine(
            has_password=kept is not None and kept.password is not None,
            has_factor=kept is not None and kept.factor is not None,
            recovery=len(kept.recovery) if kept else 0,
            sessions=open_sessions.get(person, 0),
            invited_at=invited.get(person),
        )
    return found
