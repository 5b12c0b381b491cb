"""What the composition root hands to the command line: rooms above it are never imported here."""

from collections.abc import Awaitable, Callable

from office.settings import Settings

RunService = Callable[[Settings], Awaitable[None]]
"""Runs a service of an installation until it is told to stop."""

_services: dict[str, RunService] = {}


def hand_over(**services: RunService) -> None:
    """Called once, before the first command: the worker, the web."""
    _services.update(services)


async def run_service(name: str, settings: Settings) -> None:
    """Run that service here."""
    await _services[name](settings)
