"""What stands on an invoice: lines, what is taken off them, the taxes on them, and what it all comes to."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from tests.standin import shapes
from tests.standin.api import lowering
from tests.standin.books import Books
from tests.standin.shapes import Thing


def whole(amount: Decimal) -> int:
    """A whole number of the smallest unit: halves go up."""
    return int(amount.quantize(Decimal(1), ROUND_HALF_UP))


def cost(price: Thing, quantity: int) -> int:
    """What so many cost."""
    if price["billing_scheme"] == "per_unit":
        return whole(Decimal(price["unit_amount_decimal"]) * quantity)
    tiers, done, sum = price["tiers"], 0, Decimal(0)
    for tier in tiers:
        last = tier["up_to"] is None or quantity <= tier["up_to"]
        here = quantity if price["tiers_mode"] == "volume" else (quantity if last else tier["up_to"]) - done
        if last or price["tiers_mode"] == "graduated":
            sum += Decimal(tier["unit_amount_decimal"] or 0) * here + Decimal(tier["flat_amount_decimal"] or 0)
        done = tier["up_to"] or quantity
        if last:
            break
    return whole(sum)


def line(
    books: Books,
    amount: int,
    currency: str,
    period: tuple[int, int],
    parent: Thing,
    price: Thing | None = None,
    rates: Sequence[str] = (),
    **said: Any,
) -> Thing:
    """One line. `rates` are the taxes that are on it alone."""
    made = shapes.whole(
        "line_item",
        {
            "id": books.id("il"),
            "amount": amount,
            "subtotal": amount,
            "currency": currency,
            "discountable": True,
            "metadata": {},
            "parent": parent,
            "period": {"start": period[0], "end": period[1]},
            "pricing": priced(price),
            **said,
        },
    )
    if rates:
        books.aside[made["id"]] = tuple(rates)
    return made


def priced(price: Thing | None) -> Thing | None:
    if price is None:
        return None
    return {
        "type": "price_details",
        "price_details": {"price": price["id"], "product": price["product"]},
        "unit_amount_decimal": price["unit_amount_decimal"],
    }


def added_up(books: Books, lines: list[Thing], discounts: list[str], rates: Sequence[str], at: int) -> Thing:
    """The fields of an invoice that say what it comes to. Its lines say what is off them, and which tax is on them."""
    lowered = [line["amount"] if line["discountable"] else 0 for line in lines]
    for line, less in zip(lines, lowering.off(books, discounts, lowered, at), strict=True):
        line["discount_amounts"] = less
        line["discounts"] = [one["discount"] for one in less]
        line["taxes"] = _taxes(books, line, books.aside.get(line["id"], rates))
    subtotal = sum(line["amount"] for line in lines)
    off, taxes = _by(lines, "discount_amounts", "discount"), _by(lines, "taxes", "tax_rate_details")
    net = subtotal - sum(one["amount"] for one in off)
    on_top = sum(tax["amount"] for tax in taxes if tax["tax_behavior"] == "exclusive")
    inside = sum(tax["amount"] for tax in taxes if tax["tax_behavior"] == "inclusive")
    return {
        "subtotal": subtotal,
        "subtotal_excluding_tax": subtotal - inside,
        "total": net + on_top,
        "total_excluding_tax": net - inside,
        "total_discount_amounts": off,
        "total_taxes": taxes,
    }


def _taxes(books: Books, line: Thing, rates: Sequence[str]) -> list[Thing]:
    net = line["amount"] - sum(one["amount"] for one in line["discount_amounts"])
    return [_tax(books.find("tax_rate", rate), net) for rate in rates]


def _tax(rate: Thing, net: int) -> Thing:
    part = Decimal(str(rate["percentage"])) / 100
    inside = rate["inclusive"]
    amount = whole(net * part / (1 + part)) if inside else whole(net * part)
    return {
        "amount": amount,
        "tax_behavior": "inclusive" if inside else "exclusive",
        "tax_rate_details": {"tax_rate": rate["id"]},
        "taxability_reason": "not_available",
        "taxable_amount": net - amount if inside else net,
        "type": "tax_rate_details",
    }


def _by(lines: list[Thing], name: str, key: str) -> list[Thing]:
    """All that stands under this name on the lines, together where it is of the same."""
    found: dict[str, Thing] = {}
    for one in (one for line in lines for one in line[name]):
        same = found.setdefault(str(one[key]), {**one, "amount": 0, **({"taxable_amount": 0} if key[0] == "t" else {})})
        same["amount"] += one["amount"]
        if "taxable_amount" in same:
            same["taxable_amount"] += one["taxable_amount"]
    return list(found.values())


def listed(lines: list[Thing], invoice: str) -> Thing:
    """As an invoice has them: the first ten, and whether there are more."""
    return {"object": "list", "data": lines[:10], "has_more": len(lines) > 10, "url": f"/v1/invoices/{invoice}/lines"}


def of_item(item: Mapping[str, Any], books: Books) -> Thing:
    """The line of what was put on somebody's next invoice by itself."""
    price = books.maybe("price", ((item["pricing"] or {}).get("price_details") or {}).get("price"))
    details = {
        "invoice_item": item["id"],
        "proration": item["proration"],
        "proration_details": {"credited_items": None} if item["proration"] else None,
        "subscription": ((item["parent"] or {}).get("subscription_details") or {}).get("subscription"),
    }
    return line(
        books,
        item["amount"],
        item["currency"],
        (item["period"]["start"], item["period"]["end"]),
        {"type": "invoice_item_details", "invoice_item_details": details, "subscription_item_details": None},
        price,
        [rate["id"] for rate in item["tax_rates"] or []],
        description=item["description"],
        discountable=item["discountable"],
        metadata=dict(item["metadata"] or {}),
        quantity=item["quantity"],
        subscription=details["subscription"],
    )
