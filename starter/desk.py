"""What an act needs at hand: the register, and the engine once it is asked for."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from time import monotonic
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy.orm import Session

from register.engine import Register, open_register
from starter.private import close
from starter.settings import Settings

if TYPE_CHECKING:
    from temporalio.client import Client

    from workflows.messages import CaseView

T = TypeVar("T")

START_AND_END = 1.5
"""Seconds of a command's time that go into starting, and into saying what happened."""


class Desk:
    """Register and engine of one command (or of one server), opened when first used.

    `remaining` is what is left of the settings' time; for a server, make a desk per request
    with the same `register` and `client`.
    """

    def __init__(
        self, settings: Settings, register: Register, client: "Client | None" = None
    ) -> None:
        self.settings = settings
        self.register = register
        self._client = client
        self._end = monotonic() + max(0.2, settings.timeout - START_AND_END)

    async def read(self, query: Callable[[Session], T]) -> T:
        """Run a read of the register off the loop. Raises Unreachable."""

        def run() -> T:
            with self.register.reading() as session:
                return query(session)

        return await asyncio.to_thread(run)

    async def write(self, change: Callable[[Session], T]) -> T:
        """Run one short write of the register off the loop. Raises Unreachable."""

        def run() -> T:
            with self.register.writing() as session:
                return change(session)

        return await asyncio.to_thread(run)

    async def client(self) -> "Client":
        """The engine's client. Raises Unreachable(engine_…)."""
        if self._client is None:
            from starter.client import connect

            self._client = await connect(self.settings.data)
        return self._client

    @property
    def remaining(self) -> timedelta:
        """Time left for this command; never quite none, so that a last call fails by itself."""
        return timedelta(seconds=max(0.2, self._end - monotonic()))

    def renewed(self) -> "Desk":
        """The same desk with its whole time again: for many acts in one command."""
        return Desk(self.settings, self.register, self._client)

    async def view(self, case: str) -> "CaseView":
        """The case as its workflow knows it. Raises Unreachable, InputError(unknown_case)."""
        from starter.acts import view

        return await view(self, case)


@asynccontextmanager
async def open_desk(settings: Settings) -> AsyncIterator[Desk]:
    """A desk for one command, closed at the end."""
    close(settings.data)
    register = open_register(settings.register, wait=settings.timeout / 2)
    try:
        yield Desk(settings, register)
    finally:
        register.close()
