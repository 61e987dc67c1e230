"""Subscriptions: begun, tried, paid, changed within a term, paused and ended."""

from typing import Any

from tests.standin.api import Doings, changing, invoices, items, lowering, selling
from tests.standin.api.plain import changed, listed, plain
from tests.standin.books import Books, merged
from tests.standin.faults import Refusal, invalid
from tests.standin.shapes import Thing

DAY = 86400
_TRIAL_ENDS_SOON = 3 * DAY
_SAID = (
    "cancel_at_period_end",
    "days_until_due",
    "default_payment_method",
    "description",
    "payment_settings",
)
_NOT_HERE = ("backdate_start_date", "billing_cycle_anchor_config", "billing_schedules", "transfer_data")


def create(books: Books, said: Thing) -> Thing:
    customer = books.find("customer", said.get("customer"), "customer")
    subscription, invoice = drafted(books, said, customer)
    _begin(books, subscription, invoice, said)
    books.tell("customer.subscription.created", subscription)
    books.aside[subscription["id"], "told"] = True
    if subscription["status"] == "trialing" and _warns(books, subscription):
        books.tell("customer.subscription.trial_will_end", subscription)
    return subscription


def launch(books: Books, said: Thing) -> Thing:
    """One that a schedule or a quote makes: it begins at once, and is invoiced an hour later."""
    customer = books.find("customer", said.get("customer"), "customer")
    subscription, _ = drafted(books, said, customer)
    if subscription["status"] == "incomplete":
        subscription["status"] = "active"
    books.aside[subscription["id"], "told"] = True
    books.tell("customer.subscription.created", subscription)
    return subscription


def drafted(books: Books, said: Thing, customer: Thing) -> tuple[Thing, Thing]:
    """The subscription, and its first invoice as a draft; nobody is asked for money."""
    for name in _NOT_HERE:
        if said.get(name):
            raise Refusal(501, "api_error", f"The stand-in cannot do this: {name}")
    at = books.now(customer["test_clock"])
    until = _trial(said, at)
    id = books.id("sub")
    made = [selling.item(books, id, one, f"items[{n}]", (at, at)) for n, one in enumerate(said.get("items") or [])]
    recurring = selling.of_one_length(made)
    anchor = until or at
    end = until or selling.first_end(at, recurring)
    for one in made:
        one["current_period_end"] = end
    rates = said.get("default_tax_rates") or []
    subscription = books.new(
        "subscription",
        "sub",
        **{
            "id": id,
            "billing_cycle_anchor": anchor,
            "billing_mode": {"type": "classic" if said.get("billing_mode") is None else said["billing_mode"]["type"]},
            "cancel_at": end if said.get("cancel_at_period_end") else said.get("cancel_at"),
            "collection_method": said.get("collection_method", "charge_automatically"),
            "currency": made[0]["price"]["currency"],
            "customer": customer["id"],
            "default_tax_rates": [dict(books.find("tax_rate", rate, "default_tax_rates")) for rate in rates],
            "discounts": lowering.taken(books, said.get("discounts"), customer, subscription=id),
            "invoice_settings": {"issuer": {"type": "self"}},
            "items": {"object": "list", "data": [], "has_more": False, "url": "/v1/subscription_items"},
            "metadata": merged({}, said.get("metadata")),
            "start_date": at,
            "status": "trialing" if until else "incomplete",
            "test_clock": customer["test_clock"],
            "trial_end": until,
            "trial_settings": said.get("trial_settings")
            or {"end_behavior": {"missing_payment_method": "create_invoice"}},
            "trial_start": at if until else None,
            **{name: value for name, value in plain(said).items() if name in _SAID},
        },
    )
    selling.shown(books, subscription)
    once = [
        items.made(books, {"discountable": True, **one}, customer, parent=_parent(id))
        for one in said.get("add_invoice_items") or []
    ]
    lines = [selling.line(books, subscription, one, (at, end), free=bool(until)) for one in made]
    invoice = bill(books, subscription, lines, "subscription_create", once)
    books.alive.add(id)
    return subscription, invoice


