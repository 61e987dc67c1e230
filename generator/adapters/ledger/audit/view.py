"""The books as an audit looks at them: everything at once, read and not locked."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from generator.adapters.sql.ledger_tables import (
    counters,
    credit_notes,
    customers,
    invoices,
    orders,
    quotes,
    refunds,
    reservations,
    subscriptions,
)
from generator.adapters.sql.store_tables import intents
from generator.model.credit import CreditNote, Refund
from generator.model.invoice import Invoice
from generator.model.payment import Intent, Key, Settlement
from generator.model.quote import Closed, Quote
from generator.model.subscription import Subscription

Reader = Callable[[str, Any], Any]
"""Makes a value of a record: `record.read`, or one that remembers."""


@dataclass(frozen=True)
class Placed:
    """An order with what it was closed with; neither while it is open."""

    id: str
    key: Key
    quote: Quote
    settlement: Settlement | None
    closed: Closed | None


@dataclass(frozen=True)
class View:
    """`held` is what an open order holds, and the state it goes back to; `listed` says of each
    invoice whether it is found among those to be paid, `counted` is the last number of each series."""

    customers: frozenset[str]
    subscriptions: Mapping[str, Subscription]
    due: Mapping[str, str | None]
    invoices: tuple[tuple[int, Invoice], ...]
    listed: Mapping[str, bool]
    counted: Mapping[str, int]
    held: Mapping[str, str]
    orders: tuple[Placed, ...]
    intents: Mapping[Key, Intent]
    notes: tuple[tuple[int, CreditNote], ...]
    refunds: tuple[Refund, ...]


def view(connection: Connection, read: Reader) -> View:
    """All of it as it stands now."""
    kept = connection.execute(select(subscriptions.c.id, subscriptions.c.due, subscriptions.c.record)).all()
    issued = connection.execute(
        select(invoices.c.position, invoices.c.unpaid, invoices.c.record).order_by(invoices.c.position)
    ).all()
    asked = connection.execute(select(intents.c.key, intents.c.record)).all()
    in_order = credit_notes.c.position
    noted = connection.execute(select(in_order, credit_notes.c.record).order_by(in_order)).all()
    read_invoices = tuple((row.position, read(row.record, Invoice)) for row in issued)
    return View(
        customers=frozenset(connection.scalars(select(customers.c.id))),
        subscriptions={row.id: read(row.record, Subscription) for row in kept},
        due={row.id: row.due for row in kept},
        invoices=read_invoices,
        listed={invoice.id: row.unpaid for row, (_, invoice) in zip(issued, read_invoices, strict=True)},
        counted={row.name: row.last for row in connection.execute(select(counters))},
        held={row.thing: row.back_to for row in connection.execute(select(reservations))},
        orders=tuple(_orders(connection, read)),
        intents={row.key: read(row.record, Intent) for row in asked},
        notes=tuple((row.position, read(row.record, CreditNote)) for row in noted),
        refunds=tuple(read(text, Refund) for text in connection.scalars(select(refunds.c.record))),
    )


def _orders(connection: Connection, read: Reader) -> Iterator[Placed]:
    found = select(orders.c.id, orders.c.key, orders.c.settlement, orders.c.closed, quotes.c.record)
    for row in connection.execute(found.join(quotes, quotes.c.id == orders.c.quote).order_by(orders.c.position)):
        settlement = read(row.settlement, Settlement) if row.settlement else None
        closed = read(row.closed, Closed) if row.closed else None
        yield Placed(row.id, row.key, read(row.record, Quote), settlement, closed)
