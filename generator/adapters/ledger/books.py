"""Subscriptions and invoices, as they are kept."""

from dataclasses import replace
from datetime import date
from typing import Any, cast

from sqlalchemy import ColumnElement, Connection, Select, func, insert, select, update

from generator import record
from generator.adapters.ledger import lifecycle, series, telling
from generator.adapters.sql.ledger_tables import invoices, subscriptions
from generator.model.invoice import ALL, FIXED, Invoice, Sought
from generator.model.invoice_machine import INVOICE, InvoiceEvent
from generator.model.machine import NEW
from generator.model.payment import Key
from generator.model.subscription import Subscription, SubscriptionState
from generator.model.subscription_machine import SUBSCRIPTION, SubscriptionEvent


def start(connection: Connection, subscription: Subscription, event: SubscriptionEvent) -> None:
    """A subscription that was not there before."""
    SUBSCRIPTION.check(NEW, event, subscription.state)
    whose = {"customer": subscription.customer, "payer": subscription.payer or None}
    row = {"id": subscription.id, **whose, **_kept(subscription)}
    connection.execute(insert(subscriptions).values(row))
    telling.subscription(connection, subscription, event)


def keep(connection: Connection, new: Subscription, event: SubscriptionEvent | None = None) -> None:
    """The subscription as it is from now on. Without an event, or where that changes nothing, its state stays."""
    before, by = locked(connection, new.id), event or ""
    known = SUBSCRIPTION.knows(before.state, by, new.state)
    if before.state != new.state or known:
        SUBSCRIPTION.check(before.state, by, new.state)
    found = subscriptions.c.id == new.id
    connection.execute(update(subscriptions).where(found).values(_kept(new)))
    if event and known:
        telling.subscription(connection, new, event)
    elif before != new:
        telling.subscription(connection, new, "changed")


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
    """The invoice with the next number of the series; nothing slow may follow, see `series.take`."""
    INVOICE.check(NEW, "issued", draft.state)
    count, number = series.take(connection, "invoice")
    invoice = replace(draft, number=number)
    row = {"id": invoice.id, "customer": invoice.customer, "subscription": invoice.subscription}
    connection.execute(insert(invoices).values(**row, position=count, **_written(invoice)))
    telling.invoice(connection, invoice, "issued")
    return invoice


def invoice(connection: Connection, id: str) -> Invoice | None:
    text = connection.scalar(select(invoices.c.record).where(invoices.c.id == id))
    return record.read(text, Invoice) if text else None


def numbered(connection: Connection, number: str) -> Invoice | None:
    """The invoice with this number: the count in it is where it lies."""
    count = series.count_in(number, "invoice")
    if count is None:
        return None
    text = connection.scalar(select(invoices.c.record).where(invoices.c.position == count))
    return record.read(text, Invoice) if text else None


def settle(connection: Connection, id: str, on: date, charge: Key, automatic: bool = False) -> Invoice:
    """The invoice is paid by the charge of this key. That it was paid before would be our bug."""
    paid = becomes(connection, id, "paid", state="paid", due=None, paid_on=on, charge=charge)
    telling.by_letter(connection, paid, "charged" if automatic else "paid")
    return paid


def hold(connection: Connection, id: str) -> None:
    """An order to start the subscription, or to pay the invoice, is open."""
    if found := subscription(connection, id):
        keep(connection, replace(found, state="draft_customer"), "ordered")
    else:
        becomes(connection, id, "payment_begun", state="due_pending")


def give_back(connection: Connection, id: str, state: str) -> None:
    """A subscription or an invoice that an order held is in this state again, unless it was started or paid by it."""
    if (found := subscription(connection, id)) and found.state == "draft_customer":
        keep(connection, replace(found, state=cast(SubscriptionState, state)), "abandoned")
    elif (owed := invoice(connection, id)) and owed.state == "due_pending":
        becomes(connection, id, "payment_ended", state=state)


def becomes(connection: Connection, id: str, event: InvoiceEvent, /, **changed: Any) -> Invoice:
    """The invoice as it is by this event; nobody else can change it until this transaction ends.

    Here alone an issued invoice is written, and what was issued stays: a mistake is mended by a credit note.
    """
    before = locked_invoice(connection, id)
    new = replace(before, **changed)
    INVOICE.check(before.state, event, new.state)
    if any(getattr(before, name) != getattr(new, name) for name in FIXED):
        raise ValueError(f"invoice {before.number} is issued: {', '.join(changed)} cannot be changed")
    _write(connection, new)
    telling.invoice(connection, new, event)
    return new


