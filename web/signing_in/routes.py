"""Signing in by password and second factor, or as anybody in a demonstration; signing out."""

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from domain.errors import Code, Refusal
from domain.signing_in import Owed
from office.signing_in.entering import Begun, begin_demo, finish, sign_in
from office.signing_in.known_browsers import name_in, word_for
from office.signing_in.sessions import end
from speech.refusals import message
from texts import LANGUAGES
from web.frame.brought import SignInNeededError
from web.frame.forms import sent
from web.frame.gate import ByWhom, session_of
from web.frame.language import COOKIE as LANGUAGE
from web.frame.pages import page, process_of
from web.signing_in.cookies import KNOWN, YEAR, drop_session, keep_known, keep_session
from web.signing_in.form import own_path, sign_in_page, status_again

router = APIRouter()

Next = Annotated[str, Query(alias="next")]

NEXT = {Owed.CODE: "/sign-in/code", Owed.FACTOR: "/sign-in/factor"}
"""Where a session goes that lacks something."""


@router.post("/sign-in")
async def enter(request: Request) -> Response:
    """Name and password."""
    given, process = await sent(request, None), process_of(request)
    name, password = str(given.get("name", "")), str(given.get("password", ""))
    back = own_path(str(given.get("next", "/")))
    address = request.client.host if request.client else "-"
    device, kept = request.headers.get("user-agent", ""), request.cookies.get(KNOWN, "")

    def begin() -> tuple[Begun, str]:
        known = name_in(process.settings, kept)
        begun = sign_in(
            process.register, name, password, address=address, device=device, known_as=known
        )
        return begun, word_for(process.settings, name)

    try:
        begun, word = await process.hash(begin)
    except Refusal as no:
        return await sign_in_page(request, back, name=name, no=no)
    answer = _into(request, begun, back)
    keep_known(request, answer, word)
    return answer


@router.post("/sign-in/demo")
async def enter_demo(request: Request) -> Response:
    """As anybody, where everything is invented."""
    given, process = await sent(request, None), process_of(request)
    person, device = str(given.get("person", "")), request.headers.get("user-agent", "")
    begun = await process.write(lambda: begin_demo(process.register, person, device=device))
    return _into(request, begun, own_path(str(given.get("next", "/"))))


@router.get("/sign-in/code")
async def code_form(request: Request, back: Next = "/") -> Response:
    """The second factor of somebody who has shown the password."""
    session = await session_of(request)
    if session is not None and session.owes is None:  # came back to what is done
        return RedirectResponse(own_path(back), 303)
    if session is None or session.owes is not Owed.CODE:
        raise SignInNeededError(own_path(back))
    return page(request, "signing_in/code.html", back=own_path(back), no=None)


@router.post("/sign-in/code")
async def enter_code(request: Request) -> Response:
    """A code of the authenticator, or one to recover by."""
    given, process = await sent(request, None), process_of(request)
    session, back = await session_of(request), own_path(str(given.get("next", "/")))
    if session is not None and session.owes is None:
        return RedirectResponse(back, 303)
    if session is None:
        raise SignInNeededError(back)
    code = str(given.get("code", ""))
    try:
        begun = await process.write(
            lambda: finish(process.settings, process.register, session, code)
        )
    except Refusal as no:
        if no.code is Code.NOT_SIGNED_IN:
            raise SignInNeededError(back) from no
        return page(
            request, "signing_in/code.html", status=status_again(no), back=back, no=message(no)
        )
    return _into(request, begun, back)


@router.post("/sign-out")
async def leave(request: Request, who: ByWhom) -> Response:
    """The session is over, here and at the office."""
    await sent(request, who)
    await who.process.write(lambda: end(who.process.register, who.session))
    answer = RedirectResponse("/sign-in", 303)
    drop_session(request, answer)
    return answer


@router.post("/language")
async def language(request: Request) -> Response:
    """Speak the other language from now on."""
    given = await sent(request, None)
    answer = RedirectResponse(own_path(str(given.get("back", "/"))), 303)
    wanted = str(given.get("language", ""))
    if wanted in LANGUAGES:
        answer.set_cookie(LANGUAGE, wanted, max_age=YEAR, httponly=True, samesite="lax", path="/")
    return answer


def _into(request: Request, begun: Begun, back: str) -> Response:
    owes = begun.who.owes
    answer = RedirectResponse(f"{NEXT[owes]}?next={quote(back)}" if owes else back, 303)
    keep_session(request, answer, begun)
    return answer
