"""Carries out what the calendar asks of the books: terms begin and end, and what they cost is invoiced."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from generator.adapters.ledger import books, charging, customers, lifecycle
from generator.model.subscription import Subscription


@dataclass(frozen=True)
class Calendar:
    """The books as they should stand on this day. `on_file` is whether who pays has a payment method on file."""

    connection: Connection
    today: date
    on_file: bool = True

    def turn(self, id: str) -> int:
        """Everything that is due of this subscription, one thing after the other; answers how many there were."""
        done = 0
        while turns := self._next(books.locked(self.connection, id)):
            for turned in turns:
                books.keep(self.connection, turned.subscription, turned.event)
                charging.invoice(self.connection, turned.subscription, turned.lines, self.today)
            done += 1
        return done

    def _next(self, subscription: Subscription) -> tuple[lifecycle.Turn, ...]:
        """An invoice that is ours to charge is not the customer's to be late with, nor one that a bank is at."""
        owed = books.owed_by(self.connection, subscription.id)
        theirs = [invoice.due for invoice in owed if invoice.state not in ("due_auto", "due_pending") and invoice.due]
        owes = any(due < self.today for due in theirs)
        follows = books.locked(self.connection, subscription.successor) if subscription.successor else None
        chargeable = self.on_file or self._on_terms(subscription)
        used = charging.used(self.connection, subscription)
        return lifecycle.turn(subscription, self.today, owes, chargeable, follows, used)

    def _on_terms(self, subscription: Subscription) -> bool:
        payer = customers.with_id(self.connection, subscription.billed)
        return payer is not None and payer.terms
