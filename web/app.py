"""The application: its entrance, the subjects behind it, and what surrounds them all.

A process answers first what everybody asks for first, the page of signing in. The rest is loaded
meanwhile, off the loop: what signs people in, then all that they find afterwards."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.routing import Match
from starlette.types import ASGIApp, Receive, Scope, Send

from office.running.key_store import register_at
from office.settings import Settings
from starter.web.place import LOCAL
from web import assets
from web.frame.brought import SignInNeededError, token_in
from web.frame.errors import Answering, handlers
from web.frame.language import Spoken
from web.frame.logged import Logged
from web.frame.process import WebProcess
from web.frame.security import Guarded
from web.signing_in import form

if TYPE_CHECKING:
    from office.desk import Connect
    from web.interior import Interior, Subject

ENTRANCE = (*assets.ROUTES, *form.ROUTES)
"""All that a browser needs where nobody is signed in yet: there once the process answers."""

FIRST_SECONDS = 0.1
"""So long the rest isn't loaded yet: whoever waited for the desk to open is answered before, and
not with half a processor."""


def make_app(
    settings: Settings,
    connect: "Connect",
    *,
    hosts: frozenset[str] = LOCAL,
    encrypted_only: bool = False,
) -> Starlette:
    """The desk of one installation; `hosts`: names it may be called by; `encrypted_only`: not in
    plain."""
    app = Starlette(
        lifespan=_living(settings, connect),
        exception_handlers=handlers(),
        middleware=[
            Middleware(Logged),
            Middleware(Guarded, hosts=hosts, encrypted_only=encrypted_only),
            Middleware(Answering),
            Middleware(GZipMiddleware, minimum_size=1024, compresslevel=5),
            Middleware(Spoken),
        ],
    )
    app.router.default = _answering(app)
    return app


def _living(
    settings: Settings, connect: "Connect"
) -> Callable[[Starlette], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def living(app: Starlette) -> AsyncIterator[None]:
        state = app.state
        state.process = WebProcess(settings, register_at(settings, settings.timeout / 2), connect)
        state.asked = asyncio.Event()
        state.entering = asyncio.create_task(_enter(app))
        state.complete = asyncio.create_task(_complete(app))
        try:
            yield
        finally:
            for loading in (state.entering, state.complete):
                loading.cancel()
            await asyncio.gather(state.entering, state.complete, return_exceptions=True)
            state.process.close()

    return living


async def _enter(app: Starlette) -> "Interior":
    """What lies behind the entrance, as far as it signs people in."""
    with suppress(TimeoutError):
        async with asyncio.timeout(FIRST_SECONDS):
            await app.state.asked.wait()
    interior = await asyncio.to_thread(_interior)
    interior.wait_for(app.state.complete)
    app.state.pages = interior.router
    return interior


async def _complete(app: Starlette) -> None:
    """Add all the subjects. Raises whatever kept them, or what signs people in, from loading."""
    interior: Interior = await asyncio.shield(app.state.entering)
    interior.complete(await asyncio.to_thread(_subjects))


def _interior() -> "Interior":
    from starter.logs import ready
    from web.interior import Interior

    ready()
    return Interior(ENTRANCE)


def _subjects() -> "tuple[Subject, ...]":
    from domain.values import build_models
    from web.subjects import SUBJECTS

    build_models()
    return SUBJECTS


def _answering(app: Starlette) -> ASGIApp:
    """Whoever asks for more than the entrance has waits until that is there."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        for route in ENTRANCE:
            matches, found = route.matches(scope)
            if matches is Match.FULL:
                scope.update(found, route=route)
                await route.handle(scope, receive, send)
                app.state.asked.set()
                return
        if scope["path"] == "/" and not token_in(Request(scope)):
            raise SignInNeededError("/")  # where everybody comes first: not to be waited for
        app.state.asked.set()
        interior: Interior = await asyncio.shield(app.state.entering)
        await interior(scope, receive, send)

    return answer
