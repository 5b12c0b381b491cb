"""One client of the engine for a process that serves many people."""

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

from office.settings import Settings

if TYPE_CHECKING:
    from temporalio.client import Client

    from office.desk import Connect

ANSWERS_WITHIN = timedelta(seconds=2)


class SharedEngine:
    """Connects once it is asked for, and anew where the engine no longer answers there: it may have
    come back at another address."""

    def __init__(self, connect: "Connect") -> None:
        self._connect = connect
        self._client: Client | None = None
        self._turn = asyncio.Lock()

    async def __call__(self, settings: Settings) -> "Client":
        """The client, as `office.desk.Connect`. Raises Unreachable(engine_…)."""
        async with self._turn:
            if self._client is None or not await _answers(self._client):
                self._client = None
                self._client = await self._connect(settings)
            return self._client


async def _answers(client: "Client") -> bool:
    from temporalio.api.workflowservice.v1 import GetSystemInfoRequest
    from temporalio.service import RPCError

    try:
        ask = client.workflow_service.get_system_info
        await ask(GetSystemInfoRequest(), retry=False, timeout=ANSWERS_WITHIN)
    except RPCError:
        return False
    return True
