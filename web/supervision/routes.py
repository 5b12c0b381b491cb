"""The board: every figure opens the cases it counts."""

from dataclasses import dataclass

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from domain.case.reading import CasePart, organs_open_to
from office.answers.board import PARTS, Board, board
from office.desk import Reading
from office.legal_time import legal_now
from speech.names import NameBook, names
from web.cases.address import address_of
from web.frame.gate import ByWhom
from web.frame.pages import page

router = APIRouter()

SHOWN = tuple(PARTS)
"""What is counted of the whole, of each department and of each handler."""

MOST = 30
"""Departments and handlers that are listed of all organs together, the most pressing; an organ has
all of its own."""


@dataclass(frozen=True, slots=True)
class BoardPage:
    """The board of one organ, or of all that the person looks after."""

    found: Board
    known: NameBook
    organs: tuple[str, ...]
    organ: str | None


@router.get("/supervision")
async def supervision(
    request: Request, who: ByWhom, organ: str | None = None, year: int | None = None
) -> Response:
    """What is overdue, due soon, stopped; by department and handler; the days and months ahead."""
    at = legal_now()
    seen = year if year is not None and 2008 <= year <= at.year else None

    def read(session: Reading) -> BoardPage:
        known = names(session)
        mine = tuple(sorted(organs_open_to(who.viewer, CasePart.LINE), key=known.organ))
        chosen = organ if organ in mine else None
        found = board(session, who.viewer, at, chosen, seen)
        return BoardPage(found, known, mine, chosen)

    made = await who.process.read(read)
    request.state.counts = {"supervision": made.found.whole.overdue.count}
    return page(
        request,
        "supervision/board.html",
        board=made.found,
        known=made.known,
        organs=made.organs,
        organ=made.organ,
        shown=SHOWN,
        most=MOST if made.organ is None and len(made.organs) > 1 else None,
        address=address_of,
        year=seen or at.year,
    )
