"""The tariff of a fee for excess: by item or by page, each part of the number at its own rate.

Pure: the number that is charged is counted elsewhere (the applicant's items of a calendar month by
the register, the pages by whoever sends them). Amounts are whole units of the currency.
"""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Literal, NamedTuple, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from domain.checked import Checks, Names
from domain.statute import Article
from domain.values import Value

Standard = Literal["item", "page"]
"""What a fee is charged by: one of the two, never both."""


class FeeStep(Value):
    """The part of the number `up_to` and with this one: `each` costs so much."""

    up_to: int = Field(gt=0)
    each: int = Field(ge=0)


class FeeBeyond(Value):
    """What lies beyond the steps: `each` costs so much; where `every` so many begin another step,
    `more` than in the one before."""

    each: int = Field(gt=0)
    every: int | None = Field(default=None, gt=0)
    more: int = Field(default=0, ge=0)


class FeePart(NamedTuple):
    """Units `first` to `last` of a number, at `each`: together `amount`."""

    first: int
    last: int
    each: int
    amount: int


class FeeScale(Value):
    """One standard. `article`: where it is set."""

    article: Article
    steps: tuple[FeeStep, ...]
    beyond: FeeBeyond

    @model_validator(mode="after")
    def _steps_rise(self) -> Self:
        if any(later.up_to <= earlier.up_to for earlier, later in pairwise(self.steps)):
            raise PydanticCustomError("steps_rise", "each step ends after the one before")
        return self

    def parts(self, n: int, before: int = 0) -> tuple[FeePart, ...]:
        """What `n` units cost that come after `before` others: the parts at one rate each."""
        last = before + n
        found = []
        for first, end, each in self._rates():
            if first > last:
                break
            low, high = max(first, before + 1), last if end is None else min(end, last)
            if low <= high:
                found.append(FeePart(low, high, each, (high - low + 1) * each))
        return tuple(found)

    def amount(self, n: int, before: int = 0) -> int:
        """The sum of the parts."""
        return sum(part.amount for part in self.parts(n, before))

    def _rates(self) -> Iterator[tuple[int, int | None, int]]:
        """First and last unit (None: no end) and rate of every step, in order."""
        first = 1
        for step in self.steps:
            yield first, step.up_to, step.each
            first = step.up_to + 1
        each, beyond = self.beyond.each, self.beyond
        while beyond.every is not None:
            yield first, first + beyond.every - 1, each
            first, each = first + beyond.every, each + beyond.more
        yield first, None, each


class Tariff(Value):
    """The file `law/fees/*.toml`: a scale for each standard, in force from a day on."""

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    name: Names
    source: Article
    in_force_from: date
    currency: str = Field(pattern=r"^[A-Z]{3}$")
    item: FeeScale
    page: FeeScale
    checked: Checks

    def scale(self, standard: Standard) -> FeeScale:
        """The scale of a standard."""
        return self.item if standard == "item" else self.page
