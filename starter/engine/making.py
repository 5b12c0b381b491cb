"""What finding and making an engine have in common: how far it is, what was found, why not."""

import os
from collections.abc import Callable
from dataclasses import dataclass

from starter.engine.launch import Binary
from starter.engine.paths import cached_server
from starter.engine.record import Way


@dataclass(frozen=True, slots=True)
class MakingProgress:
    """One step of a long way, for people: `done` of `total` (None: not known), and of what."""

    stage: str
    done: int = 0
    total: int | None = None
    detail: str = ""


OnProgress = Callable[[MakingProgress], None]


def silent(_: MakingProgress) -> None:
    """A progress callback that shows nothing."""


@dataclass(frozen=True, slots=True)
class Missing:
    """Why a way is not open here: a key of the texts (`engine.missing.…`) and its detail."""

    way: Way
    why: str
    detail: str = ""


def cached() -> Binary | Missing:
    """Way 3: the production server in the user's cache folder."""
    path = cached_server()
    if not (path.is_file() and os.access(path, os.X_OK)):
        return Missing(Way.CACHED, "not_cached", str(path))
    return Binary("server", path)
