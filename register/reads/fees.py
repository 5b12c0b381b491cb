"""How many items an applicant asked for in a calendar month, as the register has it."""

import json

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session

from domain.case.summary import Status
from domain.search import SearchField, squeezed
from domain.values import month_of
from register.models import Applicant, CaseEvent, Request, SearchToken
from register.reads.search import UNREAD, whole
from register.reads.words import opened

_UNREAD = select(SearchToken.case_id).where(SearchToken.field == UNREAD)
_APPLICANT = SearchToken.field == SearchField.APPLICANT.value


def items_before(session: Session, case: str) -> int:
    """The items of the same applicant (by name and kind) that the same organ received in the
    calendar month of this request, before it: those that a fee notice counted, else one a
    request. Requests that were voided are none; training counts training only. Raises
    Unreachable(key_…) where the search index can't say who else it was."""
    own = session.execute(
        select(Request, Applicant)
        .join(Applicant, Applicant.case_id == Request.id)
        .where(Request.id == case)
    ).one()
    earlier = _earlier(own.Request, own.Applicant.kind)
    token = _token(session, case)
    if token is None or session.execute(earlier.where(Request.id.in_(_UNREAD))).first():
        others = _by_name(session, earlier, own.Applicant.name)
    else:
        same = select(SearchToken.case_id).where(_APPLICANT, SearchToken.token == token)
        others = list(session.scalars(earlier.where(Request.id.in_(same))))
    notices = session.execute(
        select(CaseEvent.case_id, CaseEvent.body)
        .where(CaseEvent.kind == "fee_notice_sent", CaseEvent.case_id.in_(others))
        .order_by(CaseEvent.case_id, CaseEvent.seq)
    )
    counted = {case_id: _items(body) for case_id, body in notices}
    return sum(counted.get(other, 1) for other in others)


def _earlier(request: Request, kind: str) -> Select[str]:
    """The requests of applicants of that kind that came before, in the same month."""
    before = or_(
        Request.arrived < request.arrived,
        and_(
            Request.arrived == request.arrived,
            or_(
                Request.year < request.year,
                and_(Request.year == request.year, Request.serial < request.serial),
            ),
        ),
    )
    return (
        select(Request.id)
        .join(Applicant, Applicant.case_id == Request.id)
        .where(
            Request.organ == request.organ,
            Request.training == request.training,
            Request.arrived.between(*month_of(request.arrived)),
            Request.status != Status.VOID.value,
            (Applicant.kind == "natural") == (kind == "natural"),
            before,
        )
    )


def _token(session: Session, case: str) -> bytes | None:
    """Of the applicant's name; None where the index lacks it, or others."""
    if not whole(session):
        return None
    return session.scalar(select(SearchToken.token).where(SearchToken.case_id == case, _APPLICANT))


def _by_name(session: Session, earlier: Select[str], name: str) -> list[str]:
    """Those of this applicant, by opening the name of each."""
    rows = session.execute(earlier.add_columns(Applicant.name)).all()
    asking = squeezed(opened(session, name))
    return [case for case, of in rows if squeezed(opened(session, of)) == asking]


def _items(body: str) -> int:
    """The items a recorded fee notice counted; one where it says nothing of them."""
    found = json.loads(body)["what"].get("items")
    return int(found) if found else 1
