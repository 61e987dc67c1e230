"""What gateways said unasked, on our own database: each once, until somebody acted on it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, update

from generator import record
from generator.adapters.sql.database import Database, won
from generator.adapters.sql.store_tables import hints
from generator.model.hint import Aside, Hint

WAITING, HEEDED = "waiting", "heeded"

REPEATED_FOR = timedelta(days=30)
"""Far longer than any gateway goes on repeating itself."""


class SqlHints:
    """A part of the store."""

    _database: Database

    def hear(self, hint: Hint, now: datetime) -> bool:
        row = {"id": hint.id, "heard": now, "state": hint.aside or WAITING, "record": record.write(hint)}
        with self._database.write() as connection:
            return won(connection, insert(hints).values(row))

    def hints(self, most: int) -> Sequence[Hint]:
        waiting = select(hints.c.record).where(hints.c.state == WAITING).order_by(hints.c.heard, hints.c.id)
        with self._database.read() as connection:
            return [record.read(text, Hint) for text in connection.scalars(waiting.limit(most)).all()]

    def heed(self, hint: str, aside: Aside = "") -> None:
        with self._database.write() as connection:
            connection.execute(update(hints).where(hints.c.id == hint).values(state=aside or HEEDED))

    def aside(self, most: int) -> Sequence[Hint]:
        left = hints.c.state.in_(("unknown", "other_version", "other_mode"))
        found = select(hints.c.state, hints.c.record).where(left).order_by(hints.c.heard.desc(), hints.c.id)
        with self._database.read() as connection:
            rows = connection.execute(found.limit(most)).all()
        return [replace(record.read(row.record, Hint), aside=row.state) for row in rows]


def forget(connection: Connection, before: datetime) -> None:
    """What was heard before and waits for nobody; who repeats it then is believed anew."""
    connection.execute(delete(hints).where(hints.c.heard < before, hints.c.state != WAITING))
