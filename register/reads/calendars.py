"""Calendars and closures as loaded, in order: new cases take the newest, open ones keep their
copy until a revision reaches them. A version is never overwritten."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from domain.calendar.closures import Closure
from domain.calendar.model import Calendar
from domain.errors import Code, InputError
from register.models import CalendarResult, CalendarVersion, CaseEvent


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version as loaded. `edition`: its place in the order of all loads."""

    version: str
    edition: int
    kind: str
    name: str
    organ: str | None
    department: str | None
    notice: str
    loaded_at: datetime
    loaded_by: str | None


@dataclass(frozen=True, slots=True)
class HeldDays:
    """The days as the register has them up to an edition. `calendar` None: none was loaded."""

    calendar: Calendar | None
    closures: tuple[Closure, ...]
    edition: int

    def of(self, organ: str) -> tuple[Closure, ...]:
        """The closures of an organ, departments included."""
        return tuple(c for c in self.closures if c.organ == organ)


@dataclass(frozen=True, slots=True)
class ResultLine:
    """What a version did to a case."""

    version: str
    case_id: str
    outcome: str
    moves: list[dict[str, Any]]
    warnings: list[str]
    code: str | None
    detail: str | None
    attempts: int
    at: datetime


def edition(session: Session) -> int:
    """How many versions were loaded so far."""
    return session.scalar(select(func.max(CalendarVersion.edition))) or 0


def newest_calendar(session: Session) -> Calendar | None:
    """The calendar loaded last, None before the first."""
    return held_days(session).calendar


def held_days(session: Session, through: int | None = None) -> HeldDays:
    """Calendar and closures after the load `through`, by default after the last."""
    last = edition(session) if through is None else through
    rows = select(CalendarVersion.name, CalendarVersion.body).where(CalendarVersion.edition <= last)
    newest = rows.where(CalendarVersion.kind == "calendar").order_by(CalendarVersion.edition.desc())
    calendar = session.execute(newest.limit(1)).first()
    layers = rows.where(CalendarVersion.kind == "closure").order_by(CalendarVersion.edition)
    bodies = {row.name: row.body for row in session.execute(layers)}  # the newest of each name
    closures = (Closure.model_validate_json(body) for _, body in sorted(bodies.items()))
    return HeldDays(
        _calendar(calendar.body) if calendar else None,
        tuple(c for c in closures if c.off or c.work),
        last,
    )


@lru_cache(maxsize=4)
def _calendar(body: str) -> Calendar:
    """The same text is read again and again by whoever serves pages."""
    return Calendar.model_validate_json(body)


def version(session: Session, name: str) -> VersionLine:
    """One version. InputError(unknown_calendar_version) with those there are."""
    known = versions(session)
    for line in known:
        if line.version == name:
            return line
    names = ", ".join(line.version for line in known) or "-"
    raise InputError(Code.UNKNOWN_CALENDAR_VERSION, version=name, known=names)


def versions(session: Session) -> list[VersionLine]:
    """All versions in the order of their loading."""
    names = list(VersionLine.__dataclass_fields__)
    columns = [getattr(CalendarVersion, name) for name in names]
    rows = session.execute(select(*columns).order_by(CalendarVersion.edition))
    return [VersionLine(*row) for row in rows]


# -- what a version did to the cases ------------------------------------------------------------


def results(session: Session, of: str, cases: Sequence[str] | None = None) -> list[ResultLine]:
    """What a version did, by case."""
    names = list(ResultLine.__dataclass_fields__)
    query = select(*(getattr(CalendarResult, name) for name in names)).where(
        CalendarResult.version == of
    )
    if cases is not None:
        query = query.where(CalendarResult.case_id.in_(cases))
    return [ResultLine(*row) for row in session.execute(query.order_by(CalendarResult.case_id))]


def final_results(session: Session, of: str, cases: Sequence[str]) -> list[ResultLine]:
    """Results that stand: a case that failed is tried again."""
    return [line for line in results(session, of, cases) if line.outcome != "failed"]


def outcomes(session: Session, of: str) -> dict[str, int]:
    """How many cases a version moved, left unchanged …"""
    query = (
        select(CalendarResult.outcome, func.count())
        .where(CalendarResult.version == of)
        .group_by(CalendarResult.outcome)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def unrecorded(session: Session, of: str, command_id: str) -> int:
    """How many cases that a version moved have no row of it yet."""
    moved = (
        select(func.count())
        .select_from(CalendarResult)
        .outerjoin(
            CaseEvent,
            and_(CaseEvent.case_id == CalendarResult.case_id, CaseEvent.command_id == command_id),
        )
        .where(
            CalendarResult.version == of,
            CalendarResult.outcome == "moved",
            CaseEvent.seq.is_(None),
        )
    )
    return session.execute(moved).scalar_one()
