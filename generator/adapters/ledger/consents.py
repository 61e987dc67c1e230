"""What customers agreed to, as it is kept: there is no way to change or take away what stands here."""

from collections.abc import Iterable

from sqlalchemy import Connection, insert, select

from generator import record
from generator.adapters.sql.ledger_tables import consents
from generator.model.consent import Agreement


def append(connection: Connection, agreements: Iterable[Agreement]) -> None:
    rows = [{"customer": one.customer, "record": record.write(one)} for one in agreements]
    if rows:
        connection.execute(insert(consents), rows)


def of(connection: Connection, customer: str) -> tuple[Agreement, ...]:
    """All of a customer, the oldest first."""
    found = select(consents.c.record).where(consents.c.customer == customer).order_by(consents.c.position)
    return tuple(record.read(text, Agreement) for text in connection.scalars(found))
