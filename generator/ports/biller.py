"""Who knows plans, prices, customers, subscriptions and invoices. Totals come from here, never from pages."""

from typing import Protocol

from generator.model.catalog import Catalog, Plan
from generator.model.customer import BillingInfo, Customer
from generator.model.invoice import Invoice
from generator.model.payment import Key, Settlement
from generator.model.quote import Closed, Moved, Order, Quote, Refused, Request
from generator.model.subscription import Subscription
from generator.ports.office import Office


class Biller(Office, Protocol):
    """Any call may raise `Unavailable`."""

    def customer(self, id: str) -> Customer | None:
        """The customer with this id of ours."""
        ...

    def customer_by_ref(self, ref: str) -> Customer | None:
        """The customer whom the merchant calls by this name."""
        ...

    def welcome(self, language: str, billing: BillingInfo) -> Customer:
        """A new customer whom the merchant does not know by any name yet; it can give them one later."""
        ...

    def save_billing_info(self, customer: str, billing: BillingInfo) -> None:
        """Bill the customer in this way from now on; the same again changes nothing."""
        ...

    def catalog(self) -> Catalog:
        """The plans that anybody may choose."""
        ...

    def plan(self, ref: str) -> Plan | None:
        """The plan, private ones too; None when it cannot be subscribed to."""
        ...

    def subscriptions(self, customer: str) -> tuple[Subscription, ...]:
        """All that the customer has or had, newest first."""
        ...

    def subscription(self, id: str) -> Subscription | None:
        """The subscription with this id, whosever it is."""
        ...

    def plan_changes(self, subscription: str) -> Catalog:
        """The plans that this subscription may have instead of its own, by choice; none where there are none."""
        ...

    def undo_change(self, subscription: str) -> None:
        """What was to change when its present term is over stays as it is. Where nothing was, nothing happens."""
        ...

    def invoices(self, customer: str) -> tuple[Invoice, ...]:
        """All that were issued to the customer, newest first."""
        ...

    def invoice(self, id: str) -> Invoice | None:
        """The invoice with this id, whosever it is."""
        ...

    def keep_up(self) -> int:
        """Do what the calendar asks since the last time: renew, end, begin. Answers how much that was."""
        ...

    def quote(self, request: Request) -> Quote | Refused:
        """What it costs, kept for half an hour."""
        ...

    def estimate(self, request: Request) -> Quote | Refused:
        """What it would cost, for looking only: nothing is kept of it, so nobody can commit to it."""
        ...

    def open(self, quote: str, shown: str, key: Key) -> Order | Moved | Refused:
        """Commit to a quote: reserves, starts nothing. The same key and `shown` again are the same order.

        `shown` is the digest of what the customer saw; where that no longer holds, nothing is reserved. The same key
        with another `shown` is another order: a try may have broken off here before anybody was asked for money.
        While an order on a subscription or an invoice is open, no other on the same one is.
        """
        ...

    def close(self, order: str, settlement: Settlement, key: Key) -> Closed:
        """Start what was ordered, or with `Declined` abandon it. The same key again answers the same.

        Where the order says to whom it is billed, that holds from now on, unless it is abandoned.
        """
        ...

    def find(self, key: Key) -> Order | None:
        """The order that was opened last with this key."""
        ...
