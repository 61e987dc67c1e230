"""Subscriptions change: an open order holds what it is about, and a walk may be about several things at once."""

import json
from urllib.parse import urlencode

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

ABOUT = {"subscribe_to_plan": "plan", "pay_invoice": "invoice"}
"""What the subject of a walk was, by workflow."""


def upgrade() -> None:
    op.create_table(
        "reservations",
        sa.Column("thing", sa.Text(), primary_key=True),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_reservations_key", "reservations", ["key"])
    op.add_column("subscriptions", sa.Column("due", sa.Text()))
    op.create_index("ix_subscriptions_due", "subscriptions", ["due"])
    _due(op.get_bind())
    _subjects(op.get_bind())


def _due(connection: sa.Connection) -> None:
    """Until now every subscription was running, and none had ever been renewed."""
    table = sa.table("subscriptions", sa.column("id", sa.Text), sa.column("due", sa.Text), sa.column("record", sa.Text))
    for row in connection.execute(sa.select(table.c.id, table.c.record)).all():
        end = json.loads(row.record)["period_end"]
        connection.execute(sa.update(table).where(table.c.id == row.id).values(due=end))


def _subjects(connection: sa.Connection) -> None:
    table = sa.table("walks", sa.column("id", sa.Text), sa.column("subject", sa.Text), sa.column("record", sa.Text))
    for row in connection.execute(sa.select(table.c.id, table.c.record)).all():
        record = json.loads(row.record)
        about, ref = ABOUT.get(record["workflow"], ""), record["subject"]
        record["subject"] = {about: ref} if about and ref else {}
        text = json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        values = {"record": text, "subject": urlencode(record["subject"])}
        connection.execute(sa.update(table).where(table.c.id == row.id).values(values))
