"""Whether an office has the people a reply needs."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from domain.case.people import SIGNATURES, Role
from register.reads import roster
from register.reads.people import PersonLine, all_people

NEEDED = (Role.INTAKE, Role.HANDLER, Role.REVIEWER, *SIGNATURES, Role.DISCLOSURE_HEAD)
"""Without one of these no case of an organ gets from the counter to its reply."""


@dataclass(frozen=True, slots=True)
class StaffingGap:
    """What an organ lacks: roles that nobody in service holds; `one_signer`: both signatures would
    have to come from the same person."""

    organ: str
    name: str
    roles: tuple[Role, ...]
    one_signer: bool = False


def gaps(session: Session) -> list[StaffingGap]:
    """Organs that can't bring a case to its reply, in the office's order; of those that ended
    nobody expects it."""
    people = [person for person in all_people(session) if person.active]
    found = []
    for organ in roster.organs(session):
        if organ.ended_on is not None:
            continue
        holders = {role: _holders(people, organ.id, role) for role in NEEDED}
        missing = tuple(role for role in NEEDED if not holders[role])
        signers = set().union(*(holders[role] for role in SIGNATURES))
        one = not set(SIGNATURES) & set(missing) and len(signers) == 1
        if missing or one:
            found.append(StaffingGap(organ.id, organ.name, missing, one))
    return found


def _holders(people: list[PersonLine], organ: str, role: Role) -> set[str]:
    return {p.id for p in people if any(g.role == role and g.organ == organ for g in p.grants)}
