"""By which way an act was asked for, beside its person; whether that way may sign and approve."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Of what was recorded before, nobody knows."""
    op.add_column("case_events", sa.Column("asked_by", sa.String(), nullable=True))
    op.add_column("access_log", sa.Column("asked_by", sa.String(), nullable=True))
    op.add_column(
        "organs",
        sa.Column("sign_on_command_line", sa.Boolean(), nullable=False, server_default=sa.true()),
    )
