"""How far somebody sees who looks: supervisors into the organs below, auditors everywhere; where
the role is held for one department, no further than that."""

from collections.abc import Iterable, Mapping

from domain.case.people import Actor, Grant, Role
from domain.case.reading import Viewer
from domain.remedies.organ import OrganProfile


def viewer(actor: Actor, organs: Mapping[str, OrganProfile]) -> Viewer:
    """The person as one who looks; `organs`: all of the office, by id."""
    wider = (further for grant in actor.grants for further in _stretched(grant, organs))
    return Viewer(person=actor.person, grants=tuple(dict.fromkeys((*actor.grants, *wider))))


def below(organ: str, organs: Mapping[str, OrganProfile]) -> frozenset[str]:
    """The organs under this one: those that name it as the government they belong to or as the
    organ above them, and those under these."""
    found: set[str] = set()
    asked = [organ]
    while asked:
        name = organs[asked.pop()].name
        if name is None:
            continue
        under = {
            other
            for other, profile in organs.items()
            if name in (profile.government, profile.superior)
        }
        new = under - found - {organ}
        found |= new
        asked += sorted(new)
    return frozenset(found)


def _stretched(grant: Grant, organs: Mapping[str, OrganProfile]) -> Iterable[Grant]:
    reached: Iterable[str] = ()
    if grant.department is not None:
        return []
    if grant.role is Role.AUDITOR:
        reached = organs
    elif grant.role is Role.SUPERVISOR and grant.organ in organs:
        reached = sorted(below(grant.organ, organs))
    return [Grant(role=grant.role, organ=organ) for organ in reached]
