"""What an open order holds until it is closed: nobody else changes it or pays for it meanwhile."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, delete, exists, insert, not_, or_, select, update

from generator.adapters.ledger import books
from generator.adapters.sql.database import won
from generator.adapters.sql.ledger_tables import reservations
from generator.adapters.sql.store_tables import intents
from generator.model.payment import Key

HELD_FOR = timedelta(days=30)
"""Longer than anybody takes who has ordered and is about to pay."""

A_MOMENT = timedelta(minutes=1)
"""Longer than it takes from an order to its intent: what was ordered before and has none broke off."""


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
    others = (reservations.c.thing.in_(ids), reservations.c.key != key, not_(_lapsed(now)))
    return connection.scalar(select(reservations.c.thing).where(*others).limit(1)) is not None


def take(connection: Connection, things: Sequence[Hold], key: Key, now: datetime) -> bool:
    """Hold all of these; False where somebody was quicker.

    It lapses after a time where no payment was begun: an order may have broken off before its intent was saved, and is
    then never closed. While one is under way it never does, however long a bank takes, or nobody asked it.
    """
    for held in things:
        row = {"key": key, "until": now + HELD_FOR, "back_to": held.back_to}
        if won(connection, insert(reservations).values(thing=held.thing, **row)):
            continue
        free = or_(reservations.c.key == key, _lapsed(now))
        again = update(reservations).where(reservations.c.thing == held.thing, free).values(row)
        if connection.execute(again).rowcount == 0:
            return False
    return True


def in_use(connection: Connection, key: Key, now: datetime) -> bool:
    """Whether an order with this key holds something that its payment is for, or is about to be: in another window
    somebody has just committed to something else."""
    just_now = reservations.c.until > now + HELD_FOR - A_MOMENT
    held = select(reservations.c.thing).where(reservations.c.key == key, or_(just_now, under_way(reservations.c.key)))
    return connection.scalar(held.limit(1)) is not None


def let_go(connection: Connection, key: Key) -> None:
    """What was held with this key is free again, and as it was where closing the order made nothing of it."""
    rows = connection.execute(select(reservations).where(reservations.c.key == key)).all()
    for row in rows:
        if row.back_to:
            books.give_back(connection, row.thing, row.back_to)
    connection.execute(delete(reservations).where(reservations.c.key == key))


def held_with(connection: Connection, key: Key) -> tuple[str, ...]:
    """The subscriptions and invoices that are held with this key."""
    return tuple(connection.scalars(select(reservations.c.thing).where(reservations.c.key == key)))


def lapsed(connection: Connection, now: datetime) -> tuple[tuple[str, ...], ...]:
    """What is held by orders of which nobody has heard for too long, by order."""
    keys = connection.scalars(select(reservations.c.key).where(_lapsed(now)).distinct()).all()
    return tuple(held_with(connection, key) for key in keys)


def lapse(connection: Connection, things: Iterable[str], now: datetime) -> None:
    """Let go of these, as far as they are held by orders of which nobody has heard for too long."""
    over = select(reservations.c.key).where(reservations.c.thing.in_(tuple(things)), _lapsed(now))
    for key in connection.scalars(over.distinct()).all():
        let_go(connection, key)


def under_way(key: ColumnElement[str]) -> ColumnElement[bool]:
    """Whether a payment with this key was begun, and nobody has done yet what became of it."""
    return exists().where(intents.c.key == key, intents.c.closed.is_(False))


def _lapsed(now: datetime) -> ColumnElement[bool]:
    return and_(reservations.c.until < now, not_(under_way(reservations.c.key)))
