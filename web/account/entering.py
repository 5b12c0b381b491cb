"""The first password, by the link of an invite; the second factor, for who needs one."""

import segno
from fastapi import APIRouter
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from domain.errors import Code, InputError, Refusal, YishenError
from domain.signing_in import LEAST, Owed
from office.signing_in.entering import accept, invited
from office.signing_in.factor import FactorOffer
from office.signing_in.own_account import FactorTaken, offer_factor, take_factor
from office.signing_in.sessions import SignedIn
from speech.refusals import message
from web.frame.brought import SignInNeededError
from web.frame.errors import status_of
from web.frame.forms import sent
from web.frame.gate import session_of
from web.frame.pages import page, process_of
from web.signing_in.cookies import keep_session
from web.signing_in.form import own_path

router = APIRouter()


@router.get("/invite/{token}")
async def invite_form(request: Request, token: str) -> Response:
    """Whom the link is for, and the form of the first password."""
    return await _invite(request, token)


@router.post("/invite/{token}")
async def take_invite(request: Request, token: str) -> Response:
    """The first password; then the second factor, where one is needed."""
    given, process = await sent(request, None), process_of(request)
    password, again = str(given.get("password", "")), str(given.get("again", ""))
    if password != again:
        return await _invite(request, token, InputError(Code.PASSWORDS_DIFFER))
    device = request.headers.get("user-agent", "")
    try:
        begun = await process.hash(lambda: accept(process.register, token, password, device=device))
    except (InputError, Refusal) as no:
        return await _invite(request, token, no)
    owes = begun.who.owes is Owed.FACTOR
    answer = RedirectResponse("/sign-in/factor" if owes else "/", 303)
    keep_session(request, answer, begun)
    return answer


@router.get("/sign-in/factor")
async def factor_form(request: Request) -> Response:
    """A second factor for somebody who needs one before anything is opened."""
    session = await _owing(request)
    if session is None:
        return RedirectResponse("/", 303)
    process = process_of(request)
    offer = await process.look(lambda: offer_factor(process.settings, session))
    return offered(request, offer, own_path(request.query_params.get("next", "/")))


@router.post("/sign-in/factor")
async def factor_taken(request: Request) -> Response:
    """Its first code: from now on it is asked for."""
    session = await _owing(request)
    if session is None:
        return RedirectResponse("/", 303)
    return await take(request, session, await sent(request, None))


async def take(request: Request, session: SignedIn, given: FormData) -> Response:
    """The offered factor stands, if the code is right; the codes to recover by are shown once."""
    process = process_of(request)
    sealed, code = str(given.get("sealed", "")), str(given.get("code", ""))
    back = own_path(str(given.get("next", "/")))
    try:
        taken = await process.write(
            lambda: take_factor(process.settings, process.register, session, sealed, code)
        )
    except Refusal as no:
        if no.code is not Code.CODE_WRONG:
            raise
        # The one that the authenticator has: a code of it is right under no other.
        offer = await process.look(lambda: offer_factor(process.settings, session, sealed))
        return offered(request, offer, back, no)
    return _recovery(request, taken, back)


def offered(
    request: Request, offer: FactorOffer, back: str, no: YishenError | None = None
) -> Response:
    """The offer, as a picture and as letters."""
    return page(
        request,
        "account/factor.html",
        status=status_of(no) if no else 200,
        picture=segno.make(offer.uri, error="m").svg_data_uri(scale=5),
        secret=" ".join(offer.secret[n : n + 4] for n in range(0, len(offer.secret), 4)),
        sealed=offer.sealed,
        back=back,
        no=message(no) if no else None,
    )


def _recovery(request: Request, taken: FactorTaken, back: str) -> Response:
    answer = page(request, "account/recovery.html", codes=taken.recovery, back=back)
    keep_session(request, answer, taken.begun)
    return answer


async def _owing(request: Request) -> SignedIn | None:
    """Who lacks a second factor; None: who lacks nothing any more, and came back."""
    session = await session_of(request)
    if session is None or session.owes is Owed.CODE:
        raise SignInNeededError("/")
    return session if session.owes is Owed.FACTOR else None


async def _invite(request: Request, token: str, no: YishenError | None = None) -> Response:
    process = process_of(request)
    found = await process.look(lambda: invited(process.register, token))
    if found is None:
        raise Refusal(Code.INVITE_OVER)
    return page(
        request,
        "account/invite.html",
        status=status_of(no) if no else 200,
        name=found.name,
        least=LEAST,
        no=message(no) if no else None,
    )
