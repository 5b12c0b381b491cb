"""The second factor: codes of an authenticator (TOTP, RFC 6238), and codes to recover by."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hmac import compare_digest

import pyotp

from domain.errors import Code, InputError, Refusal
from domain.words import ACROSS
from keys.cipher import Tampered
from office.running.key_store import key_of
from office.settings import Settings

ISSUER = "Yishen"
FIELD = "second_factor"
CODES = 10
"""Codes to recover by."""
GROUPS, LETTERS = 4, "abcdefghjkmnpqrstuvwxyz23456789"
"""Of such a code: four groups of four letters, none of which looks like another (79 bits)."""
DRIFT = 1
"""Intervals that a clock may be off by, either way."""


@dataclass(frozen=True, slots=True)
class FactorOffer:
    """A second factor to be confirmed by its first code. `secret` for typing, `uri` for a QR code;
    `sealed` comes back with the code, so that nothing is kept of an offer nobody takes."""

    secret: str
    uri: str
    sealed: str


def offered(settings: Settings, person: str, name: str) -> FactorOffer:
    """A new one for the person. Raises Unreachable(key_store_unreachable, …)."""
    secret = pyotp.random_base32()
    sealed = key_of(settings, ACROSS).seal_word(FIELD, f"{person} {secret}")
    return _offer(secret, name, sealed)


def offered_before(settings: Settings, person: str, name: str, sealed: str) -> FactorOffer:
    """The same one again: an authenticator that has it needs no other. InputError(bad_field):
    `sealed` is not of this person's. Raises Unreachable(key_store_unreachable, …)."""
    return _offer(_secret(settings, person, sealed), name, sealed)


def _offer(secret: str, name: str, sealed: str) -> FactorOffer:
    uri = pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=ISSUER)
    return FactorOffer(secret, uri, sealed)


def step_of(settings: Settings, person: str, sealed: str, code: str, at: datetime) -> int | None:
    """The interval that the code is of; None: of none near `at`. InputError(bad_field): `sealed`
    is not of this person's. Raises Unreachable(key_store_unreachable, …)."""
    totp, given = pyotp.TOTP(_secret(settings, person, sealed)), _digits(code)
    now = totp.timecode(at)
    near = range(now - DRIFT, now + DRIFT + 1)
    return next((n for n in near if compare_digest(totp.generate_otp(n), given)), None)


def _secret(settings: Settings, person: str, sealed: str) -> str:
    try:
        whose, _, secret = key_of(settings, ACROSS).open_word(sealed).rpartition(" ")
    except Tampered as error:
        raise InputError(Code.BAD_FIELD, field=FIELD, detail="unknown") from error
    if whose != person:
        raise InputError(Code.BAD_FIELD, field=FIELD, detail="unknown")
    return secret


def new_recovery_codes() -> list[str]:
    """Codes that open once each, for who has lost the second factor."""
    return ["-".join(_groups()) for _ in range(CODES)]


def _groups() -> Iterator[str]:
    for _ in range(GROUPS):
        yield "".join(secrets.choice(LETTERS) for _ in range(4))


def as_typed(code: str) -> str:
    """A recovery code as it was given out, however it was typed."""
    letters = "".join(c for c in code.casefold() if c.isalnum())
    return "-".join(letters[n : n + 4] for n in range(0, len(letters), 4))


def _digits(code: str) -> str:
    """The digits as ASCII, those in full width too."""
    return "".join(str(int(c)) for c in code if c.isdecimal())


def wrong_code() -> Refusal:
    """The no of a code that doesn't fit, or was used."""
    return Refusal(Code.CODE_WRONG)
