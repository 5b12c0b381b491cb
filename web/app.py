"""The application: its routes by subject, and what surrounds them all."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware

from office.desk import Connect
from office.running.key_store import register_at
from office.settings import Settings
from starter.web.place import LOCAL
from web import assets
from web.account import entering, feed
from web.account import routes as account
from web.acts import routes as acts
from web.admin import routes as admin
from web.calendar import routes as calendar
from web.cases import finding, private, shown, whatif
from web.cases import routes as cases
from web.frame.errors import Answering, handlers
from web.frame.gate import SessionsSeen
from web.frame.language import Spoken
from web.frame.logged import Logged
from web.frame.process import WebProcess
from web.frame.security import Guarded
from web.inbox import routes as inbox
from web.items import routes as items
from web.law import routes as law
from web.live import routes as live
from web.registration import routes as registration
from web.remedies import routes as remedies
from web.replies import routes as replies
from web.reports import routes as reports
from web.signing_in import routes as signing_in
from web.supervision import routes as supervision
from web.uploads import routes as uploads

SUBJECTS = (
    assets,
    signing_in,
    entering,
    account,
    feed,
    inbox,
    cases,
    finding,
    private,
    shown,
    whatif,
    items,
    acts,
    admin,
    calendar,
    law,
    reports,
    registration,
    live,
    supervision,
    remedies,
    replies,
    uploads,
)
"""Each with its pages, in `router`."""


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
    for subject in SUBJECTS:
        app.include_router(subject.router, include_in_schema=False)
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
        try:
            yield
        finally:
            app.state.process.close()

    return living
