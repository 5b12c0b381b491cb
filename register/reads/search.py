"""Cases by the tokens of what they are found by, and the words these are made of."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from sqlalchemy import Select, func, select, union
from sqlalchemy.orm import Session

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
from register.reads.visible import visible_to

WHOLE = "whole"
"""Field of the row, without a case, that says that no case is missing in the index."""

UNREAD = "unread"
"""Field of the row of a case whose own key is missing: nothing finds it until that is back."""

NO_CASE = ""

RAREST = 4
"""So many of the tokens that all have to be there are looked up; the words decide the rest."""


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
) -> list[str]:
    """The cases open to `who` that have all tokens of one of the fields, the newest first:
    whether they have the words themselves is for `domain.search.matches` to say."""
    either = [_with_all(field, _rarest(session, field, tokens)) for field, tokens in wanted.items()]
    if not either:
        return []
    query = select(Request.id).where(Request.id.in_(union(*either)), visible_to(who))
    if not training:
        query = query.where(Request.training.is_(False))
    return list(session.scalars(query.order_by(Request.year.desc(), Request.serial.desc())))


def _with_all(field: str, tokens: Collection[bytes]) -> Select[str]:
    found = select(SearchToken.case_id).where(
        SearchToken.field == field, SearchToken.token.in_(tokens)
    )
    if len(tokens) == 1:
        return found
    return found.group_by(SearchToken.case_id).having(func.count() == len(tokens))


def _rarest(session: Session, field: str, tokens: Collection[bytes]) -> Collection[bytes]:
    """Those in the fewest cases; a token that is in none stays, and nothing will be found."""
    if len(tokens) <= RAREST:
        return tokens
    counted = session.execute(
        select(SearchToken.token, func.count().label("cases"))
        .where(SearchToken.field == field, SearchToken.token.in_(tokens))
        .group_by(SearchToken.token)
    )
    cases = {row.token: row.cases for row in counted}
    return sorted(tokens, key=lambda token: cases.get(token, 0))[:RAREST]
