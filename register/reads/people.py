"""The people of the office as the register has them, each with the roles held."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.case.people import Actor, Grant, Role
from register.models import RoleGrant, User


@dataclass(frozen=True, slots=True)
class GrantLine:
    """A role held in an organ; `department` None: in all of its departments."""

    role: str
    organ: str
    department: str | None


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person of the office; `active` False: acts no longer, stays named in old records."""

    id: str
    name: str
    email: str | None
    language: str
    active: bool
    grants: tuple[GrantLine, ...]


def actors(session: Session) -> list[Actor]:
    """Everyone in service, with the roles held."""
    return [
        Actor(
            person=line.id,
            grants=tuple(
                Grant(role=Role(g.role), organ=g.organ, department=g.department)
                for g in line.grants
            ),
        )
        for line in all_people(session)
        if line.active
    ]


def holders(session: Session, role: Role, organs: Sequence[str]) -> list[tuple[str, str]]:
    """Whoever holds the role in one of the organs, in service or not: id and name, by id."""
    held = (
        select(User.id, User.name)
        .join(RoleGrant, RoleGrant.person == User.id)
        .where(RoleGrant.role == role.value, RoleGrant.organ.in_(organs))
    )
    return [(row.id, row.name) for row in session.execute(held.distinct().order_by(User.id))]


def all_people(session: Session) -> list[PersonLine]:
    """Everyone, by id, with their roles."""
    held: dict[str, list[GrantLine]] = defaultdict(list)
    order = (RoleGrant.organ, RoleGrant.department, RoleGrant.role)
    for grant in session.scalars(select(RoleGrant).order_by(*order)):
        held[grant.person].append(GrantLine(grant.role, grant.organ, grant.department))
    return [
        PersonLine(user.id, user.name, user.email, user.language, user.active, tuple(held[user.id]))
        for user in session.scalars(select(User).order_by(User.id))
    ]
