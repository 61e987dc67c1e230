"""Invoices: drafted, issued, paid, sent, given up or taken back."""

from collections.abc import Mapping
from typing import Any

from tests.standin.api import Doings, bills, intents, items, lowering
from tests.standin.api.plain import changed, listed, paged, plain
from tests.standin.books import Books, letters, merged
from tests.standin.faults import Refusal, card_error, invalid, wrong_state
from tests.standin.shapes import Thing

HOUR = 3600
"""Seconds for which what Stripe drafts by itself can still be changed."""

_DAY = 86400
_SAID = ("custom_fields", "description", "footer", "statement_descriptor", "effective_at")


def create(books: Books, said: Thing) -> Thing:
    customer = books.find("customer", said.get("customer"), "customer")
    if said.get("from_invoice") or said.get("subscription"):
        raise Refusal(501, "api_error", "The stand-in cannot do this: an invoice of another, or of a subscription")
    waiting = items.pending(books, customer["id"]) if said.get("pending_invoice_items_behavior") == "include" else []
    fields = {name: value for name, value in plain(said).items() if name in _SAID}
    return draft(
        books,
        customer,
        [],
        waiting,
        collection_method=said.get("collection_method", "charge_automatically"),
        days_until_due=said.get("days_until_due"),
        discounts=lowering.taken(books, said.get("discounts"), customer),
        rates=said.get("default_tax_rates") or [],
        billing_reason="manual",
        auto_advance=said.get("auto_advance", False),
        currency=said.get("currency"),
        default_payment_method=said.get("default_payment_method"),
        metadata=merged({}, said.get("metadata")),
        **fields,
    )


def draft(
    books: Books,
    customer: Thing,
    lines: list[Thing],
    waiting: list[Thing],
    *,
    discounts: list[str],
    rates: list[str],
    currency: str | None = None,
    days_until_due: int | None = None,
    **fields: Any,
) -> Thing:
    """An invoice that can still be changed, of these lines and of what waited for it."""
    at, id = books.now(customer["test_clock"]), books.id("in")
    by_mail = fields.get("collection_method") == "send_invoice"
    if by_mail and days_until_due is None:
        raise invalid("An invoice that is sent has a last day", "parameter_missing", "days_until_due")
    all_lines = [*(bills.of_item(item, books) for item in waiting), *lines]
    for line in all_lines:
        line["invoice"] = id
    for item in waiting:
        item["invoice"] = id
    if not discounts and customer["discount"]:
        discounts = [customer["discount"]["id"]]
    sums = bills.added_up(books, all_lines, discounts, rates, at)
    due = max(sums["total"], 0)
    invoice = books.new(
        "invoice",
        "in",
        **{
            "id": id,
            "account_country": "FR",
            "account_name": "Acme",
            "amount_due": due,
            "amount_overpaid": 0,
            "amount_paid": 0,
            "amount_remaining": due,
            "amount_shipping": 0,
            "attempt_count": 0,
            "automatic_tax": {"enabled": False, "liability": None, "provider": None, "status": None},
            "created": at,
            "currency": (currency or (all_lines[0]["currency"] if all_lines else "usd")).lower(),
            "customer": customer["id"],
            "customer_address": customer["address"],
            "customer_email": customer["email"],
            "customer_name": customer["name"],
            "customer_tax_exempt": customer["tax_exempt"],
            "customer_tax_ids": [],
            "default_tax_rates": [dict(books.find("tax_rate", rate, "default_tax_rates")) for rate in rates],
            "discounts": discounts,
            "due_date": at + days_until_due * _DAY if by_mail and days_until_due is not None else None,
            "issuer": {"type": "self"},
            "lines": bills.listed(all_lines, id),
            "metadata": {},
            "period_end": at,
            "period_start": at,
            "post_payment_credit_notes_amount": 0,
            "pre_payment_credit_notes_amount": 0,
            "starting_balance": customer["balance"],
            "status": "draft",
            "test_clock": customer["test_clock"],
            **sums,
            **fields,
        },
    )
    books.aside[id, "lines"] = all_lines
    if fields.get("auto_advance"):
        invoice["automatically_finalizes_at"] = at + HOUR
        books.alive.add(id)
    books.tell("invoice.created", invoice)
    return invoice


