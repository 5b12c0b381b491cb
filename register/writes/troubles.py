"""Cases that can't go on: noted while it is so, gone when it heals.

No part of the record: rows are changed and deleted.
"""

from collections.abc import Mapping
from datetime import UTC, datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from register.models import Trouble
from register.reads.troubles import What

DETAIL = 500
"""Characters kept of what the error said."""


def note(session: Session, case_id: str, what: What, code: str, detail: str) -> None:
    """The case fails now; `since` stays that of the first time."""
    row = session.get(Trouble, (case_id, what.value))
    said = detail[:DETAIL].replace("\x00", "")
    if row is None:
        row = Trouble(case_id=case_id, what=what.value, since=datetime.now(UTC))
        row.code, row.detail = code, said
        session.add(row)
    elif (row.code, row.detail) != (code, said):
        row.code, row.detail = code, said


def clear(session: Session, case_id: str, what: What) -> None:
    """The case goes on."""
    session.execute(delete(Trouble).where(Trouble.case_id == case_id, Trouble.what == what.value))


def keep_only(session: Session, what: What, failing: Mapping[str, str], code: str) -> None:
    """Exactly these cases fail that way now, each with its detail."""
    gone = delete(Trouble).where(Trouble.what == what.value)
    session.execute(gone.where(Trouble.case_id.not_in(list(failing))))
    for case_id, detail in failing.items():
        note(session, case_id, what, code, detail)
