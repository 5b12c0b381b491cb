"""How far the making of the engine is, for people who wait for it."""

from typing import TYPE_CHECKING

import texts
from cli.frame import show
from domain.words import shown
from speech.words import spoken

if TYPE_CHECKING:
    from starter.announcement import Announcement
    from starter.engine.making import MakingProgress


def engine_text(key: str, /, **values: object) -> str:
    """A text of the engine's topic."""
    return texts.text(spoken(), f"engine.{key}", **values)


def progress(step: "MakingProgress") -> None:
    """One step of making the engine, on standard error."""
    show.note(
        engine_text(
            f"progress.{step.stage}", done=step.done, total=step.total or "?", detail=step.detail
        )
    )


def tell(event: "Announcement") -> None:
    """What a service of the installation says, on standard output."""
    if show.wants_json():
        show.emit({"event": event.key, **event.values})
        return
    values = dict(event.values)
    if "way" in values:
        values["way"] = engine_text(f"way.{values['way']}")
    print(shown(engine_text(f"up.{event.key}", **values)), flush=True)
