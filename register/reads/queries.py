"""Reads of one case; lists are in `register.reads.lists`, people in `register.reads.roster`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from domain.case.act import Event
from domain.errors import Code, InputError
from register.models import (
    Applicant,
    CaseEvent,
    DeadlineRow,
    Notice,
    Request,
)
from register.reads.lists import CaseLine, rows_as
from register.reads.starts import Start, starts_of


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One request with everything beside its events."""

    line: CaseLine
    registered_on: date
    registered_by: str
    form_wished: str | None
    clock_offset: int
    command_id: str
    started_at: datetime | None
    dispatch_channel: str | None
    ended_kind: str | None
    ended_cause: str | None
    applicant_kind: str
    applicant_name: str
    applicant_contact: str | None
    applicant_details: Mapping[str, str] | None
    start_input: Start


@dataclass(frozen=True, slots=True)
class EventLine:
    """One line of a timeline."""

    seq: int
    kind: str
    at: datetime
    effective_on: date
    person: str
    role: str
    command_id: str | None


@dataclass(frozen=True, slots=True)
class DeadlineLine:
    """One setting of a limit."""

    name: str
    ref: str | None
    base: date | None
    due: date | None
    was: date | None
    article: str
    provisional: bool
    why: str
    calendar_version: str
    cause: str
    own: bool
    ledger: list[dict[str, Any]]
    set_by_seq: int
    superseded_by_seq: int | None

    @property
    def runs(self) -> bool:
        """Whether it is the one that runs now."""
        return self.due is not None and self.superseded_by_seq is None


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """One notice and what became of it."""

    id: str
    case_id: str | None
    seq: int
    recipient: str
    kind: str
    address: str | None
    payload: dict[str, Any]
    state: str
    attempts: int
    created_at: datetime
    sent_at: datetime | None
    file_name: str | None


def case(session: Session, id_or_number: str) -> CaseRow:
    """One request by id (`2026-0001`) or number (`依申〔2026〕1号`). InputError(unknown_case)."""
    found = session.execute(
        select(Request, Applicant)
        .join(Applicant, Applicant.case_id == Request.id)
        .where(or_(Request.id == id_or_number, Request.number == id_or_number))
    ).one_or_none()
    if found is None:
        raise InputError(Code.UNKNOWN_CASE, case=id_or_number)
    request, applicant = found
    own = [name for name in CaseRow.__dataclass_fields__ if hasattr(request, name)]
    return CaseRow(
        line=CaseLine(**{n: getattr(request, n) for n in CaseLine.__dataclass_fields__}),
        applicant_kind=applicant.kind,
        applicant_name=applicant.name,
        applicant_contact=applicant.contact,
        applicant_details=applicant.details,
        start_input=starts_of(session, [request.id])[request.id],
        **{name: getattr(request, name) for name in own},
    )


def subjects(session: Session) -> dict[str, str]:
    """What every request is about, by case."""
    return {row.id: row.subject for row in session.execute(select(Request.id, Request.subject))}


def timeline(session: Session, case_id: str) -> list[EventLine]:
    """The events of a case without their content, in order."""
    return rows_as(session, EventLine, CaseEvent, CaseEvent.case_id == case_id, CaseEvent.seq)


def events(session: Session, case_id: str, after: int = 0) -> list[Event]:
    """The events of a case as recorded, in order; those after number `after`."""
    bodies = session.scalars(
        select(CaseEvent.body)
        .where(CaseEvent.case_id == case_id, CaseEvent.seq > after)
        .order_by(CaseEvent.seq)
    )
    return [Event.model_validate_json(body) for body in bodies]


def event(session: Session, case_id: str, seq: int) -> Event | None:
    """One event of a case as recorded; None where it isn't yet."""
    one = select(CaseEvent.body).where(CaseEvent.case_id == case_id, CaseEvent.seq == seq)
    body = session.scalar(one)
    return None if body is None else Event.model_validate_json(body)


def registered(session: Session, ids: Iterable[str]) -> set[str]:
    """Those of the ids that are requests on record."""
    wanted = set(ids)
    if not wanted:
        return set()
    return {case for case in session.scalars(select(Request.id)) if case in wanted}


def event_count(session: Session, case_id: str) -> int:
    """How many events of the case are on record."""
    counted = select(func.count()).select_from(CaseEvent).where(CaseEvent.case_id == case_id)
    return session.execute(counted).scalar_one()


def has_event(
    session: Session, case_id: str, seq: int, command_id: str | None = None, digest: str = ""
) -> bool:
    """Whether event `seq` of the case is on record; with `command_id`, as what that command left
    there, by the `digest` of its act."""
    found = select(CaseEvent.command_id, CaseEvent.body).where(
        CaseEvent.case_id == case_id, CaseEvent.seq == seq
    )
    row = session.execute(found).first()
    if row is None or command_id is None:
        return row is not None
    if row.command_id != command_id:
        return False
    return Event.model_validate_json(row.body).digest == digest


def recorded_commands(session: Session, command_ids: Sequence[str]) -> set[tuple[str, str]]:
    """Of the commands, those that left an event: the case in whose record, and the command."""
    of = select(CaseEvent.case_id, CaseEvent.command_id)
    rows = session.execute(of.where(CaseEvent.command_id.in_(command_ids)))
    return {(row.case_id, row.command_id) for row in rows}


def event_of_command(session: Session, command_id: str) -> tuple[str, int] | None:
    """Case and number of the event that a command left, whichever case it was sent to; seq 0 for
    a registration that has no event yet."""
    found = session.execute(
        select(CaseEvent.case_id, CaseEvent.seq)
        .where(CaseEvent.command_id == command_id)
        .order_by(CaseEvent.case_id)
        .limit(1)
    ).first()
    if found is not None:
        return found.case_id, found.seq
    case_id = session.scalar(select(Request.id).where(Request.command_id == command_id))
    return None if case_id is None else (case_id, 0)


def deadlines(session: Session, case_id: str) -> list[DeadlineLine]:
    """Every limit of a case as it was set, with its ledger, in the order of setting."""
    order = (DeadlineRow.set_by_seq, DeadlineRow.position)
    return rows_as(session, DeadlineLine, DeadlineRow, DeadlineRow.case_id == case_id, *order)


def notices(
    session: Session, *, case_id: str | None = None, recipient: str | None = None, limit: int = 500
) -> list[NoticeLine]:
    """Notices of a case or to a person, newest last; `limit` keeps the newest."""
    query = select(Notice).order_by(Notice.created_at.desc(), Notice.seq.desc()).limit(limit)
    if case_id is not None:
        query = query.where(Notice.case_id == case_id)
    if recipient is not None:
        query = query.where(Notice.recipient == recipient)
    names = NoticeLine.__dataclass_fields__
    found = session.scalars(query).all()
    return [NoticeLine(**{n: getattr(row, n) for n in names}) for row in reversed(found)]
