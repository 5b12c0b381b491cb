"""Which open cases a change of the calendar may touch, and what it would do to them.

The query is broad and answered from indexes; which of its cases really are touched, the pure
count says (`domain.case.revising.outlook`).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select, union
from sqlalchemy.orm import Session

from domain.calendar.diff import difference
from domain.calendar.model import Calendar
from domain.case.act import Event
from domain.case.facts import LawRevised
from domain.case.revising import Outlook, outlook
from domain.case.state import CaseState, Law
from domain.clock import ClockState
from domain.errors import YishenError
from domain.values import legal_time, midnight
from register.models import CaseEvent, DeadlineRow, Request
from register.reads.calendars import HeldDays, edition, held_days, versions
from register.reads.starts import Start, starts_of
from register.reads.states import states

YEARS_AHEAD = 3
"""Of the calendar, this many years after the present one go into a case."""


def candidates(
    session: Session,
    region: tuple[date, date],
    *,
    organ: str | None = None,
    after: str = "",
    limit: int | None = None,
) -> list[str]:
    """Cases, by id, of which a day between `region` may be counted: a running limit (also one of
    a remedy) covers one, the next alarm lies there, a pause may end there, or the limit by which
    the case lapsed covered one. `after`: only later ids."""
    first, last = region
    running = select(DeadlineRow.case_id).where(
        DeadlineRow.superseded_by_seq.is_(None),
        DeadlineRow.due.is_not(None),
        DeadlineRow.due >= first,
        DeadlineRow.base <= last,
    )
    open_cases = select(Request.id).where(Request.is_open)
    alarmed = open_cases.where(Request.next_alarm >= midnight(first))
    paused = open_cases.where(
        Request.due.is_(None),
        Request.clock_state == ClockState.PAUSED.value,
        Request.receipt_day <= last,
    )
    # By other days it may not have lapsed.
    lapsed = (
        select(DeadlineRow.case_id)
        .join(Request, Request.id == DeadlineRow.case_id)
        .where(
            Request.clock_state == ClockState.LAPSED.value,
            DeadlineRow.due >= first,
            DeadlineRow.base <= last,
        )
    )
    found = union(running, alarmed, paused, lapsed).subquery()
    query = (
        select(Request.id)
        .join(found, found.c.case_id == Request.id)
        .where(Request.id > after)
        .order_by(Request.id)
    )
    if organ is not None:
        query = query.where(Request.organ == organ)
    return list(session.scalars(query.limit(limit)))


def revision_for(
    state: CaseState, held: HeldDays, fallback: Calendar, version: str, year: int
) -> LawRevised:
    """What a case has to be sent to be counted by the days `held`: the years it has and those to
    come after `year`, and the closures of its organ."""
    years = state.law.calendar.years
    return _revision(held, fallback, years, state.organ, version, year)


def _revision(
    held: HeldDays,
    fallback: Calendar,
    years: Iterable[int],
    organ: str,
    version: str,
    year: int,
) -> LawRevised:
    return LawRevised(
        calendar=slice_for(held.calendar or fallback, years, year),
        closures=held.of(organ),
        edition=held.edition,
        version=version,
    )


def slice_for(calendar: Calendar, years: Iterable[int], year: int) -> Calendar:
    """The part of a calendar for a case that has `years` and lives in `year`."""
    had = [*years, year]
    return calendar.slice((min(had), max(*had, year + YEARS_AHEAD)))


# -- how far a load reaches ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Reach:
    """Days on which counts may differ, for the cases of one organ or (None) of all."""

    region: tuple[date, date]
    organ: str | None


@dataclass(frozen=True, slots=True)
class Target:
    """A case to be sent a version."""

    case: str
    fact: LawRevised


def reach(before: HeldDays, after: HeldDays, fallback: Calendar) -> list[Reach]:
    """Where the days of two standings differ. `fallback`: the calendar where none was loaded."""
    found = []
    changed = difference(before.calendar or fallback, after.calendar or fallback).region
    if changed is not None:
        found.append(Reach(changed, None))
    for organ in sorted({c.organ for c in (*before.closures, *after.closures)}):
        changed_closures = {*before.of(organ)} ^ {*after.of(organ)}
        days = [day for closure in changed_closures for day in (*closure.off, *closure.work)]
        if days:
            found.append(Reach((min(days), max(days)), organ))
    return found


def reached(
    session: Session, reaches: Sequence[Reach], after: str = "", limit: int | None = None
) -> list[str]:
    """Candidates of all reaches, by id."""
    found: set[str] = set()
    for one in reaches:
        found |= {*candidates(session, one.region, organ=one.organ, after=after, limit=limit)}
    return sorted(found)[:limit]


def outlooks(
    session: Session,
    cases: Sequence[str],
    held: HeldDays,
    fallback: Calendar,
    version: str,
    now: datetime,
) -> Iterator[tuple[CaseState, Outlook | YishenError]]:
    """What the days `held` would do to each case at the real instant `now`; the error where a case
    can't be counted by it."""
    for state, _ in states(session, cases):
        legal = legal_time(now, state.clock_offset)
        fact = revision_for(state, held, fallback, version, legal.year)
        try:
            yield state, outlook(state, fact, legal)
        except YishenError as error:
            yield state, error


def targets(
    session: Session,
    cases: Sequence[str],
    held: HeldDays,
    fallback: Calendar,
    version: str,
    now: datetime,
) -> list[Target]:
    """What each case is sent at the real instant `now`: the years it has, the closures of its
    organ."""
    rows = session.execute(
        select(Request.id, Request.organ, Request.clock_offset)
        .where(Request.id.in_(cases))
        .order_by(Request.id)
    )
    starts = starts_of(session, cases)
    found = []
    for case, organ, offset in rows:
        years = [*starts[case]["law"].calendar.years]
        year = legal_time(now, offset).year
        found.append(Target(case, _revision(held, fallback, years, organ, version, year)))
    return found


# -- one case before its next act ---------------------------------------------------------------


def behind(
    session: Session, case: str, organ: str, start: Start, fallback: Calendar, year: int
) -> LawRevised | None:
    """What a case lacks of the newest days; None: nothing. A load reaches the cases it touches at
    once; another takes it up here, before an act makes it count over the changed days."""
    newest = edition(session)
    law: Law | None = start.get("law")
    if law is None or law.edition == newest:
        return None
    revised = session.scalars(
        select(CaseEvent.body)
        .where(CaseEvent.case_id == case, CaseEvent.kind == "law_revised")
        .order_by(CaseEvent.seq)
    )
    here, closures = law.calendar, law.closures
    for body in revised:
        what = Event.model_validate_json(body).what
        assert isinstance(what, LawRevised)
        if what.edition == newest:
            return None
        here = what.calendar or here
        closures = closures if what.closures is None else what.closures
    days = held_days(session)
    part = slice_for(days.calendar or fallback, here.years, year)
    if part.digest == here.digest and days.of(organ) == closures:
        return None
    name = versions(session)[-1].version
    return LawRevised(calendar=part, closures=days.of(organ), edition=newest, version=name)
