"""A copy of the whole register, made while others write, and a register put back from one."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

from sqlalchemy.orm import Session

from register.copies import postgres, sqlite
from register.engine import Register, register_url

LEFT_OUT: tuple[str, ...] = (
    *("search_tokens", "desk_sessions", "invites", "calendar_feeds", "sign_in_counts"),
    "drafts",
)
"""Tables that are empty in a copy: what can be looked up in them by names or words is made anew."""


@contextmanager
def copied(register: Register, into: Path, left_out: Sequence[str] = LEFT_OUT) -> Iterator[Session]:
    """A copy of the register as of one moment, in the new file `into`; the session reads what is
    in it. The tables `left_out` leave no trace there.

    Raises Unreachable: register_damaged, register_unreachable, backup_not_written,
    postgres_tools_missing.
    """
    engine = sqlite if register.is_sqlite else postgres
    with engine.copied(register, into, left_out) as session:
        yield session


def copy_name(url: str) -> str:
    """What the file of a copy is called, where the register is of the kind that `url` names."""
    return str(_engine(url).COPY)


def is_there(url: str) -> bool:
    """Whether there is a register already, or anything else in its place. Raises Unreachable."""
    return bool(_engine(url).is_there(url))


@contextmanager
def put_back(copy: Path, url: str) -> Iterator[Register]:
    """The register of a copy, brought to the newest tables; in its place once the block ends well,
    of SQLite not before. Nothing may be there.

    Raises InputError(register_there) and Unreachable: register_not_writable,
    postgres_tools_missing.
    """
    with _engine(url).put_back(copy, url) as register:
        yield register


def _engine(url: str) -> ModuleType:
    return sqlite if register_url(url).get_backend_name() == "sqlite" else postgres
