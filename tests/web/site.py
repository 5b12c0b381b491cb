"""A desk over HTTP, in this process: the real application on a real register; no engine runs."""

import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from html import unescape
from pathlib import Path

import httpx
from fastapi.routing import iter_route_contexts
from starlette.applications import Starlette

from domain.errors import Code, Unreachable
from office.people.directory_file import load_office, read_office
from office.running.key_store import register_at
from office.running.making_ready import make_ready
from office.settings import Settings
from office.signing_in.demo import mark_as_demo
from register.engine import Register
from tests.office_fixture import EXAMPLE
from tests.tables import with_tables
from web.app import make_app

Files = Mapping[str, tuple[str, bytes, str]]

ORIGIN = "http://127.0.0.1:8730"

_HIDDEN = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)">')
_TOKEN = re.compile(r'name="_token" value="([^"]*)"')


def token_of(page: httpx.Response) -> str:
    """What the forms of a page prove themselves by; nothing where it has none."""
    found = _TOKEN.search(page.text)
    return found[1] if found else ""


async def no_engine(settings: Settings) -> "object":
    """An installation whose engine is away."""
    raise Unreachable(Code.ENGINE_NOT_RUNNING, folder=settings.data)


class Browser(httpx.AsyncClient):
    """Somebody at a browser: cookies are kept, forms carry what their page had."""

    async def sign_in(self, person: str) -> None:
        """As that person, in a demonstration."""
        entered = await self.press("/sign-in/demo", {"person": person}, at="/sign-in")
        assert entered.status_code == 303, entered.text

    async def press(
        self, path: str, fields: Mapping[str, str], at: str = "/", files: Files | None = None
    ) -> httpx.Response:
        """Send the form of the page `at` to `path`."""
        page = await self.get(at, follow_redirects=True)
        token = token_of(page)
        hidden = {"_token": token} if token else {}
        origin = str(self.base_url).rstrip("/")
        return await self.post(
            path, data={**hidden, **fields}, files=files, headers={"origin": origin}
        )


@asynccontextmanager
async def serving(data: Path) -> AsyncIterator[tuple[Starlette, Settings, Register]]:
    """The application of a demonstration without an office yet, its settings, its register."""
    with_tables(data)
    settings = Settings(data=data)
    make_ready(settings)
    register = register_at(settings, 5.0)
    try:
        mark_as_demo(register)
        app = make_app(settings, no_engine)  # type: ignore[arg-type]
        async with app.router.lifespan_context(app):
            yield app, settings, register
    finally:
        register.close()


@asynccontextmanager
async def desk_app(data: Path) -> AsyncIterator[tuple[Starlette, Register]]:
    """The application of the example's office, and its register."""
    async with serving(data) as (app, _, register):
        with register.writing() as session:
            load_office(session, read_office(EXAMPLE))
        yield app, register


def browser(app: Starlette, **options: object) -> Browser:
    """A browser that has been nowhere yet."""
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    return Browser(transport=transport, base_url=ORIGIN, **options)  # type: ignore[arg-type]


@asynccontextmanager
async def visiting(app: Starlette, person: str, language: str = "zh") -> AsyncIterator[Browser]:
    """That person of a demonstration at a browser, signed in."""
    async with browser(app, headers={"accept-language": language}) as made:
        await made.sign_in(person)
        yield made


async def pages(app: Starlette) -> list[tuple[str, str]]:
    """Each method with the path of a page; streams, which never end, are tried by themselves."""
    await app.state.complete
    return [
        (method, str(route.path))
        for route in iter_route_contexts(app.state.pages.routes)
        if route.path != "/live"
        for method in sorted((route.methods or set()) - {"HEAD"})  # answered as its GET
    ]


def fields_of(page: httpx.Response) -> dict[str, str]:
    """What stands in the hidden fields of the page's main form."""
    return {
        unescape(name): unescape(value)
        for name, value in _HIDDEN.findall(page.text)
        if name != "_token"
    }
