"""Getting in: by password and second factor, by an invite, and in a demonstration without either.

    sign_in(register, name, password, address=…, device=…)   -> Begun
    finish(settings, register, who, code)                     -> Begun, for who.owes == "code"
    renew(settings, register, who, code)                      the second factor is fresh again
    accept(register, token, password, device=…)               -> Begun, by the link of an invite
    begin_demo(register, person, device=…)                    -> Begun, in a demonstration alone

`Begun.token` goes into the cookie and nowhere else; each of these makes a new one, which takes the
place of the one before. `sign_in` and `accept` hash a password: run them in threads of their own.
Every failure of signing in is the same Refusal(sign_in_failed), after the same work.
"""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime

from argon2 import PasswordHasher
from sqlalchemy.orm import Session

from domain.case.people import DESK, on_desk
from domain.errors import Code, InputError, Refusal
from domain.signing_in import INVITED as INVITED_FOR
from domain.signing_in import Owed, SignInMethod
from domain.words import shown, strange
from office.people.names import acting_id
from office.settings import Settings
from office.signing_in.demo import is_demo
from office.signing_in.factor import as_typed, step_of, wrong_code
from office.signing_in.password import HASHING, hashed, matches
from office.signing_in.sessions import SignedIn, now, require_standing, standing
from office.signing_in.throttle import of_code, of_password
from register.engine import Register
from register.office_chain import Author, hold_chain
from register.reads import roster
from register.reads.signing_in import (
    CredentialLine,
    InviteLine,
    credential_of,
    invite_of,
    session_named,
)
from register.writes.access import Attempt, log_access, note_attempts
from register.writes.account_changes import tell
from register.writes.signing_in import (
    FACTOR_SHOWN,
    SIGNED_IN,
    begin_session,
    credential_to_change,
    digest,
    end_session,
    mark_factor,
    public_id,
    put_credential,
    take_step,
    use_invite,
)

TOKEN = 32
"""Bytes of what a cookie or a link holds."""
DEVICE = 120
"""Characters kept of what a browser says it is."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A session that has begun, and the token that opens it."""

    token: str
    who: SignedIn


def sign_in(
    register: Register,
    name: str,
    password: str,
    *,
    address: str,
    device: str = "",
    known_as: str | None = None,
    hashing: PasswordHasher = HASHING,
    at: datetime | None = None,
) -> Begun:
    """Begin a session for the person of that id or name. `address`: where it was asked from;
    `known_as`: the name under which that browser signed in last (`known_browsers`).

    Refusal(sign_in_failed): no such person, not in service, no or another password.
    Refusal(too_many_attempts): with the `seconds` to wait. Raises Unreachable.
    """
    moment, name = now(at), name.strip()
    tries = of_password(name, address, known=known_as == name)
    tries.take(register, moment)
    with register.reading() as session:
        known = _known(session, name)
    if matches(known.password if known else None, password, hashing) and known is not None:
        with register.writing() as session:
            if _stands(session, known):
                tries.succeed(session)
                return begun(session, known.person, SignInMethod.PASSWORD, device, moment, address)
    no = Refusal(Code.SIGN_IN_FAILED)
    # What stands there may be a password in the wrong field: it is written down nowhere.
    whose = known.person if known else "-"
    failed = Attempt(whose, SIGNED_IN, "refused", None, no.code, None, address, DESK)
    log_access(register, failed, at=moment)
    raise no


def _stands(session: Session, known: CredentialLine) -> bool:
    """Whether the password is still that one, of a person in service: hashing takes its time, and
    who resets a password or lets somebody go ends the sessions there are."""
    hold_chain(session)
    found = _known(session, known.person)
    return found is not None and found.password == known.password


def _known(session: Session, name: str) -> CredentialLine | None:
    """What the person in service is known by."""
    try:
        return credential_of(session, _in_service(session, acting_id(session, name)))
    except (InputError, Refusal):
        return None


def _in_service(session: Session, person: str) -> str:
    """The id, as the register has it. Refusal(unknown_user); no database is asked for what no id
    holds."""
    if strange(person) is not None:
        raise Refusal(Code.UNKNOWN_USER, user=shown(person))
    return roster.actor(session, person).person


def finish(
    settings: Settings, register: Register, who: SignedIn, code: str, at: datetime | None = None
) -> Begun:
    """Go on from the password with a code of the authenticator, or one to recover by, which is used
    up by it. Refusal(code_wrong, too_many_attempts, not_signed_in). Raises Unreachable."""
    moment, tries = now(at), of_code(who.person)
    if who.owes is not Owed.CODE:
        raise Refusal(Code.NOT_SIGNED_IN)
    tries.take(register, moment)
    with register.writing() as session:
        require_standing(session, who, moment)
        way = _shown(settings, session, who, code, moment)
        if way is not None:
            tries.succeed(session)
            end_session(session, who.id, moment)
            return begun(session, who.person, way, who.device, moment)
    raise _refused(register, who, moment)


