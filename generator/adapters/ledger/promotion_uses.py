"""How often a promotion was taken: where that is limited, each use is a row, held by an open order or taken."""

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, func, insert, not_, or_, select, update

from generator.adapters.ledger.holding import HELD_FOR, under_way
from generator.adapters.sql.database import won
from generator.adapters.sql.ledger_tables import promotion_uses as uses
from generator.model.payment import Key
from generator.model.promotion import Promotion


def used_up(connection: Connection, promotion: Promotion, now: datetime, key: Key = "") -> bool:
    """Whether nothing of it is left for who comes with this key."""
    if not promotion.uses:
        return False
    others = select(func.count()).where(uses.c.code == promotion.code, uses.c.key != key)
    return (connection.scalar(others.where(_held(now))) or 0) >= promotion.uses


def reserve(connection: Connection, promotion: Promotion | None, key: Key, now: datetime) -> bool:
    """Whether one use of it is held for this key from now on, where there is anything to hold.

    Of two who come for the last one, one gets it: a use has a number, and a number is there once.
    """
    if promotion is None or not promotion.uses:
        return True
    held = {"key": key, "until": now + HELD_FOR}
    free = or_(uses.c.key == key, not_(_held(now)))
    others = select(uses.c.number).where(uses.c.code == promotion.code, uses.c.key != key)
    gone = set(connection.scalars(others.where(_held(now))))
    for number in (number for number in range(1, promotion.uses + 1) if number not in gone):
        if won(connection, insert(uses).values(code=promotion.code, number=number, **held)):
            return True
        again = update(uses).where(uses.c.code == promotion.code, uses.c.number == number, free).values(held)
        if connection.execute(again).rowcount:
            return True
    return False


def take(connection: Connection, key: Key) -> None:
    """What was held for this key is taken for good."""
    connection.execute(update(uses).where(uses.c.key == key).values(until=None))


def give_back(connection: Connection, key: Key) -> None:
    """What was held for this key is free again; what was taken stays taken."""
    connection.execute(delete(uses).where(uses.c.key == key, uses.c.until.is_not(None)))


def _held(now: datetime) -> ColumnElement[bool]:
    """Taken for good, or by an order that may still be under way."""
    return or_(uses.c.until.is_(None), uses.c.until >= now, under_way(uses.c.key))
