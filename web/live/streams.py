"""The event streams of a process: one look after the register for all who have a page open."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress

from domain.errors import Unreachable

STANDING_SECONDS = 3.0
"""How often it is asked whether the sessions behind the streams still stand."""

SIGN_OF_LIFE = 20.0
"""Seconds of silence, after which proxies and browsers are told that the stream lives."""

BEGIN = b"retry: 3000\n\n"
CHANGED = b"event: changed\ndata:\n\n"
OVER = b"event: over\ndata:\n\n"
ALIVE = b":\n\n"

Followed = Callable[[], AsyncIterator[object]]
"""Yields whenever something of the register changed."""

StillStanding = Callable[[frozenset[str]], Awaitable[frozenset[str]]]
"""Those of the sessions that are not over. Raises Unreachable."""


class _Stream:
    """One page that is open."""

    def __init__(self, session: str) -> None:
        self.session = session
        self.over = False
        self.woken = asyncio.Event()


class Streams:
    """Tells every open page that something changed, and ends those whose session is over."""

    def __init__(self, changes: Followed, still_standing: StillStanding) -> None:
        self._changes = changes
        self._still_standing = still_standing
        self._open: set[_Stream] = set()
        self._closed = False
        self._tasks: list[asyncio.Task[None]] = []

    async def stream(self, session: str) -> AsyncIterator[bytes]:
        """What a page of the session is sent, until it goes, the session ends, or all end."""
        mine = _Stream(session)
        self._open.add(mine)
        if not self._tasks:
            self._tasks = [asyncio.create_task(self._follow()), asyncio.create_task(self._check())]
        try:
            yield BEGIN
            while not self._closed:
                try:
                    async with asyncio.timeout(SIGN_OF_LIFE):
                        await mine.woken.wait()
                except TimeoutError:
                    yield ALIVE
                    continue
                mine.woken.clear()
                if mine.over:
                    yield OVER
                    return
                if not self._closed:
                    yield CHANGED
        finally:
            self._open.discard(mine)

    def close(self) -> None:
        """End all streams, at once: browsers come back to whoever serves them next."""
        self._closed = True
        for task in self._tasks:
            task.cancel()
        self._wake()

    def _wake(self) -> None:
        for stream in self._open:
            stream.woken.set()

    async def _follow(self) -> None:
        async for _ in self._changes():
            self._wake()

    async def _check(self) -> None:
        while True:
            await asyncio.sleep(STANDING_SECONDS)
            sessions = frozenset(stream.session for stream in self._open)
            if not sessions:
                continue
            with suppress(Unreachable):  # the next look will tell
                standing = await self._still_standing(sessions)
                for stream in self._open:
                    if stream.session not in standing and stream.session in sessions:
                        stream.over = True
                        stream.woken.set()
