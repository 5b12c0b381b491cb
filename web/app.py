"""The application: its entrance, the subjects behind it, and what surrounds them all."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, Protocol

from fastapi import APIRouter, FastAPI
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from domain.values import build_models
from office.desk import Connect
from office.running.key_store import register_at
from office.settings import Settings
from starter.web.place import LOCAL
from web import assets
from web.frame.errors import Answering, handlers
from web.frame.gate import SessionsSeen, SignInNeededError, token_in
from web.frame.language import Spoken
from web.frame.logged import Logged
from web.frame.process import WebProcess
from web.frame.security import Guarded
from web.signing_in import routes as signing_in

ENTRANCE = (assets, signing_in)
"""All that a browser needs where nobody is signed in yet: there once the process answers. The rest
(`web/subjects.py`) takes longer to import than this, and is imported meanwhile."""


class Subject(Protocol):
    """A module with pages."""

    router: APIRouter


def make_app(
    settings: Settings,
    connect: Connect,
    *,
    hosts: frozenset[str] = LOCAL,
    encrypted_only: bool = False,
) -> FastAPI:
    """The desk of one installation; `hosts`: names it may be called by; `encrypted_only`: not in
    plain."""
    app = FastAPI(
        title="Yishen",
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        lifespan=_living(settings, connect),
        exception_handlers=handlers(),
    )
    _include(app, ENTRANCE)
    app.router.default = _behind(app)
    app.add_middleware(SessionsSeen)
    app.add_middleware(Spoken)
    app.add_middleware(GZipMiddleware, minimum_size=1024, compresslevel=5)
    app.add_middleware(Answering)
    app.add_middleware(Guarded, hosts=hosts, encrypted_only=encrypted_only)
    app.add_middleware(Logged)
    return app


def _living(
    settings: Settings, connect: Connect
) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def living(app: FastAPI) -> AsyncIterator[None]:
        app.state.process = WebProcess(
            settings, register_at(settings, settings.timeout / 2), connect
        )
        app.state.complete = asyncio.create_task(_complete(app))
        try:
            yield
        finally:
            app.state.complete.cancel()
            await asyncio.gather(app.state.complete, return_exceptions=True)
            app.state.process.close()

    return living


async def _complete(app: FastAPI) -> None:
    """Add the subjects behind the entrance, imported off the loop, which answers meanwhile."""
    _include(app, await asyncio.to_thread(_subjects))
    app.router.default = app.router.not_found


def _subjects() -> tuple[Subject, ...]:
    from web.subjects import SUBJECTS

    build_models()
    return SUBJECTS


def _include(app: FastAPI, subjects: tuple[Subject, ...]) -> None:
    for subject in subjects:
        app.include_router(subject.router, include_in_schema=False)


def _behind(app: FastAPI) -> Callable[[Scope, Receive, Send], Coroutine[Any, Any, None]]:
    """What no page at the entrance answers: whoever asks for it waits until all are there."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] == "/" and not token_in(Request(scope)):
            raise SignInNeededError("/")  # where everybody comes first: not to be waited for
        await asyncio.shield(app.state.complete)
        await app.router(scope, receive, send)

    return answer
