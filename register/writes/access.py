"""The log of attempts: who tried what on which case, and how it ended.

An accepted act stands in the record of its case, once; here stands everything that leaves no event
there: refusals, repetitions, commands nobody answered, readings of personal data and of files,
exports, and changes of the office. `attempts` shows both together.
"""

import logging
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Literal

from sqlalchemy import insert, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from domain.errors import YishenError
from register.engine import Register
from register.models import AccessEntry

# Standard logging goes to standard error: a command that answers machines keeps its output clean.
log = logging.getLogger(__name__)


Outcome = Literal["ok", "repeated", "refused", "not_found", "unanswered"]


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt. `command`: the act or list asked for; `code` of the refusal, if any; `detail`:
    what was looked at; `asked_by` as of an event (None: came by no way of the office's)."""

    person: str
    command: str
    outcome: Outcome
    case_id: str | None = None
    code: str | None = None
    command_id: str | None = None
    detail: str | None = None
    asked_by: str | None = None


def log_access(register: Register, *attempts: Attempt, at: datetime | None = None) -> bool:
    """Write attempts in a transaction of their own; whether they were written.

    Never raises for a register that can't be written: the answer to the act matters more.
    """
    try:
        with register.writing() as session:
            note_attempts(session, at or datetime.now(UTC), *attempts)
    except (YishenError, SQLAlchemyError) as error:
        values = {"command": attempts[0].command, "why": str(error)}
        log.warning("not logged: %(command)s: %(why)s", values, extra={"key": "unlogged"})
        return False
    return True


def note_attempts(session: Session, at: datetime, *attempts: Attempt) -> None:
    """Write attempts with what else the transaction writes: both, or neither."""
    session.execute(insert(AccessEntry), [{"at": at, **asdict(attempt)} for attempt in attempts])


def read_since(session: Session, person: str, command: str, at: datetime) -> frozenset[str | None]:
    """The cases that the person is on record as having read that way since the instant."""
    row = AccessEntry
    of_person = select(row.case_id).where(row.person == person, row.command == command)
    return frozenset(session.scalars(of_person.where(row.at >= at)))


def on_record(session: Session, attempt: Attempt) -> bool:
    """Whether the log has just that already: the same, by the same way in."""
    row = AccessEntry
    same = [getattr(row, name) == value for name, value in asdict(attempt).items() if value]
    return session.scalar(select(row.id).where(*same).limit(1)) is not None
