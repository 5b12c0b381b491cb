"""Signing in at the desk: what a password must be, who needs a second factor, what stands how long.

No figure here is of a law. The lengths follow NIST SP 800-63B-4 (no rules of composition, no change
by calendar), its times are ours: an office's day, and a machine that others pass by.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from domain.case.people import SIGNATURES, Grant, Role
from domain.errors import Problem
from domain.words import strange

LEAST, MOST = 12, 200
"""Characters of a password."""
DISTINCT = 5
"""So many different ones at least."""

IDLE = timedelta(hours=1)
"""A session that nobody used for so long is over."""
LONGEST = timedelta(hours=12)
"""So is any session after that."""
UNFINISHED = timedelta(minutes=10)
"""So long somebody may take from password to second factor."""
FRESH = timedelta(minutes=5)
"""How old a second factor may be where an act asks for one."""
INVITED = timedelta(minutes=30)
"""How long the link of an invite opens."""

FACTOR_ROLES = (Role.REVIEWER, *SIGNATURES, Role.DISCLOSURE_HEAD, Role.ADMIN)
"""Who needs a second factor where an organ says nothing of it."""

WITH_FACTOR = frozenset(
    {"signed", "reply_approved", "entry_amended", "entry_annulled", "entry_approved"}
)
"""What takes a fresh second factor where an organ asks for it."""

COMMON = frozenset(
    {
        *("123456789012", "1234567890123", "qwertyuiop12", "qwertyuiop123", "qwertyuiop[]"),
        *("1qaz2wsx3edc", "1qaz2wsx3edc4rfv", "qazwsxedcrfv", "zaq12wsxcde3", "1q2w3e4r5t6y"),
        *("password1234", "passw0rd1234", "password12345", "administrator", "administrator1"),
        *("woaini1314520", "woaini5201314", "5201314woaini", "woaizhongguo", "iloveyou1234"),
        *("zhongguo1949", "zhonghuarenmin", "abcdefghijkl", "abcd12345678", "abc123456789"),
        *("asdfghjkl123", "asdfghjkl;'", "a1b2c3d4e5f6", "letmein12345", "welcome12345"),
        *("changeme1234", "qq123456789", "admin1234567", "admin123456789", "root12345678"),
    }
)
"""Those that are tried first."""


class SignInMethod(StrEnum):
    """How somebody signed in; it stands on record with each act."""

    PASSWORD = "password"
    PASSWORD_TOTP = "password+totp"
    PASSWORD_RECOVERY = "password+recovery"
    DEMO = "demo"

    @property
    def has_factor(self) -> bool:
        """Whether there was a second factor."""
        return self in (SignInMethod.PASSWORD_TOTP, SignInMethod.PASSWORD_RECOVERY)


class Owed(StrEnum):
    """What a session lacks before it opens anything."""

    CODE = "code"
    """The person has a second factor, and hasn't shown it."""
    FACTOR = "factor"
    """The person needs one, and has none yet."""


def normal(password: str) -> str:
    """The password as it is hashed: the same however a keyboard composes its characters, and
    whether an input method was in full width."""
    return unicodedata.normalize("NFKC", password)


def password_problems(password: str, *of_person: str) -> Iterator[Problem]:
    """What is wrong with a password to be; `of_person`: words that say whose it is."""
    word = normal(password)
    if len(word) < LEAST:
        yield Problem("password", "password_short", {"n": LEAST})
        return
    if len(word) > MOST:
        yield Problem("password", "password_long", {"n": MOST})
        return
    if (found := strange(word)) is not None:
        yield Problem("password", "control_character", {"character": f"U+{ord(found):04X}"})
        return
    rest = word.casefold()
    for name in (normal(name).casefold() for name in of_person):
        rest = rest.replace(name, "")
    if rest != word.casefold() and len(rest) < LEAST // 2:
        yield Problem("password", "password_named")
    elif word.casefold() in COMMON or len(set(word)) < DISTINCT or _in_a_row(word):
        yield Problem("password", "password_common")


def _in_a_row(word: str) -> bool:
    """Whether each character follows the one before: 123…, cba…"""
    steps = {ord(b) - ord(a) for a, b in pairwise(word)}
    return len(steps) == 1


def needs_factor(grants: Iterable[Grant], asked: Mapping[str, Iterable[Role] | None]) -> bool:
    """Whether somebody with these roles needs a second factor; `asked`: by organ, the roles that
    need one there (None: those of FACTOR_ROLES)."""
    return any(grant.role in (asked.get(grant.organ) or FACTOR_ROLES) for grant in grants)


def owed(way: SignInMethod, *, has_factor: bool, needed: bool) -> Owed | None:
    """What a session begun that way lacks."""
    if way is not SignInMethod.PASSWORD:
        return None
    if has_factor:
        return Owed.CODE
    return Owed.FACTOR if needed else None


def session_end(begun: datetime, seen: datetime, owes: Owed | None) -> datetime:
    """When a session ends by itself."""
    if owes is not None:
        return begun + UNFINISHED
    return min(begun + LONGEST, seen + IDLE)


def is_fresh(factor_at: datetime | None, now: datetime) -> bool:
    """Whether a second factor is young enough for an act that asks for one."""
    return factor_at is not None and now - factor_at < FRESH
