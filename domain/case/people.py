"""Who acts: roles, where they are held, and the one who did it."""

from enum import StrEnum

from domain.values import Value


class Role(StrEnum):
    """Roles of an office; a person may hold several, each in an organ or one of its departments."""

    INTAKE = "intake"
    HANDLER = "handler"
    REVIEWER = "reviewer"
    LEADER_IN_CHARGE = "leader_in_charge"
    PRINCIPAL_LEADER = "principal_leader"
    DISCLOSURE_HEAD = "disclosure_head"
    SUPERVISOR = "supervisor"
    LEGAL = "legal"
    ADMIN = "admin"
    AUDITOR = "auditor"
    SYSTEM = "system"
    """The case itself: alarms, lapses, silence. Nobody holds it."""


class Grant(Value):
    """One role held in one organ; `department` None means in all of the organ's departments."""

    role: Role
    organ: str
    department: str | None = None

    def covers(self, organ: str, department: str | None) -> bool:
        """Whether it reaches a case of that organ, assigned to that department or to none yet."""
        return self.organ == organ and (
            self.department is None or department is None or self.department == department
        )


class Actor(Value):
    """The person of an act with all grants, resolved from the register by the caller."""

    person: str
    grants: tuple[Grant, ...]

    def roles_in(self, organ: str, department: str | None) -> tuple[Role, ...]:
        """The roles held for a case of that organ and department; those held elsewhere don't
        count for it."""
        held = {grant.role for grant in self.grants if grant.covers(organ, department)}
        return tuple(role for role in Role if role in held)


SYSTEM = Actor(person="system", grants=())
