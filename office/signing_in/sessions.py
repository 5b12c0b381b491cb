"""Who is signed in at the desk, as the register knows it.

    look(register, token)            who that is, or None: reads only
    lately(register, token)          who that was, until the session ended by itself
    seen(register, who)              note that it is used: once a minute at most, never raises
    wants_code(register, who, organ, kind)   whether an act takes a code first
    still_standing(register, ids)    which sessions still open anything (event streams ask)
    own(register, who)               the sessions of the same person
    end(register, who)               sign out
    end_other(register, who, id)     end one of one's own
    end_all(register, who)           sign out everywhere, here too

All are plain functions that wait for the register: call them in threads. Instants (`at`) are for
tests; left out: now.
"""

import logging
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session

from domain.case.people import AskedBy, on_desk
from domain.errors import Code, Refusal, Unreachable
from domain.signing_in import (
    WITH_FACTOR,
    Owed,
    SignInMethod,
    is_fresh,
    needs_factor,
    owed,
    session_end,
)
from register.engine import Register
from register.office_chain import hold_chain
from register.reads import roster
from register.reads.signing_in import (
    SessionLine,
    asks_fresh_factor,
    factor_roles,
    session_named,
    session_of,
    sessions_named,
    sessions_of,
)
from register.writes.access import Attempt, note_attempts
from register.writes.signing_in import digest, end_session, end_sessions_of, mark_seen

log = logging.getLogger(__name__)

SEEN_EVERY = timedelta(minutes=1)

LATELY = timedelta(days=1)
"""After its end by itself a session still says whose words a form brings."""

KEPT = 10_000
_tried: dict[str, datetime] = {}
"""When this process last noted a session as used."""

SIGNED_OUT = "signed_out"


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Somebody signed in. `id` names the session on record; `factor_at`: when a second factor was
    shown last; `owes`: what must come before anything is opened (None: nothing); `device`: what the
    browser said it is, text of a stranger."""

    id: str
    person: str
    name: str
    language: str
    method: SignInMethod
    device: str
    begun_at: datetime
    seen_at: datetime
    factor_at: datetime | None
    has_factor: bool
    owes: Owed | None

    @property
    def asked_by(self) -> AskedBy:
        """By which way this person's acts come in (`office.desk.Desk`)."""
        return on_desk(self.id, self.method)

    @property
    def ends_at(self) -> datetime:
        """When it ends, if nobody uses it any more."""
        return session_end(self.begun_at, self.seen_at, self.owes)


def now(at: datetime | None) -> datetime:
    """`at`, else the present instant."""
    return at or datetime.now(UTC)


def look(register: Register, token: str, at: datetime | None = None) -> SignedIn | None:
    """Who holds that token; None: nobody, or no longer. Raises Unreachable."""
    with register.reading() as session:
        return standing(session, session_of(session, digest(token)), now(at))


def lately(register: Register, token: str, at: datetime | None = None) -> SignedIn | None:
    """Who held that token until nobody had used it for too long, a day ago at most: good for
    keeping what they had written, and for nothing else. None of a session that somebody ended, by
    signing out, a reset or another password. Raises Unreachable."""
    with register.reading() as session:
        line = session_of(session, digest(token))
        who = None if line is None else _whole(session, line)
    if who is None or who.owes is not None:
        return None
    return who if who.ends_at <= now(at) < who.ends_at + LATELY else None


def standing(session: Session, line: SessionLine | None, at: datetime) -> SignedIn | None:
    """The session as it stands at that instant; None once it is over."""
    if line is None:
        return None
    who = _whole(session, line)
    return who if at < who.ends_at else None


def _whole(session: Session, line: SessionLine) -> SignedIn:
    way = SignInMethod(line.method)
    needed = way is SignInMethod.PASSWORD and not line.has_factor and _needed(session, line.person)
    return SignedIn(
        id=line.id,
        person=line.person,
        name=line.name,
        language=line.language,
        method=way,
        device=line.device,
        begun_at=line.begun_at,
        seen_at=line.seen_at,
        factor_at=line.factor_at,
        has_factor=line.has_factor,
        owes=owed(way, has_factor=line.has_factor, needed=needed),
    )


def require_standing(session: Session, who: SignedIn, at: datetime) -> None:
    """That nobody ended the session since it was looked up, by a reset or from elsewhere, nor does
    before the transaction ends: for what people change by it. Needs a writing session.
    Refusal(not_signed_in)."""
    hold_chain(session)
    if standing(session, session_named(session, who.id), at) is None:
        raise Refusal(Code.NOT_SIGNED_IN)


def _needed(session: Session, person: str) -> bool:
    return needs_factor(roster.actor(session, person).grants, factor_roles(session))


def unseen(who: SignedIn, at: datetime | None = None) -> bool:
    """Whether it is long enough since its use was noted: asked before anybody waits to write."""
    return now(at) - who.seen_at >= SEEN_EVERY


def seen(register: Register, who: SignedIn, at: datetime | None = None) -> None:
    """The session is used: call it once the answer is on its way, it may have to wait for the
    write lock. A register that can't be written only lets the session end an hour too early."""
    last = max(who.seen_at, _tried.get(who.id, who.seen_at))
    if now(at) - last < SEEN_EVERY:
        return
    if len(_tried) >= KEPT:
        _tried.clear()
    _tried[who.id] = now(at)  # tried is enough: while a register is locked nobody queues for this
    try:
        with register.writing() as session:
            mark_seen(session, who.id, now(at))
    except Unreachable as error:
        log.info("not noted as used: %s", error.code)


def still_standing(
    register: Register, ids: Collection[str], at: datetime | None = None
) -> frozenset[str]:
    """Those of the sessions that are not over, by their public ids. Raises Unreachable."""
    with register.reading() as session:
        lines = sessions_named(session, ids)
        return frozenset(line.id for line in lines if standing(session, line, now(at)))


def wants_code(
    register: Register, who: SignedIn, organ: str, kind: str, at: datetime | None = None
) -> bool:
    """Whether an act of that kind for a case of the organ takes a code first (`entering.renew`), so
    that a page can ask for it beside the act. Raises Unreachable."""
    if kind not in WITH_FACTOR or who.method is SignInMethod.DEMO:
        return False
    with register.reading() as session:
        asked = asks_fresh_factor(session, organ)
    return asked and not is_fresh(who.factor_at, now(at))


def own(register: Register, who: SignedIn, at: datetime | None = None) -> list[SignedIn]:
    """All sessions of the same person that stand, the newest first. Raises Unreachable."""
    with register.reading() as session:
        lines = sessions_of(session, who.person)
        return [found for line in lines if (found := standing(session, line, now(at)))]


def end(register: Register, who: SignedIn, at: datetime | None = None) -> None:
    """Sign out. Raises Unreachable."""
    end_other(register, who, who.id, at)


def end_other(register: Register, who: SignedIn, name: str, at: datetime | None = None) -> None:
    """End a session of the same person, by its public id; another's is left alone. Raises
    Unreachable."""
    with register.writing() as session:
        if name in {line.id for line in sessions_of(session, who.person)}:
            end_session(session, name, now(at))
            _note(session, who, now(at), name)


def end_all(register: Register, who: SignedIn, at: datetime | None = None) -> None:
    """Sign out everywhere, here too. Raises Unreachable."""
    with register.writing() as session:
        end_sessions_of(session, who.person, now(at))
        _note(session, who, now(at), "*")


def _note(session: Session, who: SignedIn, at: datetime, name: str) -> None:
    done = Attempt(who.person, SIGNED_OUT, "ok", detail=name, asked_by=who.asked_by)
    note_attempts(session, at, done)
