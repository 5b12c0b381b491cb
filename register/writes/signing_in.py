"""Credentials, sessions, invites and counts of tries, written. Each needs a writing session."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, case, delete, insert, select, update
from sqlalchemy.orm import Session

from domain.signing_in import LONGEST
from register.models import CalendarFeed, Credential, DeskSession, Invite, SignInCount, User
from register.office_chain import Author, append, hold_chain, standing
from register.reads.signing_in import CredentialLine, credential_of

STALE = LONGEST + timedelta(days=1)
"""Nothing asks any more for what began so long ago."""

SIGNED_IN, FACTOR_SHOWN, INVITED = "signed_in", "factor_shown", "user_invited"
FEED_MADE, FEED_ENDED = "feed_made", "feed_ended"
"""Lines of the access log: sessions, invites and feeds are proved by them."""

PUBLIC = 12
"""Letters of a token's hash that name it on the record."""


def digest(text: str) -> str:
    """SHA-256 of a secret too long to guess, hexadecimal; of whatever somebody sends."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def public_id(token: str) -> str:
    """By what the record names what the token opens."""
    return digest(token)[:PUBLIC]


def credential_to_change(session: Session, person: str) -> CredentialLine:
    """What the person is known by, which nobody else changes until the transaction ends."""
    hold_chain(session)
    return credential_of(session, person)


def put_credential(session: Session, wanted: CredentialLine, by: Author) -> None:
    """What the person is known by from now on, on the office's chain."""
    before = standing(session, Credential)
    values: dict[str, Any] = {
        "password": wanted.password,
        "password_sha256": wanted.password and digest(wanted.password),
        "factor": wanted.factor,
        "factor_sha256": wanted.factor and digest(wanted.factor),
        "recovery": list(wanted.recovery),
    }
    if wanted.factor != credential_of(session, wanted.person).factor:
        values["factor_step"] = None
    here = Credential.person == wanted.person
    changed = session.execute(update(Credential).where(here).values(**values))
    if not changed.rowcount:  # type: ignore[attr-defined]
        session.execute(insert(Credential), [{"person": wanted.person, **values}])
    append(session, before, standing(session, Credential), by)


def take_step(session: Session, person: str, step: int) -> bool:
    """The code of that interval counts now, and never again; False: it, or a later one, did."""
    unused = Credential.factor_step.is_(None) | (Credential.factor_step < step)
    where = (Credential.person == person, unused)
    taken = session.execute(update(Credential).where(*where).values(factor_step=step))
    return bool(taken.rowcount)  # type: ignore[attr-defined]


def begin_session(
    session: Session, token: str, person: str, method: str, device: str, at: datetime, factor: bool
) -> None:
    """A session for whoever holds `token`; what is long over goes."""
    session.execute(delete(DeskSession).where(DeskSession.begun_at < at - STALE))
    row = {
        "id": public_id(token),
        "token_hash": digest(token),
        "person": person,
        "method": method,
        "device": device,
        "begun_at": at,
        "seen_at": at,
        "factor_at": at if factor else None,
    }
    session.execute(insert(DeskSession), [row])


def mark_seen(session: Session, name: str, at: datetime) -> None:
    """The session was used."""
    session.execute(update(DeskSession).where(DeskSession.id == name).values(seen_at=at))


def mark_factor(session: Session, name: str, at: datetime) -> None:
    """Its person showed the second factor anew."""
    session.execute(update(DeskSession).where(DeskSession.id == name).values(factor_at=at))


def end_session(session: Session, name: str, at: datetime) -> None:
    """Nobody gets in by it any more."""
    _end(session, DeskSession.id == name, at)


def end_sessions_of(session: Session, person: str, at: datetime) -> None:
    """The same for all of a person."""
    _end(session, DeskSession.person == person, at)


def end_sessions_of_leavers(session: Session, at: datetime) -> None:
    """Sessions, invites and feeds of people no longer in service are over for good: nothing comes
    back with them."""
    gone = select(User.id).where(User.active.is_(False))
    _end(session, DeskSession.person.in_(gone), at)
    unused = (Invite.person.in_(gone), Invite.used_at.is_(None))
    session.execute(update(Invite).where(*unused).values(used_at=at))
    session.execute(delete(CalendarFeed).where(CalendarFeed.person.in_(gone)))


def put_feed(session: Session, token: str, person: str, at: datetime) -> None:
    """A feed for whoever holds `token`; an earlier one of the person is void."""
    end_feed(session, person)
    row = {"person": person, "token_hash": digest(token), "made_at": at}
    session.execute(insert(CalendarFeed), [row])


def end_feed(session: Session, person: str) -> bool:
    """Nobody gets anything by it any more; False: there was none."""
    gone = session.execute(delete(CalendarFeed).where(CalendarFeed.person == person))
    return bool(gone.rowcount)  # type: ignore[attr-defined]


def _end(session: Session, where: ColumnElement[bool], at: datetime) -> None:
    standing = (where, DeskSession.ended_at.is_(None))
    session.execute(update(DeskSession).where(*standing).values(ended_at=at))


def put_invite(session: Session, token: str, person: str, by: Author) -> None:
    """An invite for whoever holds `token`; an earlier one of the person is void."""
    session.execute(delete(Invite).where((Invite.person == person) & Invite.used_at.is_(None)))
    session.execute(delete(Invite).where(Invite.made_at < by.at - STALE))
    row = {
        "id": public_id(token),
        "token_hash": digest(token),
        "person": person,
        "made_by": by.person,
        "made_at": by.at,
    }
    session.execute(insert(Invite), [row])


def use_invite(session: Session, name: str, at: datetime) -> bool:
    """The invite is used now; False: it was."""
    unused = (Invite.id == name, Invite.used_at.is_(None))
    used = session.execute(update(Invite).where(*unused).values(used_at=at))
    return bool(used.rowcount)  # type: ignore[attr-defined]


def count_tries(
    session: Session, keys: Sequence[str], at: datetime, window: timedelta
) -> dict[str, tuple[int, datetime]]:
    """One more try under each key; how many there are, and since when, by key. A window that is
    over begins anew, however often was tried in it."""
    session.execute(delete(SignInCount).where(SignInCount.since < at - STALE))
    adding = _adding_of(session)
    over = SignInCount.since <= at - window
    found = {}
    for key in sorted(keys):  # one order for all who count: none waits for the other
        row = adding(SignInCount).values(key=key, since=at, tries=1)
        counted = row.on_conflict_do_update(
            index_elements=[SignInCount.key],
            set_={
                "since": case((over, at), else_=SignInCount.since),
                "tries": case((over, 1), else_=SignInCount.tries + 1),
            },
        ).returning(SignInCount.tries, SignInCount.since)
        tries, since = session.execute(counted).one()
        found[key] = tries, since
    return found


def _adding_of(session: Session) -> Callable[..., Any]:
    """The INSERT of the register's own database, which knows what to do where the row is there; the
    other one isn't loaded."""
    if session.get_bind().dialect.name == "postgresql":
        from sqlalchemy.dialects import postgresql

        return postgresql.insert
    from sqlalchemy.dialects import sqlite

    return sqlite.insert


def uncount(session: Session, keys: Sequence[str], forget: Sequence[str]) -> None:
    """A try under `keys` went well and doesn't count; those of `forget` count no more."""
    session.execute(delete(SignInCount).where(SignInCount.key.in_(forget)))
    of = SignInCount.key.in_(keys) & (SignInCount.tries > 0)
    session.execute(update(SignInCount).where(of).values(tries=SignInCount.tries - 1))
