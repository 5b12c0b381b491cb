"""What people have filled in and not brought on record yet."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    """Nobody has a draft yet."""
    op.create_table(
        "drafts",
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("command_id", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=True),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person"], ["users.id"], name=op.f("fk_drafts_person")),
        sa.ForeignKeyConstraint(["case_id"], ["requests.id"], name=op.f("fk_drafts_case_id")),
        sa.PrimaryKeyConstraint("person", "command_id", name=op.f("pk_drafts")),
    )
    op.create_index("ix_drafts_case_id", "drafts", ["case_id"])
    op.create_index("ix_drafts_sent_at", "drafts", ["sent_at"])
