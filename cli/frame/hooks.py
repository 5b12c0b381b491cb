"""What the composition root hands to the command line: rooms above it are never imported here."""

from collections.abc import Awaitable, Callable

from office.settings import Settings
from starter.announcement import Say

RunService = Callable[[Settings, Say], Awaitable[None]]
"""Runs a service of an installation until it is told to stop; it says where it is."""

_services: dict[str, RunService] = {}


def hand_over(**services: RunService) -> None:
    """Called once, before the first command: the worker, the web."""
    _services.update(services)


async def run_service(name: str, settings: Settings, say: Say) -> None:
    """Run that service here."""
    await _services[name](settings, say)
