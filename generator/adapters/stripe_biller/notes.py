"""Credit notes at Stripe: issued each with a key of ours, and read as ours."""

from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from generator.adapters.ledger.calendar import day
from generator.adapters.ledger.crediting import credited
from generator.adapters.ledger.lines import tax_of
from generator.adapters.stripe import amounts
from generator.adapters.stripe.account import Said, asked
from generator.adapters.stripe.reading import KEY
from generator.adapters.stripe_biller.reading import moment
from generator.adapters.stripe_biller.trouble import every
from generator.model.credit import CreditBack, CreditNote, CreditWhy
from generator.model.invoice import Invoice
from generator.model.money import Money
from generator.model.payment import Key
from generator.model.quote import Line

WHY, BACK = "hosted_pages_why", "hosted_pages_back"
"""Under these names stands in the metadata of a credit note why it was issued and how the money went back."""


class Notes:
    """Raises what `asked` raises."""

    def __init__(self, v1: Any, zone: ZoneInfo) -> None:
        self._v1 = v1
        self._zone = zone

    def of_customer(self, owner: str) -> list[Said]:
        """All that were issued to who this is at Stripe, newest first."""
        return [one for one in every(self._v1.credit_notes.list, customer=owner) if one["status"] == "issued"]

    def of_invoice(self, invoice: str) -> list[Said]:
        return [one for one in every(self._v1.credit_notes.list, invoice=invoice) if one["status"] == "issued"]

    def taken(self, invoice: Invoice) -> Money:
        """How much of an invoice was taken back."""
        return _sum(self.of_invoice(invoice.id), invoice)

    def issue(
        self,
        invoice: Invoice,
        amount: Money,
        why: CreditWhy,
        back: CreditBack,
        reason: str,
        key: Key,
        refund: str = "",
    ) -> CreditNote:
        """The credit note with this key, issued once. `refund` is what went back at Stripe, where it went there."""
        there = self.of_invoice(invoice.id)
        made = next((one for one in there if key_of(one) == key), None)
        if made is None:
            taken = _sum(there, invoice)
            said: dict[str, Any] = {
                "invoice": invoice.id,
                "lines": [self._line(invoice, taken, amount)],
                "metadata": {KEY: key, WHY: why, BACK: back},
                # We send our own mails.
                "email_type": "none",
            }
            if reason:
                said["memo"] = reason
            if refund:
                said["refunds"] = [{"refund": refund, "amount_refunded": amounts.theirs(amount)}]
            elif back != "nothing":
                said["out_of_band_amount"] = amounts.theirs(amount)
            made = asked(self._v1.credit_notes.create, said, key=f"{key}-credited")
        return self.read(made, invoice)

    def _line(self, invoice: Invoice, taken: Money, amount: Money) -> dict[str, Any]:
        """One line over all of it, whose tax we say: it is a difference that Stripe could not know."""
        tax = next((line for line in credited(invoice, taken, amount) if line.kind == "tax" and tax_of(line)), None)
        back = -tax_of(tax) if tax else amount * 0
        inside = tax is not None and tax.included is not None
        line: dict[str, Any] = {
            "type": "custom_line_item",
            "description": invoice.number,
            "quantity": 1,
            "unit_amount": amounts.theirs(amount if inside else amount - back),
        }
        if tax is not None:
            rate = asked(self._v1.invoices.retrieve, invoice.id)["default_tax_rates"][0]["id"]
            parts = {"amount": amounts.theirs(back), "taxable_amount": amounts.theirs(amount - back)}
            line["tax_amounts"] = [{"tax_rate": rate, **parts}]
        return line

    def read(self, said: Said, invoice: Invoice) -> CreditNote:
        noted = said.get("metadata") or {}
        paid = said["post_payment_amount"]
        why: CreditWhy = noted.get(WHY) or ("refund" if paid else "void")
        return CreditNote(
            id=str(said["id"]),
            number=str(said["number"]),
            invoice=invoice.id,
            credits=invoice.number,
            customer=invoice.customer,
            subscription=invoice.subscription,
            issued=day(moment(said["created"]), self._zone),
            lines=_lines(said, invoice),
            total=-total(said),
            billed_to=invoice.billed_to,
            why=why,
            back=noted.get(BACK) or _back(said),
            reason=str(said.get("memo") or ""),
            paper=str(said.get("pdf") or ""),
        )


def key_of(said: Said) -> Key:
    """The key with which we made it; empty where it was made in the Dashboard."""
    return str((said.get("metadata") or {}).get(KEY) or "")


def total(said: Said) -> Money:
    return amounts.ours(said["total"], said["currency"])


def _sum(notes: list[Said], invoice: Invoice) -> Money:
    return sum(map(total, notes), Money.zero(invoice.total.currency))


def _back(said: Said) -> CreditBack:
    """What is put on the next invoice was not given back yet."""
    if said.get("refunds"):
        return "gateway"
    return "transfer" if said.get("out_of_band_amount") else "nothing"


def _lines(said: Said, invoice: Invoice) -> tuple[Line, ...]:
    """The whole of an invoice is that invoice line by line; a part of it says what of it is tax."""
    if total(said) == invoice.total:
        return credited(invoice, invoice.total * 0, invoice.total)
    tax = amounts.ours(sum(one["amount"] for one in said.get("total_taxes") or []), said["currency"])
    lines = [
        replace(line, amount=line.amount * 0, included=-tax) if line.included else replace(line, amount=-tax)
        for line in invoice.lines
        if line.kind == "tax"
    ]
    on_top = sum((line.amount for line in lines), tax * 0)
    return (Line("credit", -total(said) - on_top, {"": invoice.number}), *lines)
