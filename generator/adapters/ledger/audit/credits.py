"""What cannot be of credit notes and refunds: more taken back than was owed, money back without a note, or twice."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from generator.adapters.ledger.audit import numbers
from generator.adapters.ledger.audit.numbers import RESTORE
from generator.adapters.ledger.audit.view import View
from generator.adapters.ledger.lines import tax_of, total
from generator.locale.money import written
from generator.model.credit import CreditNote, Refund
from generator.model.finding import Finding
from generator.model.invoice import Invoice
from generator.model.money import Money
from generator.model.payment import Paid, Refunded
from generator.model.quote import Line

COMPARE = "compare with the bank's own list of refunds by this key; write the credit note that is missing, or void it"


def findings(books: View) -> Iterator[Finding]:
    """Of the series, of each note, of each invoice that notes are about, and of each refund."""
    yield from numbers.findings(
        "credit_note", [(place, note.number) for place, note in books.notes], books.counted.get("credit_note", 0)
    )
    invoices = {invoice.id: invoice for _, invoice in books.invoices}
    about: defaultdict[str, list[CreditNote]] = defaultdict(list)
    for _, note in books.notes:
        invoice = invoices.get(note.invoice)
        if invoice is None:
            yield Finding("invoice-missing", note.number, f"there is no invoice {note.credits}", RESTORE)
        elif {line.amount.currency for line in note.lines} | {note.total.currency} != {invoice.total.currency}:
            says = f"not all of it is in {invoice.total.currency}, as the invoice {note.credits} is"
            yield Finding("currency-mixed", note.number, says, RESTORE)
        else:
            about[invoice.id].append(note)
            yield from _arithmetic(note)
    for id, invoice in invoices.items():
        yield from _invoice(invoice, about[id])
    yield from _refunds(books, {note.number: note for _, note in books.notes})


def _arithmetic(note: CreditNote) -> Iterator[Finding]:
    summed = total(note.lines, note.total.currency)
    if summed != note.total:
        says = f"its lines add up to {written(summed)}, it says {written(note.total)}"
        yield Finding("sum-wrong", note.number, says, RESTORE)
    if note.total.minor >= 0:
        yield Finding("credit-of-nothing", note.number, f"it takes back {written(-note.total)}", RESTORE)


def _invoice(invoice: Invoice, notes: Sequence[CreditNote]) -> Iterator[Finding]:
    """No more is taken back than it says, all of it where nobody owes it, and tax in the same parts."""
    taken = -sum((note.total for note in notes), Money.zero(invoice.total.currency))
    if invoice.total < taken:
        says = f"{written(taken)} of its {written(invoice.total)} was taken back"
        yield Finding("credited-too-much", invoice.number, says, RESTORE)
    if invoice.state == "void" and taken != invoice.total:
        says = f"it is owed by nobody, and only {written(taken)} of its {written(invoice.total)} was taken back"
        yield Finding("void-and-owed", invoice.number, says, RESTORE)
    if invoice.state == "paid_refunded" and not notes:
        yield Finding("refunded-by-nobody", invoice.number, "it is refunded, and no credit note says so", RESTORE)
    if notes and invoice.state not in ("void", "paid_refunded", "problem_disputed"):
        says = f"{notes[0].number} takes it back, and it is {invoice.state}"
        yield Finding("credited-and-due", invoice.number, says, RESTORE)
    if taken == invoice.total:
        currency = invoice.total.currency
        back, owed = -_tax([line for note in notes for line in note.lines], currency), _tax(invoice.lines, currency)
        if notes and back != owed:
            says = f"all of it was taken back, and of its tax of {written(owed)} there was {written(back)}"
            yield Finding("tax-left-over", invoice.number, says, RESTORE)


def _refunds(books: View, notes: Mapping[str, CreditNote]) -> Iterator[Finding]:
    """Each that the bank has made has its note, each note its refund, and no charge gave back more than it took."""
    told = {refund.note for refund in books.refunds}
    for note in notes.values():
        if note.why == "refund" and note.number not in told:
            yield Finding("credit-without-refund", note.number, "no refund says that it was made for it", COMPARE)
    given: defaultdict[str, list[Refund]] = defaultdict(list)
    for refund in books.refunds:
        yield from _refund(refund, notes.get(refund.note))
        if refund.charge and isinstance(refund.result, Refunded) and refund.came_back is None:
            given[refund.charge].append(refund)
    for charge, back in given.items():
        intent = books.intents.get(charge)
        took = intent.result.amount if intent and isinstance(intent.result, Paid) else None
        sent = sum((refund.amount for refund in back), Money.zero(back[0].amount.currency))
        if took is None:
            yield Finding("refund-without-charge", charge, "money went back of a charge that took none", COMPARE)
        elif took < sent:
            says = f"{written(sent)} went back of a charge of {written(took)}"
            yield Finding("refunded-too-much", charge, says, COMPARE)


def _refund(refund: Refund, note: CreditNote | None) -> Iterator[Finding]:
    made = isinstance(refund.result, Refunded)
    if made and (note is None or note.invoice != refund.invoice or -note.total != refund.amount):
        yield Finding(
            "refund-without-credit", refund.key, f"no credit note over {written(refund.amount)} is its", COMPARE
        )
    if isinstance(refund.result, Refunded) and refund.result.amount != refund.amount:
        says = f"the bank gave back {written(refund.result.amount)}, we asked for {written(refund.amount)}"
        yield Finding("refund-of-other-amount", refund.key, says, COMPARE)
    if refund.note and not made:
        yield Finding("credit-without-refund", refund.note, f"its refund {refund.key} was not made", COMPARE)


def _tax(lines: Sequence[Line], currency: str) -> Money:
    """What of the lines is tax, on top of them or within them."""
    return sum((tax_of(line) for line in lines if line.kind == "tax"), Money.zero(currency))
