"""What was changed in the office, by whom, newest first."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from register.models import OfficeEvent


@dataclass(frozen=True, slots=True)
class OfficeLine:
    """One change of one row. `about`: its table; `was`, `now`: the fields that differ; of a row
    that is new or gone all of one side, the other None."""

    seq: int
    at: datetime
    person: str
    asked_by: str | None
    about: str
    key: str
    was: Mapping[str, Any] | None
    now: Mapping[str, Any] | None


def office_history(session: Session) -> list[OfficeLine]:
    """All of it: an office changes a few times a month."""
    return list(_lines(session))[::-1]


def _lines(session: Session) -> Iterator[OfficeLine]:
    stood: dict[tuple[str, str], Mapping[str, Any] | None] = {}
    for event in session.scalars(select(OfficeEvent).order_by(OfficeEvent.seq)):
        of, now = (event.about, event.key), json.loads(event.body)["row"]
        was = stood.get(of)
        stood[of] = now
        if was is not None and now is not None:
            differ = [name for name in now if now[name] != was.get(name)]
            was, now = ({n: row.get(n) for n in differ} for row in (was, now))
        yield OfficeLine(
            event.seq, event.at, event.person, event.asked_by, event.about, event.key, was, now
        )
