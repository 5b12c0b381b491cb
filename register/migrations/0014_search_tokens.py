"""Cases are found by keyed hashes of what they are found by: the words themselves are sealed."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Empty, and not marked as whole: the next start fills it. On PostgreSQL it is in no log of
    the database, so that a forgotten case stays in none."""
    postgres = op.get_bind().dialect.name == "postgresql"
    op.create_table(
        "search_tokens",
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("token", sa.LargeBinary(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("field", "token", "case_id", name=op.f("pk_search_tokens")),
        prefixes=["UNLOGGED"] if postgres else [],
        sqlite_with_rowid=False,
    )
    op.create_index("ix_search_tokens_case_id", "search_tokens", ["case_id"])
    op.drop_index("ix_requests_text", "requests")
