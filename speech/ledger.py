"""A ledger in words: why each span counts or does not, and by which article."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from domain.case.answers.explain import ExplainedSpan
from speech.words import cited, joined, say, spoken, term
from texts.citations import decided


@dataclass(frozen=True, slots=True)
class SpokenSpan:
    """One span; `counted` and `total` as they are read: +3, 12."""

    first: date
    last: date
    counted: str
    total: str
    why: str
    source: str


def ledger_lines(lines: Iterable[ExplainedSpan], limit: str | None = None) -> Iterator[SpokenSpan]:
    """Every span; `limit`: what they count, where it is not the reply."""
    for line in lines:
        sources = [decided(spoken(), line.article, line.settings), cited(line.notice)]
        plain = limit and line.why == "period" and not line.worked
        yield SpokenSpan(
            line.first,
            line.last,
            f"+{line.counted}" if line.counted else "0",
            str(line.total),
            term("limit", limit) if plain else why(line),
            joined([source for source in sources if source]) or say("ledger.unpublished"),
        )


def why(line: ExplainedSpan) -> str:
    """The reason of a span, with the consultations or the worked weekend days behind it."""
    words = term("why", line.why)
    if line.worked:
        days = ", ".join(day.isoformat() for day in line.worked)
        return say("ledger.worked", why=words, days=days)
    if line.refs:
        return say("ledger.refs", why=words, refs=", ".join(line.refs))
    return words
