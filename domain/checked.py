"""Who compared which figure of the law with which text, and when.

A file of the law answers for each of its figures. What nobody could compare with a public text is
law all the same, and whoever is shown a day that hangs on it is told so.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated

from pydantic import BeforeValidator, Field

from domain.values import Value


class Names(Value):
    """A name in the languages of the product."""

    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)


def _in_both(given: object) -> object:
    return {"zh": given, "en": given} if isinstance(given, str) else given


class FigureCheck(Value):
    """One figure, compared `by` somebody `on` a day with a `text`, named in both languages, or by
    an address that is the same in each. None: none was reached."""

    by: str = Field(min_length=1)
    on: date
    text: Annotated[Names, BeforeValidator(_in_both)] | None = None


Checks = dict[str, FigureCheck]
"""By figure: a field of the file, or a named period; `NAME.DAY`: its version of that day."""


def unchecked(checks: Mapping[str, FigureCheck], figures: Iterable[str]) -> tuple[str, ...]:
    """Those of the `figures` that nobody compared with a text."""
    return tuple(name for name in figures if name not in checks or checks[name].text is None)


def check_of(
    checks: Mapping[str, FigureCheck], name: str, since: date | None = None
) -> FigureCheck | None:
    """The check of a figure, of its version in force `since` a day where that has its own."""
    own = checks.get(f"{name}.{since}")
    return own or checks.get(name)
