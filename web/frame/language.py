"""The language of a request: by the switch, else by the browser, else Chinese."""

from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from speech.words import speak
from texts import LANGUAGES

COOKIE = "language"


class Spoken:
    """Answers in the language of whoever asks."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            speak(language_of(Headers(scope=scope)), on_pages=True)
        await self._app(scope, receive, send)


def language_of(headers: Headers) -> str:
    """The language that the headers of a request ask for."""
    try:
        chosen = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        chosen = None
    if chosen is not None and chosen.value in LANGUAGES:
        return chosen.value
    for part in headers.get("accept-language", "").split(","):
        short = part.partition(";")[0].strip().partition("-")[0].lower()
        if short in LANGUAGES:
            return short
    return LANGUAGES[0]
