"""What the office's own chain says of holds, of lists of cases to forget, of forgotten cases."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from domain.case.people import Role
from register.models import CaseEvent, OfficeEvent, Request
from register.office_chain import FORGOTTEN, HELD, LISTED
from register.reads.lists import rows_as


@dataclass(frozen=True, slots=True)
class Hold:
    """Why a case must not be forgotten (sealed words), who said so, since when."""

    case: str
    reason: str
    by: str
    since: datetime


@dataclass(frozen=True, slots=True)
class ListedCase:
    """A case on a list: the rule, the first day on which it may be forgotten, and the hash of its
    last entry (`head`) as whoever signs it saw it."""

    case: str
    rule: str
    article: str
    over: date
    due: date
    head: str


@dataclass(frozen=True, slots=True)
class ListSignature:
    """Who signed a list, in which role, when."""

    person: str
    role: Role
    at: datetime


@dataclass(frozen=True, slots=True)
class RetentionList:
    """Cases of one organ, proposed to be forgotten."""

    number: int
    organ: str
    as_of: date
    proposed_by: str
    proposed_at: datetime
    cases: tuple[ListedCase, ...]
    signatures: tuple[ListSignature, ...]

    @property
    def signed(self) -> tuple[tuple[str, Role], ...]:
        """Who has signed, in which role."""
        return tuple((s.person, s.role) for s in self.signatures)


@dataclass(frozen=True, slots=True)
class Forgotten:
    """A case whose words are gone: by which rule and list (None: only its key was known to be
    destroyed, in a register put back from before), the name of its key, who carried it out."""

    case: str
    rule: str | None
    list: int | None
    key: str
    by: str
    at: datetime


def holds(session: Session) -> dict[str, Hold]:
    """The holds that stand, by case."""
    return {case: _hold(case, row) for case, row in standing_rows(session, HELD).items()}


def hold_on(session: Session, case: str) -> Hold | None:
    """The hold of one case."""
    row = standing_rows(session, HELD, case).get(case)
    return None if row is None else _hold(case, row)


def _hold(case: str, row: Mapping[str, Any]) -> Hold:
    return Hold(case, row["reason"], row["by"], datetime.fromisoformat(row["since"]))


def lists(session: Session) -> dict[int, RetentionList]:
    """All lists, by number."""
    return {int(n): list_of(int(n), row) for n, row in standing_rows(session, LISTED).items()}


def list_of(number: int, row: Mapping[str, Any]) -> RetentionList:
    """A list from what the chain keeps of it."""
    return RetentionList(
        number=number,
        organ=row["organ"],
        as_of=date.fromisoformat(row["as_of"]),
        proposed_by=row["proposed_by"],
        proposed_at=datetime.fromisoformat(row["proposed_at"]),
        cases=tuple(
            ListedCase(**case | {name: date.fromisoformat(case[name]) for name in ("over", "due")})
            for case in row["cases"]
        ),
        signatures=tuple(
            ListSignature(s["person"], Role(s["role"]), datetime.fromisoformat(s["at"]))
            for s in row["signatures"]
        ),
    )


def forgotten(session: Session) -> dict[str, Forgotten]:
    """The cases whose words are gone."""
    return {case: _forgotten(case, row) for case, row in standing_rows(session, FORGOTTEN).items()}


def forgotten_case(session: Session, case: str) -> Forgotten | None:
    """How the words of the case went; None: they are there."""
    row = standing_rows(session, FORGOTTEN, case).get(case)
    return None if row is None else _forgotten(case, row)


def _forgotten(case: str, row: Mapping[str, Any]) -> Forgotten:
    at = datetime.fromisoformat(row["at"])
    return Forgotten(case, row["rule"], row["list"], row["key_name"], row["by"], at)


def standing_rows(
    session: Session, about: str, key: str | None = None
) -> dict[str, Mapping[str, Any]]:
    """The last word of the chain on each of its kind, or on the one of that key."""
    found: dict[str, Mapping[str, Any]] = {}
    told = select(OfficeEvent.key, OfficeEvent.body).where(OfficeEvent.about == about)
    if key is not None:
        told = told.where(OfficeEvent.key == key)
    for of, body in session.execute(told.order_by(OfficeEvent.seq)):
        row = json.loads(body)["row"]
        if row is None:
            found.pop(of, None)
        else:
            found[of] = row
    return found


def heads(session: Session, cases: Collection[str]) -> dict[str, str]:
    """The hash of the last entry of each case."""
    last = (
        select(CaseEvent.case_id, func.max(CaseEvent.seq).label("seq"))
        .where(CaseEvent.case_id.in_(cases))
        .group_by(CaseEvent.case_id)
        .subquery()
    )
    of_last = (CaseEvent.case_id == last.c.case_id) & (CaseEvent.seq == last.c.seq)
    rows = session.execute(select(CaseEvent.case_id, CaseEvent.hash).join(last, of_last))
    return {row.case_id: row.hash for row in rows}


def ended_until(session: Session, day: date, organ: str | None = None) -> list[str]:
    """Cases that ended on `day` or earlier, and training cases whenever (their time is their own):
    those that may be forgotten at all."""
    ended = select(Request.id).where(
        Request.is_open.is_(False), Request.training | (Request.ended_on <= day)
    )
    if organ is not None:
        ended = ended.where(Request.organ == organ)
    return list(session.scalars(ended.order_by(Request.year, Request.serial)))


@dataclass(frozen=True, slots=True)
class ChainLine:
    """One entry as it was hashed."""

    seq: int
    prev_hash: str
    hash: str
    body: str


def chain_of(session: Session, case: str) -> list[ChainLine]:
    """The entries of a case as they were hashed, in order."""
    return rows_as(session, ChainLine, CaseEvent, CaseEvent.case_id == case, CaseEvent.seq)
