"""The merchant's doors to invoices that Stripe has issued: what came, what goes back, and what is objected to."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from generator.adapters.ledger import accounts
from generator.adapters.sql.database import Database
from generator.adapters.stripe.account import asked
from generator.adapters.stripe_biller import credits
from generator.adapters.stripe_biller.issued import Issued
from generator.adapters.stripe_biller.notes import Notes, key_of, total
from generator.adapters.stripe_biller.owners import Owners
from generator.adapters.stripe_biller.reading import DISPUTED, REASON, RECEIVED, REFERENCE
from generator.adapters.stripe_biller.shelf import NUMBER, Shelf
from generator.adapters.stripe_biller.trouble import unavailable
from generator.model.credit import Back, CreditNote, NotCredited, Refund
from generator.model.invoice import Invoice
from generator.model.invoice_machine import INVOICE, PAID, InvoiceEvent
from generator.model.money import Money
from generator.model.payment import Key, NotRefunded, Refunded, RefundResult, Unknown
from generator.model.quote import Refused
from generator.model.statement import Span, Statement, statement
from generator.ports.clock import Clock

LONGEST = 500
"""Letters of a value in metadata at Stripe."""

_AT_STRIPE = ("re_", "pyr_")
"""How the id of a refund begins that was made there."""


@dataclass(frozen=True)
class _Left:
    """How much of an invoice is neither taken back nor, as `reserved` is, about to be."""

    amount: Money
    reserved: Money


class StripeAccounts:
    """What is asked for and cannot be in the state of an invoice is refused; what is done already is answered again."""

    _v1: Any
    _database: Database
    _clock: Clock
    _owners: Owners
    _shelf: Shelf
    _issued: Issued
    _notes: Notes

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

    def refund(
        self, invoice: str, amount: Money | None, back: Back | None, reason: str, key: Key
    ) -> Refund | NotCredited:
        found = self._now(invoice)
        begun = self._begun(found, amount, back, reason, key)
        if isinstance(begun, NotCredited) or begun.back == "gateway" or begun.closed:
            return begun
        return self._given_back(found, begun, Refunded("", begun.amount))

    def _begun(
        self, found: Invoice, amount: Money | None, back: Back | None, reason: str, key: Key
    ) -> Refund | NotCredited:
        with unavailable():
            there = {key_of(one) or one["id"]: total(one) for one in self._notes.of_invoice(found.id)}
            charge = found.charge or self._charged_there(found)
        with self._database.write() as connection:
            accounts.take(connection, found.customer)
            same = credits.with_key(connection, key)
            if same is not None:
                again = same.invoice == found.id and amount in (None, same.amount) and back in (None, same.back)
                return same if again else NotCredited("key_taken")
            left = _left(connection, found, there)
            wanted = left.amount if amount is None else amount
            if found.state not in PAID:
                return NotCredited("not_now")
            if back == "gateway" and not charge:
                return NotCredited("not_charged")
            if left.reserved and amount is None:
                return NotCredited("under_way")
            if not Money.zero(wanted.currency) < wanted or not wanted <= left.amount:
                return NotCredited("too_much", left.amount)
            by: Back = back or ("gateway" if charge else "transfer")
            now = self._clock.now()
            begun = Refund(key, found.id, wanted, by, charge if by == "gateway" else "", reason, now, now, Unknown())
            return begun if credits.enter(connection, begun) else NotCredited("key_taken")

    def _charged_there(self, invoice: Invoice) -> Key:
        """What Stripe charged by itself for a renewal, which has no key of ours: the payment's id. Raises what `asked`
        raises."""
        paid = {"invoice": invoice.id, "status": "paid"}
        found = asked(self._v1.invoice_payments.list, paid)["data"] if invoice.state in PAID else []
        return str(found[0]["payment"].get("payment_intent") or "") if found else ""

    def close_refund(self, key: Key, result: RefundResult, next_check: datetime) -> Refund:
        begun = self.find_refund(key)
        if begun is None:
            raise KeyError(f"no refund {key}")
        if begun.closed:
            if type(result) is not type(begun.result) and not isinstance(result, Unknown):
                raise ValueError(f"refund {key} is closed with {begun.result}, it cannot be closed with {result}")
            return begun
        looked = replace(begun, result=result, checks=begun.checks + 1, next_check=next_check)
        if isinstance(result, Refunded):
            return self._given_back(self._now(begun.invoice), looked, result)
        return self._kept(replace(looked, closed=isinstance(result, NotRefunded)))

    def _given_back(self, invoice: Invoice, refund: Refund, result: Refunded) -> Refund:
        """The money is on its way: a credit note says so."""
        at_stripe = result.reference if result.reference.startswith(_AT_STRIPE) else ""
        with unavailable():
            note = self._notes.issue(
                invoice, refund.amount, "refund", refund.back, refund.reason, refund.key, at_stripe
            )
        return self._kept(replace(refund, result=result, note=note.number, closed=True))

    def _kept(self, refund: Refund) -> Refund:
        """As it is now, unless somebody else has closed it meanwhile."""
        with self._database.write() as connection:
            found = credits.with_key(connection, refund.key)
            if found is not None and found.closed and found.came_back == refund.came_back:
                return found
            credits.keep(connection, refund)
        return refund

    def refund_came_back(self, key: Key) -> Refund:
        begun = self.find_refund(key)
        if begun is None:
            raise KeyError(f"no refund {key}")
        if begun.came_back is not None:
            return begun
        if not begun.note:
            raise ValueError(f"refund {key} is {begun.result}: nothing was on its way back")
        return self._kept(replace(begun, came_back=self._clock.now()))

    def find_refund(self, key: Key) -> Refund | None:
        with self._database.read() as connection:
            return credits.with_key(connection, key)

    def refunds_to_settle(self, now: datetime, most: int) -> tuple[Refund, ...]:
        """What goes back by transfer is done when it is asked for, or asked for again."""
        with self._database.read() as connection:
            return tuple(one for one in credits.unsettled(connection, now, most) if one.back == "gateway")

    def void(self, invoice: str, reason: str) -> Invoice | NotCredited:
        """Of an invoice that is void at Stripe nothing says why: a credit note does, over all of it."""
        found = self._open_to(invoice, "voided", "void")
        if not isinstance(found, Invoice) or found.state == "void":
            return found
        self._note(invoice, {REASON: reason[:LONGEST]})
        with unavailable():
            left = found.total - sum((total(one) for one in self._notes.of_invoice(invoice)), found.total * 0)
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
            taken = sum((total(one) for one in self._notes.of_invoice(invoice)), found.total * 0)
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

    def _now(self, invoice: str) -> Invoice:
        found = self._issued.one(invoice)
        if found is None:
            raise KeyError(f"no invoice {invoice}")
        return found

    def _note(self, invoice: str, said: dict[str, str]) -> None:
        """What only we know of an invoice stands beside it at Stripe."""
        with unavailable():
            asked(self._v1.invoices.update, invoice, {"metadata": said})


def _left(connection: Connection, invoice: Invoice, there: dict[str, Money]) -> _Left:
    """What went back with a key of ours is counted by that key, whether its credit note was seen or not."""
    mine = credits.of_invoice(connection, invoice.id)
    nothing = Money.zero(invoice.total.currency)
    keys = {one.key for one in mine}
    others = sum((amount for key, amount in there.items() if key not in keys), nothing)
    reserved = sum((one.amount for one in mine if not one.closed), nothing)
    return _Left(invoice.total - others - sum((one.amount for one in mine), nothing), reserved)
