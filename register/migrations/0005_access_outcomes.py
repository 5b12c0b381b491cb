"""The access log tells repeated and unanswered commands apart, and says what was looked at."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

OUTCOMES = "outcome IN ('ok', 'repeated', 'refused', 'not_found', 'unanswered')"
TRIGGERS = "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'access_log'"
NAME = "ck_access_log_outcome"


def upgrade() -> None:
    """SQLite makes the table anew, which drops its triggers: they are put back."""
    sqlite = op.get_context().dialect.name == "sqlite"
    bodies: list[str] = []
    if sqlite:
        found = sa.text(
            "SELECT sql FROM sqlite_master WHERE type='trigger' AND tbl_name='access_log'"
        )
        bodies = list(op.get_bind().execute(found).scalars())
    with op.batch_alter_table("access_log") as table:
        table.add_column(sa.Column("detail", sa.String(), nullable=True))
        table.drop_constraint(op.f(NAME), type_="check")
        table.create_check_constraint(op.f(NAME), OUTCOMES)
    op.create_index("ix_access_log_at", "access_log", ["at"])
    op.create_index("ix_case_events_written_at", "case_events", ["written_at"])
    for body in bodies:
        op.execute(body)
