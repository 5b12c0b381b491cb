"""Tasks go in the order of an index too, and lists by channel or statute."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"

LISTED = ["due", "case_id", "position"]


def upgrade() -> None:
    """Other indexes; no row changes."""
    for name in ("channel", "statute"):
        columns = [name, "year", "serial", "organ", "training"]
        op.create_index(f"ix_requests_{name}", "requests", columns)
    op.drop_index("ix_tasks_role", "tasks")
    op.drop_index("ix_tasks_person", "tasks")
    _index("role", ["role", "organ", *LISTED, "department", "kind", "training"], "person IS NULL")
    _index("person", ["person", "role", *LISTED, "kind", "training"], "person IS NOT NULL")


def _index(name: str, columns: list[str], only: str) -> None:
    where = sa.text(only)
    op.create_index(
        f"ix_tasks_{name}", "tasks", columns, sqlite_where=where, postgresql_where=where
    )
