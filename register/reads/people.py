"""The people of the office as the register has them, each with the roles held."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from unicodedata import normalize

from sqlalchemy import ColumnElement, func, or_, select, true
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


MOST_SOUGHT = 100
"""Characters looked for: no name and no address that anybody types is longer."""


@dataclass(frozen=True, slots=True)
class PeopleWanted:
    """Whom a list of people shows. `text`: part of an id, a name or an address; `role`, `organ`,
    `department`: of one and the same grant, and who holds it in all departments of an organ holds
    it in each; `active` None: in service or not."""

    text: str = ""
    role: Role | None = None
    organ: str | None = None
    department: str | None = None
    active: bool | None = None


EVERYBODY = PeopleWanted()


def actors(session: Session) -> list[Actor]:
    """Everyone in service, with the roles held."""
    return [actor_of(line) for line in people_like(session, PeopleWanted(active=True))]


def actor_of(line: PersonLine) -> Actor:
    """That person as one who acts."""
    grants = (Grant(role=Role(g.role), organ=g.organ, department=g.department) for g in line.grants)
    return Actor(person=line.id, grants=tuple(grants))


def holders(session: Session, role: Role, organs: Sequence[str]) -> list[tuple[str, str]]:
    """Whoever holds the role in one of the organs, in service or not: id and name, by id."""
    held = (
        select(User.id, User.name)
        .join(RoleGrant, RoleGrant.person == User.id)
        .where(RoleGrant.role == role.value, RoleGrant.organ.in_(organs))
    )
    return [(row.id, row.name) for row in session.execute(held.distinct().order_by(User.id))]


def person_line(session: Session, person: str) -> PersonLine | None:
    """The one of that id, in service or not."""
    return next(iter(_lines(session, [User.id == person])), None)


def all_people(session: Session) -> list[PersonLine]:
    """Everyone, by id, with their roles."""
    return people_like(session, EVERYBODY)


def people_like(
    session: Session, wanted: PeopleWanted, after: str = "", limit: int | None = None
) -> list[PersonLine]:
    """Those wanted, by id, at most `limit` of those behind the id `after`; with all their roles."""
    return _lines(session, [*_conditions(wanted), User.id > after], limit)


def _lines(
    session: Session, where: Sequence[ColumnElement[bool]], limit: int | None = None
) -> list[PersonLine]:
    chosen = select(User).where(*where).order_by(User.id).limit(limit)
    users = session.scalars(chosen).all()
    order = (RoleGrant.organ, RoleGrant.department, RoleGrant.role)
    theirs = RoleGrant.person.in_(chosen.with_only_columns(User.id))
    held: dict[str, list[GrantLine]] = defaultdict(list)
    for grant in session.scalars(select(RoleGrant).where(theirs).order_by(*order)):
        held[grant.person].append(GrantLine(grant.role, grant.organ, grant.department))
    return [
        PersonLine(user.id, user.name, user.email, user.language, user.active, tuple(held[user.id]))
        for user in users
    ]


def count_like(session: Session, wanted: PeopleWanted) -> int:
    """How many are wanted."""
    return session.scalar(select(func.count(User.id)).where(*_conditions(wanted))) or 0


def _conditions(wanted: PeopleWanted) -> Iterator[ColumnElement[bool]]:
    yield true() if wanted.active is None else User.active.is_(wanted.active)
    if text := normalize("NFKC", wanted.text).strip().lower()[:MOST_SOUGHT]:
        told = (User.id, User.name, User.email)
        yield or_(*(func.lower(column).contains(text, autoescape=True) for column in told))
    if wanted.role or wanted.organ or wanted.department:
        yield User.id.in_(select(RoleGrant.person).where(*_of_grant(wanted)))


def _of_grant(wanted: PeopleWanted) -> Iterator[ColumnElement[bool]]:
    if wanted.role:
        yield RoleGrant.role == wanted.role.value
    if wanted.organ:
        yield RoleGrant.organ == wanted.organ
    if wanted.department:
        yield or_(RoleGrant.department.is_(None), RoleGrant.department == wanted.department)
