"""What somebody of the same name asked for before: a request sent twice, or again, is seen before
it is registered."""

from dataclasses import dataclass

from domain.errors import YishenError
from domain.search import SearchField
from office.answers.finding import find
from register.reads.lists import CaseLine
from speech.names import NameBook, names
from web.frame.gate import Who

MOST = 5


@dataclass(frozen=True, slots=True)
class EarlierCases:
    """The newest first, as in lists."""

    lines: tuple[CaseLine, ...]
    known: NameBook


async def earlier_cases(who: Who, name: str) -> EarlierCases | None:
    """Those that this person may find by the name, which stands in the access log like any search;
    None: none, or none can be found now, which keeps nobody from registering."""
    process, asked_by = who.process, who.session.asked_by
    try:
        found = await process.write(
            lambda: find(process.register, who.id, name, limit=MOST, asked_by=asked_by)
        )
    except YishenError:
        return None
    lines = tuple(one.line for one in found.cases if SearchField.APPLICANT in one.why)
    return EarlierCases(lines, await process.read(names)) if lines else None
