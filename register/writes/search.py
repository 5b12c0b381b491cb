"""Keeping the search index: in the transaction that writes the words, or all of it anew."""

from collections.abc import Collection, Sequence

from sqlalchemy import bindparam, delete, insert, select
from sqlalchemy.orm import Session

from domain.case.act import Event
from domain.search import CaseWords
from register.engine import INDEXER, Indexes
from register.models import Request, SearchToken
from register.reads.search import NO_CASE, WHOLE, tokens_of, words_of

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
    indexer = _indexer(session)
    if indexer is None:
        return
    wanted = {
        (field, token, case)
        for case, words in words_of(session, cases).items()
        for field, token in tokens_of(indexer, case, words)
    }
    columns = (SearchToken.field, SearchToken.token, SearchToken.case_id)
    of_cases = select(*columns).where(SearchToken.case_id.in_(cases))
    there = {(row.field, row.token, row.case_id) for row in session.execute(of_cases)}
    # Core on the session's connection: no rows of these are ever looked at again.
    if there - wanted:
        old = [_of("of_", row) for row in sorted(there - wanted)]
        session.connection().execute(_ONE, old)
    _add(session, wanted - there)


def first_tokens(session: Session, case: str, words: CaseWords) -> None:
    """The same for a case that is registered at this moment, by its sealed words: there is nothing
    of it yet to look for."""
    indexer = _indexer(session)
    if indexer is not None:
        tokens = tokens_of(indexer, case, words)
        _add(session, {(field, token, case) for field, token in tokens})


def _add(session: Session, rows: Collection[tuple[str, bytes, str]]) -> None:
    if rows:
        session.connection().execute(insert(SearchToken), [_of("", row) for row in sorted(rows)])


def _indexer(session: Session) -> Indexes | None:
    """What makes the tokens; an index that another key or form made, or that nobody here can keep,
    is whole no longer."""
    indexer: Indexes | None = session.info.get(INDEXER)
    if indexer is None:
        session.execute(delete(SearchToken).where(SearchToken.case_id == NO_CASE))
        return None
    mark = indexer.mark()
    other = delete(SearchToken).where(SearchToken.field == WHOLE, SearchToken.token != mark)
    session.execute(other)
    return indexer


_ONE = delete(SearchToken).where(
    SearchToken.field == bindparam("of_field"),
    SearchToken.token == bindparam("of_token"),
    SearchToken.case_id == bindparam("of_case_id"),
)


def _of(head: str, row: tuple[str, bytes, str]) -> dict[str, str | bytes]:
    field, token, case = row
    return {f"{head}field": field, f"{head}token": token, f"{head}case_id": case}


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
