"""What one command line works with: its settings, opened once, closed at the end."""

from pathlib import Path

from domain.errors import Code, InputError
from starter.settings import Settings, load

_settings: Settings | None = None


def open_session(data: Path | None) -> None:
    """Read the settings, `data` in front of the environment."""
    global _settings  # noqa: PLW0603
    _settings = load(data)


def settings() -> Settings:
    """The settings of this run."""
    return _settings or load()


def acting_user(given: str | None) -> str:
    """Who acts: `--as`, else YISHEN_USER. InputError(no_user)."""
    user = (given or settings().user or "").strip()
    if not user:
        raise InputError(Code.NO_USER)
    return user
