"""What becomes of invoices that are not paid: the schedule that the merchant wrote, day by day."""

from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import Connection

from generator.adapters.ledger import books, letters, shelf
from generator.model.dunning import Dunning
from generator.model.invoice import Invoice
from generator.model.letter import Letter, LetterKind
from generator.model.payment import Declined

USELESS = ("expired", "mandate_refused")
"""Why a charge was declined, where the same payment method will never be good for another one."""


def watched(invoice: Invoice, dunning: Dunning) -> Invoice:
    """The invoice, before it is issued or when it is promised, with the day on which something is to become of it."""
    match invoice.state:
        case "due_auto":
            return replace(invoice, acts=invoice.issued)
        case "due_offline" if invoice.due is not None:
            return replace(invoice, acts=dunning.overdue(invoice.due))
    return replace(invoice, acts=None)


def not_charged(connection: Connection, id: str, why: Declined | None, today: date) -> None:
    """A charge that was made of it by itself came to nothing; without a reason there was nothing to charge.

    What only the customer can go on with is not tried again. What never reached a bank is nobody's fault: it is tried
    tomorrow. Whatever else their payer owes waits until then, too: who declined one declines the others.
    """
    dunning, invoice = shelf.present(connection).dunning, books.locked_invoice(connection, id)
    tomorrow = today + timedelta(days=1)
    asked = invoice.asked + (why is not None)
    if why is not None and why.reason == "cancelled":
        books.becomes(connection, id, "charge_failed", state="due_auto", asked=asked, acts=tomorrow)
        return
    failed = invoice.failed + 1
    confirms = why is not None and why.reason == "authentication_required"
    again = None if confirms else dunning.retry(today, failed)
    if again is not None:
        books.becomes(connection, id, "charge_failed", state="due_auto", asked=asked, failed=failed, acts=again)
    else:
        ends = dunning.impatient(today)
        given_up = {"state": "problem_auto", "asked": asked, "failed": failed, "acts": ends}
        books.becomes(connection, id, "charge_given_up", **given_up)
    books.put_off(connection, invoice.customer, today, tomorrow)
    kind: LetterKind = "confirm_charge" if confirms else "charge_failed" if again else "charge_given_up"
    if why is not None and why.reason in USELESS:
        kind = "method_defective"
    letters.write(connection, Letter(kind, invoice.customer, invoice.subscription, id, again))


def late(connection: Connection, invoice: Invoice, day: date) -> None:
    """Its last day to pay is past, and the grace after it."""
    ends = shelf.present(connection).dunning.impatient(day)
    books.becomes(connection, invoice.id, "overdue", state="problem_overdue", acts=ends)


def promised(connection: Connection, id: str, today: date, days: int) -> Invoice:
    """Who has terms promises a transfer: it is not charged by itself, and they have their days anew."""
    invoice = books.locked_invoice(connection, id)
    due = max(invoice.due or today, today + timedelta(days=days))
    new = watched(replace(invoice, state="due_offline", due=due), shelf.present(connection).dunning)
    return books.becomes(connection, id, "promised", state="due_offline", due=due, acts=new.acts)
