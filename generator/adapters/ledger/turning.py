"""Carries out what the calendar asks of the books: terms begin and end and are invoiced, and patience runs out."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import Connection

from generator.adapters.ledger import books, charging, customers, dunning, holding, lifecycle, shelf
from generator.adapters.ledger.holding import Hold
from generator.adapters.ledger.lifecycle import Turn
from generator.model.invoice import Invoice
from generator.model.subscription import Subscription


@dataclass(frozen=True)
class Calendar:
    """The books as they should stand on this day. `on_file` is whether who pays has a payment method on file.

    Whatever fell due before is done as on its own day, in the order of the days: after a week in which nobody turned
    it, the books are as if somebody had every morning.
    """

    connection: Connection
    today: date
    now: datetime
    on_file: bool = True

    def turn(self, id: str) -> int:
        """Everything that is due of this subscription, one thing after the other; answers how many there were.

        What an open order holds waits until that is closed: it was quoted as it stands, and may be paid for already.
        """
        if holding.taken(self.connection, [Hold(id)], "", self.now):
            return 0
        done = 0
        while self._next(books.locked(self.connection, id)):
            done += 1
        return done

    def _next(self, subscription: Subscription) -> bool:
        """Do the first thing that is due, if any is. Of one day, first what is late, so that no other term begins."""
        waiting = [owed for owed in books.unpaid_by(self.connection, subscription.id) if _watched(owed)]
        first = min(waiting, key=lambda owed: (self._acts(owed), owed.number), default=None)
        day = lifecycle.due(subscription)
        if first is not None and self._acts(first) <= min(self.today, day or self.today):
            self._late(subscription, first, self._acts(first))
            return True
        if day is None or self.today < day:
            return False
        turns = self._turns(subscription, day)
        for turned in turns:
            self._do(turned, day)
        return bool(turns)

    def _late(self, subscription: Subscription, owed: Invoice, day: date) -> None:
        """An invoice is overdue, or patience with it ends."""
        if owed.state == "due_offline":
            dunning.late(self.connection, owed, day)
            return
        books.watch(self.connection, owed.id, None)
        schedule = shelf.present(self.connection).dunning
        if schedule.then == "leave" or not schedule.exhausted(books.unpaid_by(self.connection, subscription.id), day):
            return
        turned = lifecycle.cut_off(subscription, day, schedule.then, charging.used(self.connection, subscription))
        if turned is None:
            return
        if subscription.successor:
            gone = replace(books.locked(self.connection, subscription.successor), state="deleted")
            books.keep(self.connection, gone, "take_over_undone")
        self._do(turned, day)

    def _turns(self, subscription: Subscription, day: date) -> tuple[Turn, ...]:
        schedule = shelf.present(self.connection).dunning
        owed = books.unpaid_by(self.connection, subscription.id)
        owes = schedule.then != "leave" and schedule.exhausted(owed, day)
        follows = books.locked(self.connection, subscription.successor) if subscription.successor else None
        chargeable = self.on_file or self._on_terms(subscription)
        used = charging.used(self.connection, subscription)
        return lifecycle.turn(subscription, day, owes, chargeable, follows, used)

    def _do(self, turned: Turn, day: date) -> None:
        """It is done as on the day on which it fell due."""
        one = turned.subscription
        books.keep(self.connection, one, turned.event)
        charging.invoice(self.connection, one, turned.lines, day)

    def _acts(self, owed: Invoice) -> date:
        """The day on which something is to become of it; one from before there were such days has its own."""
        assert owed.acts or owed.due, "it is watched"
        return owed.acts or dunning.watched(owed, shelf.present(self.connection).dunning).acts or self.today

    def _on_terms(self, subscription: Subscription) -> bool:
        payer = customers.with_id(self.connection, subscription.billed)
        return payer is not None and payer.terms


def _watched(owed: Invoice) -> bool:
    return owed.state == "due_offline" or (owed.problem and owed.acts is not None)
