"""Who does what in the invented county."""

from collections.abc import Iterator
from random import Random

from domain.case.people import SIGNATURES, Actor, AskedBy, Grant, Role
from domain.case.state import CaseState
from domain.case.table import TABLE
from register.writes.directory import Directory

FIRST = (Role.HANDLER, Role.INTAKE, Role.LEGAL, Role.DISCLOSURE_HEAD)
"""Who does an act that several may do, the first first."""


class People:
    """The people of an office file, with the rights it gives them."""

    def __init__(self, office: Directory, asked_by: AskedBy | None = None) -> None:
        self._actors = {
            user.id: Actor(
                person=user.id,
                grants=tuple(Grant(**dict(grant)) for grant in user.roles),
                asked_by=asked_by,
            )
            for user in office.users
        }
        self._organs = {organ.id: organ for organ in office.organs}

    def holding(self, role: Role, organ: str, department: str | None = None) -> list[Actor]:
        """Those who hold a role there."""
        return [a for a in self._actors.values() if role in a.roles_in(organ, department)]

    def hands(self, organ: str, rng: Random, but: str | None = None) -> dict[str, str]:
        """A department and a handler of it, other than `but`."""
        units = [unit.id for unit in self._organs[organ].departments]
        found = [
            {"department": unit, "handler": actor.person}
            for unit in units
            for actor in self.holding(Role.HANDLER, organ, unit)
            if actor.person != but
        ]
        return rng.choice(found)

    def doing(self, state: CaseState, kind: str, role: str | None, rng: Random) -> Actor:
        """Somebody who may do an act of that kind now, in `role` where one is named."""
        asked = Role(role) if role else next(iter(_turn(state, kind)))
        if asked is Role.HANDLER and state.handler is not None:
            return self._actors[state.handler]
        return rng.choice(self.holding(asked, state.organ, state.department))

    def intake(self, organ: str, rng: Random) -> Actor:
        """Somebody at the counter."""
        return rng.choice(self.holding(Role.INTAKE, organ))


def _turn(state: CaseState, kind: str) -> Iterator[Role]:
    if kind == "signed":
        yield SIGNATURES[min(len(state.signatures), 1)]
    roles = TABLE[kind].roles
    yield from (role for role in FIRST if role in roles)
    yield from sorted(roles)
