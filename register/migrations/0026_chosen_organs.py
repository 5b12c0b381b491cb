"""Which of their organs somebody looks at."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    """Everybody looks at all of them."""
    op.create_table(
        "chosen_organs",
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("organ", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["users.id"], name=op.f("fk_chosen_organs_person")),
        sa.ForeignKeyConstraint(["organ"], ["organs.id"], name=op.f("fk_chosen_organs_organ")),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_chosen_organs")),
    )
