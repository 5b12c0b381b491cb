"""One moment for several reads."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

from register.engine import Register


@contextmanager
def snapshot(register: Register) -> Iterator[Session]:
    """One moment for several reads, which SQLite's transactions are by themselves."""
    with register.reading() as session:
        if not register.is_sqlite:
            session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        yield session
