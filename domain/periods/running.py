"""A limit that runs: one value for the clock's limits, for those of remedies, and for who asks."""

from dataclasses import dataclass
from datetime import date

from domain.periods.ledger import Span


@dataclass(frozen=True, slots=True)
class Running:
    """A limit that runs, with the proof of its count. `ref`: of what, where there may be several;
    `base`: its day 0, on which `cause` happened; `own`: the organ's own, closures of the organ
    count in it."""

    name: str
    ref: str | None
    base: date
    due: date
    article: str
    cause: str
    own: bool
    provisional: bool
    ledger: tuple[Span, ...]
