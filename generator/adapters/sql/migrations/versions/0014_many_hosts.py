"""Several hosts share bundles, and what is long over is found: walks by their bundle, quotes and walks by their age."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

from generator.adapters.sql.metadata import Moment

revision = "0014"
down_revision = "0013"

AT_ONCE = 1000


def upgrade() -> None:
    op.create_table(
        "bundles",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("format", sa.Integer, nullable=False),
        sa.Column("served", Moment, nullable=False),
        sa.Column("parcel", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_bundles"),
    )
    op.create_index("ix_bundles_served", "bundles", ["served"])
    op.create_table(
        "bundle_assets",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("bundle", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("name", "bundle", name="pk_bundle_assets"),
        sa.ForeignKeyConstraint(["bundle"], ["bundles.id"], name="fk_bundle_assets_bundle"),
    )
    op.create_index("ix_bundle_assets_bundle", "bundle_assets", ["bundle"])
    op.add_column("walks", sa.Column("bundle", sa.Text, nullable=False, server_default=""))
    op.add_column("walks", sa.Column("touched", Moment))
    op.add_column("quotes", sa.Column("as_of", Moment))
    _read("walks", lambda walk: {"bundle": walk["bundle"], "touched": datetime.fromisoformat(walk["touched"])})
    _read("quotes", lambda quote: {"as_of": datetime.fromisoformat(quote["as_of"])})
    op.create_index("ix_walks_bundle", "walks", ["bundle", "state"])
    op.create_index("ix_walks_touched", "walks", ["touched"])
    op.create_index("ix_quotes_as_of", "quotes", ["as_of"])


def _read(name: str, columns: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """What the records say, put beside them; some at a time, as there may be many."""
    table = sa.table(name, sa.column("id", sa.Text), sa.column("record", sa.Text))
    connection, after = op.get_bind(), ""
    while True:
        some = sa.select(table.c.id, table.c.record).where(table.c.id > after).order_by(table.c.id).limit(AT_ONCE)
        rows = connection.execute(some).all()
        if not rows:
            return
        for row in rows:
            said = columns(json.loads(row.record))
            written = sa.table(name, sa.column("id"), *(sa.column(key, _type(key)) for key in said))
            connection.execute(sa.update(written).where(written.c.id == row.id).values(said))
        after = rows[-1].id


def _type(column: str) -> sa.types.TypeEngine[Any]:
    return sa.Text() if column == "bundle" else Moment()
