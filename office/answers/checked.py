"""What nobody compared with a public text, of the figures that a day hangs on.

A case carries the law, not who checked it: that is asked of the files, by the statute's id and by
the articles that a limit cites.
"""

from collections.abc import Iterable

from domain.checked import unchecked
from domain.clock import Reckoning
from domain.clock.bearing import figures
from domain.statute import Statute
from law.files import load_period_books, load_statutes


def of_answer(reckoning: Reckoning) -> tuple[str, ...]:
    """Of the reply and every limit of an answer, by fields of its statute."""
    names = dict.fromkeys(limit.name for limit in reckoning.limits)
    return unchecked(reckoning.statute.checked, _bearing(reckoning, ("reply", *names)))


def of_limits(
    statute: Statute, reckoning: Reckoning | None, limits: Iterable[tuple[str, str]]
) -> tuple[str, ...]:
    """Of limits of a case, each by its name and the article it cites: fields of its `statute`,
    and named periods as BOOK/NAME."""
    limits = tuple(limits)
    found: list[str] = []
    if reckoning is not None:
        law = next((law for law in load_statutes() if law.id == statute.id), statute)
        found += unchecked(law.checked, _bearing(reckoning, (name for name, _ in limits)))
    articles = {article for _, article in limits}
    for book in load_period_books(statute.calendar):
        found += book.unchecked(articles)
    return tuple(dict.fromkeys(found))


def _bearing(reckoning: Reckoning, names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(field for name in names for field in figures(reckoning, name)))
