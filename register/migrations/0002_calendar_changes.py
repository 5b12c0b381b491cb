"""Calendars with their order, closures, and what each version did to which case; notices that
belong to no case; the running limits by their days."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

SQLITE_REFUSE = """
CREATE TRIGGER calendars_no_{verb} BEFORE {verb} ON calendars
BEGIN SELECT RAISE(ABORT, 'calendars is append-only'); END
"""
POSTGRES_REFUSE = """
CREATE TRIGGER calendars_no_{verb} BEFORE {verb} ON calendars
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
"""
NUMBER = """
UPDATE calendars SET edition =
(SELECT count(*) FROM calendars AS c WHERE (c.loaded_at, c.version)
 <= (calendars.loaded_at, calendars.version))
"""


def upgrade() -> None:
    """Versions loaded before are national calendars, numbered in the order of their loading."""
    for column in (
        sa.Column("edition", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("kind", sa.String(), nullable=False, server_default="calendar"),
        sa.Column("name", sa.String(), nullable=False, server_default="cn"),
        sa.Column("organ", sa.String(), nullable=True),
        sa.Column("department", sa.String(), nullable=True),
        sa.Column("notice", sa.String(), nullable=False, server_default=""),
        sa.Column("loaded_by", sa.String(), nullable=True),
    ):
        op.add_column("calendars", column)
    op.execute(NUMBER)
    with op.batch_alter_table("calendars") as table:
        table.create_check_constraint(op.f("ck_calendars_kind"), "kind IN ('calendar', 'closure')")
    op.create_index("ix_calendars_edition", "calendars", ["edition"], unique=True)
    op.create_table(
        "calendar_results",
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("moves", sa.JSON(), nullable=False),
        sa.Column("warnings", sa.JSON(), nullable=False),
        sa.Column("code", sa.String(), nullable=True),
        sa.Column("detail", sa.String(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('moved', 'unchanged', 'already_there', 'failed')",
            name=op.f("ck_calendar_results_outcome"),
        ),
        sa.ForeignKeyConstraint(
            ["version"], ["calendars.version"], name=op.f("fk_calendar_results_version")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["requests.id"], name=op.f("fk_calendar_results_case_id")
        ),
        sa.PrimaryKeyConstraint("version", "case_id", name=op.f("pk_calendar_results")),
    )
    running = sa.text("superseded_by_seq IS NULL AND due IS NOT NULL")
    op.create_index(
        "ix_deadlines_running",
        "deadlines",
        ["due", "base", "case_id"],
        sqlite_where=running,
        postgresql_where=running,
    )
    with op.batch_alter_table("notices") as table:
        table.alter_column("case_id", existing_type=sa.String(), nullable=True)
    sqlite = op.get_bind().dialect.name == "sqlite"
    for verb in ("UPDATE", "DELETE") if sqlite else ("UPDATE", "DELETE", "TRUNCATE"):
        op.execute((SQLITE_REFUSE if sqlite else POSTGRES_REFUSE).format(verb=verb))
