"""Loading calendars and closures, and keeping what a version did to the cases."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from domain.calendar.closures import Closure
from domain.calendar.model import Calendar
from domain.errors import Code, InputError
from register.models import CalendarResult, CalendarVersion
from register.office_chain import Author, append, standing
from register.reads.calendars import ResultLine, edition


def load_calendar(session: Session, calendar: Calendar, by: Author, *, notice: str = "") -> bool:
    """Keep a calendar under its version, on the office's record as loaded by `by`; False: that
    version is there already.

    InputError(calendar_version_taken): it is there with other days. Needs a writing session.
    """
    return _load(
        session,
        {
            "version": calendar.version,
            "hash": calendar.digest,
            "body": calendar.model_dump_json(),
            "kind": "calendar",
            "name": calendar.name,
            "organ": None,
            "department": None,
            "notice": notice,
        },
        by,
    )


def load_closure(session: Session, closure: Closure, by: Author) -> bool:
    """Keep a closure under its version; as `load_calendar`."""
    body = closure.model_dump_json()
    return _load(
        session,
        {
            "version": closure.version,
            "hash": sha256(body.encode()).hexdigest(),
            "body": body,
            "kind": "closure",
            "name": closure.name,
            "organ": closure.organ,
            "department": closure.department,
            "notice": closure.notice,
        },
        by,
    )


def _load(session: Session, row: dict[str, Any], by: Author) -> bool:
    known = session.get(CalendarVersion, row["version"])
    if known is not None:
        if known.hash != row["hash"]:
            raise InputError(Code.CALENDAR_VERSION_TAKEN, version=row["version"])
        return False
    before = standing(session)
    row |= {"loaded_at": by.at, "loaded_by": by.person, "edition": edition(session) + 1}
    session.execute(insert(CalendarVersion), [row])
    append(session, before, standing(session), by)
    return True


def keep_results(session: Session, results: Sequence[ResultLine]) -> None:
    """Write or replace the row of each case. Needs a writing session."""
    for line in results:
        row = session.get(CalendarResult, (line.version, line.case_id))
        if row is None:
            row = CalendarResult(version=line.version, case_id=line.case_id)
            session.add(row)
        for name in ("outcome", "moves", "warnings", "code", "detail", "attempts", "at"):
            setattr(row, name, getattr(line, name))
