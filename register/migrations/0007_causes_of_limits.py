"""What happened on day 0 of a limit, and whether closures of the organ count in it."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Rows written before say nothing of their cause."""
    op.add_column("deadlines", sa.Column("cause", sa.String(), nullable=False, server_default=""))
    op.add_column(
        "deadlines", sa.Column("own", sa.Boolean(), nullable=False, server_default=sa.false())
    )
