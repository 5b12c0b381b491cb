"""Where a role may be held: an organ, or one of its departments, as one choice of a form."""

from collections.abc import Iterable
from dataclasses import dataclass

from register.reads.roster import OrganLine
from speech.names import NameBook


@dataclass(frozen=True, slots=True)
class RolePlace:
    """An organ, or (`department`) a unit of it."""

    organ: str
    department: str | None

    @property
    def key(self) -> str:
        """As the form sends it."""
        return self.organ if self.department is None else f"{self.organ}/{self.department}"

    def words(self, known: NameBook) -> str:
        """As people read it."""
        return f"{known.organ(self.organ)} {known.unit(self.organ, self.department)}".strip()


def places(organs: Iterable[OrganLine]) -> list[RolePlace]:
    """Without dissolved departments; an organ that ended may still need people for its cases."""
    found = [RolePlace(organ.id, unit) for organ in organs for unit in (None, *organ.present_units)]
    return sorted(found, key=lambda place: place.key)
