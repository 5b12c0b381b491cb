"""What waits in the office: its cases in a list, the tasks of a person."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from domain.case.answers.day_counts import DayCounts
from domain.case.people import Role
from domain.case.reading import Viewer
from domain.values import legal_day, midnight
from law.files import load_statutes
from office.people.names import acting_id, filter_ids
from register.reads.days import days_of_cases
from register.reads.filter import Filter
from register.reads.hearings import CalledHearing, hearing_lines
from register.reads.lists import CaseLine, case_lines
from register.reads.paging import ListPlace, place_of
from register.reads.proceedings import ProceedingLine, Wanted, nearest, proceeding_lines
from register.reads.tasks import TaskLine, tasks_of
from register.reads.troubles import TroubleLine, troubles
from register.reads.visible import conflicts, viewer_of, visible_to
from register.reads.words import shown

TOLD = (Role.SUPERVISOR, Role.ADMIN)
"""Who has a case that can't go on among their tasks."""


@dataclass(frozen=True, slots=True)
class CaseList:
    """Cases in order; `next`: the place after which further ones follow, where there are any.
    `days` of those that owe a reply, `stuck` those that can't go on, by case."""

    cases: list[CaseLine]
    next: ListPlace | None
    days: dict[str, DayCounts]
    stuck: set[str]


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for a person; `troubles`: the cases of which it has to hear; `conflicts`: of an
    administrator, those whose record contradicts itself, id to number."""

    user: str
    tasks: list[TaskLine]
    troubles: list[TroubleLine]
    conflicts: dict[str, str]


def case_list(session: Session, who: Viewer, wanted: Filter, limit: int, at: datetime) -> CaseList:
    """The first `limit` cases that the person may see as of the instant `at`; organ, department,
    handler by id or name.
    InputError(unknown_organ, unknown_department, unknown_person, ambiguous_name)."""
    organ, department, handler = filter_ids(
        session, wanted.organ, wanted.department, wanted.handler
    )
    wanted = replace(wanted, organ=organ, department=department, handler=handler, limit=limit + 1)
    found = case_lines(session, wanted, visible_to(who))
    more = len(found) > limit
    cases = shown(session, found[:limit])
    units = {s.id: s.period.unit for s in load_statutes()}
    return CaseList(
        cases=cases,
        next=place_of(cases[-1], wanted.order) if more else None,
        days=days_of_cases(session, cases, at, units),
        stuck={line.case_id for line in troubles(session)},
    )


def proceeding_list(
    session: Session,
    who: Viewer,
    wanted: Wanted,
    now: datetime,
    most: int | None = None,
    *,
    behind: int = 0,
) -> list[ProceedingLine]:
    """The proceedings of cases that the person may see, the nearest limit first; organ, department,
    person by id or name. `now`: the real instant; `most`: no more than so many, by
    nobody's name and no number of days; `behind`: the first so many.
    InputError(unknown_organ, unknown_department, unknown_person, ambiguous_name)."""
    organ, department, person = filter_ids(session, wanted.organ, wanted.department, wanted.person)
    wanted = replace(wanted, who=who, organ=organ, department=department, person=person)
    if most is not None:
        wanted = replace(wanted, refs=nearest(session, wanted, behind + most)[behind:])
    return shown(session, proceeding_lines(session, wanted, now))


def hearing_list(
    session: Session, who: Viewer, at: datetime, after: str | None = None, limit: int = 50
) -> tuple[list[CalledHearing], str | None]:
    """The hearings from the day of the instant `at` on, in cases that the person may see, the
    nearest first; `after`: what follows that place. With the place after which more follow.
    InputError(bad_cursor)."""
    since, seen = midnight(legal_day(at)), visible_to(who)
    found = hearing_lines(session, since, seen=seen, after=after, limit=limit + 1)
    following = found[limit - 1].place_in_list if len(found) > limit else None
    return shown(session, found[:limit]), following


def waiting(session: Session, user: str, *, training: bool = False) -> Waiting:
    """The tasks of a person, by id or name. Refusal(unknown_user), InputError(ambiguous_name)."""
    user = acting_id(session, user)
    who = viewer_of(session, user)
    return Waiting(
        user=user,
        tasks=shown(session, tasks_of(session, who, training=training)),
        troubles=troubles_told(session, who),
        conflicts=conflicts(session, {g.organ for g in who.grants if g.role is Role.ADMIN}),
    )


def troubles_told(session: Session, who: Viewer) -> list[TroubleLine]:
    """The cases that can't go on of which a supervisor or administrator of the organ hears."""
    found = troubles(session)
    organs = {grant.organ for grant in who.grants if grant.role in TOLD}
    return [line for line in found if line.organ in organs or (organs and not line.organ)]
