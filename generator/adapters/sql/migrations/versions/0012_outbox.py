"""What goes out to customers and to the merchant's application waits in one place, and events have numbers."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "deliveries",
        sa.Column("position", sa.Integer(), primary_key=True),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("written", MOMENT, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("due", MOMENT, nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.UniqueConstraint("id", name="uq_deliveries_id"),
    )
    op.create_index("ix_deliveries_waiting", "deliveries", ["state", "due"])
    op.create_index("ix_deliveries_channel", "deliveries", ["channel", "state", "position"])
    _move_mails(op.get_bind())
    op.drop_index("ix_mails_outbox", "mails")
    op.drop_table("mails")
    op.create_table(
        "events",
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.UniqueConstraint("source", name="uq_events_source"),
    )
    op.create_index("ix_events_at", "events", ["at"])
    op.create_table(
        "endpoints", sa.Column("name", sa.Text(), primary_key=True), sa.Column("record", sa.Text(), nullable=False)
    )
    op.create_table(
        "happenings",
        sa.Column("position", sa.Integer(), primary_key=True),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.UniqueConstraint("id", name="uq_happenings_id"),
    )


def _move_mails(connection: sa.Connection) -> None:
    columns = (sa.column("id", sa.Text), sa.column("written", MOMENT), sa.column("sent", sa.Boolean))
    mails = sa.table("mails", *columns, sa.column("try_at", MOMENT), sa.column("record", sa.Text))
    names = ("id", "channel", "about", "written", "state", "due", "tries", "said", "record")
    kept = sa.table("deliveries", *(sa.column(name) for name in names))
    for row in connection.execute(sa.select(mails).order_by(mails.c.written, mails.c.id)).all():
        about = json.loads(row.record)["about"] if row.record else ""
        state = "done" if row.sent else "waiting"
        moved = {"id": row.id, "channel": "mail", "about": about, "written": row.written, "state": state}
        connection.execute(sa.insert(kept).values(**moved, due=row.try_at, tries=0, said="", record=row.record))
