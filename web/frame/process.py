"""What one web process works with: register, engine, and threads for each kind of work."""

import asyncio
import contextvars
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

from office.legal_time import legal_now
from office.running.shared_engine import SharedEngine
from office.settings import Settings
from office.signing_in.demo import is_demo
from register.engine import Register
from register.reads.watch import Watch
from web.live.streams import Streams

if TYPE_CHECKING:
    from domain.case.people import AskedBy
    from office.desk import Connect, Desk, Reading

T = TypeVar("T")

READERS, WRITERS, HASHERS, SEALERS, RENDERERS = 4, 2, 2, 2, 2
"""Threads a process. Apart from each other, so that writers that wait for a locked register never
keep a list from its readers; of hashing as many as it may take of two cores."""


class WebProcess:
    """Register, engine and threads of this process. The engine is asked for once it is needed, and
    looked for anew after it could not be reached: it may have come back elsewhere."""

    def __init__(self, settings: Settings, register: Register, connect: "Connect") -> None:
        self.settings = settings
        self.register = register
        with register.reading() as session:
            self.demo = is_demo(session)
        self.engine = SharedEngine(connect)
        self._reads = _pool("reads", READERS)
        self._writes = _pool("writes", WRITERS)
        self._hashing = _pool("hashing", HASHERS)
        self._files = _pool("files", SEALERS)
        self._rendering = _pool("rendering", RENDERERS)
        self._watch = Watch(register, legal_now)
        self.streams = Streams(self._watch.changes, self._still_standing)

    async def read(self, query: "Callable[[Reading], T]") -> T:
        """Run a read of the register off the loop. Raises Unreachable(register_…)."""

        def run() -> T:
            with self.register.reading() as session:
                return query(session)

        return await _run(self._reads, run)

    async def look(self, ask: Callable[[], T]) -> T:
        """Run what reads the register by itself, off the loop."""
        return await _run(self._reads, ask)

    async def write(self, change: Callable[[], T]) -> T:
        """Run what writes the register by itself, off the loop."""
        return await _run(self._writes, change)

    async def hash(self, work: Callable[[], T]) -> T:
        """Run what hashes passwords."""
        return await _run(self._hashing, work)

    async def file(self, work: Callable[[], T]) -> T:
        """Run what seals or opens files."""
        return await _run(self._files, work)

    async def render(self, work: Callable[[], T]) -> T:
        """Run what draws documents."""
        return await _run(self._rendering, work)

    def desk(self, asked_by: "AskedBy") -> "Desk":
        """A desk for one request."""
        from office.desk import Desk  # loaded behind the entrance, which has none

        return Desk(self.settings, self.register, self.engine, asked_by, self)

    async def _still_standing(self, sessions: frozenset[str]) -> frozenset[str]:
        from office.signing_in.sessions import still_standing  # loaded behind the entrance

        return await self.look(lambda: still_standing(self.register, sessions))

    def close(self) -> None:
        """End the threads, without waiting for whoever still waits for a lock."""
        self.streams.close()
        self._watch.close()
        for pool in (self._reads, self._writes, self._hashing, self._files, self._rendering):
            pool.shutdown(wait=False, cancel_futures=True)
        self.register.close()


def _pool(name: str, threads: int) -> ThreadPoolExecutor:
    return ThreadPoolExecutor(threads, thread_name_prefix=name)


async def _run(pool: Executor, work: Callable[[], T]) -> T:
    """With the context of the request: its language."""
    context = contextvars.copy_context()
    return await asyncio.get_running_loop().run_in_executor(pool, context.run, work)
