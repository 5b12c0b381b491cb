"""Passwords, as Argon2id keeps them (RFC 9106). Hashing takes about 80 ms and 48 MiB: whoever
serves many runs it in threads of its own."""

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from domain.errors import Code, InputError
from domain.signing_in import normal, password_problems

HASHING = PasswordHasher(time_cost=2, memory_cost=48 * 1024, parallelism=1)
"""What a hash costs. Tests hand in a cheaper one."""


def hashed(password: str, *of_person: str, hashing: PasswordHasher = HASHING) -> str:
    """The password as it is kept; `of_person`: words that say whose it is.
    InputError(bad_password): it is none that can be taken."""
    wrong = list(password_problems(password, *of_person))
    if wrong:
        raise InputError(Code.BAD_PASSWORD, problems=wrong)
    return hashing.hash(_bytes(password))


def matches(kept: str | None, password: str, hashing: PasswordHasher = HASHING) -> bool:
    """Whether it is that password; where none is kept, it takes as long to say no."""
    try:
        return hashing.verify(kept or _nobodys(hashing), _bytes(password)) and kept is not None
    except (VerificationError, InvalidHashError):
        return False


def _bytes(password: str) -> bytes:
    """Of whatever somebody sends, also what is no text."""
    return normal(password).encode("utf-8", "surrogatepass")


@cache
def _nobodys(hashing: PasswordHasher) -> str:
    return hashing.hash("")
