"""What happens to the books when a customer commits: things are held, and what is to start waits in draft."""

from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from generator.adapters.ledger import books, holding, orders
from generator.adapters.ledger.drafting import Sale
from generator.adapters.ledger.holding import Hold
from generator.adapters.ledger.names import new_id
from generator.adapters.ledger.starting import subscription
from generator.model.payment import Key
from generator.model.quote import (
    Change,
    ChangeOptions,
    ChangePlan,
    Keep,
    Order,
    Pause,
    PayInvoice,
    Quote,
    Refused,
    Replace,
    Restart,
    Start,
    Subscribe,
    Terminate,
)


@dataclass(frozen=True)
class Opening:
    """One order being opened with this key, in one transaction."""

    connection: Connection
    key: Key
    now: datetime
    zone: ZoneInfo

    def make_room(self, quote: Quote) -> bool:
        """An earlier try with this key broke off before its intent was saved: nothing will ever come of it. Nor of what
        others ordered of the same things and left.

        False where it did not break off.
        """
        if holding.in_use(self.connection, self.key, self.now):
            return False
        holding.let_go(self.connection, self.key)
        holding.lapse(self.connection, [held.thing for held in self._held(quote)], self.now)
        return True

    def taken(self, quote: Quote) -> bool:
        """Whether another open order is about the same thing."""
        return holding.taken(self.connection, self._held(quote), self.key, self.now)

    def place(self, sale: Sale) -> Order | Refused:
        """The order, unless somebody asked for the same at this moment: then theirs."""
        change, held = sale.quote.request.change, self._held(sale.quote)
        starts = new_id("subscription") if isinstance(change, Subscribe) else ""
        if isinstance(change, Start):
            starts = change.subscription
        order = orders.place(self.connection, sale.quote, self.key, starts)
        if order.subscription != starts:
            return order
        if isinstance(change, Subscribe):
            waits = replace(subscription(starts, sale, self.zone), state="draft_customer")
            books.start(self.connection, waits, "ordered")
            held = (*held, Hold(starts, "deleted"))
        if not holding.take(self.connection, held, self.key, self.now):
            return Refused("under_way")
        for one in held:
            if one.back_to:
                books.hold(self.connection, one.thing)
        return order

    def _held(self, quote: Quote) -> tuple[Hold, ...]:
        """What must not be changed or paid by two orders at once."""
        change = quote.request.change
        if isinstance(change, PayInvoice):
            return self._invoices(change.invoice)
        if isinstance(change, Start):
            return (Hold(change.subscription, "draft_agent"),)
        about = subscription_of(change)
        if not about:
            return ()
        numbers = [line.title[""] for line in quote.lines_now if line.kind == "invoice"]
        owed = [invoice.id for invoice in books.owed_by(self.connection, about) if invoice.number in numbers]
        target = (Hold(change.target),) if isinstance(change, Replace) else ()
        return (Hold(about), *target, *self._invoices(*owed))

    def _invoices(self, *ids: str) -> tuple[Hold, ...]:
        found = (books.invoice(self.connection, id) for id in ids)
        return tuple(Hold(invoice.id, invoice.state) for invoice in found if invoice)


def subscription_of(change: Change) -> str:
    """The subscription that is to be changed, where one is."""
    match change:
        case Start() | ChangePlan() | Replace() | ChangeOptions() | Restart() | Terminate() | Keep() | Pause():
            return change.subscription
    return ""
