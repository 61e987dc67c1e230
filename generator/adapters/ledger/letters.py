"""What customers are to be told by mail, as it waits: written in the transaction of what it tells of."""

from secrets import token_hex

from sqlalchemy import Connection, delete, insert, select

from generator import record
from generator.adapters.sql.ledger_tables import letters
from generator.model.letter import Letter


def write(connection: Connection, letter: Letter) -> None:
    connection.execute(insert(letters).values(id=token_hex(16), record=record.write(letter)))


def waiting(connection: Connection, most: int) -> tuple[tuple[str, Letter], ...]:
    """The oldest first, each with its id."""
    found = select(letters.c.id, letters.c.record).order_by(letters.c.position).limit(most)
    return tuple((row.id, record.read(row.record, Letter)) for row in connection.execute(found))


def sent(connection: Connection, id: str) -> None:
    """It is in the outbox: nothing of it is kept here."""
    connection.execute(delete(letters).where(letters.c.id == id))
