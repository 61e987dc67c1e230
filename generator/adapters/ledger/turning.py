"""Carries out what the calendar asks of the books: terms begin and end, and what they cost is invoiced."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from generator.adapters.ledger import books, charging, lifecycle
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
                charging.invoice(self.connection, turned.subscription, turned.lines, self.today)
            done += 1
        return done

    def _next(self, subscription: Subscription) -> tuple[lifecycle.Turn, ...]:
        """An invoice that is ours to charge is not the customer's to be late with."""
        owed = books.owed_by(self.connection, subscription.id)
        owes = any(invoice.state != "due_auto" and invoice.due and invoice.due < self.today for invoice in owed)
        follows = books.locked(self.connection, subscription.successor) if subscription.successor else None
        used = charging.used(self.connection, subscription)
        return lifecycle.turn(subscription, self.today, owes, follows, used)
