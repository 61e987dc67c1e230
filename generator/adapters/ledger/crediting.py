"""What a credit note says: a part of an invoice, so that all parts together are the whole of it, tax and all."""

from dataclasses import replace

from generator.adapters.ledger.rounding import share
from generator.model.invoice import Invoice
from generator.model.money import Money
from generator.model.quote import Line


def credited(invoice: Invoice, before: Money, amount: Money) -> tuple[Line, ...]:
    """The lines that take back this amount, tax included, of an invoice of which so much was taken back `before`.

    Its tax is taken back as a difference of what it was up to each of the two sums, rounded once: however an invoice is
    taken back, the parts of each line add up to it. The whole at once is the invoice itself, line by line.
    """
    if amount == invoice.total:
        return tuple(_negative(line) for line in invoice.lines)

    def part(of: Money) -> Money:
        """What of it is taken back now."""
        whole, now = invoice.total.minor, before + amount
        return Money(share(of.minor, now.minor, whole) - share(of.minor, before.minor, whole), of.currency)

    taxes = [
        replace(line, amount=-part(line.amount), included=line.included and -part(line.included))
        for line in invoice.lines
        if line.kind == "tax"
    ]
    net = sum((tax.amount for tax in taxes), amount)
    return (Line("credit", -net, {"": invoice.number}), *taxes)


def _negative(line: Line) -> Line:
    return replace(line, amount=-line.amount, included=line.included and -line.included)
