"""The days of a year that differ from the plain week, span by span: the picture in words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from domain.calendar.closures import Closure
from domain.calendar.picture import PicturedDay, PicturedKind

PLAIN = (PicturedKind.WORKDAY, PicturedKind.WEEKEND)


@dataclass(slots=True)
class ExceptionSpan:
    """Days of one kind, over the plain weekends between them; `n` without these."""

    first: date
    last: date
    kind: PicturedKind
    n: int
    open: bool
    by: tuple[Closure, ...]


def exceptions(days: Iterable[PicturedDay]) -> Iterator[ExceptionSpan]:
    """In the order of the year."""
    span: ExceptionSpan | None = None
    for day in days:
        if span is not None and (day.kind, day.by) == (span.kind, span.by):
            span.last, span.n, span.open = day.day, span.n + 1, span.open or day.open
        elif day.kind in PLAIN:
            if span is not None and day.kind is PicturedKind.WORKDAY:
                yield span
                span = None
        else:
            if span is not None:
                yield span
            span = ExceptionSpan(day.day, day.day, day.kind, 1, day.open, day.by)
    if span is not None:
        yield span
