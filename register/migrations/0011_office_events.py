"""Changes of the office as a chain of events. What stood before begins it."""

import json
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

SQLITE_REFUSE = """
CREATE TRIGGER office_events_no_{verb} BEFORE {verb} ON office_events
BEGIN SELECT RAISE(ABORT, 'office_events is append-only'); END
"""
POSTGRES_REFUSE = """
CREATE TRIGGER office_events_no_{verb} BEFORE {verb} ON office_events
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
"""

KEYS = {
    "organs": ("id",),
    "departments": ("organ", "id"),
    "users": ("id",),
    "roles": ("person", "role", "organ", "department"),
    "opening_balances": ("organ", "row"),
    "entered_figures": ("organ", "row", "year"),
}


def upgrade() -> None:
    """The table, its triggers, and one event for each row there is."""
    events = op.create_table(
        "office_events",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=True),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("prev_hash", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_office_events")),
    )
    if rows := list(_rows()):
        op.bulk_insert(events, rows)
    sqlite = op.get_bind().dialect.name == "sqlite"
    for verb in ("UPDATE", "DELETE") if sqlite else ("UPDATE", "DELETE", "TRUNCATE"):
        op.execute((SQLITE_REFUSE if sqlite else POSTGRES_REFUSE).format(verb=verb))


def _rows() -> Any:
    now, prev, seq = datetime.now(UTC), "0" * 64, 0
    said: dict[str, Any] = {"at": now.isoformat(), "person": "system", "asked_by": None}
    for name, key in KEYS.items():
        table = sa.Table(name, sa.MetaData(), autoload_with=op.get_bind())
        columns = [c for c in table.columns if (name, c.name) != ("roles", "id")]
        for row in op.get_bind().execute(sa.select(*columns)).mappings():
            seq += 1
            values = {k: v.isoformat() if isinstance(v, date) else v for k, v in row.items()}
            parts = [str(values[k]) for k in key if values[k] is not None]
            named = "/".join(part.replace("%", "%25").replace("/", "%2F") for part in parts)
            whole = said | {"seq": seq, "table": name, "key": named, "row": values}
            body = json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
            digest = sha256(f"{prev}\noffice\n{body}".encode()).hexdigest()
            yield {
                "seq": seq,
                "at": now,
                "person": "system",
                "asked_by": None,
                "about": name,
                "key": named,
                "body": body,
                "prev_hash": prev,
                "hash": digest,
            }
            prev = digest
