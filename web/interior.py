"""What lies behind the entrance, served by a framework that takes longer to load than the entrance
itself."""

import asyncio
from collections.abc import Sequence
from typing import Any, Protocol

from fastapi import APIRouter
from fastapi.exceptions import RequestValidationError
from fastapi.middleware.asyncexitstack import AsyncExitStackMiddleware
from starlette.exceptions import HTTPException
from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from web.frame.errors import Handler, handlers, no_such
from web.frame.gate import SessionsSeen
from web.signing_in import routes as signing_in


class Subject(Protocol):
    """A module with pages."""

    router: APIRouter


class Interior:
    """The pages of signing in, and those of all subjects once they are loaded. `entrance`: routes
    that are answered before anything comes here, but for methods they don't have."""

    def __init__(self, entrance: Sequence[Route]) -> None:
        self.router = APIRouter()
        self.router.routes.extend(entrance)
        self._include(signing_in)
        # What an application of the framework's own surrounds its pages with; it can't stand here,
        # since it answers for errors that nobody foresaw, and ours are said by `Answering`.
        answers: dict[Any, Handler] = {**handlers(), RequestValidationError: _not_understood}
        self._app = SessionsSeen(
            ExceptionMiddleware(AsyncExitStackMiddleware(self.router), answers)
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._app(scope, receive, send)

    def wait_for(self, complete: "asyncio.Task[None]") -> None:
        """Whoever asks for a page that isn't there waits until all are."""

        async def waiting(scope: Scope, receive: Receive, send: Send) -> None:
            await asyncio.shield(complete)
            await self.router(scope, receive, send)

        self.router.default = waiting

    def complete(self, subjects: Sequence[Subject]) -> None:
        """These are all."""
        for subject in subjects:
            self._include(subject)
        self.router.default = self.router.not_found

    def _include(self, subject: Subject) -> None:
        self.router.include_router(subject.router)


async def _not_understood(request: Request, error: RequestValidationError) -> Response:
    """A word in the address that none of its pages has; or a wrong one in what it asks for."""
    nowhere = any(wrong["loc"][0] == "path" for wrong in error.errors())
    return await no_such(request, HTTPException(404 if nowhere else 400))
