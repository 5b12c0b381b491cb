"""What one command line works with: its settings, and the desk of its command."""

from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import TYPE_CHECKING

from domain.errors import Code, InputError
from office.settings import Settings, load

if TYPE_CHECKING:
    from office.desk import Desk

_settings: Settings | None = None


def open_session(data: Path | None) -> None:
    """Read the settings, `data` in front of the environment."""
    global _settings  # noqa: PLW0603
    _settings = load(data)


def settings() -> Settings:
    """The settings of this run."""
    return _settings or load()


def open_desk() -> "AbstractAsyncContextManager[Desk]":
    """The desk of this run: its register, and the engine of its data folder once asked for."""
    from office.desk import open_desk
    from starter.engine.client import connect

    return open_desk(settings(), connect)


def acting_user(given: str | None) -> str:
    """Who acts: `--as`, else YISHEN_USER. InputError(no_user)."""
    user = (given or settings().user or "").strip()
    if not user:
        raise InputError(Code.NO_USER)
    return user
