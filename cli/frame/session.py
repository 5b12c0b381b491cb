"""What one command line works with: its settings, and the desk of its command."""

from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from domain.errors import Code, InputError
from office.settings import Settings, load

if TYPE_CHECKING:
    from office.desk import Desk
    from register.engine import Register

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


@contextmanager
def open_register() -> "Iterator[Register]":
    """The register of this run, closed at the end; the data folder is closed to others first."""
    from office.private import close
    from office.running.key_store import register_at

    close(settings().data)
    register = register_at(settings())
    try:
        yield register
    finally:
        register.close()


def reading_user(given: str | None) -> str:
    """Who looks at cases, by id. InputError(no_user, ambiguous_name), Refusal(unknown_user)."""
    from office.access.access_log import known_reader

    user = acting_user(given)
    with open_register() as register:
        return known_reader(register, user)


def acting_user(given: str | None) -> str:
    """Who acts: `--as`, else YISHEN_USER. InputError(no_user)."""
    user = (given or settings().user or "").strip()
    if not user:
        raise InputError(Code.NO_USER)
    return user
