"""Each law once, named by its hash where a case is started with it; no past that is on record.

The chain of a case begins with its start as kept, so the chains are made anew. A link that was
broken stays broken.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

SQLITE_REFUSE = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""
POSTGRES_REFUSE = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
"""


def upgrade() -> None:
    """The table, then every start with its chain."""
    laws = op.create_table(
        "laws",
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_laws")),
    )
    db, tables = op.get_bind(), sa.MetaData()
    starts = sa.Table("case_starts", tables, autoload_with=db, resolve_fks=False)
    events = sa.Table("case_events", tables, autoload_with=db, resolve_fks=False)
    known: set[str] = set()
    with _opened(db):
        for case in db.scalars(sa.select(starts.c.case_id)).all():
            here = starts.c.case_id == case
            start = db.execute(sa.select(starts.c.input).where(here)).scalar_one()
            before = _beginning(start)
            if "law" in start:
                body = json.dumps(start["law"], ensure_ascii=False, separators=(",", ":"))
                start["law"] = sha256(body.encode()).hexdigest()
                if start["law"] not in known:
                    db.execute(laws.insert(), {"hash": start["law"], "body": body})
                known.add(start["law"])
            _chain(db, events, case, before, _beginning(start))
            if _on_record(db, events, case, start.get("history")):
                del start["history"]
            db.execute(starts.update().where(here).values(input=start))
    sqlite = db.dialect.name == "sqlite"
    for verb in ("UPDATE", "DELETE") if sqlite else ("UPDATE", "DELETE", "TRUNCATE"):
        op.execute((SQLITE_REFUSE if sqlite else POSTGRES_REFUSE).format(table="laws", verb=verb))


@contextmanager
def _opened(db: sa.Connection) -> Iterator[None]:
    """The events may be changed, for once."""
    if db.dialect.name == "sqlite":
        op.execute("DROP TRIGGER case_events_no_UPDATE")
        yield
        op.execute(SQLITE_REFUSE.format(table="case_events", verb="UPDATE"))
    else:
        op.execute("ALTER TABLE case_events DISABLE TRIGGER case_events_no_update")
        yield
        op.execute("ALTER TABLE case_events ENABLE TRIGGER case_events_no_update")


def _beginning(start: dict[str, Any]) -> str:
    said = {name: value for name, value in start.items() if name != "history"}
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def _chain(db: sa.Connection, events: sa.Table, case: str, old: str, new: str) -> None:
    found = sa.select(events).where(events.c.case_id == case).order_by(events.c.seq)
    for row in db.execute(found).all():
        prev = new if row.prev_hash == old else row.prev_hash
        holds = row.hash == _link(row.prev_hash, case, row.body)
        old, new = row.hash, _link(prev, case, row.body) if holds else row.hash
        here = (events.c.case_id == case) & (events.c.seq == row.seq)
        db.execute(events.update().where(here).values(prev_hash=prev, hash=new))


def _link(prev: str, case: str, body: str) -> str:
    return sha256(f"{prev}\n{case}\n{body}".encode()).hexdigest()


def _on_record(db: sa.Connection, events: sa.Table, case: str, past: Any) -> bool:
    if not past:
        return past is not None
    last = (events.c.case_id == case) & (events.c.command_id == past[-1]["command_id"])
    return db.execute(sa.select(events.c.seq).where(last)).first() is not None
