"""Proceedings of all cases, the nearest limit first, the hearings to come, the papers that came and
went."""

from dataclasses import dataclass

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from domain.remedies.terms import ProceedingKind
from office.answers.lists import hearing_list, proceeding_list
from office.answers.proceeding_papers import PapersOfProceeding, proceeding_papers
from office.desk import Reading
from office.legal_time import legal_now
from register.reads.hearings import CalledHearing
from register.reads.proceedings import ProceedingLine, Wanted
from speech.names import NameBook, names
from speech.remedies import forum_words, proceeding_words
from web.frame.asked import page_asked
from web.frame.gate import ByWhom
from web.frame.pages import page

router = APIRouter()

ROWS, LAST_PAGE = 50, 1000
"""Proceedings of a page, and how far back pages go."""

NEXT = 3
"""Hearings shown above them."""


@dataclass(frozen=True, slots=True)
class RemediesPage:
    """Proceedings with the names in them, and, on the first page, the next hearings; `further`:
    there are more."""

    found: list[ProceedingLine]
    hearings: list[CalledHearing]
    further: bool
    known: NameBook


@router.get("/remedies")
async def remedies(
    request: Request,
    who: ByWhom,
    kind: str | None = None,
    ended: bool = False,
    number: str = Query("1", alias="page"),
) -> Response:
    """Which limit comes next, in which proceeding, and who leads it; `ended`: those that are over,
    too."""
    shown = page_asked(number, LAST_PAGE)
    chosen = kind if kind in set(ProceedingKind) else None
    wanted = Wanted(kind=chosen, ended=ended)

    def read(session: Reading) -> RemediesPage:
        behind = (shown - 1) * ROWS
        found = proceeding_list(session, who.viewer, wanted, legal_now(), ROWS + 1, behind=behind)
        if shown > 1:
            return RemediesPage(found, [], False, names(session))
        hearings, further = hearing_list(session, who.viewer, legal_now(), limit=NEXT)
        return RemediesPage(found, hearings, further is not None, names(session))

    made = await who.process.read(read)
    return page(
        request,
        "remedies/list.html",
        lines=made.found[:ROWS],
        number=shown,
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


@router.get("/remedies/papers")
async def papers(request: Request, who: ByWhom, after: str | None = None) -> Response:
    """What came from courts and reconsideration organs and what was handed in, by proceeding, the
    latest first. InputError(bad_cursor)."""

    def read(session: Reading) -> tuple[list[PapersOfProceeding], str | None, NameBook]:
        return *proceeding_papers(session, who.viewer, after), names(session)

    found, following, known = await who.process.read(read)
    return page(
        request,
        "remedies/papers.html",
        proceedings=found,
        following=following,
        first=after is None,
        known=known,
        what=proceeding_words,
        forum=forum_words,
    )
