"""What is used of a plan's options is counted; what the API answered is kept for a day."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "usages",
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("customer", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("subscription", sa.Text(), nullable=False),
        sa.Column("option", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["customer"], ["customers.id"], name="fk_usages_customer"),
        sa.ForeignKeyConstraint(["subscription"], ["subscriptions.id"], name="fk_usages_subscription"),
        sa.PrimaryKeyConstraint("position", name="pk_usages"),
        sa.UniqueConstraint("customer", "key", name="uq_usages_customer_key"),
    )
    op.create_index("ix_usages_counted", "usages", ["subscription", "day"])
    op.create_table(
        "replies",
        sa.Column("caller", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("caller", "key", name="pk_replies"),
    )
    op.create_index("ix_replies_until", "replies", ["until"])
