"""The list of cases, and one case."""

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from domain.case.number import case_id_of
from office.answers.lists import CaseList, case_list
from office.cases.seen import seen_case
from office.desk import Reading
from office.legal_time import legal_now
from register.reads.lists import Filter
from speech.names import NameBook, names
from web.cases.case import case_page
from web.frame.forms import sent
from web.frame.gate import ByWhom
from web.frame.pages import page

router = APIRouter()

PAGE = 50
"""Cases on one page."""


@router.get("/cases")
async def cases(request: Request, who: ByWhom) -> Response:
    """The cases this person may see, the soonest due first."""
    at = legal_now()

    def read(session: Reading) -> tuple[CaseList, NameBook]:
        return case_list(session, who.viewer, Filter(open_only=True), PAGE, at), names(session)

    found, known = await who.process.read(read)
    return page(request, "cases/list.html", found=found, known=known)


@router.get("/cases/{case}")
async def case(request: Request, who: ByWhom, case: str, done: int | None = None) -> Response:
    """One case, all of it that this person may see; `done`: the entry somebody comes from."""

    def read(session: Reading) -> dict[str, Any]:
        record = seen_case(session, who.viewer, case).record
        return case_page(record, who.actor, names(session))

    return page(request, "cases/case.html", done=done, **await who.process.read(read))


@router.post("/find")
async def find(request: Request, who: ByWhom) -> Response:
    """What was typed into the field at the top: a number goes straight to its case."""
    text = str((await sent(request, who)).get("text", "")).strip()
    return RedirectResponse(f"/cases/{case_id_of(text) or text}", 303)
