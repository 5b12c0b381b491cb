"""Proof of what was forgotten: two people signed a list with that case on it, before it went."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from domain.case.forgetting import is_signed
from register.reads import queries
from register.reads.forgetting import Forgotten, RetentionList, forgotten, lists
from register.verify.found import Mismatch, surplus

TABLE = "forgotten_cases"


def of_forgotten(session: Session) -> Iterator[Mismatch]:
    """Cases forgotten without what it takes, and some that nobody registered. Those of which only
    the key was found destroyed name no list."""
    gone, known = forgotten(session), lists(session)
    for case in gone.keys() - queries.registered(session, gone):
        yield surplus(case, TABLE, "", gone[case].by)
    for case, done in gone.items():
        if done.list is not None and not _stands(done, known.get(done.list)):
            yield Mismatch(case, TABLE, "", "list", done.list, None)


def _stands(done: Forgotten, of: RetentionList | None) -> bool:
    if of is None or not is_signed(of.signed) or len({p for p, _ in of.signed}) < len(of.signed):
        return False
    listed = {line.case: line.rule for line in of.cases}
    return listed.get(done.case) == done.rule and all(s.at <= done.at for s in of.signatures)
