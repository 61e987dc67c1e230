"""Who pays for whom, what was agreed to, and what waits for its payment."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "consents",
        sa.Column("position", sa.Integer(), primary_key=True),
        sa.Column("customer", sa.Text(), sa.ForeignKey("customers.id"), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
    )
    op.create_index("ix_consents_customer", "consents", ["customer"])
    op.add_column("orders", sa.Column("subscription", sa.Text(), nullable=False, server_default=""))
    op.add_column("reservations", sa.Column("back_to", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("subscriptions") as table:
        table.add_column(sa.Column("payer", sa.Text()))
        table.create_foreign_key("fk_subscriptions_payer", "customers", ["payer"], ["id"])
    op.create_index("ix_subscriptions_payer", "subscriptions", ["payer"])
    _made_out_to(op.get_bind())


def _made_out_to(connection: sa.Connection) -> None:
    """To whom an invoice was made out is kept with it: for older ones the best that is known is how it is now."""
    invoices = sa.table("invoices", *map(sa.column, ("id", "customer", "record")))
    customers = sa.table("customers", *map(sa.column, ("id", "record")))
    both = sa.select(invoices.c.id, invoices.c.record, customers.c.record.label("customer"))
    for row in connection.execute(both.join(customers, customers.c.id == invoices.c.customer)).all():
        record = json.loads(row.record)
        if "billed_to" not in record:
            record["billed_to"] = json.loads(row.customer)["billing"]
            text = json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
            connection.execute(sa.update(invoices).where(invoices.c.id == row.id).values(record=text))
