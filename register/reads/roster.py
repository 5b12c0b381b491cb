"""The office as the register has it now: organs, departments, and who holds which roles."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.case.people import Actor, Grant, Role
from domain.errors import Code, Refusal
from domain.remedies.organ import OrganProfile
from domain.remedies.terms import OrganKind
from register.models import Department, Organ, RoleGrant, User


@dataclass(frozen=True, slots=True)
class OrganLine:
    """An organ and its departments: id to name, in the office's order. `ended_on`: it is there no
    more from that day on; `ended_units`: the same of its departments."""

    id: str
    name: str
    level: str
    committed_working_days: int | None
    first_day: date | None
    sign_on_command_line: bool
    profile: OrganProfile
    departments: Mapping[str, str]
    department_days: Mapping[str, int]
    ended_on: date | None
    ended_units: Mapping[str, date]

    @property
    def present_units(self) -> dict[str, str]:
        """Its departments without those that ended: where something new may go."""
        return {
            unit: name for unit, name in self.departments.items() if unit not in self.ended_units
        }


def actor(session: Session, user: str) -> Actor:
    """The person with all grants. Refusal(unknown_user), also for one no longer active."""
    if session.execute(select(User.id).where(User.id == user, User.active)).first() is None:
        raise Refusal(Code.UNKNOWN_USER, user=user)
    grants = session.execute(
        select(RoleGrant.role, RoleGrant.organ, RoleGrant.department)
        .where(RoleGrant.person == user)
        .order_by(RoleGrant.organ, RoleGrant.role, RoleGrant.department)
    )
    return Actor(
        person=user,
        grants=tuple(Grant(role=Role(r), organ=o, department=d) for r, o, d in grants),
    )


def people(session: Session, *, active: bool = False) -> dict[str, str]:
    """Names of all users by id; `active`: only of those in service."""
    query = select(User.id, User.name).order_by(User.id)
    if active:
        query = query.where(User.active)
    return {user: name for user, name in session.execute(query)}  # noqa: C416 - rows, not pairs


def has_admin(session: Session) -> bool:
    """Whether anybody in service may change the office."""
    held = select(RoleGrant.id).join(User, User.id == RoleGrant.person).where(User.active)
    return session.scalar(held.where(RoleGrant.role == Role.ADMIN).limit(1)) is not None


def signs_on_command_line(session: Session, organ: str) -> bool:
    """Whether signatures and approvals for cases of the organ may be asked for there."""
    return session.scalar(select(Organ.sign_on_command_line).where(Organ.id == organ)) is not False


def organs(session: Session) -> list[OrganLine]:
    """All organs with their departments, in the office's order."""
    units: dict[str, list[Department]] = {}
    for unit in session.scalars(select(Department).order_by(Department.position)):
        units.setdefault(unit.organ, []).append(unit)
    return [
        OrganLine(
            id=organ.id,
            name=organ.name,
            level=organ.level,
            committed_working_days=organ.committed_working_days,
            first_day=organ.first_day,
            sign_on_command_line=organ.sign_on_command_line,
            profile=profile(organ),
            departments={u.id: u.name for u in units.get(organ.id, ())},
            department_days={
                u.id: u.committed_working_days
                for u in units.get(organ.id, ())
                if u.committed_working_days is not None
            },
            ended_on=organ.ended_on,
            ended_units={
                u.id: u.ended_on for u in units.get(organ.id, ()) if u.ended_on is not None
            },
        )
        for organ in session.scalars(select(Organ).order_by(Organ.position))
    ]


def profile(organ: Organ) -> OrganProfile:
    """What decides where remedies against the organ go."""
    return OrganProfile(
        kind=OrganKind(organ.kind) if organ.kind else None,
        name=organ.name,
        government=organ.government,
        superior=organ.superior,
        court=organ.court,
    )
