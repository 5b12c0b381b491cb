"""What every answer carries and every request must show, whoever asks."""

from urllib.parse import SplitResult, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from starter.web.place import LOCAL

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
"""Nothing from elsewhere, nothing inline."""

HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}

SAFE = ("GET", "HEAD", "OPTIONS")


class Guarded:
    """Refuses hosts nobody allowed and writes from other origins; adds the headers.

    `hosts`: names, without port, under which the desk may be called; `encrypted_only`: whether what
    came in plain is turned away. Browsers that came by TLS are told to stay with it, except on this
    machine's own names, which other programs serve as well.
    """

    def __init__(self, app: ASGIApp, hosts: frozenset[str], *, encrypted_only: bool) -> None:
        self._app = app
        self._hosts = hosts
        self._encrypted_only = encrypted_only

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        headers = Headers(scope=scope)
        host, encrypted = _name(headers.get("host", "")), scope["scheme"] == "https"

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("cache-control", "no-store")
                if encrypted and host not in LOCAL:
                    headers["strict-transport-security"] = "max-age=31536000"
            await send(message)

        if self._encrypted_only and not encrypted:
            await PlainTextResponse("by https only", 403)(scope, receive, sending)
        elif host not in self._hosts:
            await PlainTextResponse("unknown host", 421)(scope, receive, sending)
        elif scope["method"] not in SAFE and not _same_origin(headers):
            await PlainTextResponse("from another origin", 403)(scope, receive, sending)
        elif "\0" in scope["path"] or b"%00" in scope["query_string"]:  # no database takes it
            await PlainTextResponse("no such address", 404)(scope, receive, sending)
        else:
            await self._app(scope, receive, sending)


def _name(host: str) -> str:
    """The name without its port; an IPv6 address keeps its brackets."""
    return (_split(f"//{host}").hostname or "").lower()


def _same_origin(headers: Headers) -> bool:
    """What browsers say of where a form came from. A client that says neither is none, and forges
    nothing on anybody's behalf."""
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None and site not in ("same-origin", "none"):
        return False
    return origin is None or _split(origin).netloc == headers.get("host")


def _split(address: str) -> SplitResult:
    """Its parts; none where it is no address."""
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")
