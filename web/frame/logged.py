"""One line for each request in the log: which page, how it went, how long. Never an address as it
was typed, nor what it asked for: they name cases and people."""

import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from starter.logs import LateLog

log = LateLog()

UNKNOWN = "-"
"""A page that is not there: its address is a stranger's text."""

QUIET = ("/static/{version}/{name}", "/favicon.ico", "/live")


class Logged:
    """Notes each request once it is answered; style and script are not worth a line."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun, status = time.monotonic(), 0

        async def sending(message: Message) -> None:
            nonlocal status
            await send(message)
            if message["type"] == "http.response.start":
                status = message["status"]
            elif not message.get("more_body", False):
                _note(scope, status, begun)

        await self._app(scope, receive, sending)


def _note(scope: Scope, status: int, begun: float) -> None:
    route = template(scope)
    if route not in QUIET or status >= 400:
        took = round((time.monotonic() - begun) * 1000)
        log.info("answered", method=scope["method"], route=route, status=status, ms=took)


def template(scope: Scope) -> str:
    """The page's address without the words in it: `/cases/{case}`."""
    found: str = getattr(scope.get("route"), "path", UNKNOWN)
    return found
