"""Credit notes have numbers of their own, and money that goes back is kept with its key."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "credit_notes",
        sa.Column("position", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("customer", sa.Text(), sa.ForeignKey("customers.id"), nullable=False),
        sa.Column("invoice", sa.Text(), sa.ForeignKey("invoices.id"), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.UniqueConstraint("id", name="uq_credit_notes_id"),
    )
    op.create_index("ix_credit_notes_customer", "credit_notes", ["customer"])
    op.create_index("ix_credit_notes_invoice", "credit_notes", ["invoice"])
    op.create_table(
        "refunds",
        sa.Column("key", sa.Text(), primary_key=True),
        sa.Column("invoice", sa.Text(), sa.ForeignKey("invoices.id"), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.Column("next_check", sa.DateTime(timezone=True), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
    )
    op.create_index("ix_refunds_invoice", "refunds", ["invoice"])
    op.create_index("ix_refunds_unsettled", "refunds", ["closed", "next_check"])
    counters = sa.table("counters", sa.column("name", sa.Text), sa.column("last", sa.Integer))
    op.bulk_insert(counters, [{"name": "credit_note", "last": 0}])
