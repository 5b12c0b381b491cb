"""Which cases may be forgotten by a day, by which rule, and which of them are held."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy.orm import Session

from domain.case.reading import Viewer
from domain.periods.period import months_later
from domain.retention import Retention, retention, shortest
from domain.values import legal_time, midnight
from law.files import load_retention
from register.reads.forgetting import Hold, ended_until, forgotten, holds
from register.reads.states import states
from register.reads.visible import among


class DueState(StrEnum):
    """`due`: may be forgotten; `held`: could be, and is held; `not_over`: old enough, but something
    may still come of it; `later`: over, and kept for some time yet."""

    DUE = "due"
    HELD = "held"
    NOT_OVER = "not_over"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class RetentionLine:
    """One case beside the schedule."""

    case: str
    organ: str
    standing: DueState
    retention: Retention
    hold: Hold | None


def retention_lines(session: Session, as_of: date, organ: str | None = None) -> list[RetentionLine]:
    """The cases that ended long enough ago for the shortest rule, as of a day of the office; those
    that are forgotten are left out."""
    schedule = load_retention()
    years = shortest(schedule.rules)
    if years is None:
        return []
    gone, held = forgotten(session), holds(session)
    cases = [
        case
        for case in ended_until(session, months_later(as_of, -12 * years), organ)
        if case not in gone
    ]
    found = []
    for state, _ in states(session, cases):
        now = legal_time(midnight(as_of), state.clock_offset)
        kept = retention(schedule, state, now)
        if kept is not None:
            hold = held.get(state.id)
            standing = _standing(kept, now.date(), hold)
            found.append(RetentionLine(state.id, state.organ, standing, kept, hold))
    return found


def retention_for(session: Session, who: Viewer, as_of: date) -> list[RetentionLine]:
    """The same of the cases that the person may see."""
    lines = retention_lines(session, as_of)
    seen = among(session, who, [line.case for line in lines])
    return [line for line in lines if line.case in seen]


def _standing(kept: Retention, day: date, hold: Hold | None) -> DueState:
    if kept.over is None:
        return DueState.NOT_OVER
    if not kept.is_due(day):
        return DueState.LATER
    return DueState.DUE if hold is None else DueState.HELD
