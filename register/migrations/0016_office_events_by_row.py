"""What the office's own record says of one row is found without reading all of it: each act asks
whether its case is forgotten."""

from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """The index."""
    op.create_index("ix_office_events_row", "office_events", ["about", "key"])
