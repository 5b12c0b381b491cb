"""Connecting for whoever may never need the engine."""

from typing import TYPE_CHECKING

from office.settings import Settings

if TYPE_CHECKING:
    from temporalio.client import Client


async def connect(settings: Settings) -> "Client":
    """As `starter.engine.client.connect`, which is loaded now. Raises what that raises."""
    from starter.engine.client import connect

    return await connect(settings)
