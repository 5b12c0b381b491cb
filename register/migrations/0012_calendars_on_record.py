"""The calendars and closures loaded so far, at the end of the office's chain."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """One event for each version there is, in the order of loading; its text by its hash alone."""
    events = sa.Table("office_events", sa.MetaData(), autoload_with=op.get_bind())
    if rows := list(_rows(events)):
        op.bulk_insert(events, rows)


def _rows(events: sa.Table) -> Iterator[dict[str, Any]]:
    now = datetime.now(UTC)
    last = sa.select(events.c.seq, events.c.hash).order_by(events.c.seq.desc()).limit(1)
    length, prev = op.get_bind().execute(last).one_or_none() or (0, "0" * 64)
    calendars = sa.Table("calendars", sa.MetaData(), autoload_with=op.get_bind())
    columns = [c for c in calendars.columns if c.name != "body"]
    loads = sa.select(*columns).order_by(calendars.c.edition)
    said: dict[str, Any] = {"at": now.isoformat(), "person": "system", "asked_by": None}
    for seq, row in enumerate(op.get_bind().execute(loads).mappings(), length + 1):
        values = dict(row) | {"loaded_at": _utc(row["loaded_at"]).isoformat()}
        key = row["version"].replace("%", "%25").replace("/", "%2F")
        whole = said | {"seq": seq, "table": "calendars", "key": key, "row": values}
        body = json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        digest = sha256(f"{prev}\noffice\n{body}".encode()).hexdigest()
        yield {
            "seq": seq,
            "at": now,
            "person": "system",
            "asked_by": None,
            "about": "calendars",
            "key": key,
            "body": body,
            "prev_hash": prev,
            "hash": digest,
        }
        prev = digest


def _utc(at: datetime) -> datetime:
    """SQLite keeps no zone; what it keeps is UTC."""
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
