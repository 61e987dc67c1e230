"""What becomes of something is told of in its own transaction: no news is lost, and none is of what did not happen."""

from collections.abc import Mapping
from typing import Literal

from sqlalchemy import Connection

from generator.adapters.ledger import happenings, letters
from generator.model.credit import CreditNote
from generator.model.customer_machine import CustomerEvent
from generator.model.event import Happening
from generator.model.invoice import Invoice
from generator.model.invoice_machine import InvoiceEvent
from generator.model.letter import Letter, LetterKind
from generator.model.subscription import Subscription
from generator.model.subscription_machine import SubscriptionEvent

Changed = Literal["changed"]
"""What becomes of something that stays in the state that it is in."""

SUBSCRIPTION: Mapping[SubscriptionEvent, LetterKind] = {
    "owed": "suspended",
    "unpayable": "no_method",
    "cut_off": "ended",
    "end_planned": "ending",
    "ended": "terminated",
    "completed": "completed",
}
"""What who pays for a subscription is told of it."""

INVOICE: Mapping[InvoiceEvent, LetterKind] = {"received": "paid", "disputed": "disputed", "overdue": "overdue"}
"""The same of an invoice. Of charges, `dunning` tells: it knows what follows."""


def customer(connection: Connection, id: str, event: CustomerEvent | Changed) -> None:
    happenings.write(connection, Happening(f"customer.{event}", id))


def subscription(connection: Connection, new: Subscription, event: SubscriptionEvent | Changed) -> None:
    happenings.write(connection, Happening(f"subscription.{event}", new.customer, new.id))
    if event != "changed" and event in SUBSCRIPTION:
        ends = new.ends if event == "end_planned" else None
        letters.write(connection, Letter(SUBSCRIPTION[event], new.billed, new.id, ends=ends))


def invoice(connection: Connection, new: Invoice, event: InvoiceEvent) -> None:
    happenings.write(connection, Happening(f"invoice.{event}", new.customer, new.subscription, new.number))
    if event == "issued" and new.state in ("paid", "due_offline"):
        by_letter(connection, new, "paid" if new.state == "paid" else "to_pay")
    elif event in INVOICE:
        by_letter(connection, new, INVOICE[event])


def by_letter(connection: Connection, about: Invoice, kind: LetterKind) -> None:
    letters.write(connection, Letter(kind, about.customer, about.subscription, about.id))


def refund_came_back(connection: Connection, note: CreditNote) -> None:
    """The merchant's to mend: the customer is told by whoever pays them."""
    about = Happening("refund.came_back", note.customer, note.subscription, note.credits, note.number)
    happenings.write(connection, about)


def credit_note(connection: Connection, note: CreditNote) -> None:
    about = Happening("credit_note.issued", note.customer, note.subscription, note.credits, note.number)
    happenings.write(connection, about)
    letters.write(connection, Letter("credit_note", note.customer, note.subscription, note=note.number))
