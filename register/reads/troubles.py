"""Cases that can't go on, and notices that can't go out, for whoever looks."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from register.models import Request, Trouble


class What(StrEnum):
    """What fails: writing the entries of a case, its run, or laying down any notice at all."""

    RECORD = "record"
    RUN = "run"
    MAIL = "mail"


MAIL_DROP = "mail"
"""Stands for a case where what fails is that of all."""


@dataclass(frozen=True, slots=True)
class TroubleLine:
    """One thing that fails. `organ` is empty for a run that no row knows, and for the notices;
    `number` is the id then."""

    case_id: str
    number: str
    organ: str
    training: bool
    what: str
    code: str
    detail: str
    since: datetime


def troubles(
    session: Session, case_id: str | None = None, *, of_cases: bool = False
) -> list[TroubleLine]:
    """All that fails now, the longest first; of one case, or `of_cases` only."""
    query = (
        select(Trouble, Request.number, Request.organ, Request.training)
        .outerjoin(Request, Request.id == Trouble.case_id)
        .order_by(Trouble.since, Trouble.case_id, Trouble.what)
    )
    if case_id is not None:
        query = query.where(Trouble.case_id == case_id)
    if of_cases:
        query = query.where(Trouble.what != What.MAIL.value)
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
