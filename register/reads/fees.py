"""How many items an applicant asked for in a calendar month, as the register has it."""

import json

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from domain.case.summary import Status
from domain.values import month_of
from register.models import Applicant, CaseEvent, Request
from register.reads.words import opened


def items_before(session: Session, case: str) -> int:
    """The items of the same applicant (by name and kind) that the same organ received in the
    calendar month of this request, before it: those that a fee notice counted, else one a
    request. Requests that were voided are none; training counts training only."""
    own = session.execute(
        select(Request, Applicant)
        .join(Applicant, Applicant.case_id == Request.id)
        .where(Request.id == case)
    ).one()
    request, applicant = own.Request, own.Applicant
    first, last = month_of(request.arrived)
    earlier = or_(
        Request.arrived < request.arrived,
        and_(
            Request.arrived == request.arrived,
            or_(
                Request.year < request.year,
                and_(Request.year == request.year, Request.serial < request.serial),
            ),
        ),
    )
    same_month = session.execute(
        select(Request.id, Applicant.name)
        .join(Applicant, Applicant.case_id == Request.id)
        .where(
            Request.organ == request.organ,
            Request.training == request.training,
            Request.arrived.between(first, last),
            Request.status != Status.VOID.value,
            Applicant.kind == applicant.kind,
            earlier,
        )
    ).all()
    asking = opened(session, applicant.name)
    others = [row.id for row in same_month if opened(session, row.name) == asking]
    notices = session.execute(
        select(CaseEvent.case_id, CaseEvent.body)
        .where(CaseEvent.kind == "fee_notice_sent", CaseEvent.case_id.in_(others))
        .order_by(CaseEvent.case_id, CaseEvent.seq)
    )
    counted = {case_id: _items(body) for case_id, body in notices}
    return sum(counted.get(other, 1) for other in others)


def _items(body: str) -> int:
    """The items a recorded fee notice counted; one where it says nothing of them."""
    found = json.loads(body)["what"].get("items")
    return int(found) if found else 1
