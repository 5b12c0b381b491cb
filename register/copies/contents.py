"""What a register holds, as far as a copy of it has to say."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, inspect, select
from sqlalchemy.orm import Session

from register.migrate import revision
from register.models import CaseEvent, Installation, KeptFile, NumberSeries, Request
from register.reads.files import named_files, places
from register.writes.installation import Bond, bond, newest_entry


@dataclass(frozen=True, slots=True)
class Contents:
    """`revision` of its tables; `newest`: when the last entry was written; `last_numbers`: the last
    number given in each year, training cases apart; `files`: where each kept file that is named
    lies in the folder of files, and one case that names it."""

    revision: str
    bond: Bond | None
    newest: datetime | None
    last_numbers: Mapping[int, int]
    cases: int
    events: int
    files: Mapping[str, str]


def contents(session: Session) -> Contents:
    """Read from the whole record, also where its tables are those of an earlier release, which is
    when people make a backup. Raises Unreachable."""
    bound = inspect(session.connection()).has_table(Installation.__tablename__)
    series = select(NumberSeries.year, NumberSeries.last).where(~NumberSeries.training)
    return Contents(
        revision=revision(session.connection()) or "",
        bond=bond(session) if bound else None,
        newest=newest_entry(session),
        last_numbers={row.year: row.last for row in session.execute(series)},
        cases=session.scalar(select(func.count()).select_from(Request)) or 0,
        events=session.scalar(select(func.count()).select_from(CaseEvent)) or 0,
        files=_lying(session),
    )


def _lying(session: Session) -> dict[str, str]:
    if not inspect(session.connection()).has_table(KeptFile.__tablename__):
        # Before files were sealed, all cases had one folder.
        return {digest: case for case, digest in named_files(session)}
    return {f"{case}/{name or digest}": case for (case, digest), name in places(session).items()}
