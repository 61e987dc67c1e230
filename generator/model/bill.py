"""What an invoice or a credit note says to machines, in the terms of EN 16931: net amounts, tax by category, totals."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from generator.model.credit import CreditNote
from generator.model.customer import BillingInfo
from generator.model.invoice import Invoice
from generator.model.money import Money
from generator.model.quote import Line
from generator.model.site import BankAccount, Seller
from generator.model.tax import TaxNote
from generator.model.text import words_in


@dataclass(frozen=True)
class BillLine:
    """`net` is before tax, for all of its units together; below zero it takes something off."""

    name: str
    quantity: int
    net: Money


@dataclass(frozen=True)
class Bill:
    """All amounts are above zero for what is owed, and on a credit note for what is taken back.

    `rate` is in hundredths of a percent, and `note` says why there is no tax. `credits` is the number of the invoice
    that a credit note is about. `account` is where money is sent that comes by transfer.
    """

    kind: Literal["invoice", "credit_note"]
    number: str
    issued: date
    due: date | None
    seller: Seller
    buyer: BillingInfo
    lines: tuple[BillLine, ...]
    tax: Money
    rate: int
    note: TaxNote
    paid: bool
    credits: str = ""
    account: BankAccount | None = None

    @property
    def net(self) -> Money:
        return sum((line.net for line in self.lines), Money.zero(self.tax.currency))

    @property
    def total(self) -> Money:
        return self.net + self.tax

    @property
    def lacks(self) -> tuple[str, ...]:
        """What EN 16931 asks for and nobody has said, by the name under which it is said."""
        return tuple(self._lacks())

    def _lacks(self) -> Iterator[str]:
        yield from (f"site.seller.{name}" for name in ("legal_name", "country") if not getattr(self.seller, name))
        if self.note == "outside":
            # Where nothing is taxed no VAT number may stand, and a seller has to be known by something.
            yield from () if self.seller.registration else ("site.seller.registration",)
        elif not self.seller.vat_number:
            yield "site.seller.vat_number"
        yield from () if self.buyer.company or self.buyer.name else ("customer.name",)
        yield from () if self.buyer.country else ("customer.country",)
        if self.note == "reverse_charge" and not self.buyer.vat_number:
            yield "customer.vat_number"
        if not self.rate and not self.note:
            yield "why there is no tax"


def of_invoice(invoice: Invoice, seller: Seller, account: BankAccount, language: str) -> Bill:
    """As it was issued: what became of it since then stands elsewhere."""
    lines, tax, rate, note = _parts(invoice.lines, language, 1)
    paid = invoice.settled
    by_transfer = account if invoice.state in ("due_offline", "problem_overdue") and account.iban else None
    due = None if paid else invoice.due or invoice.issued
    whom = (invoice.number, invoice.issued, due, seller, invoice.billed_to)
    return Bill("invoice", *whom, lines, tax, rate, note, paid, account=by_transfer)


def of_credit_note(credit: CreditNote, seller: Seller, language: str) -> Bill:
    """Its lines are below zero where they are kept, and above on the paper: the kind says which way money goes."""
    lines, tax, rate, note = _parts(credit.lines, language, -1)
    whom = (credit.number, credit.issued, None, seller, credit.billed_to)
    return Bill("credit_note", *whom, lines, tax, rate, note, paid=True, credits=credit.credits)


def _parts(lines: Sequence[Line], language: str, sign: int) -> tuple[tuple[BillLine, ...], Money, int, TaxNote]:
    """Each line before tax, the tax, its rate, and why there is none.

    Where prices hold the tax, what is left of them is spread over the lines to the last minor unit.
    """
    priced = [line for line in lines if line.kind != "tax"]
    taxes = [line for line in lines if line.kind == "tax"]
    assert len(taxes) <= 1, "a sale bears one rate"
    currency = lines[0].amount.currency
    taxed = taxes[0] if taxes else Line("tax", Money.zero(currency), {})
    held, on_top = taxed.included or Money.zero(currency), taxed.amount
    gross = sum(line.amount.minor for line in priced)
    nets = _spread([line.amount.minor for line in priced], gross - held.minor)
    named = tuple(
        BillLine(_name(line, language), line.quantity, Money(sign * net, currency))
        for line, net in zip(priced, nets, strict=True)
    )
    tax = held if taxed.included else on_top
    return named, Money(sign * tax.minor, currency), taxed.rate, taxed.note


def _spread(amounts: Sequence[int], whole: int) -> list[int]:
    """As many parts as there are amounts, each in the proportion of its own, that add up to the whole."""
    total, before, reached, parts = sum(amounts), 0, 0, []
    for amount in amounts:
        reached += amount
        upto = round(Fraction(reached * whole, total)) if total else 0
        parts.append(upto - before)
        before = upto
    return parts


def _name(line: Line, language: str) -> str:
    return words_in(line.title, language) or next(iter(line.title.values()), "") or line.kind
