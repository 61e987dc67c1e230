"""Previews: the invoice that would come of something, without doing it."""

from typing import Any

from tests.standin.api import Doings, invoices, items, lowering, subscriptions
from tests.standin.books import Books
from tests.standin.faults import Refusal, invalid
from tests.standin.shapes import Thing


def preview(books: Books, said: Thing) -> Thing:
    """What is done to find out is undone again."""
    for name in ("schedule", "schedule_details"):
        if said.get(name):
            raise Refusal(501, "api_error", f"The stand-in cannot do this: a preview of a {name}")
    with books.supposing():
        invoice = _invoice(books, said)
        invoice["id"] = "upcoming_" + invoice["id"]
        customer = books.find("customer", invoice["customer"])
        credit = min(max(-customer["balance"], 0), max(invoice["total"], 0))
        due = max(invoice["total"], 0) - credit
        invoice |= {"amount_due": due, "amount_remaining": due, "auto_advance": False}
        return dict(invoice)


def _invoice(books: Books, said: Thing) -> Thing:
    details = said.get("subscription_details") or {}
    if said.get("subscription"):
        return _changed(books, said, details)
    customer = _customer(books, said)
    once = said.get("invoice_items") or []
    if not details:
        if not once:
            raise invalid("There is nothing that would be invoiced", "invoice_upcoming_none")
        made = [items.made(books, one, customer) for one in once]
        discounts = lowering.taken(books, said.get("discounts"), customer)
        return invoices.draft(books, customer, [], made, discounts=discounts, rates=[], billing_reason="upcoming")
    names = ("items", "trial_end", "default_tax_rates", "cancel_at", "cancel_at_period_end", "billing_mode")
    wanted: Thing = {name: details[name] for name in names if name in details}
    wanted |= {"add_invoice_items": once, "discounts": said.get("discounts") or []}
    subscription, first = subscriptions.drafted(books, wanted, customer)
    if said.get("preview_mode") == "recurring":
        return subscriptions.begin_term(books, subscription, subscription["billing_cycle_anchor"])
    return first


def _customer(books: Books, said: Thing) -> Thing:
    if said.get("customer"):
        return books.find("customer", said["customer"], "customer")
    if "customer_details" not in said:
        raise invalid("Whose", "parameter_missing", "customer")
    return books.new(
        "customer",
        "cus",
        balance=0,
        invoice_prefix="PREVIEW",
        next_invoice_sequence=1,
        invoice_settings=dict.fromkeys(("custom_fields", "default_payment_method", "footer", "rendering_options")),
        tax_exempt="none",
    )


def _changed(books: Books, said: Thing, details: Thing) -> Thing:
    """The next invoice of a subscription, or with `always_invoice` the one that the change brings at once."""
    subscription = books.find("subscription", said["subscription"], "subscription")
    if subscription["status"] in ("canceled", "incomplete_expired"):
        raise invalid("There is no next invoice of what is over", "invoice_upcoming_none", "subscription")
    latest = subscription["latest_invoice"]
    names = ("items", "trial_end", "default_tax_rates", "proration_behavior", "proration_date", "billing_cycle_anchor")
    wanted: Thing = {name: details[name] for name in names if name in details}
    if "discounts" in said:
        wanted["discounts"] = said["discounts"]
    if said.get("invoice_items"):
        wanted["add_invoice_items"] = said["invoice_items"]
    subscription["schedule"] = None
    if details.get("resume_at"):
        return subscriptions.go_on(books, subscription, "resume_on_payment_success")
    if wanted:
        subscriptions.update(books, {**wanted, "payment_behavior": "default_incomplete"}, subscription["id"])
    if details.get("cancel_now") or _ends(subscription, details):
        return subscriptions.bill(books, subscription, [], "upcoming")
    if subscription["latest_invoice"] != latest and said.get("preview_mode") != "recurring":
        return books.find("invoice", subscription["latest_invoice"])
    end = min(one["current_period_end"] for one in subscription["items"]["data"])
    books.moments[subscription["test_clock"]] = end
    try:
        return subscriptions.begin_term(books, subscription, end)
    finally:
        del books.moments[subscription["test_clock"]]


def _ends(subscription: Thing, details: Any) -> bool:
    return bool(details.get("cancel_at_period_end", subscription["cancel_at_period_end"]))


DOINGS: Doings = {"post /v1/invoices/create_preview": preview}
