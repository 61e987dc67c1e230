"""Credit notes: what is taken back of an invoice, before it is paid or after."""

from typing import Any

from tests.standin import shapes
from tests.standin.api import Doings, charges
from tests.standin.api.plain import changed, listed
from tests.standin.books import Books, letters, merged
from tests.standin.faults import invalid, wrong_state
from tests.standin.shapes import Thing

_KIND = "credit_note"


def create(books: Books, said: Thing) -> Thing:
    invoice = books.find("invoice", said["invoice"], "invoice")
    if invoice["status"] not in ("open", "paid", "uncollectible"):
        raise wrong_state("The invoice", invoice["id"], invoice["status"], "invoice_not_editable")
    lines = [_line(books, line, invoice, place) for place, line in enumerate(said.get("lines") or [])]
    taxes = [tax for line in lines for tax in line["taxes"]]
    net = sum(line["amount"] for line in lines)
    amount = said.get("amount", net + sum(tax["amount"] for tax in taxes if tax["tax_behavior"] == "exclusive"))
    taken = sum(note["amount"] for note in books.all(_KIND, invoice=invoice["id"], status="issued"))
    if not 0 < amount <= invoice["total"] - taken:
        raise invalid("No more can be taken back than there is", "credit_note_amount_too_large", "amount")
    before = min(amount, invoice["amount_remaining"])
    after, refunds = amount - before, []
    if after:
        refunds = _given(books, invoice, said, after)
    number = sum(1 for _ in books.all(_KIND, invoice=invoice["id"])) + 1
    id = books.id("cn")
    note = books.new(
        _KIND,
        "cn",
        id=id,
        amount=amount,
        amount_shipping=0,
        currency=invoice["currency"],
        customer=invoice["customer"],
        discount_amount=0,
        invoice=invoice["id"],
        lines={"object": "list", "data": lines, "has_more": False, "url": f"/v1/credit_notes/{id}/lines"},
        memo=said.get("memo"),
        metadata=merged({}, said.get("metadata")),
        number=f"{invoice['number']}-CN-{number:02}",
        out_of_band_amount=said.get("out_of_band_amount"),
        pdf=f"{books.url}/cn/{letters(24)}/pdf",
        post_payment_amount=after,
        pre_payment_amount=before,
        reason=said.get("reason"),
        refunds=refunds,
        status="issued",
        subtotal=net if lines else amount,
        total=amount,
        total_excluding_tax=amount - sum(tax["amount"] for tax in taxes),
        total_taxes=taxes,
        type="mixed" if before and after else "pre_payment" if before else "post_payment",
    )
    _lower(books, invoice, before, after)
    books.tell(f"{_KIND}.created", note)
    return note


def _line(books: Books, said: Thing, invoice: Thing, place: int) -> Thing:
    if said["type"] == "custom_line_item":
        amount = said.get("unit_amount", 0) * said.get("quantity", 1)
    else:
        known = {line["id"]: line for line in books.aside[invoice["id"], "lines"]}
        if said.get("invoice_line_item") not in known:
            raise invalid("There is no such line", "resource_missing", f"lines[{place}][invoice_line_item]")
        amount = said.get("amount", known[said["invoice_line_item"]]["amount"])
    return shapes.whole(
        "credit_note_line_item",
        {
            "id": books.id("cnli"),
            "amount": amount,
            "description": said.get("description"),
            "discount_amount": 0,
            "invoice_line_item": said.get("invoice_line_item"),
            "quantity": said.get("quantity"),
            "taxes": [_tax(books, one, f"lines[{place}][tax_amounts]") for one in said.get("tax_amounts") or []],
            "type": said["type"],
            "unit_amount": said.get("unit_amount"),
        },
    )


def _tax(books: Books, said: Thing, param: str) -> Thing:
    """Tax as the merchant says it, at a rate that is known."""
    rate = books.find("tax_rate", said["tax_rate"], f"{param}[tax_rate]")
    return {
        "amount": said["amount"],
        "tax_behavior": "inclusive" if rate["inclusive"] else "exclusive",
        "tax_rate_details": {"tax_rate": rate["id"]},
        "taxability_reason": "not_available",
        "taxable_amount": said["taxable_amount"],
        "type": "tax_rate_details",
    }


def _given(books: Books, invoice: Thing, said: Thing, after: int) -> list[Thing]:
    """Of what was paid: what goes back, what is put on the next invoice, what was given elsewhere. It is all of it."""
    linked = [(one["refund"], one["amount_refunded"]) for one in said.get("refunds") or []]
    parts = (said.get("refund_amount", 0), said.get("credit_amount", 0), said.get("out_of_band_amount", 0))
    if sum(parts) + sum(amount for _, amount in linked) != after:
        raise invalid("Say how what was paid goes back, all of it", "parameter_missing", "refund_amount")
    if parts[0]:
        payment = next(books.all("invoice_payment", invoice=invoice["id"], status="paid"), None)
        if payment is None:
            raise invalid("It was not paid here", param="refund_amount")
        intent = payment["payment"]["payment_intent"]
        linked.append((charges.refund(books, {"payment_intent": intent, "amount": parts[0]})["id"], parts[0]))
    if parts[1]:
        customer = books.find("customer", invoice["customer"])
        books.update(customer, "customer.updated", balance=customer["balance"] - parts[1])
    return [{"refund": id, "amount_refunded": amount, "type": "refund"} for id, amount in linked]


def _lower(books: Books, invoice: Thing, before: int, after: int) -> None:
    left = invoice["amount_remaining"] - before
    books.change(
        invoice,
        amount_due=invoice["amount_due"] - before,
        amount_remaining=left,
        pre_payment_credit_notes_amount=invoice["pre_payment_credit_notes_amount"] + before,
        post_payment_credit_notes_amount=invoice["post_payment_credit_notes_amount"] + after,
    )
    if before and not left and invoice["status"] == "open":
        at = books.now(invoice["test_clock"])
        transitions: Any = {**invoice["status_transitions"], "paid_at": at}
        books.update(invoice, "invoice.updated", status="paid", status_transitions=transitions)


def void(books: Books, said: Thing, id: str) -> Thing:
    note = books.find(_KIND, id)
    if note["status"] != "issued" or note["post_payment_amount"]:
        raise wrong_state("The credit note", id, note["status"], "credit_note_not_voidable")
    invoice = books.find("invoice", note["invoice"])
    if invoice["status"] != "open":
        raise wrong_state("The invoice", invoice["id"], invoice["status"], "invoice_not_editable")
    books.change(note, status="void", voided_at=books.now())
    _lower(books, invoice, -note["pre_payment_amount"], 0)
    books.tell(f"{_KIND}.voided", note)
    return note


def update(books: Books, said: Thing, id: str) -> Thing:
    note = books.find(_KIND, id)
    return books.update(note, f"{_KIND}.updated", **changed(note, said))


DOINGS: Doings = {
    "post /v1/credit_notes": create,
    "get /v1/credit_notes": lambda books, said: listed(books, _KIND, said, "/v1/credit_notes"),
    "get /v1/credit_notes/{}": lambda books, said, id: books.find(_KIND, id),
    "post /v1/credit_notes/{}": update,
    "post /v1/credit_notes/{}/void": void,
}
