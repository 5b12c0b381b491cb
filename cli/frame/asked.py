"""By which way, and by whom of it, something was asked for: said wherever its person stands."""

from collections.abc import Iterable, Iterator
from itertools import count, groupby
from typing import TYPE_CHECKING

from cli.frame.words import say
from domain.case.people import account_of, method_of, way_of
from speech.words import joined, term

if TYPE_CHECKING:
    from domain.case.state import TimelineEntry


def of_account(asked_by: str | None) -> str:
    """Behind a name; nothing where nobody knows."""
    if asked_by is None:
        return ""
    return say(f"asked.behind.{way_of(asked_by)}", **_of(asked_by))


def _of(asked_by: str) -> dict[str, str]:
    method = term("sign_in_method", method_of(asked_by))
    return {"account": account_of(asked_by), "method": method}


def asked_lines(entries: Iterable["TimelineEntry"]) -> Iterator[str]:
    """Below a timeline, for each account: the entries it asked for."""
    found: dict[str, list[int]] = {}
    for entry in entries:
        if entry.asked_by is not None:
            found.setdefault(entry.asked_by, []).append(entry.seq)
    for asked_by, numbers in found.items():
        spans = joined(list(_spans(numbers)))
        yield say(f"asked.below.{way_of(asked_by)}", entries=spans, **_of(asked_by))


def _spans(numbers: Iterable[int]) -> Iterator[str]:
    """1, 2, 3, 7 as 1-3, 7."""
    place = count()
    for _, run in groupby(numbers, lambda number: number - next(place)):
        first, *more = run
        yield f"{first}-{more[-1]}" if more else str(first)