def _trial(said: Thing, at: int) -> int | None:
    """When the trial is over, where there is one."""
    end = said.get("trial_end")
    if end == "now":
        return None
    if end is not None:
        if end <= at:
            raise invalid("A trial ends later than now", param="trial_end")
        return int(end)
    days = said.get("trial_period_days") or 0
    return at + days * DAY if days else None


def _parent(id: str) -> Thing:
    return {"type": "subscription_details", "subscription_details": {"subscription": id, "subscription_item": None}}


def _warns(books: Books, subscription: Thing) -> bool:
    """A trial of less than three days ends soon from its first day on."""
    return bool(subscription["trial_end"] - books.now(subscription["test_clock"]) <= _TRIAL_ENDS_SOON)


def bill(books: Books, subscription: Thing, lines: list[Thing], reason: str, once: list[Thing] | None = None) -> Thing:
    """The draft of an invoice for it, with all that waited for one; what was off once is off no more."""
    customer = books.find("customer", subscription["customer"])
    waiting = once if once is not None else items.pending(books, customer["id"], subscription["id"])
    by_mail = subscription["collection_method"] == "send_invoice"
    invoice = invoices.draft(
        books,
        customer,
        lines,
        waiting,
        discounts=list(subscription["discounts"]),
        rates=[rate["id"] for rate in subscription["default_tax_rates"] or []],
        currency=subscription["currency"],
        days_until_due=subscription["days_until_due"] if by_mail else None,
        auto_advance=not subscription["pause_collection"],
        billing_reason=reason,
        collection_method=subscription["collection_method"],
        default_payment_method=None,
        parent={
            "type": "subscription_details",
            "quote_details": None,
            "subscription_details": {"subscription": subscription["id"], "metadata": dict(subscription["metadata"])},
        },
    )
    books.change(subscription, latest_invoice=invoice["id"], discounts=lowering.used(books, subscription["discounts"]))
    return invoice


def _begin(books: Books, subscription: Thing, invoice: Thing, said: Thing) -> None:
    """The first invoice is issued at once; whether it is paid decides whether the subscription begins."""
    if subscription["collection_method"] == "send_invoice":
        books.change(subscription, status=subscription["status"] if subscription["trial_end"] else "active")
        return
    behavior = said.get("payment_behavior", "allow_incomplete")
    charged = not subscription["trial_end"] and invoice["amount_due"] and behavior != "default_incomplete"
    if charged and not invoices.method_of(books, invoice):
        raise invalid("The customer has no payment method on file", "resource_missing", "customer")
    invoices.finalize(books, {}, invoice["id"])
    if invoice["status"] == "open" and behavior != "default_incomplete":
        try:
            invoices.pay(books, {}, invoice["id"])
        except Refusal:
            if behavior == "error_if_incomplete":
                books.remove(subscription)
                raise


def settled(books: Books, invoice: Thing) -> None:
    """An invoice of it is paid: it begins, or goes on."""
    subscription = books.maybe("subscription", invoices.subscription_of(invoice))
    if subscription is None or subscription["latest_invoice"] != invoice["id"]:
        return
    if subscription["status"] == "incomplete":
        # Within its creation nobody has heard of it yet.
        known = books.aside.get((subscription["id"], "told"))
        before = books.change(subscription, status="active")
        if known:
            books.tell("customer.subscription.updated", subscription, before)
    elif subscription["status"] == "paused":
        _running(books, subscription)
    elif subscription["status"] in ("past_due", "unpaid"):
        books.update(subscription, "customer.subscription.updated", status="active")


def failed(books: Books, invoice: Thing) -> None:
    """An invoice of it was not paid."""
    subscription = books.maybe("subscription", invoices.subscription_of(invoice))
    if subscription is not None and subscription["status"] == "active":
        books.update(subscription, "customer.subscription.updated", status="past_due")


