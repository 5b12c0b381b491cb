"""Changes of people's rights that took two, or wait for the second, from the office's chain."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from domain.account_changes import AccountChangeKind
from domain.case.people import Grant, Role
from register.office_chain import ACCOUNT_CHANGES
from register.reads.forgetting import standing_rows


@dataclass(frozen=True, slots=True)
class AccountChange:
    """One change. `grant`: of a role that is given; `asked_by`: who asked; `second`: who decided
    (None: nobody yet, or nobody could: see `done`); `done`: agreed, or declined; None: it waits."""

    number: int
    what: AccountChangeKind
    person: str
    grant: Grant | None
    asked_by: str
    asked_at: datetime
    second: str | None = None
    done: bool | None = None


def account_changes(session: Session) -> dict[int, AccountChange]:
    """All of them, by number."""
    rows = standing_rows(session, ACCOUNT_CHANGES)
    return {int(number): change_of(int(number), row) for number, row in rows.items()}


def change_of(number: int, row: Mapping[str, Any]) -> AccountChange:
    """A change from what the chain keeps of it."""
    role = row["role"]
    place = {"organ": row["organ"], "department": row["department"]}
    return AccountChange(
        number=number,
        what=AccountChangeKind(row["what"]),
        person=row["person"],
        grant=None if role is None else Grant(role=Role(role), **place),
        asked_by=row["asked_by"],
        asked_at=datetime.fromisoformat(row["asked_at"]),
        second=row["second"],
        done=row["done"],
    )


def row_of(change: AccountChange) -> dict[str, Any]:
    """The same the other way round."""
    grant = change.grant
    return {
        "what": change.what.value,
        "person": change.person,
        "role": grant and grant.role.value,
        "organ": grant and grant.organ,
        "department": grant and grant.department,
        "asked_by": change.asked_by,
        "asked_at": change.asked_at.isoformat(),
        "second": change.second,
        "done": change.done,
    }
