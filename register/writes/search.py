"""Keeping the search index: in the transaction that writes the words, or all of it anew."""

from collections.abc import Collection, Sequence

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from domain.case.act import Event
from register.engine import INDEXER, Indexes
from register.models import Request, SearchToken
from register.reads.search import NO_CASE, WHOLE, words_of

BEGUN = "begun"
"""Field of the row, without a case, of whoever makes the index anew; it is gone once words were
written that are not in the index."""

_BY = frozenset({"consultation_sent", "reconsideration_received", "lawsuit_received"})
"""Kinds of facts that bring something a case is found by."""


def brings_words(events: Sequence[Event]) -> bool:
    """Whether the case is found by something else after these."""
    return any(event.rewrites or event.what.kind in _BY for event in events)


def keep_tokens(session: Session, cases: Collection[str]) -> None:
    """What these cases are found by is in the index, and nothing else of them, in the transaction
    that wrote their words. A session without keys only says that the index is whole no longer.

    Raises Unreachable(key_store_unreachable, key_missing, …).
    """
    indexer: Indexes | None = session.info.get(INDEXER)
    if indexer is None:
        session.execute(delete(SearchToken).where(SearchToken.case_id == NO_CASE))
        return
    # Another key or form made the rest: the tokens of this case are none of that index.
    mark = indexer.mark()
    other = delete(SearchToken).where(SearchToken.field == WHOLE, SearchToken.token != mark)
    session.execute(other)
    for case, words in words_of(session, cases).items():
        _replace(session, case, indexer.of_case(words))


def _replace(session: Session, case: str, tokens: frozenset[tuple[str, bytes]]) -> None:
    of_case = select(SearchToken.field, SearchToken.token).where(SearchToken.case_id == case)
    there = {(field, token) for field, token in session.execute(of_case)}
    for field, token in there - tokens:
        one = delete(SearchToken).where(
            SearchToken.field == field, SearchToken.token == token, SearchToken.case_id == case
        )
        session.execute(one)
    rows = [
        {"field": field, "token": token, "case_id": case} for field, token in sorted(tokens - there)
    ]
    if rows:
        session.execute(insert(SearchToken), rows)


def forget_tokens(session: Session, cases: Collection[str]) -> None:
    """These cases are found by nothing any more."""
    session.execute(delete(SearchToken).where(SearchToken.case_id.in_(cases)))


# -- all of it ------------------------------------------------------------------------------------


def begin(session: Session, mine: bytes) -> None:
    """Somebody makes the index anew, whoever else was at it; until they are through, it isn't
    whole."""
    session.execute(delete(SearchToken))
    session.execute(insert(SearchToken), [{"field": BEGUN, "token": mine, "case_id": NO_CASE}])


def fill(session: Session, after: str | None, count: int) -> list[str]:
    """The next `count` cases behind the case `after`, by id, are in the index; which they were."""
    query = select(Request.id).order_by(Request.id).limit(count)
    if after is not None:
        query = query.where(Request.id > after)
    # Locked as by whoever records: what stands in their rows now is what is indexed.
    cases = list(session.scalars(query.with_for_update()))
    keep_tokens(session, cases)
    return cases


def finish(session: Session, mine: bytes, mark: bytes) -> bool:
    """Mark the index as whole; False: somebody else began anew, or words were written meanwhile
    that it hasn't got."""
    own = delete(SearchToken).where(SearchToken.field == BEGUN, SearchToken.token == mine)
    if not session.execute(own.returning(SearchToken.token)).all():
        return False
    session.execute(delete(SearchToken).where(SearchToken.case_id == NO_CASE))
    session.execute(insert(SearchToken), [{"field": WHOLE, "token": mark, "case_id": NO_CASE}])
    return True
