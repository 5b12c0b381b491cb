"""Both hashes of every kept file: of its content, and of its sealed bytes."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

SQLITE_REFUSE = """
CREATE TRIGGER kept_files_no_{verb} BEFORE {verb} ON kept_files
BEGIN SELECT RAISE(ABORT, 'kept_files is append-only'); END
"""
POSTGRES_REFUSE = """
CREATE TRIGGER kept_files_no_{verb} BEFORE {verb} ON kept_files
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
"""


def upgrade() -> None:
    """Files kept in plain are sealed and entered by the next start."""
    op.create_table(
        "kept_files",
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("sealed_sha256", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["requests.id"], name=op.f("fk_kept_files_case_id")),
        sa.PrimaryKeyConstraint("case_id", "sha256", name=op.f("pk_kept_files")),
    )
    sqlite = op.get_bind().dialect.name == "sqlite"
    for verb in ("UPDATE", "DELETE") if sqlite else ("UPDATE", "DELETE", "TRUNCATE"):
        op.execute((SQLITE_REFUSE if sqlite else POSTGRES_REFUSE).format(verb=verb))