def renew(
    settings: Settings, register: Register, who: SignedIn, code: str, at: datetime | None = None
) -> None:
    """Show the second factor anew, by the authenticator alone: acts that ask for a fresh one are
    taken for five minutes. Refusal(code_wrong, too_many_attempts, second_factor_needed: there is
    none, set one up). Raises Unreachable."""
    moment, tries = now(at), of_code(who.person)
    if not who.has_factor:
        raise Refusal(Code.SECOND_FACTOR_NEEDED)
    tries.take(register, moment)
    with register.writing() as session:
        if _is_code(settings, session, who.person, code, moment):
            tries.succeed(session)
            mark_factor(session, who.id, moment)
            shown = Attempt(who.person, FACTOR_SHOWN, "ok", asked_by=who.asked_by)
            note_attempts(session, moment, shown)
            return
    raise _refused(register, who, moment)


def _shown(
    settings: Settings, session: Session, who: SignedIn, code: str, at: datetime
) -> SignInMethod | None:
    if _is_code(settings, session, who.person, code, at):
        return SignInMethod.PASSWORD_TOTP
    kept, used = credential_to_change(session, who.person), digest(as_typed(code))
    if used not in kept.recovery:
        return None
    left = tuple(other for other in kept.recovery if other != used)
    put_credential(session, replace(kept, recovery=left), Author(who.person, who.asked_by, at))
    return SignInMethod.PASSWORD_RECOVERY


def _is_code(settings: Settings, session: Session, person: str, code: str, at: datetime) -> bool:
    """Whether it is the code of now, for the first time."""
    sealed = credential_of(session, person).factor
    step = None if sealed is None else step_of(settings, person, sealed, code, at)
    return step is not None and take_step(session, person, step)


def _refused(register: Register, who: SignedIn, at: datetime) -> Refusal:
    no = wrong_code()
    tried = Attempt(who.person, FACTOR_SHOWN, "refused", code=no.code, asked_by=who.asked_by)
    log_access(register, tried, at=at)
    return no


def invited(register: Register, token: str, at: datetime | None = None) -> InviteLine | None:
    """Whom the link of an invite is for; None: it is over, or was used. Raises Unreachable."""
    with register.reading() as session:
        found = invite_of(session, digest(token))
    return found if found and now(at) < found.made_at + INVITED_FOR else None


def accept(
    register: Register,
    token: str,
    password: str,
    *,
    device: str = "",
    hashing: PasswordHasher = HASHING,
    at: datetime | None = None,
) -> Begun:
    """Set the first password by the link of an invite. Where the session then `owes` a second
    factor, see `office.signing_in.own_account`.

    Refusal(invite_over), InputError(bad_password). Raises Unreachable.
    """
    moment = now(at)
    invite = invited(register, token, moment)
    if invite is None:
        raise Refusal(Code.INVITE_OVER)
    kept = hashed(password, invite.person, invite.name, hashing=hashing)
    fresh = new_token()
    with register.writing() as session:
        if not use_invite(session, invite.id, moment):
            raise Refusal(Code.INVITE_OVER)
        by = Author(invite.person, on_desk(public_id(fresh), SignInMethod.PASSWORD), moment)
        credential = replace(credential_to_change(session, invite.person), password=kept)
        put_credential(session, credential, by)
        organs = {grant.organ for grant in roster.actor(session, invite.person).grants}
        told = {"person": invite.name}
        tell(session, "password_set", [invite.person, invite.made_by], told, organs)
        return begun(session, invite.person, SignInMethod.PASSWORD, device, moment, token=fresh)


def begin_demo(
    register: Register, person: str, *, device: str = "", at: datetime | None = None
) -> Begun:
    """Sign in as anybody in service, without a password, where the installation was made as a
    demonstration. Refusal(not_a_demo, unknown_user). Raises Unreachable."""
    with register.writing() as session:
        if not is_demo(session):
            raise Refusal(Code.NOT_A_DEMO)
        someone = _in_service(session, person)
        return begun(session, someone, SignInMethod.DEMO, device, now(at))


def new_token() -> str:
    """What a cookie or a link holds."""
    return secrets.token_urlsafe(TOKEN)


def begun(
    session: Session,
    person: str,
    way: SignInMethod,
    device: str,
    at: datetime,
    address: str | None = None,
    token: str | None = None,
) -> Begun:
    """Begin a session, on record. Needs a writing session."""
    token = token or new_token()
    said = "".join(c for c in device if c.isprintable())[:DEVICE]
    begin_session(session, token, person, way, said, at, way.has_factor)
    name = public_id(token)
    way_in = on_desk(name, way)
    entry = Attempt(person, SIGNED_IN, "ok", None, None, digest(token), address, way_in)
    note_attempts(session, at, entry)
    who = standing(session, session_named(session, name), at)
    assert who is not None
    return Begun(token, who)
