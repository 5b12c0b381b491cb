"""What waits for a person: one inbox for all roles held, a group for each, the soonest first."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from domain.case.people import Role
from domain.case.reading import Viewer
from register.reads.lists import CaseLine
from register.reads.tasks import (
    TaskLine,
    TaskPlace,
    task_counts,
    task_page,
    unattended_for,
)
from register.reads.words import shown


@dataclass(frozen=True, slots=True)
class TaskGroup:
    """What waits in one role: how much, and the first of it. `next`: the place after which further
    tasks follow, where there are any."""

    role: Role
    count: int
    tasks: list[TaskLine]
    next: TaskPlace | None


@dataclass(frozen=True, slots=True)
class Inbox:
    """As of the instant `at`. `unattended`: the first cases that somebody else has to be given,
    their handler left or is none any more; for those who may give them."""

    user: str
    at: datetime
    groups: list[TaskGroup]
    unattended: list[CaseLine]

    @property
    def count(self) -> int:
        """All tasks."""
        return sum(group.count for group in self.groups)


def inbox(
    session: Session,
    who: Viewer,
    at: datetime,
    *,
    organ: str | None = None,
    limit: int = 50,
    training: bool = False,
) -> Inbox:
    """The first `limit` tasks of each role in which anything waits for the person; `organ`: only
    what waits in that one."""
    who = _within(who, organ)
    groups = []
    for role, count in task_counts(session, who, training=training).items():
        tasks, after = _page(session, who, role, None, limit, training)
        groups.append(TaskGroup(role, count, tasks, after))
    waiting = unattended_for(session, who, limit, training=training)
    return Inbox(who.person, at, groups, shown(session, waiting))


def more_tasks(
    session: Session,
    who: Viewer,
    role: Role,
    after: TaskPlace,
    *,
    organ: str | None = None,
    limit: int = 50,
    training: bool = False,
) -> tuple[list[TaskLine], TaskPlace | None]:
    """The tasks of one role that follow a place, and the place after them, where there are more."""
    return _page(session, _within(who, organ), role, after, limit, training)


def _within(who: Viewer, organ: str | None) -> Viewer:
    """The person as one of that organ alone."""
    if organ is None:
        return who
    return who.changed(grants=tuple(grant for grant in who.grants if grant.organ == organ))


def _page(
    session: Session,
    who: Viewer,
    role: Role,
    after: TaskPlace | None,
    limit: int,
    training: bool,
) -> tuple[list[TaskLine], TaskPlace | None]:
    found = task_page(session, who, role, limit=limit + 1, after=after, training=training)
    places = [*found][:limit]
    tasks = shown(session, [found[place] for place in places])
    return tasks, places[-1] if len(found) > limit else None
