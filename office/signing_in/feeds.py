"""One's own limits for the calendar on one's phone or desk: fetched under an address that holds a
secret, without signing in.

    make_feed(register, who)        -> its path; an earlier address is void
    drop_feed(register, who)        nobody gets anything by it any more
    feed_since(register, who)       -> since when there is one, or None
    feed_file(register, token, now) -> what a calendar gets
"""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from domain.case.people import on_desk
from office.signing_in.entering import new_token
from office.signing_in.sessions import SignedIn, now, require_standing
from register.engine import Register
from register.reads.signing_in import feed_of, feed_of_person
from register.writes.access import Attempt, note_attempts
from register.writes.signing_in import (
    FEED_ENDED,
    FEED_MADE,
    digest,
    end_feed,
    public_id,
    put_feed,
)

BY_FEED = "feed"
"""The method under which it stands in the access log."""


@dataclass(frozen=True, slots=True)
class FeedFile:
    """What a calendar gets; `etag` stays as long as it says the same."""

    content: bytes
    etag: str


def make_feed(register: Register, who: SignedIn, at: datetime | None = None) -> str:
    """A new address, shown this once: only its hash is kept. Refusal(not_signed_in). Raises
    Unreachable."""
    moment, token = now(at), new_token()
    with register.writing() as session:
        require_standing(session, who, moment)
        put_feed(session, token, who.person, moment)
        made = Attempt(who.person, FEED_MADE, "ok", command_id=digest(token), asked_by=who.asked_by)
        note_attempts(session, moment, made)
    return f"/calendar/feed/{token}.ics"


def drop_feed(register: Register, who: SignedIn, at: datetime | None = None) -> None:
    """There is none any more. Refusal(not_signed_in). Raises Unreachable."""
    moment = now(at)
    with register.writing() as session:
        require_standing(session, who, moment)
        if end_feed(session, who.person):
            ended = Attempt(who.person, FEED_ENDED, "ok", asked_by=who.asked_by)
            note_attempts(session, moment, ended)


def feed_since(register: Register, who: SignedIn) -> datetime | None:
    """Since when there is one; None: there is none. Raises Unreachable."""
    with register.reading() as session:
        line = feed_of_person(session, who.person)
    return None if line is None else line.made_at


def feed_file(register: Register, token: str, at: datetime) -> FeedFile | None:
    """The limits and hearings of whoever the address is of, by number and what they are, nothing
    else; None: it is nobody's. Who got which case's is in the access log.
    Unreachable(register_not_writable, …)."""
    from office.answers.ical import limits_file  # most pages do without its library

    with register.reading() as session:
        line = feed_of(session, digest(token))
    if line is None:
        return None
    way = on_desk(public_id(token), BY_FEED)
    content = limits_file(
        register, None, None, line.person, line.language, at, bare=True, asked_by=way
    ).content
    return FeedFile(content, f'"{sha256(content).hexdigest()[:32]}"')
