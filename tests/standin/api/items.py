"""Invoice items: what goes on a customer's next invoice, put there by the merchant or by a change within a term."""

from typing import Any

from tests.standin.api import Doings, bills, lowering, prices
from tests.standin.api.plain import changed, listed
from tests.standin.books import Books, merged
from tests.standin.faults import invalid
from tests.standin.shapes import Thing

_KIND = "invoiceitem"


def create(books: Books, said: Thing) -> Thing:
    customer = books.find("customer", said.get("customer"), "customer")
    invoice = books.find("invoice", said["invoice"], "invoice") if said.get("invoice") else None
    if invoice and invoice["status"] != "draft":
        raise invalid("The invoice is issued already", "invoice_not_editable", "invoice")
    item = made(books, said, customer)
    if invoice:
        _put(books, invoice, item)
    books.tell("invoiceitem.created", item)
    return item


def _put(books: Books, invoice: Thing, item: Thing) -> None:
    """Onto an invoice that is not issued yet."""
    item["invoice"] = invoice["id"]
    lines = [*books.aside[invoice["id"], "lines"], {**bills.of_item(item, books), "invoice": invoice["id"]}]
    books.aside[invoice["id"], "lines"] = lines
    rates = [rate["id"] for rate in invoice["default_tax_rates"]]
    sums = bills.added_up(books, lines, invoice["discounts"], rates, invoice["created"])
    due = max(sums["total"], 0)
    books.change(invoice, **sums, lines=bills.listed(lines, invoice["id"]), amount_due=due, amount_remaining=due)


def made(books: Books, said: Thing, customer: Thing, **more: Any) -> Thing:
    """The item; nothing is told of it."""
    price = _price(books, said)
    quantity = said.get("quantity", 1)
    amount = said.get("amount")
    if amount is None:
        if price is None:
            raise invalid("An amount, or a price", "parameter_missing", "amount")
        amount = bills.cost(price, quantity)
    at = books.now(customer["test_clock"])
    rates = [dict(books.find("tax_rate", id, "tax_rates")) for id in said.get("tax_rates") or []]
    return books.new(
        _KIND,
        "ii",
        **{
            "amount": amount,
            "currency": (said.get("currency") or (price or {}).get("currency") or "usd").lower(),
            "customer": customer["id"],
            "date": at,
            "description": said.get("description") or _named(books, price),
            "discountable": said.get("discountable", amount > 0),
            "discounts": lowering.taken(books, said.get("discounts"), customer),
            "metadata": merged({}, said.get("metadata")),
            "period": said.get("period") or {"start": at, "end": at},
            "pricing": bills.priced(price),
            "proration": False,
            "quantity": quantity,
            "quantity_decimal": str(quantity),
            "tax_rates": rates,
            "test_clock": customer["test_clock"],
            **more,
        },
    )


def _price(books: Books, said: Thing) -> Thing | None:
    named = (said.get("pricing") or {}).get("price") or said.get("price")
    if named:
        return books.find("price", named, "pricing[price]")
    if said.get("price_data"):
        return prices.inline(books, said["price_data"])
    return None


def _named(books: Books, price: Thing | None) -> str | None:
    return str(books.find("product", price["product"])["name"]) if price else None


def pending(books: Books, customer: str, subscription: str | None = None) -> list[Thing]:
    """What waits for the next invoice: of this subscription, or of none."""
    return [
        item
        for item in books.all(_KIND, customer=customer, invoice=None)
        if _subscription(item) in (None, subscription)
    ]


def _subscription(item: Thing) -> str | None:
    details = (item["parent"] or {}).get("subscription_details") or {}
    return details.get("subscription")


def update(books: Books, said: Thing, id: str) -> Thing:
    """Nothing is told of it: Stripe has no such event any more."""
    item = books.find(_KIND, id)
    if item["invoice"] and books.find("invoice", item["invoice"])["status"] != "draft":
        raise invalid("It is on an invoice already", "invoice_not_editable")
    changes = changed(item, said)
    changes.pop("pricing", None)
    books.change(item, **changes)
    return item


def delete(books: Books, said: Thing, id: str) -> Thing:
    item = books.find(_KIND, id)
    if item["invoice"]:
        raise invalid("It is on an invoice", "invoice_not_editable")
    left = books.remove(item)
    books.tell("invoiceitem.deleted", item)
    return left


DOINGS: Doings = {
    "post /v1/invoiceitems": create,
    "get /v1/invoiceitems": lambda books, said: listed(books, _KIND, said, "/v1/invoiceitems"),
    "get /v1/invoiceitems/{}": lambda books, said, id: books.find(_KIND, id),
    "post /v1/invoiceitems/{}": update,
    "delete /v1/invoiceitems/{}": delete,
}
