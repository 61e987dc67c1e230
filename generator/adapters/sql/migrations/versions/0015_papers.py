"""What was issued is kept as the file that it was, whatever the theme says later."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.create_table(
        "papers",
        sa.Column("number", sa.Text(), primary_key=True),
        sa.Column("made", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("lacks", sa.Text(), nullable=False),
        sa.Column("file", sa.LargeBinary(), nullable=False),
    )