def update(books: Books, said: Thing, id: str) -> Thing:
    subscription = books.find("subscription", id)
    if subscription["status"] in ("canceled", "incomplete_expired"):
        raise invalid("It is over", "resource_missing", "id")
    if subscription["schedule"] and set(said) - {"metadata", "default_payment_method", "expand", "description"}:
        raise invalid("It is managed by a schedule: change that, or release it", param="schedule")
    changes = changed(subscription, {name: said[name] for name in said if name not in changing.APART})
    changes |= _ending(subscription, said)
    if changes.get("pause_collection"):
        changes["pause_collection"] = {"resumes_at": None, **said["pause_collection"]}
    if "discounts" in said:
        customer = books.find("customer", subscription["customer"])
        changes["discounts"] = lowering.taken(books, said["discounts"] or [], customer, subscription=id)
    if "default_tax_rates" in said:
        changes["default_tax_rates"] = [dict(books.find("tax_rate", rate)) for rate in said["default_tax_rates"] or []]
    before = books.change(subscription, **changes)
    before |= changing.change(books, subscription, said, bill)
    if said.get("trial_end") is not None:
        before |= _tried(books, subscription, said["trial_end"])
    if before:
        books.tell("customer.subscription.updated", subscription, before)
    if "status" in before and subscription["status"] == "paused":
        books.tell("customer.subscription.paused", subscription)
    return subscription


def _ending(subscription: Thing, said: Thing) -> Thing:
    """The day of an end that was asked for, or taken back."""
    end = subscription["items"]["data"][0]["current_period_end"]
    at = said.get("cancel_at")
    if at in ("min_period_end", "max_period_end"):
        return {"cancel_at": end, "cancel_at_period_end": False}
    if at == "":
        return {"cancel_at": None, "cancel_at_period_end": False}
    if at is not None:
        return {"cancel_at": at, "cancel_at_period_end": False}
    if said.get("cancel_at_period_end") is not None:
        return {"cancel_at": end if said["cancel_at_period_end"] else None}
    return {}


def _tried(books: Books, subscription: Thing, until: Any) -> Thing:
    """A trial is over now, or on another day."""
    if until == "now":
        return end_trial(books, subscription)
    for one in selling.items_of(books, subscription):
        books.change(one, current_period_end=until)
    selling.shown(books, subscription)
    begun = subscription["trial_start"] or books.now(subscription["test_clock"])
    return books.change(subscription, trial_start=begun, trial_end=until, billing_cycle_anchor=until, status="trialing")


def end_trial(books: Books, subscription: Thing) -> Thing:
    """The first term that is paid begins, or what was said for those who gave nothing to pay with."""
    at = books.now(subscription["test_clock"])
    missing = subscription["trial_settings"]["end_behavior"]["missing_payment_method"]
    customer = books.find("customer", subscription["customer"])
    on_file = (
        subscription["default_payment_method"]
        or customer["invoice_settings"]["default_payment_method"]
        or customer["default_source"]
    )
    if not on_file and subscription["collection_method"] == "charge_automatically":
        if missing == "cancel":
            before = {"status": subscription["status"]}
            end(books, subscription, "cancellation_requested")
            return before
        if missing == "pause":
            return books.change(subscription, status="paused", trial_end=at)
    before = books.change(subscription, status="active", billing_cycle_anchor=at, trial_end=at)
    begin_term(books, subscription, at)
    return before


def begin_term(books: Books, subscription: Thing, at: int) -> Thing:
    """The next term, with its invoice as a draft: Stripe issues it an hour later."""
    found = selling.items_of(books, subscription)
    for one in found:
        start, end = selling.next_term(subscription, one, at)
        books.change(one, current_period_start=start, current_period_end=end)
    selling.shown(books, subscription)
    lines = [
        selling.line(books, subscription, one, (one["current_period_start"], one["current_period_end"]))
        for one in found
    ]
    return bill(books, subscription, lines, "subscription_cycle")


def cancel(books: Books, said: Thing, id: str) -> Thing:
    subscription = books.find("subscription", id)
    if subscription["status"] in ("canceled", "incomplete_expired"):
        raise invalid("It is over", "resource_missing", "id")
    if said.get("prorate"):
        changing.credit(books, subscription)
    if said.get("invoice_now"):
        invoices.issue(books, bill(books, subscription, [], "manual")["id"])
    end(books, subscription, "cancellation_requested")
    return subscription


