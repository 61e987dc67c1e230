"""What is sold at Stripe: what there belongs to a plan of ours, and which subscription there to which of ours."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.create_table(
        "stripe_things",
        sa.Column("what", sa.Text(), primary_key=True),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
    )
    op.create_index("ix_stripe_things_id", "stripe_things", ["id"])
    op.create_table(
        "stripe_sales",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("customer", sa.Text(), nullable=False),
        sa.Column("payer", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("object", sa.Text(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("then", sa.Text(), nullable=False),
    )
    for name in ("customer", "payer", "object"):
        op.create_index(f"ix_stripe_sales_{name}", "stripe_sales", [name])
