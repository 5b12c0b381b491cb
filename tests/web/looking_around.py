"""`python -m tests.web.looking_around FOLDER`: a process that serves the demonstration there as
`yishen web` does, read by one person; prints what of it was loaded once the page of signing in was
answered, and once all pages were."""

import asyncio
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.types import Message

import cli.frame.app  # noqa: F401
import web.serving  # noqa: F401  (what the service imports)
from domain.errors import Code, Unreachable
from domain.values import Value
from office.settings import Settings
from web import app as application

if TYPE_CHECKING:
    from web.interior import Interior

LATE = ("alembic", "google", "icalendar", "mako", "temporalio", "weasyprint", "xlsxwriter")
"""What no page needs to be read: the engine's, that of papers, of feeds, of migrations."""

BEHIND = (
    *("argon2", "cryptography.x509", "fastapi", "rich", "segno"),
    *("sqlalchemy.dialects.postgresql", "structlog"),
    *("cli.acts", "domain.case.act", "domain.clock", "domain.statute", "domain.remedies.law"),
    *("office.acts", "office.cases", "office.desk", "office.forgetting", "papers", "typer"),
    *("office.signing_in.entering", "office.signing_in.sessions", "register.reads.queries"),
    *("web.acts", "web.cases", "web.subjects", "web.interior", "web.frame.gate"),
)
"""Nor the page of signing in: commands, what signs people in, cases and the rules for them, the
framework of the pages behind it, databases that are not the register's."""

PAGES = ("/", "/cases", "/calendar", "/register")


async def _no_engine(settings: Settings) -> object:
    raise Unreachable(Code.ENGINE_NOT_RUNNING, folder=settings.data)


def _loaded(of: tuple[str, ...]) -> list[str]:
    return sorted(name for name in of if name in sys.modules)


def _made(of: type[Value] = Value) -> Iterator[str]:
    """Values whose checks are made."""
    for value in of.__subclasses__():
        if value.__pydantic_complete__:
            yield value.__name__
        yield from _made(value)


async def _first_page(app: Starlette) -> dict[str, list[str]]:
    """What is loaded as the page of signing in goes out. It is asked for without a client, which
    would load things of its own."""
    asked = {
        "type": "http",
        "http_version": "1.1",
        "scheme": "http",
        "method": "GET",
        "path": "/sign-in",
        "raw_path": b"/sign-in",
        "root_path": "",
        "query_string": b"",
        "headers": [(b"host", b"127.0.0.1:8730")],
        "server": ("127.0.0.1", 8730),
        "client": ("127.0.0.1", 1),
    }
    came, found = list[Message](), dict[str, list[str]]()

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        came.append(message)
        found.update(entrance=_loaded(LATE + BEHIND), made=sorted(_made()))

    await app(asked, receive, send)
    assert came[0]["status"] == 200
    assert b"<form" in b"".join(message.get("body", b"") for message in came[1:])
    return found


async def _look_around(data: Path) -> dict[str, list[str]]:
    entered, load = Event(), application._interior

    def late() -> "Interior":
        entered.wait()
        return load()

    application._interior = late
    app = application.make_app(Settings(data=data), _no_engine)  # type: ignore[arg-type]
    place = "http://127.0.0.1:8730"
    async with app.router.lifespan_context(app):
        found = await _first_page(app)
        entered.set()
        await _read(app, place)
    return found | {"pages": _loaded(LATE)}


async def _read(app: Starlette, place: str) -> None:
    """Sign in, and read what people read."""
    import httpx

    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=place) as browser:
        page = await browser.get("/sign-in")
        token = re.search(r'name="_token" value="([^"]*)"', page.text)
        assert token is not None
        done = await browser.post(
            "/sign-in/demo",
            data={"_token": token[1], "person": "wang"},
            headers={"origin": place},
        )
        assert done.status_code == 303, done.text
        for path in PAGES:
            answer = await browser.get(path)
            assert answer.status_code == 200, (path, answer.text)


if __name__ == "__main__":
    print(json.dumps(asyncio.run(_look_around(Path(sys.argv[1])))))
