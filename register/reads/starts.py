"""What cases are started with. `case_starts` names the law of a case by the hash of its text, which
stands once in `laws`, however many cases have it; here it is put back."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.case.state import Law
from register.models import CaseStart, PinnedLaw

Start = Mapping[str, Any]
"""The input of a case as JSON. As kept, its `law` is a hash; whole, it is a `Law`."""


def starts_of(session: Session, cases: Sequence[str]) -> dict[str, Start]:
    """The whole inputs of those of `cases` that are there. KeyError: a law is lost."""
    kept = select(CaseStart.case_id, CaseStart.input).where(CaseStart.case_id.in_(cases))
    found = {row.case_id: row.input for row in session.execute(kept)}
    texts = law_texts(session, found.values())
    return {case: with_law(start, texts) for case, start in found.items()}


def law_texts(session: Session, kept: Iterable[Start]) -> dict[str, str]:
    """The laws that starts name, as far as they are there; by hash."""
    named = {start["law"] for start in kept if "law" in start}
    found = select(PinnedLaw.hash, PinnedLaw.body).where(PinnedLaw.hash.in_(named))
    return {row.hash: row.body for row in session.execute(found)} if named else {}


def with_law(kept: Start, texts: Mapping[str, str]) -> Start:
    """The whole input. KeyError: its law is not among `texts`."""
    return {**kept, "law": _law(texts[kept["law"]])} if "law" in kept else kept


@lru_cache(maxsize=256)
def _law(text: str) -> Law:
    return Law.model_validate_json(text)
