"""Lists of proceedings: where each stands, its next limit, who leads it."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import islice

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from domain.case.people import Role
from domain.case.reading import Viewer
from domain.remedies.proceeding import ANSWER_LIMITS
from domain.remedies.progress import (
    OF_PROCEEDINGS,
    Progress,
    in_proceeding,
    proceeding_of,
    progress_of,
)
from domain.values import legal_day, legal_time
from register.models import CaseEvent, DeadlineRow, Remedy, Request, RoleGrant, User
from register.reads.paging import Unsought
from register.reads.visible import visible_to

CHUNK = 500
"""Cases asked for in one query."""


@dataclass(frozen=True, slots=True)
class ProceedingLine:
    """One proceeding. `forum`: the organ or court that decides; `limit`, `due`: what ends first in
    it; `today`: the legal day of the case; `legal`: who last acted in it for us, else who may."""

    case_id: str
    number: str
    organ: str
    department: str | None
    training: bool
    today: date
    ref: str
    kind: str
    instance: str | None
    route: str | None
    against: str
    round: int
    reply_kind: str | None
    forum: str | None
    co_defendant: str | None
    docket: str | None
    after: str | None
    filed_on: date
    received_on: date
    progress: Progress
    open: bool
    outcome: str | None
    ended_on: date | None
    effective_on: date | None
    ground: str | None
    limit: str | None = None
    limit_ref: str | None = None
    due: date | None = None
    provisional: bool = False
    legal: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which proceedings; what is left out doesn't matter. `due_within`: days from the legal day,
    what is past due included; `refs`: exactly these, by case and ref; `who`: of cases that this
    person may see."""

    who: Viewer | None = None
    organ: str | None = None
    department: str | None = None
    kind: str | None = None
    person: str | None = None
    due_within: int | None = None
    ended: bool = False
    training: bool = False
    refs: Sequence[tuple[str, str]] | None = None


def proceeding_lines(session: Session, wanted: Wanted, now: datetime) -> list[ProceedingLine]:
    """The proceedings, the nearest limit first, those without one last. `now`: the real instant."""
    rows = session.execute(
        select(Remedy, Request)
        .join(Request, Request.id == Remedy.case_id)
        .where(*_where(wanted))
        .order_by(*_IN_ORDER)
    ).all()
    lines = [_line(remedy, request, now) for remedy, request in rows]
    if wanted.refs is not None:
        chosen = set(wanted.refs)
        lines = [line for line in lines if (line.case_id, line.ref) in chosen]
    lines = _with_limits(session, lines)
    if wanted.due_within is not None:
        within = timedelta(days=wanted.due_within)
        lines = [x for x in lines if x.due is not None and x.due <= x.today + within]
    lines = _with_people(session, lines)
    if wanted.person is not None:
        lines = [line for line in lines if wanted.person in line.legal]
    return sorted(lines, key=lambda line: line.due or date.max)


def nearest(session: Session, wanted: Wanted, most: int) -> list[tuple[str, str]]:
    """The first so many by the limit that ends first, those without one last, as case and ref."""
    found: dict[tuple[str, str], None] = {}
    for some in _running(session):
        there = select(Remedy.case_id, Remedy.ref).join(Request, Request.id == Remedy.case_id)
        of_these = Remedy.case_id.in_({case for case, _ in some})
        known = {
            (row.case_id, row.ref)
            for row in session.execute(there.where(of_these, *_where(wanted)))
        }
        found |= {one: None for one in some if one in known}
        if len(found) >= most:
            break
    else:
        rest = select(Remedy.case_id, Remedy.ref).join(Request, Request.id == Remedy.case_id)
        ordered = rest.where(*_where(wanted)).order_by(*_IN_ORDER).limit(most + len(found))
        found |= {(row.case_id, row.ref): None for row in session.execute(ordered)}
    return list(found)[:most]


def _running(session: Session) -> Iterator[list[tuple[str, str]]]:
    """Proceedings by the last days of what runs in them, some at once."""
    limits = select(DeadlineRow.case_id, DeadlineRow.ref).where(
        DeadlineRow.name.in_(OF_PROCEEDINGS),
        DeadlineRow.due.is_not(None),
        DeadlineRow.superseded_by_seq.is_(None),
    )
    rows = session.execute(limits.order_by(DeadlineRow.due), execution_options={"yield_per": CHUNK})
    for some in rows.partitions():
        yield [(row.case_id, proceeding_of(row.ref)) for row in some]


_IN_ORDER = (Request.year, Request.serial, Remedy.received_on, Remedy.ref)