def watch(connection: Connection, id: str, acts: date | None) -> None:
    """From now on something is to become of the invoice on this day, or nothing by itself; its state stays."""
    _write(connection, replace(locked_invoice(connection, id), acts=acts))


def put_off(connection: Connection, customer: str, today: date, until: date) -> None:
    """Whatever else is to be charged to the customer by now waits until then."""
    ready = select(invoices.c.id).where(invoices.c.customer == customer, invoices.c.charge_on <= today.isoformat())
    for id in connection.scalars(ready).all():
        watch(connection, id, until)


def to_charge(connection: Connection, today: date, most: int) -> tuple[Invoice, ...]:
    """What is to be charged by itself by this day, the longest waiting first."""
    found = select(invoices.c.record).where(invoices.c.charge_on <= today.isoformat())
    texts = connection.scalars(found.order_by(invoices.c.charge_on, invoices.c.position).limit(most))
    return tuple(record.read(text, Invoice) for text in texts)


def late(connection: Connection, today: date) -> tuple[Subscription, ...]:
    """The subscriptions of which an invoice is late by this day, or patience with one ends."""
    ids = select(invoices.c.subscription).where(invoices.c.late_on <= today.isoformat())
    found = select(subscriptions.c.record).where(subscriptions.c.id.in_(ids)).order_by(subscriptions.c.position)
    return tuple(record.read(text, Subscription) for text in connection.scalars(found))


def _write(connection: Connection, invoice: Invoice) -> None:
    connection.execute(update(invoices).where(invoices.c.id == invoice.id).values(_written(invoice)))


def _written(invoice: Invoice) -> dict[str, str | bool | None]:
    return {"record": record.write(invoice), "unpaid": invoice.unpaid, **_days(invoice)}


def _days(invoice: Invoice) -> dict[str, str | None]:
    """By which it is found when its day comes: to be charged, or to be late with."""
    day = invoice.acts.isoformat() if invoice.acts else None
    watched = invoice.state == "due_offline" or invoice.problem
    return {"charge_on": day if invoice.state == "due_auto" else None, "late_on": day if watched else None}


def locked_invoice(connection: Connection, id: str) -> Invoice:
    """The invoice; nobody else can change it until this transaction ends."""
    text = connection.scalar(select(invoices.c.record).where(invoices.c.id == id).with_for_update())
    if text is None:
        raise KeyError(f"no invoice {id}")
    return record.read(text, Invoice)


def owed_by(connection: Connection, subscription: str) -> tuple[Invoice, ...]:
    """The subscription's invoices that are to be paid, oldest first; those too that a bank is at."""
    unpaid = unpaid_by(connection, subscription)
    return tuple(invoice for invoice in unpaid if invoice.payable or invoice.state == "due_pending")


def unpaid_by(connection: Connection, subscription: str) -> tuple[Invoice, ...]:
    """The subscription's invoices that are not paid, whatever becomes of them, oldest first."""
    found = select(invoices.c.record).where(invoices.c.subscription == subscription, invoices.c.unpaid)
    texts = connection.scalars(found.order_by(invoices.c.position))
    return tuple(record.read(text, Invoice) for text in texts)


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


def invoices_of(connection: Connection, customer: str, sought: Sought = ALL) -> tuple[Invoice, ...]:
    """Newest first."""
    found = _sought(select(invoices.c.record), customer, sought).order_by(invoices.c.position.desc())
    texts = connection.scalars(found.limit(sought.most).offset(sought.skip))
    return tuple(record.read(text, Invoice) for text in texts)


def count_of(connection: Connection, customer: str, sought: Sought) -> int:
    """How many there are of them all."""
    return connection.scalar(_sought(select(func.count()), customer, sought)) or 0


def _sought(found: Select[Any], customer: str, sought: Sought) -> Select[Any]:
    found = found.where(invoices.c.customer == customer)
    if sought.subscription:
        found = found.where(invoices.c.subscription == sought.subscription)
    if sought.unpaid is not None:
        found = found.where(invoices.c.unpaid if sought.unpaid else ~invoices.c.unpaid)
    return found
