"""Quotes: what a merchant offers a customer, who takes it or does not."""

from typing import Any

from tests.standin.api import Doings, bills, lowering, subscriptions
from tests.standin.api.plain import changed, listed
from tests.standin.books import Books, merged
from tests.standin.faults import Refusal, invalid, wrong_state
from tests.standin.shapes import Thing

_KIND = "quote"
_MONTH = 30 * 86400


def create(books: Books, said: Thing) -> Thing:
    customer = books.find("customer", said["customer"], "customer") if said.get("customer") else None
    priced = [(books.find("price", one.get("price"), "line_items"), one.get("quantity", 1)) for one in _lines(said)]
    costs = [(price, bills.cost(price, quantity)) for price, quantity in priced]
    discounts = lowering.taken(books, said.get("discounts"), customer) if customer else []
    whole = sum(cost for _, cost in costs)
    off = sum(one["amount"] for less in lowering.off(books, discounts, [cost for _, cost in costs], 0) for one in less)
    at = books.now()
    recurring = next((price["recurring"] for price, _ in costs if price["recurring"]), None)
    sums: Thing = {"amount_subtotal": whole, "amount_total": whole - off}
    details = {"amount_discount": off, "amount_shipping": 0, "amount_tax": 0}
    quote = books.new(
        _KIND,
        "qt",
        **sums,
        collection_method=said.get("collection_method", "charge_automatically"),
        computed={
            "recurring": recurring and {**sums, **_length(recurring), "total_details": details},
            "upfront": {**sums, "total_details": details},
        },
        currency=costs[0][0]["currency"] if costs else None,
        customer=customer and customer["id"],
        description=said.get("description"),
        discounts=discounts,
        expires_at=said.get("expires_at", at + _MONTH),
        invoice_settings={"issuer": {"type": "self"}},
        metadata=merged({}, said.get("metadata")),
        status="draft",
        subscription_data={"billing_mode": {"type": "classic"}},
        test_clock=customer and customer["test_clock"],
        total_details=details,
    )
    books.aside[quote["id"]] = [{"price": price["id"], "quantity": quantity} for price, quantity in priced]
    books.tell(f"{_KIND}.created", quote)
    return quote


def _lines(said: Thing) -> list[Thing]:
    lines: list[Thing] = said.get("line_items") or []
    if any("price_data" in line for line in lines):
        raise Refusal(501, "api_error", "The stand-in cannot do this: a quote of a price that is none yet")
    return lines


def _length(recurring: Thing) -> Thing:
    return {"interval": recurring["interval"], "interval_count": recurring["interval_count"]}


def finalize(books: Books, said: Thing, id: str) -> Thing:
    quote = _in(books, id, "draft")
    number = f"QT-{sum(1 for one in books.all(_KIND) if one['number']) + 1:04}-1"
    books.change(quote, number=number, status="open", status_transitions=_at(books, quote, "finalized_at"))
    books.tell(f"{_KIND}.finalized", quote)
    return quote


def accept(books: Books, said: Thing, id: str) -> Thing:
    quote = _in(books, id, "open")
    if not quote["customer"]:
        raise invalid("Nobody is there who accepts", "parameter_missing", "customer")
    if quote["expires_at"] <= books.now(quote["test_clock"]):
        raise wrong_state("The quote", id, "expired", "quote_expired")
    wanted = books.aside[id]
    if not all(books.find("price", one["price"])["recurring"] for one in wanted):
        raise Refusal(501, "api_error", "The stand-in cannot do this: a quote of what is paid once")
    made = subscriptions.launch(books, {"customer": quote["customer"], "items": wanted})
    books.change(quote, status="accepted", subscription=made["id"], status_transitions=_at(books, quote, "accepted_at"))
    books.tell(f"{_KIND}.accepted", quote)
    return quote


def cancel(books: Books, said: Thing, id: str) -> Thing:
    quote = _in(books, id, "draft", "open")
    books.change(quote, status="canceled", status_transitions=_at(books, quote, "canceled_at"))
    books.tell(f"{_KIND}.canceled", quote)
    return quote


def update(books: Books, said: Thing, id: str) -> Thing:
    """Nothing is told of it: Stripe has no event for that."""
    quote = _in(books, id, "draft", "open")
    if set(said) - {"metadata", "description", "expires_at", "expand"}:
        raise Refusal(501, "api_error", "The stand-in cannot do this: another quote in place of one")
    books.change(quote, **changed(quote, said))
    return quote


def _at(books: Books, quote: Thing, name: str) -> Any:
    return {**quote["status_transitions"], name: books.now(quote["test_clock"])}


def _in(books: Books, id: str, *states: str) -> Thing:
    quote = books.find(_KIND, id)
    if quote["status"] not in states:
        raise wrong_state("The quote", id, quote["status"], "quote_unexpected_state")
    return quote


DOINGS: Doings = {
    "post /v1/quotes": create,
    "get /v1/quotes": lambda books, said: listed(books, _KIND, said, "/v1/quotes"),
    "get /v1/quotes/{}": lambda books, said, id: books.find(_KIND, id),
    "post /v1/quotes/{}": update,
    "post /v1/quotes/{}/finalize": finalize,
    "post /v1/quotes/{}/accept": accept,
    "post /v1/quotes/{}/cancel": cancel,
}
