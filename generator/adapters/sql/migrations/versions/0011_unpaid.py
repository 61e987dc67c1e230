"""Invoices that are to be paid are found without reading all that were."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.add_column("invoices", sa.Column("unpaid", sa.Boolean(), nullable=False, server_default=sa.false()))
    _read_states(op.get_bind())
    op.create_index("ix_invoices_listed", "invoices", ["customer", "unpaid", "position"])
    op.create_index("ix_invoices_owed", "invoices", ["subscription", "unpaid", "position"])


def _read_states(connection: sa.Connection) -> None:
    table = sa.table(
        "invoices", sa.column("id", sa.Text), sa.column("unpaid", sa.Boolean), sa.column("record", sa.Text)
    )
    for row in connection.execute(sa.select(table.c.id, table.c.record)).all():
        if json.loads(row.record)["state"].startswith(("due", "problem")):
            connection.execute(sa.update(table).where(table.c.id == row.id).values(unpaid=True))
