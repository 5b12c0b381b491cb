"""Cases that can't go on: noted while it is so, shown to whoever looks, gone when it heals.

No part of the record: rows are changed and deleted.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from register.models import Request, Trouble

DETAIL = 500
"""Characters kept of what the error said."""


class What(StrEnum):
    """What of the case fails: writing its entries, or its run."""

    RECORD = "record"
    RUN = "run"


@dataclass(frozen=True, slots=True)
class TroubleLine:
    """One case that can't go on. `number`, `organ` are empty for a run that no row knows."""

    case_id: str
    number: str
    organ: str
    training: bool
    what: str
    code: str
    detail: str
    since: datetime


def note(session: Session, case_id: str, what: What, code: str, detail: str) -> None:
    """The case fails now; `since` stays that of the first time."""
    row = session.get(Trouble, (case_id, what.value))
    said = detail[:DETAIL].replace("\x00", "")
    if row is None:
        row = Trouble(case_id=case_id, what=what.value, since=datetime.now(UTC))
        row.code, row.detail = code, said
        session.add(row)
    elif (row.code, row.detail) != (code, said):
        row.code, row.detail = code, said


def clear(session: Session, case_id: str, what: What) -> None:
    """The case goes on."""
    session.execute(delete(Trouble).where(Trouble.case_id == case_id, Trouble.what == what.value))


def keep_only(session: Session, what: What, failing: Mapping[str, str], code: str) -> None:
    """Exactly these cases fail that way now, each with its detail."""
    gone = delete(Trouble).where(Trouble.what == what.value)
    session.execute(gone.where(Trouble.case_id.not_in(list(failing))))
    for case_id, detail in failing.items():
        note(session, case_id, what, code, detail)


def troubles(session: Session, case_id: str | None = None) -> list[TroubleLine]:
    """All that fails now (of one case), the longest first."""
    query = (
        select(Trouble, Request.number, Request.organ, Request.training)
        .outerjoin(Request, Request.id == Trouble.case_id)
        .order_by(Trouble.since, Trouble.case_id, Trouble.what)
    )
    if case_id is not None:
        query = query.where(Trouble.case_id == case_id)
    return [
        TroubleLine(
            case_id=row.case_id,
            number=number or row.case_id,
            organ=organ or "",
            training=bool(training),
            what=row.what,
            code=row.code,
            detail=row.detail,
            since=row.since,
        )
        for row, number, organ, training in session.execute(query)
    ]