def finalize(books: Books, said: Thing, id: str) -> Thing:
    """Issue it: it has a number and never changes again. What costs nothing is paid."""
    invoice = _in(books, id, "draft")
    customer = books.find("customer", invoice["customer"])
    at, number = books.now(invoice["test_clock"]), customer["next_invoice_sequence"]
    customer["next_invoice_sequence"] += 1
    balance = _balanced(books, customer, invoice["total"])
    due = max(invoice["total"] + balance, 0)
    page = f"{books.url}/i/{letters(24)}"
    books.change(
        invoice,
        amount_due=due,
        amount_remaining=due,
        auto_advance=said.get("auto_advance", invoice["auto_advance"]),
        automatically_finalizes_at=None,
        effective_at=invoice["effective_at"] or at,
        ending_balance=customer["balance"],
        hosted_invoice_url=page,
        invoice_pdf=f"{page}/pdf",
        number=f"{customer['invoice_prefix']}-{number:04}",
        status="open",
        status_transitions={**invoice["status_transitions"], "finalized_at": at},
    )
    books.tell("invoice.finalized", invoice)
    if due == 0:
        _paid(books, invoice)
    else:
        _ask_for(books, invoice)
    return invoice


def _balanced(books: Books, customer: Thing, total: int) -> int:
    """What of the customer's balance goes into it; what is owed to them goes there. Never more than it takes."""
    moved = -total if total < 0 else -min(total, max(-customer["balance"], 0))
    if moved:
        books.update(customer, "customer.updated", balance=customer["balance"] - moved)
    return moved


def _ask_for(books: Books, invoice: Thing) -> None:
    """The payment intent with which it is paid; less than the least is put on the next invoice."""
    if invoice["amount_due"] < intents.LEAST:
        customer = books.find("customer", invoice["customer"])
        customer["balance"] += invoice["amount_due"]
        books.change(invoice, amount_due=0, amount_remaining=0, ending_balance=customer["balance"])
        _paid(books, invoice)
        return
    asked = {"amount": invoice["amount_due"], "currency": invoice["currency"], "customer": invoice["customer"]}
    intent = intents.create(books, asked)
    invoice["confirmation_secret"] = {"client_secret": intent["client_secret"], "type": "payment_intent"}
    _payment(books, invoice, intent, is_default=True)


def _payment(books: Books, invoice: Thing, intent: Thing, **fields: Any) -> Thing:
    books.aside[intent["id"], "invoice"] = invoice["id"]
    return books.new(
        "invoice_payment",
        "inpay",
        amount_requested=min(intent["amount"], invoice["amount_remaining"]),
        currency=invoice["currency"],
        invoice=invoice["id"],
        payment={"type": "payment_intent", "payment_intent": intent["id"]},
        status="open",
        **fields,
    )


def pay(books: Books, said: Thing, id: str) -> Thing:
    """Charge it now, or say that it was paid elsewhere."""
    invoice = books.find("invoice", id)
    if invoice["status"] == "draft":
        finalize(books, {}, id)
    _in(books, id, "open", "uncollectible")
    if said.get("paid_out_of_band"):
        books.change(invoice, amount_paid_off_stripe=invoice["amount_remaining"])
        _paid(books, invoice, away=True)
        return invoice
    method = said.get("payment_method") or said.get("source") or method_of(books, invoice)
    if not method:
        raise invalid("The customer has no payment method on file", "resource_missing", "customer")
    intent = asked_with(books, invoice)
    assert intent is not None, "what is open was asked for"
    intents.confirm(books, {"payment_method": method}, intent["id"])
    if intent["status"] == "requires_action":
        # A bank that asks is a failed attempt, whoever is there: the merchant sends the customer on.
        books.change(invoice, attempted=True, attempt_count=invoice["attempt_count"] + 1)
        books.tell("invoice.payment_action_required", invoice)
        books.failed(invoice)
        raise card_error("invoice_payment_intent_requires_action")
    return invoice


def method_of(books: Books, invoice: Thing) -> str | None:
    """With what it is paid where nothing is said: its own, the subscription's, the customer's."""
    customer = books.find("customer", invoice["customer"])
    subscription = books.maybe("subscription", subscription_of(invoice))
    places = (
        invoice["default_payment_method"],
        subscription and subscription["default_payment_method"],
        customer["invoice_settings"]["default_payment_method"],
        customer["default_source"],
    )
    return next((str(place) for place in places if place), None)


def subscription_of(invoice: Mapping[str, Any]) -> str | None:
    details = (invoice["parent"] or {}).get("subscription_details") or {}
    return details.get("subscription")