def _where(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.refs is not None:
        cases = {case for case, _ in wanted.refs}
        if len(cases) <= CHUNK:
            found.append(Request.id.in_(cases))
    if wanted.who is not None:
        found.append(visible_to(wanted.who))
    if not wanted.training:
        found.append(Unsought(Request.training).is_(False))
    if not wanted.ended:
        found.append(Remedy.open.is_(True))
    if wanted.organ is not None:
        found.append(Unsought(Request.organ) == wanted.organ)
    if wanted.department is not None:
        found.append(Unsought(Request.department) == wanted.department)
    if wanted.kind is not None:
        found.append(Remedy.kind == wanted.kind)
    return found


def _line(remedy: Remedy, request: Request, now: datetime) -> ProceedingLine:
    legal_now = legal_time(now, request.clock_offset)
    return ProceedingLine(
        case_id=request.id,
        number=request.number,
        organ=request.organ,
        department=request.department,
        training=request.training,
        today=legal_day(legal_now),
        ref=remedy.ref,
        kind=remedy.kind,
        instance=remedy.instance,
        route=remedy.route,
        against=remedy.against,
        round=remedy.round,
        reply_kind=remedy.reply_kind,
        forum=remedy.court or remedy.organ,
        co_defendant=remedy.co_defendant,
        docket=remedy.docket,
        after=remedy.after,
        filed_on=remedy.filed_on,
        received_on=remedy.received_on,
        progress=progress_of(
            ended=remedy.outcome is not None,
            is_open=remedy.open,
            suspended=remedy.suspended_since is not None,
            owes_answer=remedy.answered_on is None,
        ),
        open=remedy.open,
        outcome=remedy.outcome,
        ended_on=remedy.ended_on,
        effective_on=remedy.effective_on,
        ground=remedy.ground,
    )


def _with_limits(session: Session, lines: list[ProceedingLine]) -> list[ProceedingLine]:
    """Each line with the limit of it that ends first."""
    running: dict[str, list[DeadlineRow]] = defaultdict(list)
    for ids in _chunks({line.case_id: None for line in lines if line.open}):
        for row in session.scalars(
            select(DeadlineRow).where(
                DeadlineRow.case_id.in_(ids),
                DeadlineRow.name.in_(OF_PROCEEDINGS),
                DeadlineRow.due.is_not(None),
                DeadlineRow.superseded_by_seq.is_(None),
            )
        ):
            running[row.case_id].append(row)
    found = []
    for line in lines:
        mine = [r for r in running[line.case_id] if in_proceeding(r.name, r.ref, line.ref)]
        answers = any(r.name in ANSWER_LIMITS for r in mine)
        if line.progress is Progress.AWAITING_ANSWER and not answers:  # we appealed: none is owed
            line = replace(line, progress=Progress.UNDER_WAY)  # noqa: PLW2901
        first = min(mine, key=lambda row: row.due or date.max, default=None)
        if first is None:
            found.append(line)
            continue
        found.append(
            replace(
                line,
                limit=first.name,
                limit_ref=first.ref,
                due=first.due,
                provisional=first.provisional,
            )
        )
    return found


def _with_people(session: Session, lines: list[ProceedingLine]) -> list[ProceedingLine]:
    """Each line with the person of `legal` who last acted in it, else with all who may."""
    acted: dict[tuple[str, str], str] = {}
    for ids in _chunks({line.case_id: None for line in lines}):
        for case_id, person, body in session.execute(
            select(CaseEvent.case_id, CaseEvent.person, CaseEvent.body)
            .where(CaseEvent.case_id.in_(ids), CaseEvent.role == Role.LEGAL.value)
            .order_by(CaseEvent.case_id, CaseEvent.seq)
        ):
            ref = json.loads(body)["what"].get("ref")
            if ref is not None:
                acted[case_id, ref] = person
    holders = session.execute(
        select(RoleGrant.person, RoleGrant.organ, RoleGrant.department)
        .join(User, User.id == RoleGrant.person)
        .where(RoleGrant.role == Role.LEGAL.value, User.active)
        .order_by(RoleGrant.person)
    ).all()
    found = []
    for line in lines:
        one = acted.get((line.case_id, line.ref))
        may = [p for p, o, d in holders if o == line.organ and _covers(d, line.department)]
        found.append(replace(line, legal=(one,) if one else tuple(dict.fromkeys(may))))
    return found


def _covers(granted: str | None, department: str | None) -> bool:
    return granted is None or department is None or granted == department


def _chunks(ids: Iterable[str]) -> Iterable[list[str]]:
    left = iter(ids)
    while chunk := list(islice(left, CHUNK)):
        yield chunk
