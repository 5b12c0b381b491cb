"""Calendar versions as loaded: new cases take the newest, open ones keep their own copy."""

from datetime import UTC, datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from domain.calendars import Calendar
from domain.errors import Code, InputError
from register.models import CalendarVersion


def load_calendar(session: Session, calendar: Calendar, at: datetime | None = None) -> bool:
    """Keep a calendar under its version; False: that version is there already.

    InputError(calendar_version_taken): it is there with other days.
    """
    known = session.get(CalendarVersion, calendar.version)
    if known is not None:
        if known.hash != calendar.digest:
            raise InputError(Code.CALENDAR_VERSION_TAKEN, version=calendar.version)
        return False
    row = {
        "version": calendar.version,
        "hash": calendar.digest,
        "body": calendar.model_dump_json(),
        "loaded_at": at or datetime.now(UTC),
    }
    session.execute(insert(CalendarVersion), [row])
    return True


def newest_calendar(session: Session) -> Calendar | None:
    """The calendar loaded last, None before the first."""
    body = session.execute(
        select(CalendarVersion.body).order_by(CalendarVersion.loaded_at.desc()).limit(1)
    ).scalar_one_or_none()
    return None if body is None else Calendar.model_validate_json(body)
