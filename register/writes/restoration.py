"""A register put back from a copy: recorded, with the numbers that it may not give again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from register.models import NumberSeries
from register.office_chain import RESTORED, Author, append
from register.writes.requests import LOCK_SERIES


@dataclass(frozen=True, slots=True)
class Restoration:
    """`backup_at`: when the backup was made; `newest`: when its last entry was written; `epoch` of
    the register from now on; `last_numbers`: the last number given in a year, as people know it."""

    backup_at: datetime
    newest: datetime | None
    epoch: int
    last_numbers: Mapping[int, int]


def note_restoration(session: Session, done: Restoration, by: Author) -> None:
    """Record it, and go on numbering after `last_numbers`, where those are higher: what lies
    between belongs to requests that this register has lost. Needs a writing session."""
    lost = [[year, 1 + _last(session, year), n] for year, n in sorted(done.last_numbers.items())]
    for year, _, last in lost:
        series = {"training": False, "year": year}
        session.execute(LOCK_SERIES, series)
        session.execute(update(NumberSeries).filter_by(**series).values(last=last))
    row = {
        "backup_at": done.backup_at.isoformat(),
        "newest": done.newest and done.newest.isoformat(),
        "lost_numbers": [[year, first, last] for year, first, last in lost if first <= last],
    }
    append(session, {}, {(RESTORED, str(done.epoch)): row}, by)


def _last(session: Session, year: int) -> int:
    series = select(NumberSeries.last).filter_by(training=False, year=year)
    return session.scalar(series) or 0
