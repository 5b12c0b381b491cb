"""Whether something of the register changed, for counts and lists that are shown right now: one
reader for all who look in a process.

It asks for what the changes leave behind, in indexes, once a second. A database could say by itself
that it was written to; but it is with every page that is read, for the log of who came in.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from threading import Event, Lock, Thread
from types import TracebackType
from typing import Self

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from domain.errors import Unreachable
from register.engine import Register
from register.models import CaseEvent, NumberSeries, OfficeEvent, Trouble

LATE = timedelta(minutes=1)
"""Longer no writing takes from its instant to its commit."""


class Changed(StrEnum):
    """What changed: requests or what happened in them; the office; what can't go on."""

    CASES = "cases"
    OFFICE = "office"
    TROUBLES = "troubles"


@dataclass(frozen=True, slots=True)
class _Mark:
    events: int
    requests: int
    office: int
    troubles: tuple[int, datetime | None]

    def since(self, other: "_Mark") -> frozenset[Changed]:
        """What is other than in `other`."""
        found = {
            Changed.CASES: (self.events, self.requests) != (other.events, other.requests),
            Changed.OFFICE: self.office != other.office,
            Changed.TROUBLES: self.troubles != other.troubles,
        }
        return frozenset(what for what, other_than in found.items() if other_than)


class Watch:
    """Looks after the register from its making until it is closed; `every` so many seconds, while
    anybody listens; `clock` says what time it is. A register that is away is looked for again."""

    def __init__(
        self, register: Register, clock: Callable[[], datetime], every: float = 1.0
    ) -> None:
        self._register = register
        self._clock = clock
        self._every = every
        self._listeners: set[_Listener] = set()
        self._lock = Lock()
        self._closed = Event()
        self._from = clock() - LATE
        self._mark: _Mark | None = None
        self._thread = Thread(target=self._run, name="watch", daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End it, and with it every `changes`, at once."""
        self._closed.set()
        self._tell(frozenset())
        self._thread.join()

    async def changes(self) -> AsyncGenerator[frozenset[Changed]]:
        """What changed, each time that something did; several changes while nobody asks are one.
        The first may tell of what was before it. Ends when the watch is closed."""
        mine = _Listener(asyncio.get_running_loop())
        with self._lock:
            self._listeners.add(mine)
        try:
            while not self._closed.is_set():
                await mine.woken.wait()
                mine.woken.clear()
                if changed := mine.taken():
                    yield changed
        finally:
            with self._lock:
                self._listeners.discard(mine)

    def _run(self) -> None:
        while not self._closed.wait(self._every):
            if not self._listeners:
                continue
            try:
                with self._register.reading() as session:
                    changed = self._look(session)
            except Unreachable:
                continue
            if changed:
                self._tell(changed)

    def _look(self, session: Session) -> frozenset[Changed]:
        mark = _marked(session, self._from)
        changed = frozenset(Changed) if self._mark is None else mark.since(self._mark)
        self._mark = mark
        begin = self._clock() - LATE
        if begin - self._from > LATE:  # what was counted so far can't grow any more
            self._from, self._mark = begin, _marked(session, begin)
        return changed

    def _tell(self, changed: frozenset[Changed]) -> None:
        with self._lock:
            for listener in self._listeners:
                listener.tell(changed)


class _Listener:
    """One who listens, in the loop of whoever asked."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.woken = asyncio.Event()
        self._loop = loop
        self._changed: set[Changed] = set()

    def tell(self, changed: frozenset[Changed]) -> None:
        """From any thread; a loop that ended has nobody left to tell."""
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self._hear, changed)

    def taken(self) -> frozenset[Changed]:
        """What was told since the last time."""
        found = frozenset(self._changed)
        self._changed.clear()
        return found

    def _hear(self, changed: frozenset[Changed]) -> None:
        self._changed |= changed
        self.woken.set()


def _marked(session: Session, since: datetime) -> _Mark:
    """`events` of the time `since`: a late commit makes them more, whatever came after it."""
    written = select(func.count()).select_from(CaseEvent).where(CaseEvent.written_at >= since)
    troubles = session.execute(select(func.count(), func.max(Trouble.since))).one()
    return _Mark(
        events=session.scalar(written) or 0,
        requests=session.scalar(select(func.sum(NumberSeries.last))) or 0,
        office=session.scalar(select(func.max(OfficeEvent.seq))) or 0,
        troubles=(troubles[0], troubles[1]),
    )
