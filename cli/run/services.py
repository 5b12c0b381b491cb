"""The commands that run until they are told to stop. They need nothing of what makes command lines,
and are run without it: a start is faster, and what runs for months smaller."""

import asyncio
from typing import TYPE_CHECKING

import texts
from cli.frame import hooks, show
from cli.frame.session import settings
from cli.run.progress import progress, tell
from speech.words import spoken

if TYPE_CHECKING:
    from starter.announcement import Announcement


def up() -> None:
    from starter.engine.client import keep_core_quiet
    from starter.up import up as run

    keep_core_quiet()

    def told(event: "Announcement") -> None:
        tell(event)
        if event.key == "pages":
            point_at_the_demo()

    asyncio.run(run(settings(), say=told, on_progress=progress))


def point_at_the_demo() -> None:
    """Where the demonstration's desk lies, for whoever expects to find it here."""
    from starter.demo import desk_elsewhere

    if folder := desk_elsewhere(settings().data):
        show.note(texts.text(spoken(), "demo.left.hint", folder=folder))


def worker() -> None:
    asyncio.run(hooks.run_service("worker", settings(), tell))


def web() -> None:
    asyncio.run(hooks.run_service("web", settings(), tell))


SERVICES = {"up": up, "worker": worker, "web": web}
"""By the word that is the whole command line, but for what every command takes."""
