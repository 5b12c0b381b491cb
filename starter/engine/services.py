"""Services beside the engine (worker, web): started, watched, restarted, stopped."""

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from domain.errors import Code, Unreachable
from starter.engine.children import DEFAULT_TETHER, Child, Tether, spawn
from starter.engine.logs import log_tail, turn

# A service that lived this long had started; its later death is news, not the same fault again.
SETTLED_SECONDS = 30.0
TRIES = 3


@dataclass(frozen=True, slots=True)
class Service:
    """One child process: its command, its environment, and how long it may take to stop (s)."""

    name: str
    command: Sequence[str | Path]
    env: Mapping[str, str]
    log: Path | None
    """None: it says to our own output what it has to say."""
    grace: float = 15.0
    keep_open: Sequence[int] = ()
    """Files handed to it, by their numbers."""


@dataclass(slots=True)
class Supervisor:
    """Keeps one service running until stopped.

    A service that dies is started again at once: cases wait on it, at night nobody else would,
    and nothing is lost, since the engine holds every case. One that dies `TRIES` times within
    `SETTLED_SECONDS` of its start will not get better by another start: Unreachable
    (service_failed), so that the whole stops and a service manager or a person sees it.
    """

    service: Service
    on_restart: Callable[[str, int], None]
    tether: Tether = DEFAULT_TETHER
    child: Child | None = None
    _early: int = field(default=0)

    def start(self) -> None:
        """Start the process. Must run in the main thread."""
        self.child = spawn(
            self.service.name,
            self.service.command,
            output=turn(self.service.log) if self.service.log else None,
            env=self.service.env,
            keep_open=self.service.keep_open,
            tether=self.tether,
        )

    async def watch(self) -> None:
        """Restart it whenever it ends; returns only by Unreachable or when cancelled."""
        while self.child is not None:
            begun = time.monotonic()
            code = await self.child.wait()
            self._early = self._early + 1 if time.monotonic() - begun < SETTLED_SECONDS else 1
            if self._early >= TRIES:
                raise Unreachable(
                    Code.SERVICE_FAILED,
                    service=self.service.name,
                    exit_code=code,
                    log=self.service.log or "-",
                    detail=log_tail(self.service.log) if self.service.log else "",
                )
            self.on_restart(self.service.name, code)
            await asyncio.sleep(0.5 * self._early)  # not a busy loop when it dies at once
            self.start()

    async def stop(self) -> None:
        """SIGTERM, its grace, then SIGKILL."""
        if self.child is not None:
            await self.child.stop(self.service.grace)
