"""What could not be done, as a page that says what to do."""

import traceback
from collections.abc import Callable, Coroutine
from typing import Any
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from domain.errors import Code, Refusal, Unreachable, YishenError
from speech.refusals import messages
from speech.words import cited
from starter.logs import LateLog
from web.frame.brought import SignInNeededError
from web.frame.logged import template
from web.frame.pages import page

log = LateLog()

Handler = Callable[[Request, Any], Coroutine[Any, Any, Response]]

UNKNOWN = {Code.UNKNOWN_CASE, Code.BAD_CASE_ID}
FORBIDDEN = {
    *(Code.NOT_YOUR_ROLE, Code.NOT_YOUR_CASE, Code.CASE_NOT_VISIBLE, Code.NOT_AN_ADMIN),
    Code.FORM_NOT_OURS,
}

LOOKED_AT = {403: "forbidden", 404: "unknown", 503: "away"}
"""Titles of what was looked at in vain; whatever else could not be done was asked for."""


def handlers() -> dict[int | type[Exception], Handler]:
    """What answers for each kind of error."""
    return {
        SignInNeededError: _sign_in,
        YishenError: _refused,
        HTTPException: no_such,
        ClientDisconnect: _gone,
    }


class Answering:
    """Answers for errors that nobody foresaw. The framework's own answer to them would go past all
    that every answer carries."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = False

        async def sending(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, receive, sending)
        except Exception as error:
            failed = _failed(Request(scope), error)
            if begun:  # what is broken off must look broken off
                raise
            await failed(scope, receive, send)


def status_of(error: YishenError) -> int:
    """The status of an answer that says `error`."""
    if error.code in UNKNOWN:
        return 404
    if error.code in FORBIDDEN:
        return 403
    if isinstance(error, Unreachable):
        return 503
    return 409 if isinstance(error, Refusal) else 422


async def _sign_in(request: Request, error: SignInNeededError) -> Response:
    del request
    return RedirectResponse(f"/sign-in?next={quote(error.path)}", 303)


async def _refused(request: Request, error: YishenError) -> Response:
    status = status_of(error)
    looked = request.method == "GET" or status == 503
    return page(
        request,
        "frame/refused.html",
        status=status,
        title=LOOKED_AT.get(status, "refused") if looked else "refused",
        lines=messages(error),
        article=cited(error.article) if error.article else None,
        code=str(error.code),
    )


async def no_such(request: Request, error: HTTPException) -> Response:
    """The page for an address at which nothing is, or nothing that is asked for that way."""
    known = error.status_code if error.status_code in (404, 405, 413) else 400
    return page(request, "frame/no_such.html", status=error.status_code, code=str(known))


async def _gone(request: Request, error: ClientDisconnect) -> Response:
    """For the log: nobody is there any more who could read it."""
    return Response(status_code=400)


def _failed(request: Request, error: Exception) -> Response:
    # Where, not what: the words of an error may hold names out of the record.
    last = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{last.filename}:{last.lineno}"
    name = type(error).__name__
    log.error("page_failed", route=template(request.scope), error=name, where=where)
    return page(request, "frame/failed.html", status=500)
