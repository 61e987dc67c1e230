"""Customers, with what they pay with first and what lowers their invoices."""

from typing import Any

from tests.standin.api import Doings, methods
from tests.standin.api.plain import changed, listed, plain
from tests.standin.books import Books, letters, merged
from tests.standin.faults import invalid
from tests.standin.shapes import Thing

_APART = frozenset({"source", "payment_method", "coupon", "tax_id_data", "cash_balance", "validate", "tax"})
"""What is said when a customer is made and becomes another object, or is not kept."""


def create(books: Books, said: Thing) -> Thing:
    clock = said.get("test_clock")
    if clock:
        books.find("test_helpers.test_clock", clock, "test_clock")
    fields = {name: value for name, value in plain(said).items() if name not in _APART}
    customer = books.new(
        "customer",
        "cus",
        **{
            "invoice_prefix": letters(8).upper(),
            "next_invoice_sequence": 1,
            "balance": 0,
            "delinquent": False,
            "tax_exempt": "none",
            "preferred_locales": [],
            **fields,
            "invoice_settings": _settings({}, {}),
            "metadata": merged({}, said.get("metadata")),
        },
    )
    books.tell("customer.created", customer)
    if said.get("source"):
        source = methods.source_of(books, said["source"], customer["id"])
        customer["default_source"] = source["id"]
    if said.get("payment_method"):
        method = methods.attach(books, {"customer": customer["id"]}, said["payment_method"])
        books.aside[customer["id"], said["payment_method"]] = method["id"]
    if said.get("invoice_settings"):
        customer["invoice_settings"] = _settings(customer["invoice_settings"], _own(books, customer, said))
    if said.get("coupon"):
        _discount(books, customer, said["coupon"])
    return customer


def update(books: Books, said: Thing, id: str) -> Thing:
    customer = books.find("customer", id)
    changes = {name: value for name, value in changed(customer, said).items() if name not in _APART}
    if "invoice_settings" in said:
        changes["invoice_settings"] = _settings(customer["invoice_settings"], _own(books, customer, said))
    if "coupon" in said:
        _discount(books, customer, said["coupon"])
    if said.get("source"):
        changes["default_source"] = methods.source_of(books, said["source"], id)["id"]
    return books.update(customer, "customer.updated", **changes)


def _own(books: Books, customer: Thing, said: Thing) -> Thing:
    """What is said of invoices; the payment method for them has to be the customer's."""
    settings = plain(said["invoice_settings"])
    asked = settings.get("default_payment_method")
    if asked:
        asked = books.aside.get((customer["id"], asked), asked)
        if methods.usable(books, asked, customer["id"])["customer"] is None:
            raise invalid("It is not attached to this customer", "resource_missing", "invoice_settings")
        settings["default_payment_method"] = asked
    return settings


def _settings(before: Thing, said: Thing) -> Thing:
    blank = dict.fromkeys(("custom_fields", "default_payment_method", "footer", "rendering_options"))
    return {**blank, **before, **said}


def _discount(books: Books, customer: Thing, coupon: str) -> None:
    """One coupon for all invoices of the customer; empty takes it away."""
    before: Any = customer["discount"]
    if coupon == "":
        if before is not None:
            customer["discount"] = None
            books.tell("customer.discount.deleted", before)
        return
    found = books.find("coupon", coupon, "coupon")
    discount = books.new(
        "discount",
        "di",
        customer=customer["id"],
        source={"type": "coupon", "coupon": found["id"]},
        start=books.now(),
    )
    customer["discount"] = discount
    told = {"source": before["source"]} if before else None
    books.tell(f"customer.discount.{'updated' if before else 'created'}", discount, told)


def delete(books: Books, said: Thing, id: str) -> Thing:
    customer = books.find("customer", id)
    for method in books.all("payment_method", customer=id):
        method["customer"] = None
    left = books.remove(customer)
    books.tell("customer.deleted", customer)
    books.aside[id, "left"] = left
    return left


def retrieve(books: Books, said: Thing, id: str) -> Thing:
    """What is left of a customer who was deleted can still be read."""
    left: Thing | None = books.aside.get((id, "left"))
    return left or books.find("customer", id)


def delete_discount(books: Books, said: Thing, id: str) -> Thing:
    customer = books.find("customer", id)
    discount = customer["discount"]
    if discount is None:
        raise invalid("The customer has no discount", "resource_missing")
    _discount(books, customer, "")
    return {**discount, "deleted": True}


def search(books: Books, said: Thing) -> Thing:
    """Only what we ask with: `metadata["key"]:"value"`."""
    name, _, value = said["query"].partition(":")
    key, sought = name.strip().removeprefix("metadata[").strip("]'\""), value.strip().strip("'\"")
    found = [one for one in books.all("customer") if one["metadata"].get(key) == sought]
    return {"object": "search_result", "url": "/v1/customers/search", "has_more": False, "data": found[::-1]}


DOINGS: Doings = {
    "post /v1/customers": create,
    "get /v1/customers": lambda books, said: listed(books, "customer", said, "/v1/customers"),
    "get /v1/customers/search": search,
    "get /v1/customers/{}": retrieve,
    "post /v1/customers/{}": update,
    "delete /v1/customers/{}": delete,
    "delete /v1/customers/{}/discount": delete_discount,
}
