"""Quotes and the orders on them, as they are kept."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, delete, exists, insert, not_, select, update

from generator import record
from generator.adapters.ledger.drafting import Sale
from generator.adapters.ledger.names import new_id
from generator.adapters.sql.database import won
from generator.adapters.sql.ledger_tables import orders, quotes
from generator.model.catalog import Plan
from generator.model.payment import Key, Settlement
from generator.model.quote import Closed, Order, Quote

_PLACED = select(orders.c.id, orders.c.subscription, quotes.c.record).join(quotes, quotes.c.id == orders.c.quote)


@dataclass(frozen=True)
class Placed:
    """An order with what is sold by it and, once it is closed, with what and to what.

    `subscription` is the one in draft that it starts; empty where it starts none.
    """

    sale: Sale
    subscription: str
    settlement: str | None
    closed: str | None

    def answer(self, settlement: Settlement) -> Closed | None:
        """What came of closing the order with this, the first time; None while it is open."""
        if self.closed is None:
            return None
        if self.settlement != record.write(settlement, Settlement):
            raise ValueError(f"the order is closed with {self.settlement}, it cannot be closed with {settlement}")
        return record.read(self.closed, Closed)


def keep_quote(connection: Connection, sale: Sale) -> None:
    plan = record.write(sale.plan) if sale.plan else ""
    row = {"id": sale.quote.id, "customer": sale.quote.request.customer, "plan": plan, "as_of": sale.quote.as_of}
    connection.execute(insert(quotes).values(**row, record=record.write(sale.quote)))


def kept_quote(connection: Connection, id: str) -> Sale:
    row = connection.execute(select(quotes.c.record, quotes.c.plan).where(quotes.c.id == id)).one_or_none()
    if row is None:
        raise KeyError(f"no quote {id} was ever given")
    return Sale(record.read(row.record, Quote), record.read(row.plan, Plan) if row.plan else None)


def forget_quotes(connection: Connection, before: datetime, most: int) -> int:
    """What an order was opened to is evidence, and stays."""
    ordered = exists().where(orders.c.quote == quotes.c.id)
    over = select(quotes.c.id).where(quotes.c.as_of < before, not_(ordered)).order_by(quotes.c.as_of).limit(most)
    return connection.execute(delete(quotes).where(quotes.c.id.in_(over.scalar_subquery()))).rowcount


def place(connection: Connection, quote: Quote, key: Key, subscription: str) -> Order:
    """The order on this quote: a new one, unless somebody asked for the same at the same moment."""
    row = {"id": new_id("order"), "key": key, "shown": quote.shown, "quote": quote.id, "subscription": subscription}
    won(connection, insert(orders).values(row))
    order = opened(connection, key, quote.shown)
    assert order is not None, "it was inserted by us or by who was faster"
    return order


def opened(connection: Connection, key: Key, shown: str) -> Order | None:
    """The order that was opened with this key for what the customer was shown.

    A key alone is not enough: a first try may have come to nothing before its intent was saved, and the customer, with
    the same key, now buys something else.
    """
    return _order(connection, _PLACED.where(orders.c.key == key, orders.c.shown == shown))


def with_key(connection: Connection, key: Key) -> Order | None:
    """The last order that was opened with this key."""
    return _order(connection, _PLACED.where(orders.c.key == key).order_by(orders.c.position.desc()).limit(1))


def placed(connection: Connection, id: str, key: Key) -> Placed:
    """The order that was opened with this key; who has its customer's account is the only one to close it."""
    row = connection.execute(select(orders).where(orders.c.id == id, orders.c.key == key)).one_or_none()
    if row is None:
        raise KeyError(f"no order {id} was ever opened with the key {key}")
    return Placed(kept_quote(connection, row.quote), row.subscription, row.settlement, row.closed)


def close(connection: Connection, id: str, settlement: Settlement, closed: Closed) -> None:
    ended = {"settlement": record.write(settlement, Settlement), "closed": record.write(closed)}
    connection.execute(update(orders).where(orders.c.id == id).values(ended))


def _order(connection: Connection, found: Select[Any]) -> Order | None:
    row = connection.execute(found).one_or_none()
    return Order(row.id, record.read(row.record, Quote), row.subscription) if row else None
