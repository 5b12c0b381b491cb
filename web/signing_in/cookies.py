"""What browsers keep: who signed in, in which language."""

from starlette.requests import Request
from starlette.responses import Response

from office.signing_in.entering import Begun
from office.signing_in.known_browsers import KEPT
from web.frame.brought import cookie_of

YEAR = 366 * 24 * 3600

KNOWN = "known"


def keep_session(request: Request, answer: Response, begun: Begun) -> None:
    """The session goes with every request from now on, and to no other site."""
    _set(request, answer, cookie_of(request), begun.token)


def drop_session(request: Request, answer: Response) -> None:
    """The browser forgets who it was."""
    _set(request, answer, cookie_of(request), "", 0)


def keep_known(request: Request, answer: Response, word: str) -> None:
    """Somebody has signed in in this browser (`office.signing_in.known_browsers`)."""
    _set(request, answer, KNOWN, word, int(KEPT.total_seconds()), "/sign-in")


def _set(
    request: Request,
    answer: Response,
    name: str,
    value: str,
    seconds: int | None = None,
    path: str = "/",
) -> None:
    secure = request.url.scheme == "https"
    answer.set_cookie(name, value, seconds, secure=secure, httponly=True, samesite="lax", path=path)
