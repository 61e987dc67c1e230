"""Changes of a subscription within its term: other items, and what is given back and asked for because of them."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from tests.standin.api import bills, invoices, items, selling
from tests.standin.books import Books, merged
from tests.standin.faults import invalid
from tests.standin.shapes import Thing

APART = frozenset(
    {
        "add_invoice_items",
        "billing_cycle_anchor",
        "cancel_at",
        "default_tax_rates",
        "discounts",
        "expand",
        "items",
        "off_session",
        "payment_behavior",
        "proration_behavior",
        "proration_date",
        "trial_end",
    }
)
"""What is said when a subscription is changed and is no field of it."""

Bill = Callable[..., Thing]


def change(books: Books, subscription: Thing, said: Thing, bill: Bill) -> Thing:
    """Make the items what was said; what the subscription said before. Raises `Refusal`."""
    before: Thing = {}
    customer = books.find("customer", subscription["customer"])
    for one in said.get("add_invoice_items") or []:
        items.made(books, {"discountable": True, **one}, customer, parent=_parent(subscription, None))
    anew = (said.get("billing_cycle_anchor") or {}).get("type") == "now"
    if "items" in said or anew:
        before = {"items": {**subscription["items"]}}
        anew = _items(books, subscription, said, anew) or anew
        selling.shown(books, subscription)
    if anew:
        _start_anew(books, subscription)
    how = said.get("proration_behavior", "create_prorations")
    if anew or (how == "always_invoice" and ("items" in said or said.get("add_invoice_items"))):
        lines = [_whole(books, subscription, one) for one in selling.items_of(books, subscription)] if anew else []
        invoice = bill(books, subscription, lines, "subscription_update")
        if subscription["status"] != "trialing":
            _ask(books, invoice, said.get("payment_behavior", "allow_incomplete"))
    return before


def _ask(books: Books, invoice: Thing, behavior: str) -> None:
    """Issue it and pay it, now."""
    invoices.finalize(books, {}, invoice["id"])
    if invoice["status"] != "open" or invoice["collection_method"] != "charge_automatically":
        return
    if behavior != "default_incomplete":
        invoices.charge(books, invoice)


def _whole(books: Books, subscription: Thing, item: Thing) -> Thing:
    period = item["current_period_start"], item["current_period_end"]
    return selling.line(books, subscription, item, period)


def _items(books: Books, subscription: Thing, said: Thing, anew: bool) -> bool:
    """Whether terms have another length now: then one begins today."""
    how = said.get("proration_behavior", "create_prorations")
    trying = subscription["status"] in ("trialing", "incomplete")
    at = said.get("proration_date") or books.now(subscription["test_clock"])
    old = selling.items_of(books, subscription)
    length = selling.of_one_length(old)
    prorated = how != "none" and not trying
    for place, one in enumerate(said.get("items") or []):
        _item(books, subscription, one, f"items[{place}]", at, prorated)
    now = selling.of_one_length(selling.items_of(books, subscription))
    changed = (now["interval"], now["interval_count"]) != (length["interval"], length["interval_count"])
    if (changed or anew) and prorated:
        # A new term is invoiced whole: what was asked for of the rest of the old one is not.
        for item in items.pending(books, subscription["customer"], subscription["id"]):
            if item["proration"] and item["amount"] > 0:
                books.remove(item)
        if anew and not changed:
            for item in selling.items_of(books, subscription):
                _prorate(books, subscription, item, at, -1)
    return changed


def _item(books: Books, subscription: Thing, said: Thing, param: str, at: int, prorated: bool) -> None:
    if not said.get("id"):
        period = _period(books, subscription)
        new = selling.item(books, subscription["id"], said, param, period)
        if prorated:
            _prorate(books, subscription, new, at, 1)
        return
    item = books.find("subscription_item", said["id"], f"{param}[id]")
    if item["subscription"] != subscription["id"]:
        raise invalid("It is another subscription's", "resource_missing", f"{param}[id]")
    if said.get("deleted"):
        if prorated:
            _prorate(books, subscription, item, at, -1)
        books.remove(item)
        return
    priced = said.get("price") or said.get("price_data")
    price = selling.price_of(books, said, param) if priced else item["price"]
    quantity = said.get("quantity", item["quantity"])
    same = (price["id"], quantity) == (item["price"]["id"], item["quantity"])
    if prorated and not same:
        _prorate(books, subscription, item, at, -1)
    metadata = merged(item["metadata"], said.get("metadata"))
    books.change(item, price=dict(price), quantity=quantity, metadata=metadata)
    if prorated and not same:
        _prorate(books, subscription, item, at, 1)


def _period(books: Books, subscription: Thing) -> tuple[int, int]:
    first = selling.items_of(books, subscription)[0]
    return first["current_period_start"], first["current_period_end"]


def _prorate(books: Books, subscription: Thing, item: Thing, at: int, sign: int) -> None:
    """The rest of the term of one item: given back, or asked for, by the second."""
    start, end = item["current_period_start"], item["current_period_end"]
    if item["quantity"] is None or not start <= at < end:
        return
    part = Decimal(end - at) / Decimal(end - start)
    amount = sign * bills.whole(Decimal(bills.cost(item["price"], item["quantity"])) * part)
    customer = books.find("customer", subscription["customer"])
    name = books.find("product", item["price"]["product"])["name"]
    items.made(
        books,
        {
            "amount": amount,
            "currency": item["price"]["currency"],
            "description": f"{'Remaining' if sign > 0 else 'Unused'} time on {name}",
            "discountable": False,
            "metadata": dict(item["metadata"]),
            "period": {"start": at, "end": end},
            "quantity": item["quantity"],
            "price": item["price"]["id"],
        },
        customer,
        parent=_parent(subscription, item["id"]),
        proration=True,
    )


def _parent(subscription: Thing, item: str | None) -> Any:
    details = {"subscription": subscription["id"], "subscription_item": item}
    return {"type": "subscription_details", "subscription_details": details}


def credit(books: Books, subscription: Thing) -> None:
    """What is left of the term is given back."""
    for item in selling.items_of(books, subscription):
        _prorate(books, subscription, item, books.now(subscription["test_clock"]), -1)


def _start_anew(books: Books, subscription: Thing) -> None:
    at = books.now(subscription["test_clock"])
    subscription["billing_cycle_anchor"] = at
    for item in selling.items_of(books, subscription):
        end = selling.first_end(at, item["price"]["recurring"])
        books.change(item, current_period_start=at, current_period_end=end)
    selling.shown(books, subscription)
