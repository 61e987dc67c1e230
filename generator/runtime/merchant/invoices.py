"""Invoices from the merchant's side: read, paid by a transfer, given back, taken back, given up, argued about."""

import hashlib
import secrets

from generator.model.credit import NotCredited
from generator.model.invoice import Invoice
from generator.model.money import Money
from generator.model.payment import NotRefunded
from generator.model.quote import Refused
from generator.runtime import refunds
from generator.runtime.merchant import customers, told
from generator.runtime.merchant.asked import DisputeEndedAsked, ReasonAsked, ReceivedAsked, RefundAsked
from generator.runtime.merchant.paging import Wanted, of_all
from generator.runtime.merchant.told import CreditNoteTold, InvoiceTold, Page, RefundTold
from generator.runtime.merchant.wrong import Fault, Objection, unknown
from generator.runtime.parts import Parts


def show(parts: Parts, number: str) -> InvoiceTold:
    return _tell(parts, _find(parts, number))


def listed(parts: Parts, ref: str, wanted: Wanted) -> Page[InvoiceTold]:
    """All that were issued to the customer, newest first."""
    customer = customers.find(parts, ref)
    all, notes = parts.biller.invoices(customer.id), parts.biller.credit_notes(customer.id)
    return of_all(all, wanted, lambda one: told.invoice(one, customer.ref, notes), lambda one: one.number)


def credit_notes(parts: Parts, ref: str, wanted: Wanted) -> Page[CreditNoteTold]:
    """All that were issued to the customer, newest first."""
    customer = customers.find(parts, ref)
    all = parts.biller.credit_notes(customer.id)
    return of_all(all, wanted, lambda one: told.credit_note(one, customer.ref), lambda one: one.number)


def credit_note(parts: Parts, number: str) -> CreditNoteTold:
    found = parts.biller.credit_note_numbered(number)
    if found is None:
        raise unknown("unknown-credit-note", "credit note", number)
    return told.credit_note(found, customers.ref_of(parts, found.customer))


def receive(parts: Parts, number: str, asked: ReceivedAsked) -> InvoiceTold:
    """Its money has arrived. The same said again changes nothing."""
    invoice = _find(parts, number)
    today = parts.today
    on = asked.on or today
    if on > today or on < invoice.issued:
        says = f"{on} is not between the day of the invoice and today"
        wrong = Fault("/on", says, f"write a day from {invoice.issued} to {today}")
        raise Objection("wrong-shape", says, wrong)
    paid = parts.biller.receive(invoice.id, on, asked.reference)
    if isinstance(paid, Invoice):
        return _tell(parts, paid)
    raise _refused(paid, invoice)


def refund(parts: Parts, number: str, asked: RefundAsked, key: str = "") -> RefundTold:
    """Give money back. The same key again is the same refund; without one, each time is another."""
    invoice = _find(parts, number)
    amount = Money(asked.amount.minor, asked.amount.currency) if asked.amount else None
    if amount and amount.currency != invoice.total.currency:
        says = f"{number} is in {invoice.total.currency}"
        raise Objection("wrong-shape", says, Fault("/amount/currency", says, f"write {invoice.total.currency}"))
    own = f"refund-{hashlib.sha256(f'{invoice.id} {key}'.encode()).hexdigest()[:32]}" if key else ""
    begun = parts.biller.refund(invoice.id, amount, asked.back, asked.reason, own or f"refund-{secrets.token_hex(16)}")
    if isinstance(begun, NotCredited):
        raise _not_credited(begun, invoice, "there is no money to give back of it")
    done = refunds.carry(parts, begun)
    if isinstance(done.result, NotRefunded):
        raise Objection("not-refunded", f"the gateway gives nothing back of {number}: {_WHY[done.result.reason]}")
    note = credit_note(parts, done.note) if done.note else None
    return RefundTold(
        state="done" if note else "under_way",
        amount=told.money(done.amount),
        back=done.back,
        credit_note=note,
        invoice=show(parts, number),
    )


_WHY = {
    "unpaid": "it knows of no such payment",
    "too_much": "that is more than it took",
    "refused": "the customer's bank takes none back; give it back by transfer",
}
"""Why a gateway gives nothing back."""


def void(parts: Parts, number: str, asked: ReasonAsked) -> InvoiceTold:
    """Take back an invoice that is not paid."""
    invoice = _find(parts, number)
    return _done(parts, invoice, parts.biller.void(invoice.id, asked.reason), "only what is not paid is taken back")


def write_off(parts: Parts, number: str, asked: ReasonAsked) -> InvoiceTold:
    """Give up an invoice that will not be paid."""
    invoice = _find(parts, number)
    return _done(parts, invoice, parts.biller.write_off(invoice.id, asked.reason), "only what is owed is given up")


def dispute(parts: Parts, number: str, asked: ReasonAsked) -> InvoiceTold:
    """The customer, or their bank, objects to it."""
    invoice = _find(parts, number)
    return _done(parts, invoice, parts.biller.dispute(invoice.id, asked.reason), "there is nothing to object to")


def end_dispute(parts: Parts, number: str, asked: DisputeEndedAsked) -> InvoiceTold:
    """The dispute is over."""
    invoice = _find(parts, number)
    ended = parts.biller.end_dispute(invoice.id, asked.won, asked.reason)
    return _done(parts, invoice, ended, "nobody objects to it")


def _done(parts: Parts, invoice: Invoice, done: Invoice | NotCredited, otherwise: str) -> InvoiceTold:
    if isinstance(done, NotCredited):
        raise _not_credited(done, invoice, otherwise)
    return _tell(parts, done)


def _not_credited(why: NotCredited, invoice: Invoice, otherwise: str) -> Objection:
    match why.reason:
        case "under_way":
            says = (
                f"the customer is paying {invoice.number}, or money goes back for it, at this moment: try again later"
            )
            return Objection("under-way", says)
        case "too_much":
            left = why.left or Money.zero(invoice.total.currency)
            says = f"{left.minor} {left.currency}, in minor units, are left of {invoice.number}"
            write = f"write at least 1 and at most {left.minor}" if left else "there is nothing left to give back"
            return Objection("too-much", says, Fault("/amount", says, write))
        case "not_charged":
            says = f"{invoice.number} was not paid through the gateway"
            return Objection("wrong-shape", says, Fault("/back", says, "write transfer"))
        case "key_taken":
            return Objection("key-reused", "this key came with another refund before")
    return Objection("not-now", f"{invoice.number} is {invoice.state}: {otherwise}")


def _refused(paid: Refused, invoice: Invoice) -> Objection:
    if paid.reason == "under_way":
        return Objection("under-way", f"the customer is paying {invoice.number} at this moment: try again in a while")
    return Objection("not-payable", f"{invoice.number} is {invoice.state}: there is nothing to be paid of it")


def _find(parts: Parts, number: str) -> Invoice:
    found = parts.biller.invoice_numbered(number)
    if found is None:
        raise unknown("unknown-invoice", "invoice", number)
    return found


def _tell(parts: Parts, invoice: Invoice) -> InvoiceTold:
    notes = parts.biller.credit_notes(invoice.customer)
    return told.invoice(invoice, customers.ref_of(parts, invoice.customer), notes)
