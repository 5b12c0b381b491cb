"""Waiting for a condition, never for a while."""

import asyncio
from collections.abc import Awaitable, Callable

WITHIN = 60.0
PAUSE = 0.05


async def until(condition: Callable[[], Awaitable[bool]], within: float = WITHIN) -> None:
    """Ask until it holds; TimeoutError when it doesn't in time."""
    async with asyncio.timeout(within):
        while True:
            if await condition():
                return
            await asyncio.sleep(PAUSE)
