"""Subscriptions and invoices, as they are kept."""

from dataclasses import replace
from datetime import date

from sqlalchemy import Connection, insert, select, update

from generator import record
from generator.adapters.ledger import lifecycle
from generator.adapters.sql.ledger_tables import counters, invoices, subscriptions
from generator.model.invoice import Invoice
from generator.model.subscription import Subscription


def start(connection: Connection, subscription: Subscription) -> None:
    row = {"id": subscription.id, "customer": subscription.customer, **_kept(subscription)}
    connection.execute(insert(subscriptions).values(row))


def keep(connection: Connection, subscription: Subscription) -> None:
    """The subscription as it is from now on."""
    found = subscriptions.c.id == subscription.id
    connection.execute(update(subscriptions).where(found).values(_kept(subscription)))


def due(connection: Connection, today: date) -> tuple[str, ...]:
    """The ids of the subscriptions with which the calendar has something to do by this day, the first one first."""
    found = select(subscriptions.c.id).where(subscriptions.c.due <= today.isoformat())
    return tuple(connection.scalars(found.order_by(subscriptions.c.due, subscriptions.c.position)))


def _kept(subscription: Subscription) -> dict[str, str | None]:
    day = lifecycle.due(subscription)
    return {"record": record.write(subscription), "due": day.isoformat() if day else None}


def subscription(connection: Connection, id: str) -> Subscription | None:
    text = connection.scalar(select(subscriptions.c.record).where(subscriptions.c.id == id))
    return record.read(text, Subscription) if text else None


def locked(connection: Connection, id: str) -> Subscription:
    """The subscription; nobody else can change it until this transaction ends."""
    text = connection.scalar(select(subscriptions.c.record).where(subscriptions.c.id == id).with_for_update())
    if text is None:
        raise KeyError(f"no subscription {id}")
    return record.read(text, Subscription)


def issue(connection: Connection, draft: Invoice) -> Invoice:
    """The invoice with the next number of the series.

    The count is raised in the same transaction: one that is undone gives its number back, so there is never a gap.
    The others wait for it, so nothing slow may follow.
    """
    raised = update(counters).where(counters.c.name == "invoice").values(last=counters.c.last + 1)
    count = connection.execute(raised.returning(counters.c.last)).scalar_one()
    invoice = replace(draft, number=f"INV-{count:06}")
    row = {"id": invoice.id, "customer": invoice.customer, "subscription": invoice.subscription}
    connection.execute(insert(invoices).values(**row, position=count, record=record.write(invoice)))
    return invoice


def invoice(connection: Connection, id: str) -> Invoice | None:
    text = connection.scalar(select(invoices.c.record).where(invoices.c.id == id))
    return record.read(text, Invoice) if text else None


def settle(connection: Connection, id: str, received: date | None = None, reference: str = "") -> Invoice:
    """The invoice is paid. That it was paid before would be our bug: nobody is charged for what is settled."""
    text = connection.scalar(select(invoices.c.record).where(invoices.c.id == id).with_for_update())
    owed = record.read(text or "", Invoice)
    if not owed.unpaid:
        raise ValueError(f"invoice {owed.number} is {owed.state} already")
    paid = replace(owed, state="paid", due=None, received=received, reference=reference)
    connection.execute(update(invoices).where(invoices.c.id == id).values(record=record.write(paid)))
    return paid


def owed_by(connection: Connection, subscription: str) -> tuple[Invoice, ...]:
    """The subscription's invoices that can be paid now, oldest first."""
    found = select(invoices.c.record).where(invoices.c.subscription == subscription)
    read = (record.read(text, Invoice) for text in connection.scalars(found.order_by(invoices.c.position)))
    return tuple(invoice for invoice in read if invoice.payable)


def subscriptions_of(connection: Connection, customer: str) -> tuple[Subscription, ...]:
    """Newest first."""
    found = select(subscriptions.c.record).where(subscriptions.c.customer == customer)
    texts = connection.scalars(found.order_by(subscriptions.c.position.desc()))
    return tuple(record.read(text, Subscription) for text in texts)


def invoices_of(connection: Connection, customer: str) -> tuple[Invoice, ...]:
    """Newest first."""
    found = select(invoices.c.record).where(invoices.c.customer == customer)
    texts = connection.scalars(found.order_by(invoices.c.position.desc()))
    return tuple(record.read(text, Invoice) for text in texts)
