"""What an act needs at hand: the register, and the engine once it is asked for."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from time import monotonic
from typing import TYPE_CHECKING, Protocol, TypeAlias, TypeVar

from pydantic import BaseModel
from sqlalchemy.orm import Session

from domain.case.people import Actor, AskedBy
from keys.words import seal
from office.access.command_line import at_command_line
from office.folder import CaseFolder
from office.private import close
from office.running.key_store import key_of, register_at
from office.settings import Settings
from register.engine import Register
from register.reads import roster

if TYPE_CHECKING:
    from temporalio.client import Client

T = TypeVar("T")
ModelT = TypeVar("ModelT", bound=BaseModel)

Reading: TypeAlias = Session
"""What a read of the register is handed."""

Connect = Callable[[Settings], "Awaitable[Client]"]
"""How to reach the engine of an installation. Raises Unreachable(engine_…)."""


class Threads(Protocol):
    """Where a desk waits for its register."""

    async def look(self, ask: Callable[[], T]) -> T:
        """Run what reads off the loop."""
        ...

    async def write(self, change: Callable[[], T]) -> T:
        """Run what writes off the loop."""
        ...


class SharedThreads:
    """The loop's own, for processes that serve one person."""

    async def look(self, ask: Callable[[], T]) -> T:
        """Run what reads off the loop."""
        return await asyncio.to_thread(ask)

    async def write(self, change: Callable[[], T]) -> T:
        """Run what writes off the loop."""
        return await asyncio.to_thread(change)


START_AND_END = 1.5
"""Seconds of a command's time that go into starting, and into saying what happened."""


class Desk:
    """Register and engine of one command (or of one server); `engine` is its client, or how to
    connect once it is asked for.

    `remaining` is what is left of the settings' time; for a server, make a desk per request
    with the same `register` and `client`. `asked_by`: the way in; by itself the command line.
    `threads`: where it waits for the register; a server keeps readers apart from writers.
    """

    def __init__(
        self,
        settings: Settings,
        register: Register,
        engine: "Client | Connect",
        asked_by: AskedBy | None = None,
        threads: Threads | None = None,
    ) -> None:
        self.settings = settings
        self.register = register
        self.asked_by = asked_by or at_command_line()
        self._engine = engine
        self._threads = threads or SharedThreads()
        self._end = monotonic() + max(0.2, settings.timeout - START_AND_END)

    async def read(self, query: Callable[[Session], T]) -> T:
        """Run a read of the register off the loop. Raises Unreachable."""

        def run() -> T:
            with self.register.reading() as session:
                return query(session)

        return await self._threads.look(run)

    async def write(self, change: Callable[[Session], T]) -> T:
        """Run one short write of the register off the loop. Raises Unreachable."""

        def run() -> T:
            with self.register.writing() as session:
                return change(session)

        return await self._threads.write(run)

    async def client(self) -> "Client":
        """The engine's client. Raises Unreachable(engine_…); InputError where the engine isn't
        that of the register (see `office.running.fence`)."""
        if callable(self._engine):
            from office.running.fence import admitted

            client = await self._engine(self.settings)
            await admitted(self.register, client)
            self._engine = client
        return self._engine

    def acting(self, session: Session, user: str) -> Actor:
        """A person with all grants, asking by way of this desk. Refusal(unknown_user)."""
        return roster.actor(session, user).changed(asked_by=self.asked_by)

    def sealed(self, case: str, value: ModelT, *, new: bool = False) -> ModelT:
        """`value` with its words sealed by the key of the case; `new`: which has none yet.

        Raises Refusal(words_destroyed), Unreachable(key_store_unreachable, key_missing, …).
        """
        return seal(value, key_of(self.settings, case, new=new))

    def folder(self, case: str) -> CaseFolder:
        """The kept files of a case."""
        return CaseFolder(self.settings, self.register, case)

    @property
    def remaining(self) -> timedelta:
        """Time left for this command; never quite none, so that a last call fails by itself."""
        return timedelta(seconds=max(0.2, self._end - monotonic()))

    def renewed(self) -> "Desk":
        """The same desk with its whole time again: for many acts in one command."""
        return Desk(self.settings, self.register, self._engine, self.asked_by, self._threads)


@asynccontextmanager
async def open_desk(settings: Settings, connect: Connect) -> AsyncIterator[Desk]:
    """A desk for one command, closed at the end."""
    close(settings.data)
    register = register_at(settings, settings.timeout / 2)
    try:
        yield Desk(settings, register, connect)
    finally:
        register.close()
