"""One client of the engine for a process that serves many people."""

import asyncio
from typing import TYPE_CHECKING

from office.settings import Settings

if TYPE_CHECKING:
    from temporalio.client import Client

    from office.desk import Connect


class SharedEngine:
    """Connects once it is asked for, and anew after it was forgotten: the engine may have come back
    at another address."""

    def __init__(self, connect: "Connect") -> None:
        self._connect = connect
        self._client: Client | None = None
        self._turn = asyncio.Lock()

    async def __call__(self, settings: Settings) -> "Client":
        """The client, as `office.desk.Connect`. Raises Unreachable(engine_…)."""
        async with self._turn:
            if self._client is None:
                self._client = await self._connect(settings)
            return self._client

    def forget(self) -> None:
        """Somebody could not reach it."""
        self._client = None