def asked_with(books: Books, invoice: Thing) -> Thing | None:
    """The payment intent with which it is to be paid."""
    payments = list(books.all("invoice_payment", invoice=invoice["id"], status="open"))
    return books.find("payment_intent", payments[-1]["payment"]["payment_intent"]) if payments else None


def attach_payment(books: Books, said: Thing, id: str) -> Thing:
    """A payment that was made, or is under way, for something else than an invoice is for this one."""
    invoice = _in(books, id, "open")
    intent = books.find("payment_intent", said.get("payment_intent"), "payment_intent")
    if intent["customer"] not in (None, invoice["customer"]) or intent["currency"] != invoice["currency"]:
        raise invalid("It is another customer's payment, or in another currency", param="payment_intent")
    if (intent["id"], "invoice") in books.aside:
        raise invalid("It is for an invoice already", "payment_intent_unexpected_state", "payment_intent")
    if intent["status"] in ("canceled", "requires_payment_method"):
        raise invalid("Nothing comes of this payment", "payment_intent_unexpected_state", "payment_intent")
    _payment(books, invoice, intent)
    if intent["status"] == "succeeded":
        follow(books, intent)
    return invoice


def follow(books: Books, intent: Thing) -> None:
    """A payment intent is through: what that means for the invoice that it is for."""
    invoice = books.maybe("invoice", books.aside.get((intent["id"], "invoice")))
    if invoice is None or invoice["status"] not in ("open", "uncollectible"):
        return
    if intent["status"] == "succeeded":
        for payment in books.all("invoice_payment", invoice=invoice["id"], status="open"):
            if payment["payment"]["payment_intent"] == intent["id"]:
                _received(books, invoice, payment, intent)
    elif intent["status"] != "canceled":
        books.change(invoice, attempted=True, attempt_count=invoice["attempt_count"] + 1)
        books.tell("invoice.payment_failed", invoice)
        books.failed(invoice)


def _received(books: Books, invoice: Thing, payment: Thing, intent: Thing) -> None:
    at, got = books.now(invoice["test_clock"]), intent["amount_received"]
    books.change(payment, status="paid", amount_paid=got, status_transitions={"paid_at": at, "canceled_at": None})
    books.tell("invoice_payment.paid", payment)
    left = invoice["amount_remaining"] - got
    books.change(
        invoice,
        amount_paid=invoice["amount_paid"] + min(got, invoice["amount_remaining"]),
        amount_remaining=max(left, 0),
        amount_overpaid=max(-left, 0),
    )
    if left <= 0:
        _paid(books, invoice)


def _paid(books: Books, invoice: Thing, away: bool = False) -> None:
    at = books.now(invoice["test_clock"])
    due = invoice["amount_due"]
    books.change(
        invoice,
        amount_paid=due,
        amount_remaining=0,
        attempted=invoice["attempted"] or not away,
        attempt_count=invoice["attempt_count"] + (0 if away or not due else 1),
        auto_advance=False,
        status="paid",
        status_transitions={**invoice["status_transitions"], "paid_at": at},
    )
    _call_off(books, invoice)
    books.tell("invoice.paid", invoice)
    books.tell("invoice.payment_succeeded", invoice)
    books.settled(invoice)


def _call_off(books: Books, invoice: Thing) -> None:
    """What was asked for is not asked for any more."""
    for payment in list(books.all("invoice_payment", invoice=invoice["id"], status="open")):
        books.change(payment, status="canceled")
        intent = books.find("payment_intent", payment["payment"]["payment_intent"])
        if intent["status"] in ("requires_payment_method", "requires_confirmation", "requires_action"):
            intents.void(books, intent["id"], "void_invoice")


def send(books: Books, said: Thing, id: str) -> Thing:
    invoice = books.find("invoice", id)
    if invoice["status"] == "draft":
        finalize(books, {}, id)
    if invoice["collection_method"] != "send_invoice":
        raise invalid("Only what the customer pays by themselves is sent", "invoice_not_editable", "collection_method")
    books.tell("invoice.sent", invoice)
    return invoice


def void(books: Books, said: Thing, id: str) -> Thing:
    invoice = _in(books, id, "open", "uncollectible")
    at = books.now(invoice["test_clock"])
    books.change(
        invoice,
        amount_remaining=0,
        auto_advance=False,
        status="void",
        status_transitions={**invoice["status_transitions"], "voided_at": at},
    )
    _call_off(books, invoice)
    books.tell("invoice.voided", invoice)
    return invoice


