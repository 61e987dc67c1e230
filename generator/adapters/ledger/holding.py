"""What an open order holds until it is closed: nobody else changes it or pays for it meanwhile."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, or_, select, update

from generator.adapters.ledger import books
from generator.adapters.sql.database import won
from generator.adapters.sql.ledger_tables import reservations
from generator.model.payment import Key

HELD_FOR = timedelta(days=30)
"""Longer than any bank takes for a payment."""


@dataclass(frozen=True)
class Hold:
    """A subscription or an invoice by its id, and the state that it is back in where nothing comes of the order.

    Empty where an open order does not show in its state.
    """

    thing: str
    back_to: str = ""


def taken(connection: Connection, things: Iterable[Hold], key: Key, now: datetime) -> bool:
    """Whether another open order holds one of these: two changes of one thing would both be paid for."""
    ids = [held.thing for held in things]
    others = (reservations.c.thing.in_(ids), reservations.c.key != key, reservations.c.until >= now)
    return connection.scalar(select(reservations.c.thing).where(*others).limit(1)) is not None


def take(connection: Connection, things: Sequence[Hold], key: Key, now: datetime) -> bool:
    """Hold all of these; False where somebody was quicker.

    It lapses when no payment can still be under way: an order may have broken off before its intent was saved, and is
    then never closed.
    """
    for held in things:
        row = {"key": key, "until": now + HELD_FOR, "back_to": held.back_to}
        if won(connection, insert(reservations).values(thing=held.thing, **row)):
            continue
        free = or_(reservations.c.key == key, reservations.c.until < now)
        again = update(reservations).where(reservations.c.thing == held.thing, free).values(row)
        if connection.execute(again).rowcount == 0:
            return False
    return True


def let_go(connection: Connection, key: Key) -> None:
    """What was held with this key is free again, and as it was where closing the order made nothing of it."""
    rows = connection.execute(select(reservations).where(reservations.c.key == key)).all()
    for row in rows:
        if row.back_to:
            books.give_back(connection, row.thing, row.back_to)
    connection.execute(delete(reservations).where(reservations.c.key == key))


def lapse(connection: Connection, now: datetime) -> None:
    """Let go of what is held by orders of which nobody has heard for too long."""
    for key in connection.scalars(select(reservations.c.key).where(reservations.c.until < now).distinct()).all():
        let_go(connection, key)
