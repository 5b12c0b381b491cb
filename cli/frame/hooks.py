"""What the composition root hands to the command line: rooms above it are never imported here."""

from collections.abc import Awaitable, Callable

from office.settings import Settings

RunWorker = Callable[[Settings], Awaitable[None]]
"""Runs the worker of an installation until it is told to stop."""

_run_worker: RunWorker | None = None


def hand_over(run_worker: RunWorker) -> None:
    """Called once, before the first command."""
    global _run_worker  # noqa: PLW0603
    _run_worker = run_worker


async def run_worker(settings: Settings) -> None:
    """Run the worker here."""
    assert _run_worker is not None
    await _run_worker(settings)
