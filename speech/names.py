"""Names of people and departments, for ids in tables."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from speech.words import say, term

if TYPE_CHECKING:
    from office.desk import Reading


@dataclass(frozen=True, slots=True)
class NameBook:
    """Id to name, from the register; an unknown id is shown as it is."""

    people: dict[str, str] = field(default_factory=dict)
    organs: dict[str, str] = field(default_factory=dict)
    departments: dict[tuple[str, str], str] = field(default_factory=dict)

    def person(self, user: str | None) -> str:
        """The name of a user, with the id that commands take."""
        if user is None:
            return ""
        if user == "system":
            return term("role", "system")
        name = self.people.get(user)
        return say("person", name=name, user=user) if name and name != user else user

    def short(self, user: str | None) -> str:
        """The name alone."""
        return self.people.get(user, user) if user else ""

    def organ(self, organ: str) -> str:
        """Name of an organ."""
        return self.organs.get(organ, organ)

    def unit(self, organ: str, department: str | None) -> str:
        """Name of a department."""
        return self.departments.get((organ, department), department) if department else ""

    def handling(self, organ: str, department: str | None, handler: str | None) -> str:
        """Department and handler in one."""
        parts = [self.unit(organ, department), self.short(handler)]
        return " ".join(part for part in parts if part) or say("field.not_set")


def names(session: "Reading") -> NameBook:
    """All names the register has."""
    from register.reads import roster

    found = roster.organs(session)
    return NameBook(
        people=roster.people(session),
        organs={organ.id: organ.name for organ in found},
        departments={
            (organ.id, unit): name for organ in found for unit, name in organ.departments.items()
        },
    )
