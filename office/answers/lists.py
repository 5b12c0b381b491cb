"""What waits in the office: its cases in a list, the tasks of a person."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from domain.case.answers.day_counts import DayCounts
from domain.case.people import Actor, Role
from law.files import load_statutes
from office.people.names import acting_id, filter_ids
from register.reads import queries
from register.reads.days import days_of_cases
from register.reads.lists import CaseLine, Filter, case_lines
from register.reads.paging import ListPlace, place_of
from register.reads.tasks import TaskLine, tasks_of
from register.reads.troubles import TroubleLine, troubles
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
    """What waits for a person; `troubles`: the cases of which it has to hear."""

    user: str
    tasks: list[TaskLine]
    troubles: list[TroubleLine]


def case_list(
    session: Session,
    wanted: Filter,
    limit: int,
    at: datetime,
    seen: ColumnElement[bool] | None = None,
) -> CaseList:
    """The first `limit` cases as of the instant `at`; organ, department, handler by id or name;
    `seen`: only those of which this holds.
    InputError(unknown_organ, unknown_department, unknown_person, ambiguous_name)."""
    organ, department, handler = filter_ids(
        session, wanted.organ, wanted.department, wanted.handler
    )
    wanted = replace(wanted, organ=organ, department=department, handler=handler, limit=limit + 1)
    found = case_lines(session, wanted, seen)
    more = len(found) > limit
    cases = shown(session, found[:limit])
    units = {s.id: s.period.unit for s in load_statutes()}
    return CaseList(
        cases=cases,
        next=place_of(cases[-1], wanted.order) if more else None,
        days=days_of_cases(session, cases, at, units),
        stuck={line.case_id for line in troubles(session)},
    )


def waiting(session: Session, user: str, *, training: bool = False) -> Waiting:
    """The tasks of a person, by id or name. Refusal(unknown_user), InputError(ambiguous_name)."""
    user = acting_id(session, user)
    who = queries.actor(session, user)
    return Waiting(
        user=user,
        tasks=shown(session, tasks_of(session, who, training=training)),
        troubles=_told_to(who, troubles(session)),
    )


def _told_to(who: Actor, found: list[TroubleLine]) -> list[TroubleLine]:
    """Those a supervisor or administrator of the organ hears of."""
    organs = {grant.organ for grant in who.grants if grant.role in TOLD}
    return [line for line in found if line.organ in organs or (organs and not line.organ)]
