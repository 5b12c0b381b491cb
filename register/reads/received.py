"""Proceedings in the order in which they reached the office, the latest first, page by page."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, func, literal, or_, select, tuple_
from sqlalchemy.orm import Session

from domain import numbers
from domain.errors import Code, InputError
from register.models import Remedy, Request
from register.reads.paging import Unsought

KEY = (Remedy.case_id, Remedy.ref)
"""Their order within a day."""


@dataclass(frozen=True, slots=True)
class ReceivedProceeding:
    """One proceeding of a case; `forum`, `docket` as far as they are known."""

    case_id: str
    ref: str
    received_on: date
    number: str
    kind: str
    instance: str | None
    route: str | None
    forum: str | None
    co_defendant: str | None
    docket: str | None

    @property
    def place_in_list(self) -> str:
        """As it is handed out, to be given back with the wish for the next page."""
        return "~".join((self.received_on.isoformat(), self.case_id, self.ref))


def received_proceedings(
    session: Session,
    *,
    seen: ColumnElement[bool],
    after: str | None = None,
    limit: int = 50,
) -> list[ReceivedProceeding]:
    """The proceedings of cases of which `seen` holds, but for those of training, the latest first;
    `after`: what follows the place of a line. InputError(bad_cursor)."""
    query = (
        select(*(_column(field.name) for field in fields(ReceivedProceeding)))
        .select_from(Remedy)
        .join(Request, Request.id == Remedy.case_id)
        .where(Unsought(seen), Unsought(Request.training).is_(False))
        .order_by(Remedy.received_on.desc(), *KEY)
        .limit(limit)
    )
    if after is not None:
        day, *place = _place(after)
        same = and_(
            Remedy.received_on == day, tuple_(*KEY) > tuple_(*(literal(each) for each in place))
        )
        query = query.where(Remedy.received_on <= day, or_(Remedy.received_on < day, same))
    return [ReceivedProceeding(*row) for row in session.execute(query)]


def _column(name: str) -> Any:
    if name == "forum":
        return func.coalesce(Remedy.court, Remedy.organ)
    return getattr(Remedy if hasattr(Remedy, name) else Request, name)


def _place(text: str) -> tuple[date, str, str]:
    try:
        day, case, ref = text.split("~")
        if not numbers.is_case_id(case):
            raise ValueError(text)
        return date.fromisoformat(day), case, ref
    except ValueError as error:
        raise InputError(Code.BAD_CURSOR) from error
