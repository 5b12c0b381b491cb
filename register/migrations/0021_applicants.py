"""The kinds of applicants that the yearly report tells apart, and what the official form asks."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"

NAME = "ck_applicants_kind"
KINDS = (
    "kind IN ('natural', 'enterprise', 'research', 'welfare', 'legal_services', 'other', 'legal')"
)


def upgrade() -> None:
    """An organisation stays one of which nobody said which."""
    with op.batch_alter_table("applicants") as table:
        table.add_column(sa.Column("details", sa.JSON(none_as_null=True), nullable=True))
        table.drop_constraint(op.f(NAME), type_="check")
        table.create_check_constraint(op.f(NAME), KINDS)
