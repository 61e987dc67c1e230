"""Money that is to go back for what Stripe has invoiced: on our disk, with its key, before anybody is asked."""

import sqlalchemy as sa
from alembic import op

from generator.adapters.sql.metadata import Moment

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.create_table(
        "stripe_credits",
        sa.Column("key", sa.Text(), primary_key=True),
        sa.Column("invoice", sa.Text(), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.Column("next_check", Moment, nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
    )
    op.create_index("ix_stripe_credits_invoice", "stripe_credits", ["invoice"])
    op.create_index("ix_stripe_credits_unsettled", "stripe_credits", ["closed", "next_check"])
