"""The merchant's doors to invoices that Stripe has issued: what came, what goes back, and what is objected to."""

from datetime import date

from generator.adapters.stripe.account import asked
from generator.adapters.stripe_biller import credits
from generator.adapters.stripe_biller.owners import Owners
from generator.adapters.stripe_biller.reading import DISPUTED, REASON, RECEIVED, REFERENCE
from generator.adapters.stripe_biller.refunding import StripeRefunds
from generator.adapters.stripe_biller.shelf import NUMBER, Shelf
from generator.adapters.stripe_biller.trouble import unavailable
from generator.model.credit import CreditNote, NotCredited
from generator.model.invoice import Invoice
from generator.model.invoice_machine import INVOICE, InvoiceEvent
from generator.model.money import Money
from generator.model.quote import Refused
from generator.model.statement import Span, Statement, statement

LONGEST = 500
"""Letters of a value in metadata at Stripe."""


class StripeAccounts(StripeRefunds):
    """What is asked for and cannot be in the state of an invoice is refused; what is done already is answered again."""

    _owners: Owners
    _shelf: Shelf

    def invoice_numbered(self, number: str) -> Invoice | None:
        """One that was read here before is known by its number; for another Stripe is asked, which is some minutes
        behind with this."""
        known = self._shelf.numbered(number)
        if known:
            return self._issued.one(known)
        if not NUMBER.fullmatch(number):
            return None
        with unavailable():
            found = asked(self._v1.invoices.search, {"query": f'number:"{number}"', "limit": 1})["data"]
        return self._issued.one(str(found[0]["id"])) if found else None

    def receive(self, invoice: str, on: date, reference: str) -> Invoice | Refused:
        found = self._issued.one(invoice)
        if found is None:
            return Refused("nothing_to_pay")
        if found.state == "due_pending":
            return Refused("under_way")
        if found.state == "paid" and (found.received, found.reference) == (on, reference[:LONGEST]):
            return found
        if not INVOICE.allows(found.state, "received"):
            return Refused("nothing_to_pay")
        # What came is noted before it is paid: nobody finds it paid and does not know by what.
        self._note(invoice, {RECEIVED: str(on), REFERENCE: reference[:LONGEST], REASON: ""})
        with unavailable():
            asked(self._v1.invoices.pay, invoice, {"paid_out_of_band": True}, key=f"{invoice}-received")
        return self._now(invoice)

    def credit_notes(self, customer: str) -> tuple[CreditNote, ...]:
        owner = self._owners.known(customer)
        if not owner:
            return ()
        with unavailable():
            found = self._notes.of_customer(owner)
        invoices = {invoice.id: invoice for invoice in self._issued.of(customer)} if found else {}
        return tuple(self._notes.read(one, invoices[one["invoice"]]) for one in found if one["invoice"] in invoices)

    def credit_note_numbered(self, number: str) -> CreditNote | None:
        """At Stripe its number is that of its invoice, and a count behind it."""
        invoice = self.invoice_numbered(number.rpartition("-CN-")[0])
        if invoice is None:
            return None
        with unavailable():
            found = next((one for one in self._notes.of_invoice(invoice.id) if one["number"] == number), None)
        return self._notes.read(found, invoice) if found else None

    def statement(self, customer: str, span: Span) -> Statement:
        return statement(reversed(self._issued.of(customer)), reversed(self.credit_notes(customer)), span)

    def void(self, invoice: str, reason: str) -> Invoice | NotCredited:
        """Of an invoice that is void at Stripe nothing says why: a credit note does, over all of it."""
        found = self._open_to(invoice, "voided", "void")
        if not isinstance(found, Invoice) or found.state == "void":
            return found
        self._note(invoice, {REASON: reason[:LONGEST]})
        with unavailable():
            left = found.total - self._notes.taken(found)
            self._notes.issue(found, left, "void", "nothing", reason, f"{invoice}-void")
        return self._now(invoice)

    def write_off(self, invoice: str, reason: str) -> Invoice | NotCredited:
        found = self._open_to(invoice, "written_off", "uncollectible")
        if not isinstance(found, Invoice) or found.state == "uncollectible":
            return found
        if not found.unpaid:
            return NotCredited("not_now")
        self._note(invoice, {REASON: reason[:LONGEST], DISPUTED: ""})
        with unavailable():
            asked(self._v1.invoices.mark_uncollectible, invoice, {}, key=f"{invoice}-written-off")
        return self._now(invoice)

    def dispute(self, invoice: str, reason: str) -> Invoice | NotCredited:
        """Stripe knows of objections to charges: of one to an invoice it is told in its metadata."""
        found = self._open_to(invoice, "disputed", "problem_disputed")
        if isinstance(found, Invoice) and found.state != "problem_disputed":
            self._note(invoice, {REASON: reason[:LONGEST], DISPUTED: "yes"})
            return self._now(invoice)
        return found

    def end_dispute(self, invoice: str, won: bool, reason: str, amount: Money | None = None) -> Invoice | NotCredited:
        found = self._now(invoice)
        if found.state != "problem_disputed":
            return NotCredited("not_now")
        if won:
            self._note(invoice, {REASON: "", DISPUTED: ""})
            return self._now(invoice)
        with unavailable():
            taken = self._notes.taken(found)
            left, paid = found.total - taken, not found.unpaid
            over = min(amount, left) if paid and amount is not None else left
            if over:
                key = f"{invoice}-lost-{taken.minor}"
                self._notes.issue(found, over, "dispute", "bank" if paid else "nothing", reason, key)
        self._note(invoice, {REASON: reason[:LONGEST], DISPUTED: ""})
        return self._now(invoice)

    def _open_to(self, invoice: str, event: InvoiceEvent, done: str) -> Invoice | NotCredited:
        """The invoice, where this may happen to it now or has happened already."""
        found = self._now(invoice)
        if found.state == done:
            return found
        with self._database.read() as connection:
            reserved = any(not one.closed for one in credits.of_invoice(connection, invoice))
        if found.state == "due_pending" or reserved or self._issued.under_way(invoice):
            return NotCredited("under_way")
        return found if INVOICE.allows(found.state, event) else NotCredited("not_now")

    def _note(self, invoice: str, said: dict[str, str]) -> None:
        """What only we know of an invoice stands beside it at Stripe."""
        with unavailable():
            asked(self._v1.invoices.update, invoice, {"metadata": said})
