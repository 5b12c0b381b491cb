"""What was corrected in the record, and what waited for a second person: by whom, how often."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.case.topics.correcting import FOLDS
from domain.values import midnight
from register.models import CaseEvent, Request

KINDS = tuple(FOLDS)
"""Amended, annulled, kept, proposed, approved, refused."""


@dataclass(frozen=True, slots=True)
class CorrectionLine:
    """One correction, proposal or decision about one; `at` the legal instant of recording."""

    at: datetime
    person: str
    asked_by: str | None
    kind: str
    case_id: str
    number: str
    seq: int


def corrections(
    session: Session, organs: Collection[str], first: date | None, last: date | None
) -> list[CorrectionLine]:
    """Those of the organs' cases, newest first; `first`, `last`: days in the office's zone, both
    included. Training cases are left out."""
    query = (
        select(
            CaseEvent.at,
            CaseEvent.person,
            CaseEvent.asked_by,
            CaseEvent.kind,
            CaseEvent.case_id,
            Request.number,
            CaseEvent.seq,
        )
        .join(Request, Request.id == CaseEvent.case_id)
        .where(CaseEvent.kind.in_(KINDS), Request.organ.in_(organs), Request.training.is_(False))
        .order_by(CaseEvent.at.desc(), CaseEvent.case_id, CaseEvent.seq.desc())
    )
    if first is not None:
        query = query.where(CaseEvent.at >= midnight(first))
    if last is not None:
        query = query.where(CaseEvent.at < midnight(last + timedelta(days=1)))
    return [CorrectionLine(*row) for row in session.execute(query)]