def end(books: Books, subscription: Thing, reason: str) -> None:
    at = books.now(subscription["test_clock"])
    details = {**(subscription["cancellation_details"] or {}), "reason": reason}
    for name in ("comment", "feedback", "feedback_option"):
        details.setdefault(name, None)
    books.change(
        subscription,
        canceled_at=subscription["canceled_at"] or at,
        cancellation_details=details,
        ended_at=at,
        schedule=None,
        status="canceled",
    )
    books.alive.discard(subscription["id"])
    for item in items.pending(books, subscription["customer"], subscription["id"]):
        if (item["parent"] or {}).get("subscription_details"):
            books.remove(item)
    books.tell("customer.subscription.deleted", subscription)


def pause(books: Books, subscription: Thing) -> None:
    """It rests: no term follows, and nothing is invoiced."""
    at = books.now(subscription["test_clock"])
    why = {"subscription": {"type": "pause_requested"}, "transitioned_at": at, "type": "subscription"}
    before = books.change(subscription, status="paused", status_details={"paused": why})
    books.tell("customer.subscription.updated", subscription, before)
    books.tell("customer.subscription.paused", subscription)


def resume(books: Books, said: Thing, id: str) -> Thing:
    subscription = books.find("subscription", id)
    if subscription["status"] != "paused":
        raise invalid("It is not paused", param="id")
    if subscription["collection_method"] != "charge_automatically":
        raise invalid("Only what is charged by itself can go on", param="id")
    if (said.get("billing_cycle_anchor") or {}).get("type") == "unchanged":
        raise Refusal(501, "api_error", "The stand-in cannot do this: go on in the same terms")
    go_on(books, subscription, said.get("payment_behavior", "resume_on_payment_attempt"))
    return subscription


def go_on(books: Books, subscription: Thing, behavior: str) -> Thing:
    """A new term, whose invoice is issued at once. It runs when that is paid, or when somebody has tried to."""
    at = books.now(subscription["test_clock"])
    books.change(subscription, billing_cycle_anchor=at)
    invoice = begin_term(books, subscription, at)
    invoices.finalize(books, {}, invoice["id"])
    if behavior == "resume_on_payment_attempt" and subscription["status"] == "paused":
        _running(books, subscription)
        if invoice["status"] == "open":
            invoices.charge(books, invoice)
    return invoice


def _running(books: Books, subscription: Thing) -> None:
    before = books.change(subscription, status="active", status_details=None)
    books.tell("customer.subscription.resumed", subscription, before)


def _all(books: Books, said: Thing) -> Thing:
    """Those that are over are listed only where somebody asks for them."""
    wanted = dict(said)
    status, price = wanted.pop("status", None), wanted.pop("price", None)
    answer = listed(books, "subscription", {**wanted, "limit": 100}, "/v1/subscriptions")
    over = ("canceled", "incomplete_expired")
    fits = {
        None: lambda one: one["status"] not in over,
        "all": lambda one: True,
        "ended": lambda one: one["status"] in over,
    }.get(status, lambda one: one["status"] == status)
    found = [one for one in answer["data"] if fits(one) and (not price or price in _prices(one))]
    limit = said.get("limit", 10)
    return {**answer, "data": found[:limit], "has_more": answer["has_more"] or len(found) > limit}


def _prices(subscription: Thing) -> list[str]:
    return [one["price"]["id"] for one in subscription["items"]["data"]]


def _items(books: Books, said: Thing) -> Thing:
    return listed(books, "subscription_item", said, "/v1/subscription_items")


DOINGS: Doings = {
    "post /v1/subscriptions": create,
    "get /v1/subscriptions": _all,
    "get /v1/subscriptions/{}": lambda books, said, id: books.find("subscription", id),
    "post /v1/subscriptions/{}": update,
    "delete /v1/subscriptions/{}": cancel,
    "post /v1/subscriptions/{}/resume": resume,
    "get /v1/subscription_items": _items,
    "get /v1/subscription_items/{}": lambda books, said, id: books.find("subscription_item", id),
}
