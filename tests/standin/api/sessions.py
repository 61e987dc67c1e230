"""Checkout: Stripe's own page on which a customer pays, or gives a method for later; and how it stands with one."""

from datetime import timedelta
from typing import Any

from tests.standin.api import Doings, intents, methods, prices, setups
from tests.standin.api.plain import listed
from tests.standin.books import Books, letters, merged
from tests.standin.faults import invalid, wrong_state
from tests.standin.shapes import Thing

_KEPT = (
    "cancel_url",
    "client_reference_id",
    "currency",
    "customer_email",
    "locale",
    "return_url",
    "submit_type",
    "success_url",
)


def create(books: Books, said: Thing) -> Thing:
    mode, customer = said.get("mode"), said.get("customer")
    if mode not in ("payment", "setup"):
        raise invalid("The stand-in has pages to pay and to set up", "parameter_missing", "mode")
    if not said.get("success_url"):
        raise invalid("A hosted page needs a way back", "parameter_missing", "success_url")
    if customer:
        books.find("customer", customer, "customer")
    lines = [_line(books, line) for line in said.get("line_items", [])]
    if mode == "payment" and not lines:
        raise invalid("There is nothing to pay for", "parameter_missing", "line_items")
    if mode == "setup" and not (said.get("currency") or said.get("allowed_payment_method_types")):
        raise invalid("Which methods there are hangs on the currency", "parameter_missing", "currency")
    total = sum(line["amount_total"] for line in lines)
    currency = lines[0]["currency"] if lines else said.get("currency")
    if lines and total < intents.LEAST:
        raise invalid("The amount is too small to be charged", "amount_too_small", "line_items")
    id = "cs_test_" + letters(40)
    session = books.new(
        "checkout.session",
        "cs",
        **{
            **{name: said[name] for name in _KEPT if name in said},
            "id": id,
            "amount_subtotal": total if lines else None,
            "amount_total": total if lines else None,
            "automatic_tax": {"enabled": False, "liability": None, "provider": None, "status": None},
            "created": books.now(),
            "currency": currency,
            "customer": customer,
            "customer_creation": None if customer else said.get("customer_creation", "if_required"),
            "custom_text": dict.fromkeys(("after_submit", "shipping_address", "submit", "terms_of_service_acceptance")),
            "expires_at": said.get("expires_at", books.now() + 86400),
            "metadata": merged({}, said.get("metadata")),
            "mode": mode,
            "payment_method_types": intents.kinds(said, currency or "usd"),
            "payment_status": "unpaid" if mode == "payment" else "no_payment_required",
            "status": "open",
            "ui_mode": "hosted_page",
            "url": f"{books.url}/c/pay/{id}",
        },
    )
    books.aside[id] = {"lines": lines, "said": said}
    if mode == "setup":
        session["setup_intent"] = _setup(books, session, said)["id"]
    books.later(lambda: _run_out(books, id), timedelta(seconds=session["expires_at"] - books.now()), id)
    return session


def _line(books: Books, said: Thing) -> Thing:
    price = prices.inline(books, said["price_data"]) if said.get("price_data") else None
    price = price or books.find("price", said.get("price"), "line_items[price]")
    quantity = said.get("quantity", 1)
    amount = (price["unit_amount"] or 0) * quantity
    return books.new(
        "item",
        "li",
        amount_discount=0,
        amount_subtotal=amount,
        amount_tax=0,
        amount_total=amount,
        currency=price["currency"],
        description=books.things[price["product"]]["name"],
        price=dict(price),
        quantity=quantity,
    )


def _setup(books: Books, session: Thing, said: Thing) -> Thing:
    more = said.get("setup_intent_data", {})
    given = {
        "allowed_payment_method_types": session["payment_method_types"],
        **({"customer": session["customer"]} if session["customer"] else {}),
        **{name: more[name] for name in ("description", "metadata") if name in more},
    }
    intent = setups.create(books, given)
    books.aside[intent["id"], "session"] = session["id"]
    return intent


