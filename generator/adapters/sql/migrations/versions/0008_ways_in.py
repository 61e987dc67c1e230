"""Links are used once or revoked, codes are mailed, and a customer is found by e-mail address."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "used_links",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_used_links_until", "used_links", ["until"])
    op.create_table(
        "revocations",
        sa.Column("customer", sa.Text(), primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "codes",
        sa.Column("address", sa.Text(), primary_key=True),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
    )
    op.create_index("ix_codes_since", "codes", ["since"])
    op.add_column("customers", sa.Column("email", sa.Text(), nullable=False, server_default=""))
    op.create_index("ix_customers_email", "customers", ["email"])
    _emails(op.get_bind())


def _emails(connection: sa.Connection) -> None:
    table = sa.table("customers", sa.column("id", sa.Text), sa.column("email", sa.Text), sa.column("record", sa.Text))
    for row in connection.execute(sa.select(table.c.id, table.c.record)).all():
        written = json.loads(row.record).get("billing", {}).get("email", "")
        email = written.strip().encode().lower().decode()
        connection.execute(sa.update(table).where(table.c.id == row.id).values(email=email))
