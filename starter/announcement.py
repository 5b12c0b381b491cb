"""What the services of an installation tell the person at the terminal."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Announcement:
    """Something to tell the person: a key of the texts (`engine.up.…`) and its values."""

    key: str
    values: dict[str, object]


Say = Callable[[Announcement], None]
