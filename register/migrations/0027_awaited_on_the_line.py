"""Whether a case had items or was signed stands on its line, and in the index of open cases."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"

COLUMNS = ["organ", "department", "handler", "status", "mover", "is_open", "training"]
COLUMNS += ["due_at", "due", "id", "had_items", "was_signed"]
ROWS_IN = {"had_items": "record_items", "was_signed": "sign_offs"}


def upgrade() -> None:
    """Lines of cases with such rows say so from now on."""
    op.drop_index("ix_requests_open", "requests")
    for name in ROWS_IN:
        op.add_column(
            "requests", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false())
        )
    there = {column: f"id IN (SELECT case_id FROM {table})" for column, table in ROWS_IN.items()}
    said = ", ".join(f"{column} = {has_rows}" for column, has_rows in there.items())
    op.execute(f"UPDATE requests SET {said} WHERE {' OR '.join(there.values())}")
    op.create_index(
        "ix_requests_open",
        "requests",
        COLUMNS,
        sqlite_where=sa.text("is_open = 1"),
        postgresql_where=sa.text("is_open"),
    )
