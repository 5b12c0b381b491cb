"""My settings: language, password, second factor, where one is signed in."""

from urllib.parse import quote

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from domain.errors import Code, InputError, Refusal, YishenError
from domain.signing_in import LEAST
from office.signing_in.feeds import feed_since
from office.signing_in.own_account import change_password, new_recovery, offer_factor
from office.signing_in.sessions import end_all, end_other, own
from speech.refusals import message
from web.account.device import device_words
from web.account.entering import offered, take
from web.frame.errors import status_of
from web.frame.forms import sent
from web.frame.gate import ByWhom, Who
from web.frame.pages import page
from web.signing_in.cookies import drop_session

router = APIRouter()

HERE = "/me"


@router.get(HERE)
async def me(request: Request, who: ByWhom) -> Response:
    """Who one is here, and all one may change about it."""
    return await _me(request, who)


@router.post("/me/password")
async def password(request: Request, who: ByWhom) -> Response:
    """Another password; one signs in by it, and comes back."""
    given = await sent(request, who)
    old, new, again = (str(given.get(name, "")) for name in ("old", "password", "again"))
    try:
        if new != again:
            raise InputError(Code.PASSWORDS_DIFFER)
        register = who.process.register
        await who.process.hash(lambda: change_password(register, who.session, old, new))
    except (InputError, Refusal) as no:
        return await _me(request, who, no)
    back = quote(f"{HERE}?done=password", safe="")
    return _out(request, f"/sign-in?next={back}")


@router.get("/me/factor")
async def factor_form(request: Request, who: ByWhom) -> Response:
    """Another second factor, or the first."""
    settings = who.process.settings
    offer = await who.process.look(lambda: offer_factor(settings, who.session))
    return offered(request, offer, HERE)


@router.post("/me/factor")
async def factor_taken(request: Request, who: ByWhom) -> Response:
    """Its first code."""
    return await take(request, who.session, await sent(request, who))


@router.post("/me/recovery")
async def recovery(request: Request, who: ByWhom) -> Response:
    """New codes to recover by; the old ones are void."""
    await sent(request, who)
    register = who.process.register
    try:
        codes = await who.process.write(lambda: new_recovery(register, who.session))
    except Refusal as no:
        return await _me(request, who, no)
    return page(request, "account/recovery.html", codes=codes, back=HERE)


@router.post("/me/sessions/{session}/end")
async def end_session(request: Request, who: ByWhom, session: str) -> Response:
    """One of one's own sessions is over."""
    await sent(request, who)
    register = who.process.register
    await who.process.write(lambda: end_other(register, who.session, session))
    return RedirectResponse(f"{HERE}?done=session", 303)


@router.post("/me/sessions/end")
async def end_sessions(request: Request, who: ByWhom) -> Response:
    """Signed out everywhere, here too."""
    await sent(request, who)
    register = who.process.register
    await who.process.write(lambda: end_all(register, who.session))
    return _out(request, "/sign-in")


def _out(request: Request, to: str) -> Response:
    answer = RedirectResponse(to, 303)
    drop_session(request, answer)
    return answer


async def _me(request: Request, who: Who, no: YishenError | None = None) -> Response:
    sessions = await who.process.look(lambda: own(who.process.register, who.session))
    feed = await who.process.look(lambda: feed_since(who.process.register, who.session))
    done = request.query_params.get("done", "")
    return page(
        request,
        "account/me.html",
        status=status_of(no) if no else 200,
        sessions=sessions,
        device_words=device_words,
        here=who.session.id,
        feed=feed,
        least=LEAST,
        no=message(no) if no else None,
        done=done if done in ("password", "session", "feed") else None,
    )
