"""Invoices act by themselves: on which day each is charged or called late, and what customers are to be told of it."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

LONG_AGO = "1970-01-01"


def upgrade() -> None:
    """What is open already is looked at in the first round."""
    with op.batch_alter_table("invoices") as invoices:
        invoices.add_column(sa.Column("charge_on", sa.Text))
        invoices.add_column(sa.Column("late_on", sa.Text))
    op.create_index("ix_invoices_charge_on", "invoices", ["charge_on"])
    op.create_index("ix_invoices_late_on", "invoices", ["late_on"])
    table = sa.table("invoices", sa.column("charge_on"), sa.column("late_on"), sa.column("record"))
    for column, state in (("charge_on", "due_auto"), ("late_on", "due_offline")):
        open_ = table.c.record.like(f'%"state":"{state}"%')
        op.execute(table.update().where(open_).values({column: LONG_AGO}))
    op.create_table(
        "letters",
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("record", sa.Text, nullable=False),
        sa.UniqueConstraint("id", name="uq_letters_id"),
    )
    with op.batch_alter_table("intents") as intents:
        intents.alter_column("walk", existing_type=sa.Text, nullable=True)
