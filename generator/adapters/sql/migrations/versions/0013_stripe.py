"""What is asked of Stripe is written down first, and what it says unasked before anybody acts on it."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_table(
        "stripe_customers",
        sa.Column("customer", sa.Text, primary_key=True),
        sa.Column("id", sa.Text, nullable=False),
    )
    op.create_table(
        "stripe_charges",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("charge", sa.Text, nullable=False),
        sa.Column("object", sa.Text, nullable=False, index=True),
        sa.Column("payment", sa.Text, nullable=False, index=True),
        sa.Column("ended", sa.Text, nullable=False),
    )
    op.create_table(
        "stripe_refunds",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("charge", sa.Text, nullable=False),
        sa.Column("minor", sa.BigInteger, nullable=False),
        sa.Column("currency", sa.Text, nullable=False),
        sa.Column("object", sa.Text, nullable=False, index=True),
        sa.Column("refused", sa.Text, nullable=False),
    )
    op.create_table(
        "hints",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("heard", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("record", sa.Text, nullable=False),
    )
    op.create_index("ix_hints_state", "hints", ["state", "heard"])
