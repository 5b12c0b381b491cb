"""The office's own record: each change of organs, departments, people, roles and figures, each
calendar and closure that was loaded, with who did it, as a hash chain of its own. The tables say
what stands; the chain says how it came to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from register.chain import canonical_text, link
from register.models import (
    Base,
    CalendarVersion,
    Credential,
    Department,
    EnteredFigure,
    OfficeEvent,
    OpeningBalance,
    Organ,
    RoleGrant,
    User,
)

CHAIN = "office"
"""What stands for a case in the hashes."""

KEYS: Mapping[type[Base], tuple[str, ...]] = {
    Organ: ("id",),
    Department: ("organ", "id"),
    User: ("id",),
    RoleGrant: ("person", "role", "organ", "department"),
    OpeningBalance: ("organ", "row"),
    EnteredFigure: ("organ", "row", "year"),
    CalendarVersion: ("version",),
    Credential: ("person",),
}
"""The tables on record here, and by what a row of each is told from others."""

LEFT_OUT = frozenset(
    {
        *("roles.id", "calendars.body"),
        *("credentials.password", "credentials.factor", "credentials.factor_step"),
    }
)
"""What the database counts up and nothing refers to; what has its hash beside it; what moves with
every use."""

RESTORED = "restorations"
"""The register was put back from a backup."""

HELD = "legal_holds"
"""By case: it must not be forgotten; None once the hold is lifted."""

LISTED = "retention_lists"
"""By number: cases to be forgotten, and who signed that."""

FORGOTTEN = "forgotten_cases"
"""By case: its words are gone, its key with them."""

ACCOUNT_CHANGES = "account_changes"
"""By number: what of somebody's rights takes two people, and who they were."""

DEMONSTRATION = "demonstrations"
"""Its first line or none: this is no office, anybody may sign in as anybody."""

UNTABLED = frozenset({RESTORED, HELD, LISTED, FORGOTTEN, ACCOUNT_CHANGES, DEMONSTRATION})
"""On the chain alone, and in no table."""

START = "0" * 64
"""`prev_hash` of the first line."""

RowOf = tuple[str, str]
"""Table and key of a row."""

OfficeRows = Mapping[RowOf, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Author:
    """Who changes the office, asked for by which way, and when."""

    person: str
    asked_by: str | None
    at: datetime


def standing(session: Session, *models: type[Base]) -> dict[RowOf, dict[str, Any]]:
    """The rows of `models`, or of all tables on record, as plain values."""
    found = {}
    for model in models or KEYS:
        key = KEYS[model]
        table = model.__table__
        assert isinstance(table, Table)
        columns = [c for c in table.columns if f"{table.name}.{c.name}" not in LEFT_OUT]
        for row in session.execute(select(*columns)).mappings():
            values = {name: _plain(value) for name, value in row.items()}
            found[table.name, _key([values[k] for k in key if values[k] is not None])] = values
    return found


def _key(parts: Iterable[Any]) -> str:
    return "/".join(str(part).replace("%", "%25").replace("/", "%2F") for part in parts)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def hold_chain(session: Session) -> None:
    """Nobody else appends until the transaction ends, so what is read of the chain now stands."""
    if session.get_bind().dialect.name != "sqlite":  # which has begun with its write lock
        session.connection().exec_driver_sql("LOCK TABLE office_events IN EXCLUSIVE MODE")


def append(session: Session, before: OfficeRows, after: OfficeRows, by: Author) -> None:
    """Record what lies between; nothing where nothing does. Needs a writing session."""
    changed = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    if not changed:
        return
    hold_chain(session)
    last = session.execute(
        select(OfficeEvent.seq, OfficeEvent.hash).order_by(OfficeEvent.seq.desc()).limit(1)
    ).one_or_none()
    seq, prev = (last.seq, last.hash) if last else (0, START)
    for number, (table, key) in enumerate(changed, seq + 1):
        row = office_row(number, by, table, key, after.get((table, key)), prev)
        session.add(OfficeEvent(**row))
        prev = row["hash"]
    session.flush()


def office_row(
    seq: int, by: Author, table: str, key: str, row: Mapping[str, Any] | None, prev_hash: str
) -> dict[str, Any]:
    """One line of the chain; `row`: all that stands from now on (None: it is gone)."""
    said = {
        "seq": seq,
        "at": by.at.isoformat(),
        "person": by.person,
        "asked_by": by.asked_by,
        "table": table,
        "key": key,
        "row": row,
    }
    body = canonical_text(said)
    return {
        "seq": seq,
        "at": by.at,
        "person": by.person,
        "asked_by": by.asked_by,
        "about": table,
        "key": key,
        "body": body,
        "prev_hash": prev_hash,
        "hash": link(prev_hash, CHAIN, body),
    }
