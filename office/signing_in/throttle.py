"""How often signing in may be tried: counted in the register, for all processes together. Nobody is
locked out for good, and nobody waits in here: whoever tries too often is told for how long."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from math import ceil

from sqlalchemy.orm import Session

from domain.errors import Code, Refusal
from register.engine import Register
from register.reads.signing_in import tries_counted
from register.writes.signing_in import count_tries, digest, uncount

WINDOW = timedelta(minutes=15)

FROM_THERE = 10
"""Tries of one name from one address: somebody who guesses at a colleague's desk locks nobody out
elsewhere."""
FROM_ADDRESS = 100
"""Of all names from one address, which may be that of a whole office."""
OF_NAME = 200
"""Of one name from everywhere."""
OF_CODE = 10
"""Of codes, by somebody who has the password."""


class Tries:
    """One try at something that has bounds; `limits`: by key."""

    def __init__(self, limits: dict[str, int], own: str) -> None:
        self._limits = {digest(key): limit for key, limit in limits.items()}
        self._own = digest(own)

    def take(self, register: Register, at: datetime) -> None:
        """Count it, before anything is looked at: many at once are counted too. One too many isn't:
        whoever goes on and on takes the register from nobody.
        Refusal(too_many_attempts), with the `seconds` to wait."""
        with register.reading() as session:
            before = tries_counted(session, [*self._limits], at - WINDOW)
        self._bound({key: (n + 1, since) for key, (n, since) in before.items()}, at)
        with register.writing() as session:
            counted = count_tries(session, [*self._limits], at, WINDOW)
        self._bound(counted, at)

    def _bound(self, counted: Mapping[str, tuple[int, datetime]], at: datetime) -> None:
        over = [since for key, (n, since) in counted.items() if n > self._limits[key]]
        if over:
            seconds = max(1, ceil((max(over) + WINDOW - at).total_seconds()))
            raise Refusal(Code.TOO_MANY_ATTEMPTS, seconds=seconds)

    def succeed(self, session: Session) -> None:
        """It went well: it doesn't count, and those before it of the same name from there don't.
        Needs a writing session."""
        uncount(session, [*self._limits], [self._own])


def of_password(name: str, address: str, *, known: bool = False) -> Tries:
    """A try to sign in under `name`, as it was typed; `known`: from a browser in which that went
    well before, which those who guess elsewhere don't keep out."""
    there = f"there {address} {name}"
    limits = {there: FROM_THERE, f"from {address}": FROM_ADDRESS}
    return Tries(limits if known else {**limits, f"of {name}": OF_NAME}, there)


def of_code(person: str) -> Tries:
    """A try of a second factor, or of the password of somebody who is signed in."""
    return Tries({f"code {person}": OF_CODE}, f"code {person}")
