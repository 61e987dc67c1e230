"""What a subscription is made of: its items, their terms, and the lines that a term of them is invoiced with."""

from collections.abc import Iterable, Mapping
from typing import Any

from tests.standin.api import bills, prices
from tests.standin.api.terms import after, term
from tests.standin.books import Books, merged
from tests.standin.faults import invalid
from tests.standin.shapes import Thing


def price_of(books: Books, said: Mapping[str, Any], param: str) -> Thing:
    """The price that was named, or made of what was said. Raises `Refusal`."""
    if said.get("price_data"):
        return prices.inline(books, {**said["price_data"]})
    found = books.find("price", said.get("price") or said.get("plan"), f"{param}[price]")
    if not found["active"]:
        raise invalid("The price is not sold any more", "resource_missing", f"{param}[price]")
    return found


def item(books: Books, subscription: str, said: Mapping[str, Any], param: str, period: tuple[int, int]) -> Thing:
    """One item of a subscription. Raises `Refusal`."""
    price = price_of(books, said, param)
    if price["recurring"] is None:
        raise invalid("The price is paid once, and a subscription goes on", "price_not_recurring", f"{param}[price]")
    metered = price["recurring"]["usage_type"] == "metered"
    return books.new(
        "subscription_item",
        "si",
        created=period[0],
        current_period_start=period[0],
        current_period_end=period[1],
        metadata=merged({}, said.get("metadata")),
        plan=_plan(books, price),
        price=dict(price),
        quantity=None if metered else said.get("quantity", 1),
        subscription=subscription,
        tax_rates=[dict(books.find("tax_rate", rate, f"{param}[tax_rates]")) for rate in said.get("tax_rates") or []],
    )


def _plan(books: Books, price: Thing) -> Thing:
    """The price in its older form."""
    recurring = price["recurring"]
    made = books.new(
        "plan",
        "plan",
        id=price["id"] + "_plan",
        active=price["active"],
        amount=price["unit_amount"],
        amount_decimal=price["unit_amount_decimal"],
        billing_scheme=price["billing_scheme"],
        currency=price["currency"],
        interval=recurring["interval"],
        interval_count=recurring["interval_count"],
        metadata={},
        product=price["product"],
        usage_type=recurring["usage_type"],
    )
    return {**made, "id": price["id"]}


def items_of(books: Books, subscription: Thing) -> list[Thing]:
    return list(books.all("subscription_item", subscription=subscription["id"]))


def shown(books: Books, subscription: Thing) -> None:
    """The items as the subscription lists them."""
    found = items_of(books, subscription)
    url = f"/v1/subscription_items?subscription={subscription['id']}"
    subscription["items"] = {"object": "list", "data": [dict(one) for one in found], "has_more": False, "url": url}


def of_one_length(items: Iterable[Thing]) -> Mapping[str, Any]:
    """The length of a term. Raises `Refusal` where items differ in it: mixed ones are not the stand-in's."""
    lengths = [one["price"]["recurring"] for one in items]
    if not lengths:
        raise invalid("A subscription is to something", "parameter_missing", "items")
    first: Mapping[str, Any] = lengths[0]
    if any((one["interval"], one["interval_count"]) != (first["interval"], first["interval_count"]) for one in lengths):
        raise invalid("All items have terms of one length", param="items")
    return first


def first_end(anchor: int, recurring: Mapping[str, Any]) -> int:
    return after(anchor, recurring["interval"], recurring["interval_count"])


def next_term(subscription: Thing, item: Thing, at: int) -> tuple[int, int]:
    return term(subscription["billing_cycle_anchor"], item["price"]["recurring"], at)


def line(books: Books, subscription: Thing, item: Thing, period: tuple[int, int], free: bool = False) -> Thing:
    """A term of one item."""
    price, quantity = item["price"], item["quantity"]
    amount = 0 if free or quantity is None else bills.cost(price, quantity)
    product = books.find("product", price["product"])["name"]
    details = {
        "invoice_item": None,
        "proration": False,
        "proration_details": {"credited_items": None},
        "subscription": subscription["id"],
        "subscription_item": item["id"],
    }
    return bills.line(
        books,
        amount,
        price["currency"],
        period,
        {"type": "subscription_item_details", "invoice_item_details": None, "subscription_item_details": details},
        price,
        [rate["id"] for rate in item["tax_rates"]],
        description=f"Trial period for {product}" if free else f"{quantity or 0} × {product}",
        metadata=dict(item["metadata"]),
        quantity=quantity,
        subscription=subscription["id"],
    )
