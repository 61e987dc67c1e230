"""What became of something, as it waits to be an event: written in the transaction in which it happened."""

from secrets import token_hex

from sqlalchemy import Connection, delete, insert, select

from generator import record
from generator.adapters.sql.ledger_tables import happenings
from generator.model.event import Happening


def write(connection: Connection, happening: Happening) -> None:
    connection.execute(insert(happenings).values(id=token_hex(16), record=record.write(happening)))


def waiting(connection: Connection, most: int) -> tuple[tuple[str, Happening], ...]:
    """The oldest first, each with its id."""
    found = select(happenings.c.id, happenings.c.record).order_by(happenings.c.position).limit(most)
    return tuple((row.id, record.read(row.record, Happening)) for row in connection.execute(found))


def numbered(connection: Connection, id: str) -> None:
    """It is an event now: nothing of it is kept here."""
    connection.execute(delete(happenings).where(happenings.c.id == id))
