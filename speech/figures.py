"""What is said beside the figures of a year: the cross-checks, and where an older law's stand."""

from collections.abc import Iterable, Iterator

from domain.figures.annual import CrossCheck, Figure, Mapped
from speech.words import say, spoken, term
from texts.figures import row_name


def check_words(check: CrossCheck) -> str:
    """Both sides of a cross-check, and whether they come to the same."""
    sums = say(f"annual.sum.{check.name}", left=check.left, right=check.right, **check.parts)
    return say("annual.check_holds" if check.holds else "annual.check", sums=sums)


def mapped_words(rows: Iterable[Figure], lines: Iterable[Mapped]) -> Iterator[str]:
    """Of each kind of reply under an older law, in which row it is counted."""
    names = {row.code: row_name(spoken(), row.key) for row in rows}
    for line in lines:
        kind = term("reply_kind", line.kind)
        row = names.get(line.row, line.row)
        yield say("annual.mapped", statute=line.statute, kind=kind, n=line.n, row=row)
