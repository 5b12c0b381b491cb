"""Hearings that are called, in the order in which they come, page by page."""

from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, func, literal, select, tuple_
from sqlalchemy.orm import Session

from domain import numbers
from domain.errors import Code, InputError
from register.models import HearingRow, Remedy, Request
from register.reads.paging import Unsought

KEY = (HearingRow.at, HearingRow.case_id, HearingRow.ref, HearingRow.hearing)


@dataclass(frozen=True, slots=True)
class CalledHearing:
    """One hearing of a proceeding; `forum`, `docket` and `place` as far as they are known."""

    case_id: str
    ref: str
    hearing: str
    at: datetime
    place: str | None
    number: str
    handler: str | None
    department: str | None
    kind: str
    instance: str | None
    route: str | None
    forum: str | None
    docket: str | None
    organ: str
    training: bool

    @property
    def place_in_list(self) -> str:
        """As it is handed out, to be given back with the wish for the next page."""
        at = self.at.astimezone(UTC).isoformat().replace("+00:00", "Z")
        return "~".join((at, self.case_id, self.ref, self.hearing))


def hearing_lines(
    session: Session,
    since: datetime,
    *,
    organ: str | None = None,
    seen: ColumnElement[bool] | None = None,
    training: bool = False,
    after: str | None = None,
    limit: int = 50,
) -> list[CalledHearing]:
    """The hearings from an instant on, the nearest first; `after`: what follows the place of a
    line; `seen`: only of cases of which this holds. InputError(bad_cursor)."""
    query = (
        select(*(_column(field.name) for field in fields(CalledHearing)))
        .select_from(HearingRow)
        .join(Request, Request.id == HearingRow.case_id)
        .join(Remedy, (Remedy.case_id == HearingRow.case_id) & (Remedy.ref == HearingRow.ref))
        .where(HearingRow.at >= since)
        .order_by(*KEY)
        .limit(limit)
    )
    if after is not None:
        values = zip(KEY, _place(after), strict=True)
        query = query.where(tuple_(*KEY) > tuple_(*(literal(v, c.type) for c, v in values)))
    if organ is not None:
        query = query.where(Unsought(Request.organ) == organ)
    if seen is not None:
        query = query.where(Unsought(seen))
    if not training:
        query = query.where(Unsought(Request.training).is_(False))
    return [CalledHearing(*row) for row in session.execute(query)]


def _column(name: str) -> Any:
    if name == "forum":
        return func.coalesce(Remedy.court, Remedy.organ)
    # A proceeding has an organ too: the one that decides.
    tables: tuple[Any, ...] = (Request,) if name == "organ" else (HearingRow, Request, Remedy)
    return next(getattr(table, name) for table in tables if hasattr(table, name))


def _place(text: str) -> tuple[datetime, str, str, str]:
    try:
        at, case, ref, hearing = text.split("~")
        moment = datetime.fromisoformat(at)
        if moment.tzinfo is None or not numbers.is_case_id(case):
            raise ValueError(text)
    except ValueError as error:
        raise InputError(Code.BAD_CURSOR) from error
    return moment, case, ref, hearing
