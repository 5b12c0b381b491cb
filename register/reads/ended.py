"""Organs and departments that are there no more, and what is still in them."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session

from domain.errors import Code, Refusal
from register.models import Request, RoleGrant, User
from register.reads import roster


@dataclass(frozen=True, slots=True)
class LeftThere:
    """What an organ, or (`department`) a unit of it, still has: `cases` to which a reply is owed,
    `people` in service who hold a role there; `ended_on`: it is there no more from that day on."""

    organ: str
    department: str | None
    name: str
    cases: int
    people: int
    ended_on: date | None


def left_there(session: Session, organ: str, department: str | None) -> LeftThere:
    """What it has now."""
    line = _line(session, organ)
    people: list[ColumnElement[bool]] = [RoleGrant.organ == organ, User.active.is_(True)]
    if department is not None:
        people.append(RoleGrant.department == department)
    held = select(func.count(RoleGrant.person.distinct()))
    cases = select(func.count()).select_from(Request).where(*_open(organ, department))
    return LeftThere(
        organ,
        department,
        line.name if department is None else line.departments[department],
        session.scalar(cases) or 0,
        session.scalar(held.join(User, User.id == RoleGrant.person).where(*people)) or 0,
        line.ended_on if department is None else line.ended_units.get(department),
    )


def require_present(session: Session, organ: str, department: str | None) -> None:
    """Refusal(place_ended): nothing new goes to a dissolved department. People of another organ may
    be needed to bring the cases of one that was abolished to their end."""
    line = _line(session, organ)
    if department is not None and department in line.ended_units:
        raise _ended(line.departments[department], line.ended_units[department])
    if line.ended_on is not None and not session.scalar(
        select(exists().where(*_open(organ, None)))
    ):
        raise _ended(line.name, line.ended_on)


def require_not_ended(line: roster.OrganLine) -> None:
    """Refusal(place_ended): the organ was abolished or merged."""
    if line.ended_on is not None:
        raise _ended(line.name, line.ended_on)


def _ended(name: str, day: date) -> Refusal:
    return Refusal(Code.PLACE_ENDED, name=name, day=day)


def _open(organ: str, department: str | None) -> list[ColumnElement[bool]]:
    here = [Request.organ == organ, Request.is_open.is_(True)]
    return here if department is None else [*here, Request.department == department]


def _line(session: Session, organ: str) -> roster.OrganLine:
    return next(line for line in roster.organs(session) if line.id == organ)
