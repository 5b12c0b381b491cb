"""Cases by a number, a name, or words: what was sought stands in no address."""

from collections.abc import Iterator

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from domain.case.number import case_id_of
from domain.errors import InputError
from office.answers.finding import FoundCases
from office.answers.finding import find as find_cases
from speech.names import names
from speech.words import joined, term
from web.frame.forms import sent
from web.frame.gate import ByWhom
from web.frame.pages import page, say

router = APIRouter()


@router.post("/find")
async def find(request: Request, who: ByWhom) -> Response:
    """What was typed at the top: a number goes straight to its case, all else is looked for."""
    text = str((await sent(request, who)).get("text", "")).strip()
    if not text:
        return RedirectResponse("/cases", 303)
    try:
        return RedirectResponse(f"/cases/{case_id_of(text)}", 303)
    except InputError:
        pass
    register, asked_by = who.process.register, who.session.asked_by

    def look() -> FoundCases:
        return find_cases(register, who.id, text, training=True, asked_by=asked_by)

    found = await who.process.write(look)
    known = await who.process.read(names)
    return page(
        request,
        "cases/found.html",
        found=found,
        lines=[one.line for one in found.cases],
        why={one.line.id: _why(one.why) for one in found.cases},
        looked=list(_looked(found)),
        known=known,
    )


def _why(fields: tuple[str, ...]) -> str:
    return say("cases.found_by", what=joined([term("found_by", field) for field in fields]))


def _looked(found: FoundCases) -> Iterator[str]:
    """Where it was looked for, and where not."""
    yield say("cases.looked" if found.people else "cases.looked_without_people")
    if not found.subjects:
        yield say("cases.too_short")
    if found.unread:
        yield say("cases.unread", n=found.unread)
