"""A ledger as a table: span by span, what counts, how many so far, why, by which article."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from cli.frame import show
from cli.frame.words import say
from speech.ledger import ledger_lines

if TYPE_CHECKING:
    from domain.case.answers.explain import ExplainedSpan


def print_ledger(lines: "Iterable[ExplainedSpan]", limit: str | None = None) -> None:
    """The spans as a table; `limit`: what they count, where it is not the reply."""
    columns = ("from", "to", "counted", "total", "why", "article")
    rows = [
        [
            line.first.isoformat(),
            line.last.isoformat(),
            line.counted,
            line.total,
            line.why,
            line.source,
        ]
        for line in ledger_lines(lines, limit)
    ]
    show.table([say(f"column.{c}") for c in columns], rows)
