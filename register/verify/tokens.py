"""The search index against the words it was made from: the one proof that takes the keys."""

from collections.abc import Iterator, Sequence

from sqlalchemy import select

from register.engine import Register
from register.models import Request, SearchToken
from register.reads.search import NO_CASE, tokens_of, whole, words_of
from register.verify.found import Mismatch, missing, surplus
from register.verify.moment import snapshot

PORTION = 100

TABLE = SearchToken.__tablename__


def of_index(register: Register) -> Iterator[Mismatch]:
    """Where the index would miss a case, or find one that it must not; nothing where it isn't
    whole: nobody uses it then. Raises Unreachable(register_…, key_…)."""
    mark = register.indexer.mark()
    with snapshot(register) as session:
        if not whole(session, mark):
            return
        cases = list(session.scalars(select(Request.id).order_by(Request.id)))
        unknown = select(SearchToken.case_id, SearchToken.field).where(
            SearchToken.case_id.not_in(select(Request.id)), SearchToken.case_id != NO_CASE
        )
        for case, field in session.execute(unknown):
            yield surplus(case, TABLE, field, "token")
    for begin in range(0, len(cases), PORTION):
        yield from _portion(register, cases[begin : begin + PORTION])


def _portion(register: Register, cases: Sequence[str]) -> Iterator[Mismatch]:
    columns = (SearchToken.case_id, SearchToken.field, SearchToken.token)
    with snapshot(register) as session:
        words = words_of(session, cases)
        there: dict[str, set[tuple[str, bytes]]] = {case: set() for case in cases}
        of_cases = select(*columns).where(SearchToken.case_id.in_(cases))
        for case, field, token in session.execute(of_cases):
            there[case].add((field, token))
    for case in cases:
        made: frozenset[tuple[str, bytes]] = frozenset()
        if case in words:  # else it is forgotten
            made = tokens_of(register.indexer, case, words[case])
        for field, token in sorted(made - there[case]):
            yield missing(case, TABLE, f"{field}/{token.hex()}", "token")
        for field, token in sorted(there[case] - made):
            yield surplus(case, TABLE, f"{field}/{token.hex()}", "token")
