"""Proceedings of all cases, the nearest limit first, and the hearings to come."""

from dataclasses import dataclass

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from domain.remedies.terms import ProceedingKind
from office.answers.lists import hearing_list, proceeding_list
from office.desk import Reading
from office.legal_time import legal_now
from register.reads.hearings import CalledHearing
from register.reads.proceedings import ProceedingLine, Wanted
from speech.names import NameBook, names
from speech.remedies import forum_words, proceeding_words
from web.frame.gate import ByWhom
from web.frame.pages import page

router = APIRouter()

ROWS = 200
"""Proceedings on the page: more than any office has open at once."""


NEXT = 3
"""Hearings shown above them."""


@dataclass(frozen=True, slots=True)
class RemediesPage:
    """Proceedings with the names in them, and the next hearings; `further`: there are more."""

    found: list[ProceedingLine]
    hearings: list[CalledHearing]
    further: bool
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
        found = proceeding_list(session, who.viewer, wanted, legal_now(), ROWS + 1)
        hearings, further = hearing_list(session, who.viewer, legal_now(), limit=NEXT)
        return RemediesPage(found, hearings, further is not None, names(session))

    made = await who.process.read(read)
    return page(
        request,
        "remedies/list.html",
        lines=made.found[:ROWS],
        more=len(made.found) > ROWS,
        hearings=made.hearings,
        further=made.further,
        known=made.known,
        kinds=tuple(ProceedingKind),
        kind=chosen,
        ended=ended,
        what=proceeding_words,
        forum=forum_words,
    )


@router.get("/remedies/hearings")
async def hearings(request: Request, who: ByWhom, after: str | None = None) -> Response:
    """The hearings to come, the nearest first. InputError(bad_cursor)."""

    def read(session: Reading) -> tuple[list[CalledHearing], str | None, NameBook]:
        return *hearing_list(session, who.viewer, legal_now(), after), names(session)

    found, following, known = await who.process.read(read)
    return page(
        request,
        "remedies/hearings.html",
        hearings=found,
        following=following,
        first=after is None,
        known=known,
        what=proceeding_words,
        forum=forum_words,
    )
