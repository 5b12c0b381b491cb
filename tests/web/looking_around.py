"""`python -m tests.web.looking_around FOLDER`: a process that serves the demonstration there,
read by one person; prints which of the libraries below it has imported by then."""

import asyncio
import json
import re
import sys
from pathlib import Path

import httpx

import web.__main__  # noqa: F401  (what the service imports)
from domain.errors import Code, Unreachable
from office.settings import Settings
from web.app import make_app

LATE = ("alembic", "google", "icalendar", "mako", "temporalio", "weasyprint", "xlsxwriter")
"""What no page needs to be read: the engine's, that of papers, of feeds, of migrations."""

PAGES = ("/", "/cases", "/calendar", "/register")


async def _no_engine(settings: Settings) -> object:
    raise Unreachable(Code.ENGINE_NOT_RUNNING, folder=settings.data)


async def _look_around(data: Path) -> None:
    app = make_app(Settings(data=data), _no_engine)  # type: ignore[arg-type]
    place = "http://127.0.0.1:8730"
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=place) as browser,
    ):
        token = re.search(r'name="_token" value="([^"]*)"', (await browser.get("/sign-in")).text)
        assert token is not None
        entered = await browser.post(
            "/sign-in/demo",
            data={"_token": token[1], "person": "wang"},
            headers={"origin": place},
        )
        assert entered.status_code == 303, entered.text
        for path in PAGES:
            answer = await browser.get(path)
            assert answer.status_code == 200, (path, answer.text)


if __name__ == "__main__":
    asyncio.run(_look_around(Path(sys.argv[1])))
    print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules}.intersection(LATE))))
