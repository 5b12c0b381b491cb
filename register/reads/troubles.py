"""Cases that can't go on, for whoever looks."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from register.models import Request, Trouble


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
