"""Who acts: roles, where they are held, and the one who did it."""

from datetime import date
from enum import StrEnum

from domain.values import Value
from domain.words import Label


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


SIGNATURES = (Role.LEADER_IN_CHARGE, Role.PRINCIPAL_LEADER)
"""The two sign-offs of what goes out, in their order."""


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


COMMAND_LINE = "command_line"

DESK = "desk"

AskedBy = Label
"""By which way an act came in, and by whom of it: `command_line:ACCOUNT` of the machine (whoever
has the account may name any person, so the record says both), or `desk:SESSION:METHOD`, where the
person had signed in."""


def on_command_line(account: str) -> AskedBy:
    """Asked by an account of this machine, at the command line."""
    return f"{COMMAND_LINE}:{account}"


def on_desk(session: str, method: str) -> AskedBy:
    """Asked at the desk, in the session of that public id, begun by that method."""
    return f"{DESK}:{session}:{method}"


def way_of(asked_by: AskedBy) -> str:
    """The way alone."""
    return asked_by.partition(":")[0]


def account_of(asked_by: AskedBy) -> str:
    """The account alone; of the desk, the session."""
    return asked_by.split(":")[1] if way_of(asked_by) == DESK else asked_by.partition(":")[2]


def method_of(asked_by: AskedBy) -> str:
    """How whoever asked at the desk had signed in; nothing of another way."""
    return asked_by.split(":")[2] if way_of(asked_by) == DESK else ""


class Actor(Value):
    """The person of an act with all grants, resolved from the register by the caller, who also
    knows by which way the act came (`asked_by`)."""

    person: str
    grants: tuple[Grant, ...]
    asked_by: AskedBy | None = None

    def roles_in(self, organ: str, department: str | None) -> tuple[Role, ...]:
        """The roles held for a case of that organ and department; those held elsewhere don't
        count for it."""
        held = {grant.role for grant in self.grants if grant.covers(organ, department)}
        return tuple(role for role in Role if role in held)


Movers = tuple[str, str]
"""Who answers for the past of a case that moved in: of intake, and of the disclosure office."""


class MoveIn(Value):
    """Two people of the office who bring a case here with its past: one of `intake`, and the head
    of the disclosure office. The past ends before `first_day`, the organ's first day here."""

    intake: Actor
    head: Actor
    first_day: date

    @property
    def by(self) -> Movers:
        """Both, as events name them."""
        return self.intake.person, self.head.person


def told(person: str) -> Actor:
    """Somebody of the past, in the words of whoever told it; no rights of the register's."""
    return Actor(person=person, grants=())


SYSTEM = Actor(person="system", grants=())