def give_up(books: Books, said: Thing, id: str) -> Thing:
    invoice = _in(books, id, "open")
    at = books.now(invoice["test_clock"])
    books.change(
        invoice,
        auto_advance=False,
        status="uncollectible",
        status_transitions={**invoice["status_transitions"], "marked_uncollectible_at": at},
    )
    books.tell("invoice.marked_uncollectible", invoice)
    return invoice


def update(books: Books, said: Thing, id: str) -> Thing:
    """What is issued has only its metadata and who is asked left to change."""
    invoice = books.find("invoice", id)
    if invoice["status"] != "draft" and set(said) - {"metadata", "default_payment_method", "auto_advance", "expand"}:
        raise invalid("It is issued: it does not change any more", "invoice_not_editable")
    changes = changed(invoice, said)
    for name in ("discounts", "default_tax_rates", "days_until_due"):
        if changes.pop(name, None) is not None:
            raise Refusal(501, "api_error", f"The stand-in cannot do this: change {name} of a draft")
    return books.update(invoice, "invoice.updated", **changes)


def delete(books: Books, said: Thing, id: str) -> Thing:
    invoice = _in(books, id, "draft")
    for item in books.all("invoiceitem", invoice=id):
        books.remove(item)
    left = books.remove(invoice)
    books.tell("invoice.deleted", invoice)
    return left


def lines(books: Books, said: Thing, id: str) -> Thing:
    books.find("invoice", id)
    return paged(list(books.aside[id, "lines"]), said, f"/v1/invoices/{id}/lines")


def issue(books: Books, id: str) -> None:
    """The hour is over in which what Stripe drafted by itself could be changed: it is issued, and paid where it can
    be."""
    invoice = finalize(books, {}, id)
    if invoice["status"] == "open" and invoice["collection_method"] == "charge_automatically":
        charge(books, invoice)
    elif invoice["status"] == "open":
        books.tell("invoice.sent", invoice)


def charge(books: Books, invoice: Thing) -> bool:
    """Pay it with what is on file; whether it was refused."""
    try:
        pay(books, {}, invoice["id"])
    except Refusal as refusal:
        if refusal.code == "resource_missing":
            books.change(invoice, attempted=True, attempt_count=invoice["attempt_count"] + 1)
            books.tell("invoice.payment_failed", invoice)
            books.failed(invoice)
        return True
    return False


def _in(books: Books, id: str, *states: str) -> Thing:
    invoice = books.find("invoice", id)
    if invoice["status"] not in states:
        raise wrong_state("The invoice", id, invoice["status"], "invoice_not_editable")
    return invoice


def _about(books: Books, said: Thing) -> Thing:
    """Of a subscription are those that say so inside."""
    wanted = dict(said)
    asked = wanted.pop("subscription", None)
    if asked is not None:
        wanted["parent"] = {"subscription_details": {"subscription": asked}}
    return listed(books, "invoice", wanted, "/v1/invoices")


def search(books: Books, said: Thing) -> Thing:
    """Only what we ask with: `number:"value"`."""
    name, _, value = said["query"].partition(":")
    found = [one for one in books.all("invoice") if one.get(name.strip()) == value.strip().strip("'\"")]
    return {"object": "search_result", "url": "/v1/invoices/search", "has_more": False, "data": found[::-1]}


DOINGS: Doings = {
    "post /v1/invoices": create,
    "get /v1/invoices/search": search,
    "get /v1/invoices": _about,
    "get /v1/invoices/{}": lambda books, said, id: books.find("invoice", id),
    "post /v1/invoices/{}": update,
    "delete /v1/invoices/{}": delete,
    "get /v1/invoices/{}/lines": lines,
    "post /v1/invoices/{}/finalize": finalize,
    "post /v1/invoices/{}/pay": pay,
    "post /v1/invoices/{}/attach_payment": attach_payment,
    "post /v1/invoices/{}/send": send,
    "post /v1/invoices/{}/void": void,
    "post /v1/invoices/{}/mark_uncollectible": give_up,
    "get /v1/invoice_payments": lambda books, said: listed(books, "invoice_payment", said, "/v1/invoice_payments"),
    "get /v1/invoice_payments/{}": lambda books, said, id: books.find("invoice_payment", id),
}
