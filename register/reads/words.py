"""Words of people as somebody reads them: what is in the register is sealed."""

from typing import TypeVar

from sqlalchemy.orm import Session

from register.engine import READER

T = TypeVar("T")


def opened(session: Session, value: T) -> T:
    """What was read, its words opened for somebody who may see them. Nothing that is sent or
    written again goes through here. Raises Unreachable(key_…)."""
    reader = session.info.get(READER)
    return value if reader is None else reader.open(value)


def shown(session: Session, value: T) -> T:
    """The same of many cases at once: the words of one without its key are a mark. Raises
    Unreachable(key_store_unreachable, …)."""
    reader = session.info.get(READER)
    return value if reader is None else reader.show(value)
