"""How the county stands: every case as the lists have it, and what waits for whom."""

from collections.abc import Sequence
from dataclasses import dataclass

from office.desk import Reading
from register.reads.lists import CaseLine, lines_of
from register.reads.tasks import TaskLine, tasks_of
from register.reads.visible import viewer_of
from register.writes.directory import UserEntry
from starter.demo.anlan.words import directory


@dataclass(frozen=True, slots=True)
class CountyStand:
    """`waiting`: what waits for each person, in the order of the office file."""

    lines: Sequence[CaseLine]
    waiting: Sequence[tuple[UserEntry, Sequence[TaskLine]]]


def look(session: Reading, cases: Sequence[str]) -> CountyStand:
    """The county as the register has it."""
    return CountyStand(
        lines_of(session, cases),
        [(user, tasks_of(session, viewer_of(session, user.id))) for user in directory().users],
    )
