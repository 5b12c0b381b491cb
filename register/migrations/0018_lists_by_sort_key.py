"""Lists go from place to place in the order of an index, and counts over one: whatever the
register holds, a page costs the same."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"

NUMBER = ["year", "serial"]
UNIT = ["organ", "department", "handler"]
STATE = ["status", "mover", "is_open", "training"]


def upgrade() -> None:
    """Other indexes; no row changes."""
    for name in ("due_at", "open_due_at", "open_due", "status", "department", "handler"):
        op.drop_index(f"ix_requests_{name}", "requests")
    _index("due", ["due_at", *NUMBER, *UNIT, *STATE, "due"], "due_at IS NOT NULL")
    _index("stopped", [*NUMBER, *UNIT, *STATE, "due_at"], "is_open AND due_at IS NULL")
    _index("open", [*UNIT, "due_at", "due", *STATE], "is_open")
    _index("received", ["receipt_day", *NUMBER, *UNIT, "training"])
    _index("dispatched", ["dispatched_on", *UNIT, "training"], "dispatched_on IS NOT NULL")
    _index("number", ["organ", *NUMBER])
    _index("status", ["status", *NUMBER, "organ", "training"])
    _index("handler", ["handler", "due_at", *NUMBER])


def _index(name: str, columns: list[str], only: str | None = None) -> None:
    where: dict[str, Any] = {}
    if only is not None:
        bare = only.replace("is_open", "is_open = 1")
        where = {"sqlite_where": sa.text(bare), "postgresql_where": sa.text(only)}
    op.create_index(f"ix_requests_{name}", "requests", columns, **where)
