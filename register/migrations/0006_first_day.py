"""The first day of an organ here. Where it was not said before, the next `yishen init` says it."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Organs get the column."""
    op.add_column("organs", sa.Column("first_day", sa.Date(), nullable=True))
