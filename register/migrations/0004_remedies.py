"""Proceedings with their hearings and papers; what of an organ decides where remedies go; rows of
replies before an order to reply anew."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

PER_REPLY = ("record_items", "sign_offs", "consultations", "fees")
ORGAN = ("kind", "government", "superior", "court")


def upgrade() -> None:
    """No act wrote `remedies` before: the table is made anew."""
    for table in PER_REPLY:
        op.add_column(table, sa.Column("closed_by_seq", sa.Integer(), nullable=True))
    for column in ORGAN:
        op.add_column("organs", sa.Column(column, sa.String(), nullable=True))
    op.drop_table("remedies")
    op.create_table(
        "remedies",
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("instance", sa.String(), nullable=True),
        sa.Column("route", sa.String(), nullable=True),
        sa.Column("against", sa.String(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("reply_kind", sa.String(), nullable=True),
        sa.Column("organ", sa.String(), nullable=True),
        sa.Column("court", sa.String(), nullable=True),
        sa.Column("docket", sa.String(), nullable=True),
        sa.Column("after", sa.String(), nullable=True),
        sa.Column("co_defendant", sa.String(), nullable=True),
        sa.Column("filed_on", sa.Date(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("accepted_on", sa.Date(), nullable=True),
        sa.Column("simplified", sa.Boolean(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("suspended_since", sa.Date(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("served_other_on", sa.Date(), nullable=True),
        sa.Column("effective_on", sa.Date(), nullable=True),
        sa.Column("overturned", sa.Boolean(), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("ground", sa.String(), nullable=True),
        sa.Column("costs", sa.Numeric(precision=9, scale=2), nullable=True),
        sa.Column("orders_reply", sa.Boolean(), nullable=False),
        sa.Column("reopened", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["requests.id"], name=op.f("fk_remedies_case_id")),
        sa.PrimaryKeyConstraint("case_id", "ref", name=op.f("pk_remedies")),
    )
    op.create_index("ix_remedies_received_on", "remedies", ["received_on", "kind"])
    op.create_table(
        "hearings",
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("hearing", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["requests.id"], name=op.f("fk_hearings_case_id")),
        sa.PrimaryKeyConstraint("case_id", "ref", "hearing", name=op.f("pk_hearings")),
    )
    op.create_index("ix_hearings_at", "hearings", ["at"])
    op.create_table(
        "remedy_documents",
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["requests.id"], name=op.f("fk_remedy_documents_case_id")
        ),
        sa.PrimaryKeyConstraint("case_id", "ref", "position", name=op.f("pk_remedy_documents")),
    )
