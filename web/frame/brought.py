"""What a browser brings along of its session, before anybody has looked whose it is."""

from starlette.requests import HTTPConnection

COOKIE, ENCRYPTED = "session", "__Host-session"
"""Of the session; by TLS under a name that no other host and no plain page can set."""


class SignInNeededError(Exception):
    """Nobody signed in, or not any more; afterwards it goes on at `path`."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


def cookie_of(request: HTTPConnection) -> str:
    """The name of the cookie that holds the session of whoever asks that way."""
    return ENCRYPTED if request.url.scheme == "https" else COOKIE


def token_in(request: HTTPConnection) -> str:
    """The token of a session that comes along; nothing where none does."""
    return request.cookies.get(cookie_of(request), "")
