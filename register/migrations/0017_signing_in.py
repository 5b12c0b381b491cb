"""What people sign in by, who is signed in, invites, and how often it was tried."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Nobody can sign in yet: invites come first."""
    op.create_table(
        "credentials",
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("password", sa.String(), nullable=True),
        sa.Column("password_sha256", sa.String(), nullable=True),
        sa.Column("factor", sa.String(), nullable=True),
        sa.Column("factor_sha256", sa.String(), nullable=True),
        sa.Column("factor_step", sa.Integer(), nullable=True),
        sa.Column("recovery", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["users.id"], name=op.f("fk_credentials_person")),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_credentials")),
    )
    op.create_table(
        "desk_sessions",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("factor_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person"], ["users.id"], name=op.f("fk_desk_sessions_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_sessions")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_desk_sessions_token_hash")),
    )
    op.create_index("ix_desk_sessions_person", "desk_sessions", ["person"])
    op.create_table(
        "invites",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person"], ["users.id"], name=op.f("fk_invites_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invites")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invites_token_hash")),
    )
    op.create_table(
        "sign_in_counts",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_sign_in_counts")),
    )
    for column in ("second_factor_roles", "second_factor_for_signing"):
        kind = sa.JSON(none_as_null=True) if column.endswith("roles") else sa.Boolean()
        op.add_column("organs", sa.Column(column, kind, nullable=True))
