"""What browsers keep: who signed in, in which language; and where they go afterwards."""

from starlette.requests import Request
from starlette.responses import Response

from office.signing_in.entering import Begun
from web.frame.gate import COOKIE

YEAR = 366 * 24 * 3600


def own_path(asked: str) -> str:
    """Where to go on: only ever a page of this desk. Browsers read a backslash as a slash, and skip
    what doesn't print."""
    inside = asked.startswith("/") and not asked.startswith("//") and "\\" not in asked
    return asked if inside and asked.isprintable() else "/"


def keep_session(request: Request, answer: Response, begun: Begun) -> None:
    """The session goes with every request from now on, and to no other site."""
    secure = request.url.scheme == "https"
    answer.set_cookie(COOKIE, begun.token, httponly=True, samesite="lax", secure=secure, path="/")


def drop_session(answer: Response) -> None:
    """The browser forgets who it was."""
    answer.delete_cookie(COOKIE, path="/")
