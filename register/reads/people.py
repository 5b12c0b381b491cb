"""The people of the office as the register has them, each with the roles held."""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

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
