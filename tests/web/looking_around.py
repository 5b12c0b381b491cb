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

import httpx

import cli.frame.app  # noqa: F401
import web.serving  # noqa: F401  (what the service imports)
from domain.errors import Code, Unreachable
from domain.values import Value
from office.settings import Settings
from web import app as application

LATE = ("alembic", "google", "icalendar", "mako", "temporalio", "weasyprint", "xlsxwriter")
"""What no page needs to be read: the engine's, that of papers, of feeds, of migrations."""

BEHIND = ("typer", "cli.acts", "office.acts", "papers", "web.acts", "web.cases", "web.subjects")
"""Nor the page of signing in: commands, and what the pages behind it need."""

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


async def _look_around(data: Path) -> dict[str, list[str]]:
    entered, load = Event(), application._subjects

    def late() -> tuple[application.Subject, ...]:
        entered.wait()
        return load()

    application._subjects = late
    app = application.make_app(Settings(data=data), _no_engine)  # type: ignore[arg-type]
    place = "http://127.0.0.1:8730"
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=place) as browser,
    ):
        page = await browser.get("/sign-in")
        found = {"entrance": _loaded(LATE + BEHIND), "made": sorted(_made())}
        entered.set()
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
    return found | {"pages": _loaded(LATE)}


if __name__ == "__main__":
    print(json.dumps(asyncio.run(_look_around(Path(sys.argv[1])))))
