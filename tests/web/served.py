"""A desk on a real socket, in this loop: for what no client in the same process can see."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path

from office.people.directory_file import load_office, read_office
from office.running.key_store import register_at
from office.running.making_ready import make_ready
from office.settings import Settings
from office.signing_in.demo import mark_as_demo
from register.engine import Register
from starter.web.place import bound, place_of
from tests.office_fixture import EXAMPLE
from tests.tables import with_tables
from tests.waiting import WITHIN
from tests.web.at_desk import Reach
from tests.web.site import Browser, no_engine
from web.serving import serve


@dataclass(frozen=True)
class Served:
    """Where it is, and its register."""

    address: str
    register: Register
    task: "asyncio.Task[None]"

    def browser(self) -> Browser:
        """Somebody who has not signed in."""
        return Browser(base_url=self.address, timeout=WITHIN)

    @asynccontextmanager
    async def signed_in(self, person: str) -> AsyncIterator[Browser]:
        """Somebody who has."""
        async with self.browser() as made:
            await made.sign_in(person)
            yield made

    async def stop(self) -> None:
        """As a person stops it; done twice it does nothing more."""
        if not self.task.done():
            os.kill(os.getpid(), signal.SIGTERM)
        await self.task


@asynccontextmanager
async def served(data: Path, patience: float = 10.0) -> AsyncIterator[Served]:
    """The example's office, a demonstration; ended at the end if it isn't yet. `patience`: seconds
    of its setting `timeout`, by which it waits for a lock."""
    with_tables(data)
    settings = Settings(data=data, timeout=patience)
    make_ready(settings)
    with closing(register_at(settings, 5.0)) as register:
        mark_as_demo(register)
        with register.writing() as session:
            load_office(session, read_office(EXAMPLE))
        async with serving_at(settings, register, no_engine) as desk:
            yield desk


@asynccontextmanager
async def serving_at(
    settings: Settings, register: Register, connect: Reach
) -> AsyncIterator[Served]:
    """The desk of an installation that is there; ended at the end if it isn't yet."""
    place, ready = place_of(settings), asyncio.Event()
    sock = bound(place)
    address = place.addresses(sock.getsockname()[1])[0]
    task = asyncio.create_task(serve(settings, connect, place, sock, ready.set))  # type: ignore[arg-type]
    desk = Served(address.rstrip("/"), register, task)
    try:
        async with asyncio.timeout(WITHIN):
            await ready.wait()
        yield desk
    finally:
        await desk.stop()
