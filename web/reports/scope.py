"""Of which year and organ a report is asked for."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, TypeVar

from fastapi import Depends

from office.desk import Reading
from speech.names import NameBook, names
from web.frame.asked import day_asked, organ_asked, year_asked
from web.frame.gate import ByWhom

T = TypeVar("T")

ALL = "all"


@dataclass(frozen=True, slots=True)
class ReportScope:
    """A year of one organ, or (None) of all; `organs`: what else could be asked for."""

    year: int
    organ: str | None
    known: NameBook

    @property
    def name(self) -> str:
        """As an address has the organ."""
        return self.organ or ALL

    @property
    def query(self) -> str:
        """What addresses of the same scope end with."""
        return f"year={self.year}&organ={self.name}"

    def of(self, question: Callable[[Reading, int, str | None], T]) -> Callable[[Reading], T]:
        """The question, asked of this year and organ."""
        return lambda session: question(session, self.year, self.organ)


async def scope_of(who: ByWhom, year: str = "", organ: str = "") -> ReportScope:
    """What the address says; by default the present year of the person's first organ."""

    known = await who.process.read(names)
    chosen = None if organ == ALL else organ_asked(organ, who, known) or None
    return ReportScope(year_asked(year), chosen, known)


Scoped = Annotated[ReportScope, Depends(scope_of)]


class CorrectionSpan:
    """The days between which corrections are asked for, as typed; what is no day asks nothing."""

    def __init__(self, first: str, last: str) -> None:
        self.first, self.last = day_asked(first), day_asked(last)

    @property
    def name(self) -> str:
        """As the name of a file has it."""
        return "-".join(f"{day:%Y%m%d}" for day in (self.first, self.last) if day) or ALL
