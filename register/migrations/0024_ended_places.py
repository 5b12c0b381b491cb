"""The day from which an organ or a department is there no more."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    """All of them are still there."""
    for table in ("organs", "departments"):
        op.add_column(table, sa.Column("ended_on", sa.Date(), nullable=True))
