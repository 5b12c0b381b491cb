"""What people do about their own signing in.

offer_factor(settings, who, before)                 -> FactorOffer (secret, URI for a QR code)
take_factor(settings, register, who, sealed, code)  -> FactorTaken (session, recovery codes)
new_recovery(register, who)                         -> ten new codes, the old ones are void
change_password(register, who, old, new)            every session ends, this one too

A session that was ended meanwhile changes nothing: Refusal(not_signed_in).
"""

from dataclasses import dataclass, replace
from datetime import datetime

from argon2 import PasswordHasher

from domain.errors import Code, Refusal
from domain.signing_in import Owed, SignInMethod, is_fresh
from office.settings import Settings
from office.signing_in.entering import Begun, begun
from office.signing_in.factor import (
    FactorOffer,
    new_recovery_codes,
    offered,
    offered_before,
    step_of,
    wrong_code,
)
from office.signing_in.password import HASHING, hashed, matches
from office.signing_in.sessions import SignedIn, now, require_standing
from office.signing_in.throttle import of_code
from register.engine import Register
from register.office_chain import Author
from register.reads.signing_in import credential_of
from register.writes.signing_in import (
    credential_to_change,
    digest,
    end_sessions_of,
    put_credential,
    take_step,
)


@dataclass(frozen=True, slots=True)
class FactorTaken:
    """A second factor stands: the session goes on as `begun`; `recovery` is shown once."""

    begun: Begun
    recovery: tuple[str, ...]


def offer_factor(
    settings: Settings, who: SignedIn, before: str | None = None, at: datetime | None = None
) -> FactorOffer:
    """A second factor, to be confirmed by its first code: a new one, or what was offered `before`
    (`FactorOffer.sealed`), which an authenticator may hold by now. Refusal(second_factor_needed):
    the one there is must be shown first; InputError(bad_field). Raises Unreachable."""
    _require_whole(who)
    _require_fresh(who, now(at))
    if before is not None:
        return offered_before(settings, who.person, who.name, before)
    return offered(settings, who.person, who.name)


def take_factor(
    settings: Settings,
    register: Register,
    who: SignedIn,
    sealed: str,
    code: str,
    at: datetime | None = None,
) -> FactorTaken:
    """The offered one stands from now on; every other session of the person ends.

    Refusal(code_wrong, too_many_attempts, second_factor_needed), InputError(bad_field). Raises
    Unreachable.
    """
    moment, tries = now(at), of_code(who.person)
    _require_whole(who)
    _require_fresh(who, moment)
    tries.take(register, moment)
    step = step_of(settings, who.person, sealed, code, moment)
    if step is None:
        raise wrong_code()
    codes = new_recovery_codes()
    with register.writing() as session:
        require_standing(session, who, moment)
        tries.succeed(session)
        kept = replace(
            credential_to_change(session, who.person),
            factor=sealed,
            recovery=tuple(map(digest, codes)),
        )
        put_credential(session, kept, Author(who.person, who.asked_by, moment))
        take_step(session, who.person, step)
        end_sessions_of(session, who.person, moment)
        new = begun(session, who.person, SignInMethod.PASSWORD_TOTP, who.device, moment)
    return FactorTaken(new, tuple(codes))


def new_recovery(register: Register, who: SignedIn, at: datetime | None = None) -> tuple[str, ...]:
    """Ten new codes to recover by. Refusal(second_factor_needed). Raises Unreachable."""
    moment, codes = now(at), new_recovery_codes()
    if not who.has_factor:
        raise Refusal(Code.SECOND_FACTOR_NEEDED)
    _require_whole(who)
    _require_fresh(who, moment)
    with register.writing() as session:
        require_standing(session, who, moment)
        kept = replace(
            credential_to_change(session, who.person), recovery=tuple(map(digest, codes))
        )
        put_credential(session, kept, Author(who.person, who.asked_by, moment))
    return tuple(codes)


def change_password(
    register: Register,
    who: SignedIn,
    old: str,
    new: str,
    *,
    hashing: PasswordHasher = HASHING,
    at: datetime | None = None,
) -> None:
    """Another password; every session of the person ends, this one too: whoever has its token may
    be why. Hashes twice: run it in threads of its own. Refusal(sign_in_failed, too_many_attempts),
    InputError(bad_password). Raises Unreachable."""
    moment, tries = now(at), of_code(who.person)
    _require_whole(who)
    tries.take(register, moment)
    with register.reading() as session:
        before = credential_of(session, who.person).password
    if not matches(before, old, hashing):
        raise Refusal(Code.SIGN_IN_FAILED)
    password = hashed(new, who.person, who.name, hashing=hashing)
    with register.writing() as session:
        require_standing(session, who, moment)
        tries.succeed(session)
        kept = replace(credential_to_change(session, who.person), password=password)
        put_credential(session, kept, Author(who.person, who.asked_by, moment))
        end_sessions_of(session, who.person, moment)


def _require_whole(who: SignedIn) -> None:
    """Who has shown the password alone of two is not in yet; who showed none, never."""
    if who.owes is Owed.CODE or who.method is SignInMethod.DEMO:
        raise Refusal(Code.NOT_SIGNED_IN)


def _require_fresh(who: SignedIn, at: datetime) -> None:
    if who.has_factor and not is_fresh(who.factor_at, at):
        raise Refusal(Code.SECOND_FACTOR_NEEDED)
