"""Holds, lists of cases to forget, their signatures, forgotten cases: on the office's chain."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy.orm import Session

from domain.case.people import Role
from register.office_chain import FORGOTTEN, HELD, LISTED, Author, append
from register.reads.forgetting import Forgotten, ListedCase, RetentionList, standing_rows


def hold(session: Session, case: str, reason: str, by: Author) -> None:
    """The case must not be forgotten; `reason` sealed by its key. Needs a writing session."""
    row = {"reason": reason, "by": by.person, "since": by.at.isoformat()}
    append(session, {}, {(HELD, case): row}, by)


def lift(session: Session, case: str, by: Author) -> None:
    """It may be forgotten again. Needs a writing session."""
    append(session, {(HELD, case): standing_rows(session, HELD, case)[case]}, {}, by)


def propose(
    session: Session, organ: str, as_of: str, cases: Sequence[ListedCase], by: Author
) -> int:
    """A new list; its number. Needs a writing session that holds the chain."""
    number = 1 + max(map(int, standing_rows(session, LISTED)), default=0)
    row = {
        "organ": organ,
        "as_of": as_of,
        "proposed_by": by.person,
        "proposed_at": by.at.isoformat(),
        "cases": [_plain(case) for case in cases],
        "signatures": [],
    }
    append(session, {}, {(LISTED, str(number)): row}, by)
    return number


def _plain(case: ListedCase) -> dict[str, Any]:
    return asdict(case) | {"over": case.over.isoformat(), "due": case.due.isoformat()}


def sign(session: Session, of: RetentionList, role: Role, by: Author) -> None:
    """One more signature on a list. Needs a writing session that holds the chain."""
    key = str(of.number)
    before = standing_rows(session, LISTED, key)[key]
    signature = {"person": by.person, "role": role.value, "at": by.at.isoformat()}
    after = {**before, "signatures": [*before["signatures"], signature]}
    append(session, {(LISTED, key): before}, {(LISTED, key): after}, by)


def note_forgotten(session: Session, done: Forgotten, by: Author) -> None:
    """From here on the words of the case are gone, whatever is still to be wiped. Needs a writing
    session."""
    row = {
        "rule": done.rule,
        "list": done.list,
        "key_name": done.key,
        "by": done.by,
        "at": done.at.isoformat(),
    }
    append(session, {}, {(FORGOTTEN, done.case): row}, by)
