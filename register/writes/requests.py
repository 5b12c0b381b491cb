"""Registering a request: its number, its row, and what is needed to start its case."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import insert, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from domain import numbers
from domain.case.act import CommandId
from domain.case.facts import NewApplicant
from domain.case.summary import Mover, Status
from domain.errors import Code, InputError, Refusal
from domain.search import CaseWords
from domain.values import Value
from domain.words import Text
from register.models import Applicant, CaseEvent, Organ, Request
from register.reads.starts import starts_of
from register.writes.search import first_tokens
from register.writes.starts import keep_start

LOCK_SERIES = text(
    "INSERT INTO number_series (training, year, last) VALUES (:training, :year, 0) "
    "ON CONFLICT (training, year) DO UPDATE SET last = number_series.last"
)
"""The row of the year is there and ours until the transaction ends."""

NEXT_SERIAL = text(
    "UPDATE number_series SET last = last + 1 WHERE training = :training AND year = :year "
    "RETURNING last"
)
"""Rolled back, the number is given again: no gaps."""


class NewRequest(Value):
    """A request to register. `registered_on`: the legal day, its year is that of the number;
    `start_input`: the input of its case as JSON, in which `id` and `number` are filled in."""

    command_id: CommandId
    person: str
    organ: str
    channel: str
    arrived: date
    registered_on: date
    statute: str
    applicant: NewApplicant
    subject: Text
    form_wished: Text | None = None
    training: bool = False
    clock_offset: int = 0
    start_input: Mapping[str, Any]

    @property
    def digest(self) -> str:
        """Tells the same command sent twice from another under its id. What the office itself
        adds (day of registration, law, calendar) may differ from one try to the next."""
        said = self.model_dump_json(
            exclude={"command_id", "registered_on", "statute", "clock_offset", "start_input"}
        )
        more = [self.start_input.get(name, ()) for name in ("history", "evidence")]
        return sha256(f"{said}\n{more}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Series:
    """Numbers of one year; training cases have a series of their own."""

    training: bool
    year: int


@dataclass(frozen=True, slots=True)
class RegisteredRequest:
    """A request in the book. `repeated`: it was there before under this command id."""

    id: str
    number: str
    start_input: Mapping[str, Any]
    started: bool
    repeated: bool


Made = Callable[[str], NewRequest]
"""The request of the case that gets this id, its words sealed by the key of that case."""


def register_request(
    session: Session, series: Series, command_id: str, made: Made
) -> RegisteredRequest:
    """Give the next number of the series and write request and applicant. Needs a writing session.

    Refusal(command_id_reused): the id belongs to another command; InputError(unknown_organ);
    Unreachable(key_…): what it is found by can't be kept.
    """
    values = asdict(series)
    session.execute(LOCK_SERIES, values)
    known = _by_command(session, command_id, made)
    if known is not None:
        return known
    serial: int = session.execute(NEXT_SERIAL, values).scalar_one()
    case_id = numbers.case_id(series.year, serial, training=series.training)
    number = numbers.number_of(case_id)
    new = made(case_id)
    organs = session.scalars(select(Organ.id).order_by(Organ.position)).all()
    if new.organ not in organs:
        raise InputError(Code.UNKNOWN_ORGAN, organ=new.organ, known=", ".join(organs) or "-")
    start_input = {**new.start_input, "id": case_id, "number": number}
    try:
        session.execute(insert(Request), [_row(new, case_id, number, serial)])
    except IntegrityError as error:  # the same command id, at the same time, in another year
        raise Refusal(Code.COMMAND_ID_REUSED, command_id=new.command_id) from error
    keep_start(session, case_id, start_input)
    who = applicant_columns(new.applicant)
    session.execute(insert(Applicant), [{"case_id": case_id, **who}])
    words = CaseWords(
        applicant=who["name"],
        contact=who["contact"],
        subject=new.subject,
        details=tuple((who["details"] or {}).values()),
    )
    first_tokens(session, case_id, words)
    return RegisteredRequest(case_id, number, start_input, started=False, repeated=False)


def applicant_columns(applicant: NewApplicant) -> dict[str, Any]:
    """The columns of who asks."""
    details = applicant.details.model_dump() if applicant.details else None
    return {**applicant.model_dump(exclude={"details"}), "details": details or None}


def _by_command(session: Session, command_id: str, made: Made) -> RegisteredRequest | None:
    row = session.execute(
        select(Request.id, Request.number, Request.started_at, Request.digest).where(
            Request.command_id == command_id
        )
    ).one_or_none()
    if row is None:
        used = select(CaseEvent.seq).where(CaseEvent.command_id == command_id).limit(1)
        if session.execute(used).first() is not None:
            raise Refusal(Code.COMMAND_ID_REUSED, command_id=command_id)
        return None
    if row.digest != made(row.id).digest:
        raise Refusal(Code.COMMAND_ID_REUSED, command_id=command_id)
    start = starts_of(session, [row.id])[row.id]
    return RegisteredRequest(
        row.id, row.number, start, started=row.started_at is not None, repeated=True
    )


def _row(new: NewRequest, case_id: str, number: str, serial: int) -> dict[str, Any]:
    return {
        **new.model_dump(exclude={"person", "applicant", "start_input"}),
        "id": case_id,
        "number": number,
        "year": new.registered_on.year,
        "serial": serial,
        "registered_by": new.person,
        "digest": new.digest,
        "created_at": datetime.now(UTC),
        "seq": 0,
        "status": Status.REGISTERED.value,
        "is_open": True,
        "mover": Mover.OFFICE.value,
        "clock_state": "",
        "provisional": False,
        "had_items": False,
        "was_signed": False,
    }


def mark_started(session: Session, case_id: str, at: datetime) -> None:
    """The engine has taken the case over at `at` (the first time counts)."""
    session.execute(
        update(Request)
        .where(Request.id == case_id, Request.started_at.is_(None))
        .values(started_at=at)
    )


def requests_without_run(session: Session, limit: int = 1000) -> list[RegisteredRequest]:
    """Requests whose case the engine may not have, oldest first: start them again."""
    rows = session.execute(
        select(Request.id, Request.number)
        .where(Request.started_at.is_(None))
        .order_by(Request.year, Request.serial)
        .limit(limit)
    ).all()
    starts = starts_of(session, [row.id for row in rows])
    return [
        RegisteredRequest(row.id, row.number, starts[row.id], started=False, repeated=True)
        for row in rows
    ]
