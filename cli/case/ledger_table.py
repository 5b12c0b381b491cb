"""A ledger for people: span by span, what counts, how many so far, why, by which article."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from cli.frame import show
from cli.frame.words import say
from speech.words import cited, joined, spoken, term
from texts.citations import decided

if TYPE_CHECKING:
    from domain.case.answers.explain import ExplainedSpan


def print_ledger(lines: "Iterable[ExplainedSpan]", limit: str | None = None) -> None:
    """The spans as a table; `limit`: what they count, where it is not the reply."""
    columns = ("from", "to", "counted", "total", "why", "article")
    show.table([say(f"column.{c}") for c in columns], [_row(line, limit) for line in lines])


def _row(line: "ExplainedSpan", limit: str | None) -> list[str]:
    counted = f"+{line.counted}" if line.counted else "0"
    sources = [decided(spoken(), line.article, line.settings), cited(line.notice)]
    return [
        line.first.isoformat(),
        line.last.isoformat(),
        counted,
        str(line.total),
        term("limit", limit) if limit and line.why == "period" and not line.worked else why(line),
        joined([source for source in sources if source]) or say("ledger.unpublished"),
    ]


def why(line: "ExplainedSpan") -> str:
    """The reason of a span, with the consultations or the worked weekend days behind it."""
    words = term("why", line.why)
    if line.worked:
        days = ", ".join(day.isoformat() for day in line.worked)
        return say("ledger.worked", why=words, days=days)
    if line.refs:
        return say("ledger.refs", why=words, refs=", ".join(line.refs))
    return words
