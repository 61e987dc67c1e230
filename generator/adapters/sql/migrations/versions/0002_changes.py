"""A quote's request says which change it asks for: until now it was always a subscription."""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    connection = op.get_bind()
    for name, rewrite in (("quotes", _quote), ("walks", _walk)):
        table = sa.table(name, sa.column("id", sa.Text), sa.column("record", sa.Text))
        for row in connection.execute(sa.select(table.c.id, table.c.record)).all():
            record = json.loads(row.record)
            rewrite(record)
            text = json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
            connection.execute(sa.update(table).where(table.c.id == row.id).values(record=text))


def _walk(walk: dict[str, Any]) -> None:
    for name in ("quote", "quote_before"):
        if walk.get(name):
            _quote(walk[name])


def _quote(quote: dict[str, Any]) -> None:
    request = quote.pop("purchase")
    request["change"] = {"is": "Subscribe", "plan": request.pop("plan"), "options": request.pop("options")}
    quote["request"] = request
