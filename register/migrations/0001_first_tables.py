"""The first tables: office, requests with their record, projections, notices, access log."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

APPEND_ONLY = ("case_events", "access_log")

SQLITE_REFUSE = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""
POSTGRES_FUNCTION = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$
"""
POSTGRES_REFUSE = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
"""


def upgrade() -> None:
    """Make all tables, then close the record against change."""
    op.create_table(
        "access_log",
        sa.Column("id", BIG, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("command", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=True),
        sa.Column("command_id", sa.String(), nullable=True),
        sa.CheckConstraint(
            "outcome IN ('ok', 'refused', 'not_found')", name=op.f("ck_access_log_outcome")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_log")),
    )
    op.create_index("ix_access_log_case_id", "access_log", ["case_id", "at"])
    op.create_table(
        "calendars",
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_calendars")),
    )
    op.create_table(
        "number_series",
        sa.Column("training", sa.Boolean(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("training", "year", name=op.f("pk_number_series")),
    )
    op.create_table(
        "organs",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("committed_working_days", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("level IN ('government', 'department')", name=op.f("ck_organs_level")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organs")),
    )
    op.create_table(
        "users",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
    )
    op.create_table(
        "departments",
        sa.Column("organ", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("committed_working_days", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["organ"], ["organs.id"], name=op.f("fk_departments_organ")),
        sa.PrimaryKeyConstraint("organ", "id", name=op.f("pk_departments")),
    )
    op.create_table(
        "entered_figures",
        sa.Column("organ", sa.String(), nullable=False),
        sa.Column("row", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["organ"], ["organs.id"], name=op.f("fk_entered_figures_organ")),
        sa.PrimaryKeyConstraint("organ", "row", "year", name=op.f("pk_entered_figures")),
    )
    op.create_table(
        "opening_balances",
        sa.Column("organ", sa.String(), nullable=False),
        sa.Column("row", sa.String(), nullable=False),
        sa.Column("through", sa.Integer(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["organ"], ["organs.id"], name=op.f("fk_opening_balances_organ")),
        sa.PrimaryKeyConstraint("organ", "row", name=op.f("pk_opening_balances")),
    )
    op.create_table(
        "requests",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("organ", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("arrived", sa.Date(), nullable=False),
        sa.Column("registered_on", sa.Date(), nullable=False),
        sa.Column("registered_by", sa.String(), nullable=False),
        sa.Column("statute", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("form_wished", sa.String(), nullable=True),
        sa.Column("training", sa.Boolean(), nullable=False),
        sa.Column("clock_offset", sa.Integer(), nullable=False),
        sa.Column("command_id", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("mover", sa.String(), nullable=False),
        sa.Column("clock_state", sa.String(), nullable=False),
        sa.Column("receipt_day", sa.Date(), nullable=True),
        sa.Column("department", sa.String(), nullable=True),
        sa.Column("handler", sa.String(), nullable=True),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("reply_kind", sa.String(), nullable=True),
        sa.Column("dispatched_on", sa.Date(), nullable=True),
        sa.Column("dispatch_channel", sa.String(), nullable=True),
        sa.Column("in_time", sa.Boolean(), nullable=True),
        sa.Column("ended_how", sa.String(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_kind", sa.String(), nullable=True),
        sa.Column("ended_cause", sa.String(), nullable=True),
        sa.Column("next_alarm", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("serial > 0", name=op.f("ck_requests_serial")),
        sa.ForeignKeyConstraint(["organ"], ["organs.id"], name=op.f("fk_requests_organ")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_requests")),
        sa.UniqueConstraint("command_id", name=op.f("uq_requests_command_id")),
        sa.UniqueConstraint("number", name=op.f("uq_requests_number")),
        sa.UniqueConstraint(
            "training", "year", "serial", name=op.f("uq_requests_training_year_serial")
        ),
    )
    op.create_index("ix_requests_department", "requests", ["department", "due_at"])
    op.create_index("ix_requests_due_at", "requests", ["due_at", "year", "serial"])
    op.create_index("ix_requests_handler", "requests", ["handler", "due_at"])
    op.create_index("ix_requests_open_due", "requests", ["is_open", "due"])
    op.create_index("ix_requests_open_due_at", "requests", ["is_open", "due_at", "year", "serial"])
    op.create_index("ix_requests_started_at", "requests", ["started_at"])
    op.create_index("ix_requests_status", "requests", ["status", "due_at"])
    op.create_index("ix_requests_text", "requests", ["subject", "number", "id"])
    op.create_table(
        "applicants",
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=True),
        sa.CheckConstraint("kind IN ('natural', 'legal')", name=op.f("ck_applicants_kind")),
        sa.ForeignKeyConstraint(["case_id"], ["requests.id"], name=op.f("fk_applicants_case_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_applicants")),
    )
    op.create_table(
        "case_events",
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("command_id", sa.String(), nullable=True),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("prev_hash", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["requests.id"], name=op.f("fk_case_events_case_id")),
        sa.PrimaryKeyConstraint("case_id", "seq", name=op.f("pk_case_events")),
        sa.UniqueConstraint(
            "case_id", "command_id", name=op.f("uq_case_events_case_id_command_id")
        ),
    )
    op.create_index("ix_case_events_command_id", "case_events", ["command_id"])
    op.create_table(
        "case_starts",
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("input", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["requests.id"], name=op.f("fk_case_starts_case_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_case_starts")),
    )
    op.create_table(
        "consultations",
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("party", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("sent", sa.Date(), nullable=False),
        sa.Column("delivered", sa.Date(), nullable=False),
        sa.Column("answered", sa.Date(), nullable=True),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("silent_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["requests.id"], name=op.f("fk_consultations_case_id")
        ),
        sa.PrimaryKeyConstraint("case_id", "ref", name=op.f("pk_consultations")),
    )
    op.create_table(
        "deadlines",
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("set_by_seq", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=True),
        sa.Column("base", sa.Date(), nullable=True),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("was", sa.Date(), nullable=True),
        sa.Column("article", sa.String(), nullable=False),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("calendar_version", sa.String(), nullable=False),
        sa.Column("ledger", sa.JSON(), nullable=False),
        sa.Column("superseded_by_seq", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["requests.id"], name=op.f("fk_deadlines_case_id")),
        sa.PrimaryKeyConstraint("case_id", "set_by_seq", "position", name=op.f("pk_deadlines")),
    )
    op.create_index("ix_deadlines_name", "deadlines", ["case_id", "name", "ref"])
    op.create_table(
        "fees",
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("standard", sa.String(), nullable=False),
        sa.Column("amount", sa.Numeric(precision=9, scale=2), nullable=False),
        sa.Column("ground", sa.String(), nullable=False),
        sa.Column("how_to_pay", sa.String(), nullable=False),
        sa.Column("sent", sa.Date(), nullable=False),
        sa.Column("delivered", sa.Date(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("paid_amount", sa.Numeric(precision=9, scale=2), nullable=True),
        sa.Column("lapsed_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["requests.id"], name=op.f("fk_fees_case_id")),
        sa.PrimaryKeyConstraint("case_id", "seq", name=op.f("pk_fees")),
    )
    op.create_table(
        "notices",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("file_name", sa.String(), nullable=True),
        sa.Column("error", sa.String(), nullable=True),
        sa.CheckConstraint("state IN ('pending', 'sent', 'failed')", name=op.f("ck_notices_state")),
        sa.ForeignKeyConstraint(["case_id"], ["requests.id"], name=op.f("fk_notices_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sa.UniqueConstraint(
            "case_id", "seq", "recipient", name=op.f("uq_notices_case_id_seq_recipient")
        ),
    )
    op.create_index("ix_notices_recipient", "notices", ["recipient", "created_at"])
    op.create_index("ix_notices_state", "notices", ["state"])
    op.create_table(
        "record_items",
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=True),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("added_by", sa.String(), nullable=False),
        sa.Column("added_seq", sa.Integer(), nullable=False),
        sa.Column("decision", sa.String(), nullable=True),
        sa.Column("reviewer", sa.String(), nullable=True),
        sa.Column("reviewed_on", sa.Date(), nullable=True),
        sa.Column("ground", sa.String(), nullable=True),
        sa.Column("article", sa.String(), nullable=True),
        sa.Column("released_sha256", sa.String(), nullable=True),
        sa.Column("public_interest", sa.String(), nullable=True),
        sa.Column("returned", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["requests.id"], name=op.f("fk_record_items_case_id")),
        sa.PrimaryKeyConstraint("case_id", "ref", name=op.f("pk_record_items")),
    )
    op.create_table(
        "remedies",
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("filed_on", sa.Date(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["requests.id"], name=op.f("fk_remedies_case_id")),
        sa.PrimaryKeyConstraint("case_id", "ref", name=op.f("pk_remedies")),
    )
    op.create_table(
        "roles",
        sa.Column("id", BIG, nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("organ", sa.String(), nullable=False),
        sa.Column("department", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organ", "department"], ["departments.organ", "departments.id"], name="fk_roles_unit"
        ),
        sa.ForeignKeyConstraint(["organ"], ["organs.id"], name=op.f("fk_roles_organ")),
        sa.ForeignKeyConstraint(["person"], ["users.id"], name=op.f("fk_roles_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roles")),
        sa.UniqueConstraint(
            "person",
            "role",
            "organ",
            "department",
            name=op.f("uq_roles_person_role_organ_department"),
        ),
    )
    op.create_index(op.f("ix_roles_role_organ"), "roles", ["role", "organ"])
    op.create_table(
        "sign_offs",
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("voided_by_seq", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["requests.id"], name=op.f("fk_sign_offs_case_id")),
        sa.PrimaryKeyConstraint("case_id", "seq", name=op.f("pk_sign_offs")),
    )
    op.create_table(
        "tasks",
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("organ", sa.String(), nullable=False),
        sa.Column("training", sa.Boolean(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=True),
        sa.Column("department", sa.String(), nullable=True),
        sa.Column("ref", sa.String(), nullable=True),
        sa.Column("due", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["requests.id"], name=op.f("fk_tasks_case_id")),
        sa.PrimaryKeyConstraint("case_id", "position", name=op.f("pk_tasks")),
    )
    op.create_index("ix_tasks_person", "tasks", ["person"])
    op.create_index("ix_tasks_role", "tasks", ["role", "organ", "due"])
    _refuse_changes()


def _refuse_changes() -> None:
    if op.get_bind().dialect.name == "sqlite":
        template, verbs = SQLITE_REFUSE, ["UPDATE", "DELETE"]
    else:
        op.execute(POSTGRES_FUNCTION)
        template, verbs = POSTGRES_REFUSE, ["UPDATE", "DELETE", "TRUNCATE"]
    for table in APPEND_ONLY:
        for verb in verbs:
            op.execute(template.format(table=table, verb=verb))