def _payment(books: Books, session: Thing) -> Thing:
    """The payment intent comes when the customer presses Pay, not before."""
    if session["payment_intent"]:
        return books.find("payment_intent", session["payment_intent"])
    more = books.aside[session["id"]]["said"].get("payment_intent_data", {})
    given = {
        "amount": session["amount_total"],
        "currency": session["currency"],
        "allowed_payment_method_types": session["payment_method_types"],
        **({"customer": session["customer"]} if session["customer"] else {}),
        **{
            name: value
            for name, value in more.items()
            if name in ("description", "metadata", "setup_future_usage", "shipping")
        },
    }
    intent = intents.create(books, given)
    books.aside[intent["id"], "session"] = session["id"]
    session["payment_intent"] = intent["id"]
    return intent


def pay(books: Books, id: str, method: Thing) -> str:
    """The customer has pressed the button: the address to go on to. Raises `Refusal` where the bank says no."""
    session = books.find("checkout.session", id)
    if session["status"] != "open":
        raise wrong_state("The page", id, session["status"], "resource_missing")
    given: Thing = {"payment_method": method["id"], "return_url": f"{books.url}/c/pay/{id}"}
    if methods.kind(method) == "sepa_debit":
        online = {"ip_address": "127.0.0.1", "user_agent": "a browser"}
        given["mandate_data"] = {"customer_acceptance": {"type": "online", "online": online}}
    if session["mode"] == "payment":
        intent = intents.confirm(books, given, _payment(books, session)["id"])
    else:
        intent = setups.confirm(books, given, session["setup_intent"])
    if intent["next_action"]:
        return str(intent["next_action"]["redirect_to_url"]["url"])
    if intent["status"] == "processing":
        _complete(books, session, intent)
    return way_on(session)


def way_on(session: Thing) -> str:
    """Where a customer goes who is through."""
    return str(session["success_url"]).replace("{CHECKOUT_SESSION_ID}", session["id"])


def follow(books: Books, intent: Thing) -> None:
    """An intent is through: its page is too, or what was waited for after it is known."""
    session = books.maybe("checkout.session", books.aside.get((intent["id"], "session")))
    if session is None:
        return
    paid = intent["status"] == "succeeded"
    if session["status"] == "open" and paid:
        _complete(books, session, intent)
    elif session["status"] == "complete" and session["payment_status"] == "unpaid":
        if paid:
            books.change(session, payment_status="paid")
        books.tell(f"checkout.session.async_payment_{'succeeded' if paid else 'failed'}", session)


def _complete(books: Books, session: Thing, intent: Thing) -> None:
    method = books.things.get(intent["payment_method"] or "", {})
    billing: Any = method.get("billing_details") or {}
    details = {
        **dict.fromkeys(("address", "business_name", "email", "individual_name", "name", "phone")),
        **{name: billing.get(name) for name in ("email", "name", "phone")},
        "tax_exempt": "none",
        "tax_ids": [],
    }
    status = "paid" if intent["status"] == "succeeded" else "unpaid"
    books.change(
        session,
        status="complete",
        payment_status=status if session["mode"] == "payment" else "no_payment_required",
        url=None,
        customer_details=details,
    )
    books.tell("checkout.session.completed", session)


def expire(books: Books, said: Thing, id: str) -> Thing:
    session = books.find("checkout.session", id)
    if session["status"] != "open":
        raise invalid(f"Only an open page can be closed; this one is {session['status']}", param="session")
    return _closed(books, session)


def _run_out(books: Books, id: str) -> None:
    session = books.find("checkout.session", id)
    if session["status"] == "open":
        _closed(books, session)


def _closed(books: Books, session: Thing) -> Thing:
    books.change(session, status="expired", url=None)
    if session["payment_intent"]:
        intents.void(books, session["payment_intent"], "automatic")
    books.tell("checkout.session.expired", session)
    return session


def lines(books: Books, said: Thing, id: str) -> Thing:
    books.find("checkout.session", id)
    found = books.aside[id]["lines"]
    return {"object": "list", "data": found, "has_more": False, "url": f"/v1/checkout/sessions/{id}/line_items"}


DOINGS: Doings = {
    "post /v1/checkout/sessions": create,
    "get /v1/checkout/sessions": lambda books, said: listed(books, "checkout.session", said, "/v1/checkout/sessions"),
    "get /v1/checkout/sessions/{}": lambda books, said, id: books.find("checkout.session", id),
    "post /v1/checkout/sessions/{}/expire": expire,
    "get /v1/checkout/sessions/{}/line_items": lines,
}
