"""Proof that what takes two people was done by two."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from register.reads.account_changes import account_changes
from register.verify.found import OFFICE, Mismatch

TABLE = "account_changes"


def of_account_changes(session: Session) -> Iterator[Mismatch]:
    """Changes made to which one of the two they concern agreed."""
    for number, change in account_changes(session).items():
        if change.done and change.second in (change.asked_by, change.person):
            yield Mismatch(OFFICE, TABLE, str(number), "second", change.second, None)
