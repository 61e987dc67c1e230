"""Who knows plans, prices, customers, subscriptions and invoices. Totals come from here, never from pages."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Protocol

from generator.model.answer import Answer
from generator.model.catalog import Catalog, Plan
from generator.model.consent import Agreement
from generator.model.customer import BillingInfo, Customer, Unclaimed
from generator.model.invoice import ALL, Invoice, Sought
from generator.model.letter import Letter
from generator.model.payment import Key, Settlement
from generator.model.quote import Closed, Moved, Order, Quote, Refused, Request
from generator.model.subscription import Subscription
from generator.ports.office import Office

OnFile = Callable[[str], bool]
"""Whether the customer with this id has a payment method on file. May raise `Unavailable`."""


class Biller(Office, Protocol):
    """Any call may raise `Unavailable`."""

    def customer(self, id: str) -> Customer | None:
        """The customer with this id of ours."""
        ...

    def customer_by_ref(self, ref: str) -> Customer | None:
        """The customer whom the merchant calls by this name."""
        ...

    def customers_by_email(self, email: str) -> tuple[Customer, ...]:
        """All who are billed at this address, in whatever letters it is written; nobody where it is empty."""
        ...

    def claim(self, customer: str, ref: str) -> Customer | Unclaimed:
        """From now on the merchant calls a customer by this name who came as a visitor. The same again is the same."""
        ...

    def welcome(self, language: str, billing: BillingInfo) -> Customer:
        """A new customer whom the merchant does not know by any name yet; it can give them one later."""
        ...

    def save_billing_info(self, customer: str, billing: BillingInfo) -> None:
        """Bill the customer in this way from now on; the same again changes nothing."""
        ...

    def save_answers(self, customer: str, section: str, answers: Mapping[str, Answer]) -> None:
        """What the customer answered in this section of the portal, by field; it takes the place of what was said there
        before. The same again changes nothing.
        """
        ...

    def catalog(self) -> Catalog:
        """The plans that anybody may choose."""
        ...

    def plan(self, ref: str) -> Plan | None:
        """The plan, private ones too; None when it cannot be subscribed to."""
        ...

    def subscriptions(self, customer: str) -> tuple[Subscription, ...]:
        """All that the customer has or had, whoever pays, newest first."""
        ...

    def paid_for(self, customer: str) -> tuple[Subscription, ...]:
        """All that others have or had and this customer pays, newest first: no rights come with it."""
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

    def invoices(self, customer: str, sought: Sought = ALL) -> tuple[Invoice, ...]:
        """What was issued to the customer and is sought, newest first."""
        ...

    def count_invoices(self, customer: str, sought: Sought = ALL) -> int:
        """How many of them there are, however many of them are asked for."""
        ...

    def invoice(self, id: str) -> Invoice | None:
        """The invoice with this id, whosever it is."""
        ...

    def forget_quotes(self, before: datetime, most: int) -> int:
        """Forget quotes from before then that nobody committed to, at most so many at once; answers how many."""
        ...

    def keep_up(self, on_file: OnFile | None = None) -> int:
        """Do what the calendar asks since the last time: renew, end, begin. Answers how much that was.

        `on_file` is asked about who is to pay for another term: without a payment method or terms none begins. Where it
        is not given, nobody is asked.
        """
        ...

    def to_charge(self, most: int) -> tuple[Invoice, ...]:
        """Invoices that are to be charged by themselves now, the longest waiting first.

        Each is charged by an order to pay it that is `automatic`: closed with `Declined` it is put off as the
        merchant's schedule says, or given up.
        """
        ...

    def cannot_charge(self, invoice: str) -> None:
        """There is no payment method to charge the invoice to: it counts as a charge that failed. Where it is not to be
        charged now, nothing happens."""
        ...

    def letters(self, most: int) -> tuple[tuple[str, Letter], ...]:
        """What customers are to be told by mail and are not yet, the oldest first, each with its id."""
        ...

    def told(self, letter: str) -> None:
        """The mail is in the outbox; the same again changes nothing."""
        ...

    def consents(self, customer: str) -> tuple[Agreement, ...]:
        """All that the customer was asked to agree to when they committed to something, the oldest first.

        They are never changed and never taken away.
        """
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
        with another `shown` is another order: a try may have broken off here before anybody was asked for money. While
        that is not sure, it is refused as `under_way`.
        While an order on a subscription or an invoice is open, no other on the same one is. One that is to be started
        waits as `draft_customer`, an invoice that is to be paid as `due_pending`.
        """
        ...

    def close(self, order: str, settlement: Settlement, key: Key) -> Closed:
        """Start what was ordered, or with `Declined` abandon it. The same key again answers the same.

        Abandoned, everything is as it was before: what would have started never did.

        Where the order says to whom it is billed, that holds from now on, unless it is abandoned.
        """
        ...

    def find(self, key: Key) -> Order | None:
        """The order that was opened last with this key."""
        ...
