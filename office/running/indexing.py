"""The search index made anew: after a restore, a crash that emptied it, a new form of it."""

import secrets

from register.engine import Register
from register.reads.search import unread, whole
from register.writes.search import begin, fill, finish, keep_tokens

PORTION = 100
"""Cases in one transaction: nobody waits long for the lock."""


def index_is_whole(register: Register) -> bool:
    """Whether cases can be found by it. Raises Unreachable(register_…, key_…)."""
    mark = register.indexer.mark()
    with register.reading() as session:
        return whole(session, mark)


def take_up_unread(register: Register) -> None:
    """Cases whose keys were missing and are back are found again. Raises Unreachable."""
    with register.reading() as session:
        cases = unread(session)
    for first in range(0, len(cases), PORTION):
        with register.writing() as session:
            keep_tokens(session, cases[first : first + PORTION])


def rebuild_index(register: Register) -> int | None:
    """Make the whole index from the words of the register, beside whoever works; how many cases.

    None: somebody else began anew meanwhile, or wrote words without the keys; it isn't whole then.
    Raises Unreachable(register_…, key_…).
    """
    mark, mine = register.indexer.mark(), secrets.token_bytes(12)
    with register.writing() as session:
        begin(session, mine)
    count, last = 0, None
    while True:
        with register.writing() as session:
            cases = fill(session, last, PORTION)
        if not cases:
            break
        count, last = count + len(cases), cases[-1]
    with register.writing() as session:
        return count if finish(session, mine, mark) else None
