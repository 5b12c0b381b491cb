"""What is counted by days or by whose task it is, is counted along an index, which has it all."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    """Other indexes; no row changes."""
    _days("due", "due", "is_open", only="is_open")
    _days("receipt", "receipt_day")
    _days("dispatch", "dispatched_on", only="dispatched_on IS NOT NULL")
    listed, asked = ["due", "case_id", "position"], ["department", "kind", "training"]
    _tasks("role", ["role", "organ", *listed, *asked, "person"], "person IS NULL")
    _tasks("person", ["person", "role", *listed, *asked, "organ"], "person IS NOT NULL")


def _days(name: str, *columns: str, only: str | None = None) -> None:
    where: dict[str, Any] = {}
    if only is not None:
        bare = "is_open = 1" if only == "is_open" else only  # as SQLite is asked
        where = {"sqlite_where": sa.text(bare), "postgresql_where": sa.text(only)}
    op.create_index(
        f"ix_requests_{name}_days", "requests", ["organ", "training", *columns], **where
    )


def _tasks(name: str, columns: list[str], only: str) -> None:
    op.drop_index(f"ix_tasks_{name}", "tasks")
    where = sa.text(only)
    op.create_index(
        f"ix_tasks_{name}", "tasks", columns, sqlite_where=where, postgresql_where=where
    )
