"""The index of open cases has them in the groups in which they are counted, and names each."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"

COLUMNS = ["organ", "department", "handler", "status", "mover", "is_open", "training"]
COLUMNS += ["due_at", "due", "id"]


def upgrade() -> None:
    """Another index; no row changes."""
    op.drop_index("ix_requests_open", "requests")
    op.create_index(
        "ix_requests_open",
        "requests",
        COLUMNS,
        sqlite_where=sa.text("is_open = 1"),
        postgresql_where=sa.text("is_open"),
    )
