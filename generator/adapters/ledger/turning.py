"""Carries out what the calendar asks of the books: terms begin and end, and what they cost is invoiced."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection

from generator.adapters.ledger import books, customers, lifecycle, shelf
from generator.adapters.ledger.lines import total, with_tax
from generator.adapters.ledger.names import new_id
from generator.model.invoice import Invoice
from generator.model.subscription import Subscription


@dataclass(frozen=True)
class Calendar:
    """The books as they should stand on this day."""

    connection: Connection
    today: date

    def turn(self, id: str) -> int:
        """Everything that is due of this subscription, one thing after the other; answers how many there were."""
        done = 0
        while turns := self._next(books.locked(self.connection, id)):
            for turned in turns:
                books.keep(self.connection, turned.subscription)
                self._invoice(turned)
            done += 1
        return done

    def _next(self, subscription: Subscription) -> tuple[lifecycle.Turn, ...]:
        """An invoice that is ours to charge is not the customer's to be late with."""
        owed = books.owed_by(self.connection, subscription.id)
        owes = any(invoice.state != "due_auto" and invoice.due and invoice.due < self.today for invoice in owed)
        follows = books.locked(self.connection, subscription.successor) if subscription.successor else None
        return lifecycle.turn(subscription, self.today, owes, follows)

    def _invoice(self, turned: lifecycle.Turn) -> None:
        """To be charged, or within the customer's terms to be transferred."""
        subscription = turned.subscription
        currency = subscription.price.currency
        if not total(turned.lines, currency):
            return
        customer = customers.with_id(self.connection, subscription.customer)
        assert customer is not None, "a subscription is somebody's"
        lines = with_tax(turned.lines, shelf.present(self.connection).tax_rate, currency)
        draft = Invoice(
            id=new_id("invoice"),
            number="",
            customer=customer.id,
            subscription=subscription.id,
            state="due_offline" if customer.terms else "due_auto",
            issued=self.today,
            due=self.today + timedelta(days=customer.terms_days),
            lines=lines,
            total=total(lines, currency),
            billed_to=customer.billing,
        )
        books.issue(self.connection, draft)
