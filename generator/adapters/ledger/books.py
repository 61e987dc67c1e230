"""Subscriptions and invoices, as they are kept."""

from dataclasses import replace
from datetime import date
from typing import cast

from sqlalchemy import ColumnElement, Connection, insert, select, update

from generator import record
from generator.adapters.ledger import lifecycle
from generator.adapters.sql.ledger_tables import counters, invoices, subscriptions
from generator.model.invoice import Invoice, InvoiceState
from generator.model.subscription import Subscription, SubscriptionState


def start(connection: Connection, subscription: Subscription) -> None:
    whose = {"customer": subscription.customer, "payer": subscription.payer or None}
    row = {"id": subscription.id, **whose, **_kept(subscription)}
    connection.execute(insert(subscriptions).values(row))


def keep(connection: Connection, subscription: Subscription) -> None:
    """The subscription as it is from now on."""
    found = subscriptions.c.id == subscription.id
    connection.execute(update(subscriptions).where(found).values(_kept(subscription)))


def due(connection: Connection, today: date) -> tuple[Subscription, ...]:
    """The subscriptions with which the calendar has something to do by this day, the first one first."""
    found = select(subscriptions.c.record).where(subscriptions.c.due <= today.isoformat())
    texts = connection.scalars(found.order_by(subscriptions.c.due, subscriptions.c.position))
    return tuple(record.read(text, Subscription) for text in texts)


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


def numbered(connection: Connection, number: str) -> Invoice | None:
    """The invoice with this number: the count in it is where it lies."""
    count = number.removeprefix("INV-")
    if not count.isascii() or not count.isdigit() or len(count) > 12:
        return None
    text = connection.scalar(select(invoices.c.record).where(invoices.c.position == int(count)))
    found = record.read(text, Invoice) if text else None
    return found if found and found.number == number else None


def settle(connection: Connection, id: str, received: date | None = None, reference: str = "") -> Invoice:
    """The invoice is paid. That it was paid before would be our bug: nobody is charged for what is settled."""
    text = connection.scalar(select(invoices.c.record).where(invoices.c.id == id).with_for_update())
    owed = record.read(text or "", Invoice)
    if not owed.unpaid:
        raise ValueError(f"invoice {owed.number} is {owed.state} already")
    paid = replace(owed, state="paid", due=None, received=received, reference=reference)
    connection.execute(update(invoices).where(invoices.c.id == id).values(record=record.write(paid)))
    return paid


def hold(connection: Connection, id: str) -> None:
    """An order to start the subscription, or to pay the invoice, is open."""
    if found := subscription(connection, id):
        keep(connection, replace(found, state="draft_customer"))
    else:
        _becomes(connection, id, "due_pending")


def give_back(connection: Connection, id: str, state: str) -> None:
    """A subscription or an invoice that an order held is in this state again, unless it was started or paid by it."""
    if (found := subscription(connection, id)) and found.state == "draft_customer":
        keep(connection, replace(found, state=cast(SubscriptionState, state)))
    elif (owed := invoice(connection, id)) and owed.state == "due_pending":
        _becomes(connection, id, cast(InvoiceState, state))


def _becomes(connection: Connection, id: str, state: InvoiceState) -> None:
    text = connection.scalar(select(invoices.c.record).where(invoices.c.id == id).with_for_update())
    changed = replace(record.read(text or "", Invoice), state=state)
    connection.execute(update(invoices).where(invoices.c.id == id).values(record=record.write(changed)))


def owed_by(connection: Connection, subscription: str) -> tuple[Invoice, ...]:
    """The subscription's invoices that are to be paid, oldest first; those too that a bank is at."""
    found = select(invoices.c.record).where(invoices.c.subscription == subscription)
    read = (record.read(text, Invoice) for text in connection.scalars(found.order_by(invoices.c.position)))
    return tuple(invoice for invoice in read if invoice.payable or invoice.state == "due_pending")


def subscriptions_of(connection: Connection, customer: str) -> tuple[Subscription, ...]:
    """Newest first."""
    return _subscriptions(connection, subscriptions.c.customer == customer)


def paid_for_by(connection: Connection, customer: str) -> tuple[Subscription, ...]:
    """What others have and this customer pays, newest first."""
    return _subscriptions(connection, subscriptions.c.payer == customer)


def _subscriptions(connection: Connection, whose: ColumnElement[bool]) -> tuple[Subscription, ...]:
    """What an order would have started that came to nothing is left out: nobody ever had it."""
    found = select(subscriptions.c.record).where(whose).order_by(subscriptions.c.position.desc())
    read = (record.read(text, Subscription) for text in connection.scalars(found))
    return tuple(subscription for subscription in read if subscription.state != "deleted")


def invoices_of(connection: Connection, customer: str) -> tuple[Invoice, ...]:
    """Newest first."""
    found = select(invoices.c.record).where(invoices.c.customer == customer)
    texts = connection.scalars(found.order_by(invoices.c.position.desc()))
    return tuple(record.read(text, Invoice) for text in texts)
