"""What cannot be of invoices: a gap in their numbers, a sum that is another one, a state that its days contradict."""

from collections.abc import Iterator

from generator.adapters.ledger.audit import numbers
from generator.adapters.ledger.audit.numbers import RESTORE
from generator.adapters.ledger.audit.view import View
from generator.adapters.ledger.lines import tax_of, total, with_tax
from generator.locale.money import written
from generator.model.finding import Finding
from generator.model.invoice import Invoice
from generator.model.tax import Tax


def findings(books: View) -> Iterator[Finding]:
    """Of the series, and then of each invoice."""
    issued = [(place, invoice.number) for place, invoice in books.invoices]
    yield from numbers.findings("invoice", issued, books.counted.get("invoice", 0))
    for _, invoice in books.invoices:
        yield from _arithmetic(invoice)
        yield from _tax(invoice)
        yield from _days(invoice)
        yield from _parties(books, invoice)
        if books.listed[invoice.id] != invoice.unpaid:
            says = f"it is {invoice.state}, and its column `unpaid` says otherwise"
            yield Finding("unpaid-wrong", invoice.number, says, RESTORE)
        if invoice.state == "due_pending" and invoice.id not in books.held:
            yield Finding(
                "invoice-held-by-nobody",
                invoice.number,
                "its payment is said to be under way, and no open order holds it",
                "if the bank took no money for it, put its state back to what it was before: then it can be paid again",
            )


def _arithmetic(invoice: Invoice) -> Iterator[Finding]:
    if len({line.amount.currency for line in invoice.lines} | {invoice.total.currency}) != 1:
        yield Finding("currency-mixed", invoice.number, "its lines are not all in the currency of its total", RESTORE)
        return
    summed = total(invoice.lines, invoice.total.currency)
    if summed != invoice.total:
        yield Finding(
            "sum-wrong",
            invoice.number,
            f"its lines add up to {written(summed)}, it says {written(invoice.total)}",
            RESTORE,
        )
    if invoice.total.minor < 0:
        says = f"it is made out for {written(invoice.total)}: nobody owes less than nothing"
        yield Finding("negative", invoice.number, says, "issue a credit note for what is to be given back")


def _tax(invoice: Invoice) -> Iterator[Finding]:
    """Worked out anew from the rate that it says: which rate was right on its day, its sale alone could tell."""
    said = tuple(line for line in invoice.lines if line.kind == "tax")
    if not said:
        return
    sold = tuple(line for line in invoice.lines if line.kind != "tax")
    tax = Tax(said[0].rate, inclusive=said[0].included is not None, note=said[0].note)
    right = with_tax(sold, tax, invoice.total.currency)[len(sold) :]
    if said != right:
        of, be = (" and ".join(written(tax_of(line)) for line in lines) for lines in (said, right))
        yield Finding("tax-wrong", invoice.number, f"it says a tax of {of}, and its lines make {be or 'none'}", RESTORE)


def _days(invoice: Invoice) -> Iterator[Finding]:
    """Who owes has a last day to pay, and who owes nothing has none."""
    if invoice.unpaid and invoice.due is None and invoice.state != "problem_disputed":
        yield Finding("due-missing", invoice.number, f"it is {invoice.state} and has no last day to pay", RESTORE)
    if invoice.due is not None and invoice.due < invoice.issued:
        says = f"its last day to pay, {invoice.due}, is before the day of its issue, {invoice.issued}"
        yield Finding("due-before-issue", invoice.number, says, RESTORE)
    if invoice.state == "paid" and invoice.due is not None:
        yield Finding("paid-and-due", invoice.number, f"it is paid and still due on {invoice.due}", RESTORE)


def _parties(books: View, invoice: Invoice) -> Iterator[Finding]:
    if invoice.customer not in books.customers:
        yield Finding("customer-missing", invoice.number, f"there is no customer {invoice.customer}", RESTORE)
    if invoice.subscription not in books.subscriptions:
        says = f"there is no subscription {invoice.subscription}"
        yield Finding("subscription-missing", invoice.number, says, RESTORE)
