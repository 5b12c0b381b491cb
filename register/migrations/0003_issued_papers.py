"""Papers as issued: hashes of the bytes that were handed out."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

SQLITE_REFUSE = """
CREATE TRIGGER issued_papers_no_{verb} BEFORE {verb} ON issued_papers
BEGIN SELECT RAISE(ABORT, 'issued_papers is append-only'); END
"""
POSTGRES_REFUSE = """
CREATE TRIGGER issued_papers_no_{verb} BEFORE {verb} ON issued_papers
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
"""


def upgrade() -> None:
    """One row per rendering; rows are only ever added."""
    op.create_table(
        "issued_papers",
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("lang", sa.String(), nullable=False),
        sa.Column("format", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("content_sha256", sa.String(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["requests.id"], name=op.f("fk_issued_papers_case_id")
        ),
        sa.PrimaryKeyConstraint(
            "case_id", "kind", "subject", "seq", "lang", "format", name=op.f("pk_issued_papers")
        ),
    )
    sqlite = op.get_bind().dialect.name == "sqlite"
    for verb in ("UPDATE", "DELETE") if sqlite else ("UPDATE", "DELETE", "TRUNCATE"):
        op.execute((SQLITE_REFUSE if sqlite else POSTGRES_REFUSE).format(verb=verb))
