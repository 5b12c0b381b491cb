"""Cases by the tokens of what they are found by, and the words these are made of."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    exists,
    func,
    literal,
    or_,
    select,
    tuple_,
    union,
)
from sqlalchemy.orm import Session

from domain import numbers
from domain.case.reading import Viewer
from domain.errors import Code, Unreachable
from domain.search import CaseWords
from register.engine import Indexes
from register.models import (
    Applicant,
    ConsultationRow,
    OfficeEvent,
    Remedy,
    Request,
    SearchToken,
)
from register.office_chain import FORGOTTEN
from register.reads.paging import Unsought
from register.reads.visible import visible_to

WHOLE = "whole"
"""Field of the row, without a case, that says that no case is missing in the index."""

UNREAD = "unread"
"""Field of the row of a case whose own key is missing: nothing finds it until that is back."""

NO_CASE = ""

RAREST = 4
"""So many of the tokens that all have to be there are looked up; the words decide the rest."""

MANY = 5_000
"""A token that is in so many cases is looked for case by case."""

AT_ONCE = 100
"""Cases in one query where they are looked through."""


def whole(session: Session, mark: bytes | None = None) -> bool:
    """Whether the index has every case; with `mark`, as the key and form of that mark make it."""
    row = select(SearchToken.field).where(SearchToken.field == WHOLE)
    if mark is not None:
        row = row.where(SearchToken.token == mark)
    return session.execute(row.limit(1)).first() is not None


def tokens_of(indexer: Indexes, case: str, words: CaseWords) -> frozenset[tuple[str, bytes]]:
    """What stands in the index of a case. A key that is missing holds up nobody else: that the case
    is unread stands there instead. Raises Unreachable(key_…) where no key can be had."""
    try:
        return indexer.of_case(words)
    except Unreachable as error:
        if error.code is not Code.KEY_MISSING or error.params.get("key") != case:
            raise
        return frozenset({(UNREAD, b"")})


def unread(session: Session) -> list[str]:
    """The cases that are found by nothing for want of their keys."""
    return list(session.scalars(select(SearchToken.case_id).where(SearchToken.field == UNREAD)))


def words_of(session: Session, cases: Collection[str]) -> dict[str, CaseWords]:
    """What each of these cases is found by, as the register has it: sealed. Those that are
    forgotten are found by nothing."""
    gone = select(OfficeEvent.key).where(OfficeEvent.about == FORGOTTEN, OfficeEvent.key.in_(cases))
    cases = set(cases) - set(session.scalars(gone))
    consulted: dict[str, list[str]] = defaultdict(list)
    for case, name in session.execute(
        select(ConsultationRow.case_id, ConsultationRow.name)
        .where(ConsultationRow.case_id.in_(cases))
        .order_by(ConsultationRow.ref)
    ):
        consulted[case].append(name)
    dockets: dict[str, list[str]] = defaultdict(list)
    for case, docket in session.execute(
        select(Remedy.case_id, Remedy.docket)
        .where(Remedy.case_id.in_(cases), Remedy.docket.is_not(None))
        .order_by(Remedy.ref)
    ):
        dockets[case].append(str(docket))
    rows = session.execute(
        select(Request.id, Request.subject, Applicant.name, Applicant.contact, Applicant.details)
        .join(Applicant, Applicant.case_id == Request.id)
        .where(Request.id.in_(cases))
    )
    return {
        row.id: CaseWords(
            applicant=row.name,
            contact=row.contact,
            details=tuple((row.details or {}).values()),
            subject=row.subject,
            consulted=tuple(consulted[row.id]),
            dockets=tuple(dockets[row.id]),
        )
        for row in rows
    }


def cases_with(
    session: Session,
    wanted: Mapping[str, Collection[bytes]],
    who: Viewer,
    *,
    training: bool = False,
) -> Iterator[str]:
    """The cases open to `who` that have all tokens of one of the fields, the newest first, those of
    training last: whether they have the words themselves is for `domain.search.matches` to say.

    What is in few cases is gathered and sorted. What is in many is looked for from the newest case
    on, as far as whoever asks goes on asking.
    """
    either = [_with_all(session, field, tokens) for field, tokens in wanted.items() if tokens]
    if not either:
        return
    found = select(Request.id).where(or_(*(where for where, _ in either)), visible_to(who))
    few = [cases for _, cases in either if cases is not None]
    if len(few) == len(either):
        found = found.where(Request.id.in_(union(*few)))
        if not training:
            found = found.where(Unsought(Request.training).is_(False))
        order = (Request.training, Request.year.desc(), Request.serial.desc())
        yield from session.scalars(found.order_by(*order)).all()
        return
    for series in (False, True) if training else (False,):
        yield from _along(session, found.where(Request.training.is_(series)))


def _along(session: Session, found: Select[str]) -> Iterator[str]:
    """From the newest number on, portion by portion."""
    number = (Request.year, Request.serial)
    query = found.order_by(*(column.desc() for column in number)).limit(AT_ONCE)
    portion: Sequence[str] = session.scalars(query).all()
    while portion:
        yield from portion
        last = tuple_(*(literal(n) for n in numbers.series_of(portion[-1])))
        portion = session.scalars(query.where(tuple_(*number) < last)).all()


def _with_all(
    session: Session, field: str, tokens: Collection[bytes]
) -> tuple[ColumnElement[bool], Select[str] | None]:
    """That a case has the rarest of the tokens; the cases of one, where they are few."""
    sizes = {token: _size(session, field, token) for token in tokens}
    rarest = sorted(tokens, key=lambda token: sizes[token])[:RAREST]
    of_field = SearchToken.field == field
    here = [of_field, SearchToken.case_id == Request.id]
    has = and_(*(exists().where(*here, SearchToken.token == token) for token in rarest))
    if sizes[rarest[0]] >= MANY:
        return has, None
    return has, select(SearchToken.case_id).where(of_field, SearchToken.token == rarest[0])


def _size(session: Session, field: str, token: bytes) -> int:
    """In how many cases a token is, counted no further than is many."""
    found = select(literal(1)).where(SearchToken.field == field, SearchToken.token == token)
    query = select(func.count()).select_from(found.limit(MANY).subquery())
    return session.execute(query).scalar_one()
