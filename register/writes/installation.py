"""Which installation a register is, who drives its cases, and how far it has come."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from domain.errors import Code, InputError
from register.models import CaseEvent, Installation, OfficeEvent, Request
from register.office_chain import CHAIN, DEMONSTRATION, Author, append

HELD = select(Installation.id, Installation.place, Installation.epoch)


@dataclass(frozen=True, slots=True)
class Bond:
    """What register, engine and data folder of one installation have in common. `place`: the one
    data folder, or namespace, that drives the register; `epoch` counts upwards with every start."""

    installation: str
    place: str
    epoch: int

    def of_other(self, other: "Bond") -> bool:
        """Whether that is of another installation."""
        return self.installation != other.installation

    def __lt__(self, other: "Bond") -> bool:
        """Whether it is an older state."""
        return self.epoch < other.epoch


def bond(session: Session) -> Bond | None:
    """That of the register; None: nobody ever drove it."""
    row = session.execute(HELD).one_or_none()
    return None if row is None else Bond(row.id, row.place, row.epoch)


def bind(session: Session, new: Bond) -> None:
    """The register is driven from there now. Needs a writing session."""
    session.execute(delete(Installation))
    row = {"id": new.installation, "place": new.place, "epoch": new.epoch}
    session.execute(insert(Installation), [row])


def check_place(session: Session, place: str | None, register: str) -> None:
    """InputError(register_elsewhere): the register is driven from another place than `place` now
    (None: from anywhere). Asked in the transaction that writes, it is a fence."""
    held = bond(session) if place is not None else None
    if held is not None and held.place != place:
        raise InputError(Code.REGISTER_ELSEWHERE, register=register)


def newest_entry(session: Session) -> datetime | None:
    """When the last event was written; None: there is none."""
    return session.scalar(select(func.max(CaseEvent.written_at)))


def made_as_demo(session: Session) -> bool:
    """Whether the first line of the office's own chain says that this is a demonstration."""
    first = select(OfficeEvent.about).where(OfficeEvent.seq == 1)
    return session.scalar(first) == DEMONSTRATION


def mark_demo(session: Session, by: Author) -> bool:
    """Make that the first line; False: there is one, or a request. Needs a writing session."""
    if any(session.scalar(select(m).limit(1)) is not None for m in (OfficeEvent.seq, Request.id)):
        return False
    append(session, {}, {(DEMONSTRATION, CHAIN): {"made_by": by.person}}, by)
    return True
