"""Invoices from the merchant's side: read, and paid by a transfer that has arrived."""

from zoneinfo import ZoneInfo

from generator.model.invoice import Invoice
from generator.model.quote import Refused
from generator.runtime.merchant import customers, told
from generator.runtime.merchant.asked import ReceivedAsked
from generator.runtime.merchant.paging import Wanted, of_all
from generator.runtime.merchant.told import InvoiceTold, Page
from generator.runtime.merchant.wrong import Fault, Objection, unknown
from generator.runtime.parts import Parts


def show(parts: Parts, number: str) -> InvoiceTold:
    return _tell(parts, _find(parts, number))


def listed(parts: Parts, ref: str, wanted: Wanted) -> Page[InvoiceTold]:
    """All that were issued to the customer, newest first."""
    customer = customers.find(parts, ref)
    all = parts.biller.invoices(customer.id)
    return of_all(all, wanted, lambda one: told.invoice(one, customer.ref), lambda one: one.number)


def receive(parts: Parts, number: str, asked: ReceivedAsked) -> InvoiceTold:
    """Its money has arrived. The same said again changes nothing."""
    invoice = _find(parts, number)
    today = parts.clock.now().astimezone(ZoneInfo(parts.library.current.site.time_zone)).date()
    on = asked.on or today
    if on > today or on < invoice.issued:
        says = f"{on} is not between the day of the invoice and today"
        wrong = Fault("/on", says, f"write a day from {invoice.issued} to {today}")
        raise Objection("wrong-shape", says, wrong)
    paid = parts.biller.receive(invoice.id, on, asked.reference)
    if isinstance(paid, Invoice):
        return _tell(parts, paid)
    raise _refused(paid, invoice)


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
    return told.invoice(invoice, customers.ref_of(parts, invoice.customer))
