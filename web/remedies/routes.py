"""Proceedings of all cases: the nearest limit first."""

from dataclasses import dataclass

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from domain.remedies.terms import ProceedingKind
from office.answers.lists import proceeding_list
from office.desk import Reading
from office.legal_time import legal_now
from register.reads.proceedings import ProceedingLine, Wanted
from speech.names import NameBook, names
from speech.remedies import forum_words, proceeding_words
from web.frame.gate import ByWhom
from web.frame.pages import page

router = APIRouter()

ROWS = 200
"""Proceedings on the page: more than any office has open at once."""


@dataclass(frozen=True, slots=True)
class RemediesPage:
    """Proceedings with the names in them."""

    found: list[ProceedingLine]
    known: NameBook


@router.get("/remedies")
async def remedies(
    request: Request, who: ByWhom, kind: str | None = None, ended: bool = False
) -> Response:
    """Which limit comes next, in which proceeding, and who leads it; `ended`: those that are over,
    too."""
    chosen = kind if kind in set(ProceedingKind) else None
    wanted = Wanted(kind=chosen, ended=ended)

    def read(session: Reading) -> RemediesPage:
        found = proceeding_list(session, who.viewer, wanted, legal_now())
        return RemediesPage(found, names(session))

    made = await who.process.read(read)
    return page(
        request,
        "remedies/list.html",
        lines=made.found[:ROWS],
        more=len(made.found) > ROWS,
        known=made.known,
        kinds=tuple(ProceedingKind),
        kind=chosen,
        ended=ended,
        what=proceeding_words,
        forum=forum_words,
    )
