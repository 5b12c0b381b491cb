"""Which cases a list shows, as its address has it: a form without script, a figure of a board and
the next page all lead to one of these. An address that names no state asks for open cases."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import fields
from datetime import date
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from domain.case.summary import ListOrder, Mover, Status
from office.answers.query import CaseQuery

YES = "yes"

ALL = ("status", "all")
"""What asks for closed cases beside the open ones."""

FURTHEST = 366
"""Working days that anybody looks ahead."""


@lru_cache(maxsize=10_000)  # a board has thousands, the same ones every time
def address_of(query: CaseQuery, after: object = None) -> str:
    """The address of the list; `after`: of the page behind that place."""
    given = [*_words(query), *([("after", str(after))] if after is not None else [])]
    return f"/cases?{urlencode(given)}" if given else "/cases"


def query_of(given: Iterable[tuple[str, str]]) -> CaseQuery:
    """What an address asks for; what it says that can't be is left out."""
    given = list(given)
    found: dict[str, Any] = {}
    for name, words in given:
        value = _read(name, words.strip())
        if value is None:
            continue
        found[name] = (*found.get(name, ()), value) if name == "status" else value
    if not found.get("status") and ALL not in given:
        found["open_only"] = True
    return CaseQuery(**found)


def _words(query: CaseQuery) -> Iterator[tuple[str, str]]:
    usual = CaseQuery(open_only=not query.status)
    if not query.status and not query.open_only:
        yield ALL
    for field in fields(CaseQuery):
        value = getattr(query, field.name)
        if value == getattr(usual, field.name) or value is False:
            continue
        if isinstance(value, tuple):
            yield from ((field.name, str(one)) for one in value)
        else:
            yield field.name, YES if value is True else str(value)


def _read(name: str, words: str) -> object:
    """None: it says nothing."""
    reader = _READERS.get(name)
    if reader is None or not words:
        return None
    with suppress(ValueError):
        return reader(words)
    return None


def _yes(words: str) -> bool | None:
    return True if words == YES else None


def _count(words: str) -> int | None:
    return int(words) if words.isascii() and words.isdecimal() and int(words) <= FURTHEST else None


_READERS: dict[str, Callable[[str], object]] = {
    **dict.fromkeys(("organ", "department", "handler", "statute", "channel"), str),
    **dict.fromkeys(("open_only", "stopped", "overdue", "training"), _yes),
    **dict.fromkeys(("due_from", "due_by", "received_from", "received_by"), date.fromisoformat),
    **dict.fromkeys(("dispatched_from", "dispatched_by"), date.fromisoformat),
    "status": Status,
    "mover": Mover,
    "due_within": _count,
    "order": ListOrder,
}
