"""The register checked against its own record: started here, it goes on without the page."""

from datetime import UTC, datetime

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from office.cases.checking import begin, check_of
from speech.names import names
from speech.refusals import message
from starter.checking import start
from web.admin.parts import parts
from web.frame.forms import sent
from web.frame.gate import ByWhom
from web.frame.pages import page

router = APIRouter()

HERE = "/admin/verify"

AGAIN = 3
"""Seconds after which a browser looks again at a check under way."""


@router.get(HERE)
async def verify(request: Request, who: ByWhom) -> Response:
    """How far the check is, or what the last one found. Refusal(not_an_admin)."""
    check, now = await check_of(who.desk(), who.id), datetime.now(UTC)
    runs = check is not None and check.runs(now)
    answer = page(
        request,
        "admin/verify.html",
        parts=list(parts(who)),
        check=check,
        runs=runs,
        known=await who.process.read(names),
        why=lambda said: message(said.error),
    )
    if runs:
        answer.headers["Refresh"] = str(AGAIN)
    return answer


@router.post(HERE)
async def check(request: Request, who: ByWhom) -> Response:
    """Start one, unless one runs. Refusal(not_an_admin)."""
    await sent(request, who)
    await begin(who.desk(), who.id, start)
    return RedirectResponse(HERE, 303)
