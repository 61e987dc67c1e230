"""Setup intents: a payment method that is proved good for later, without money."""

from typing import Any

from tests.standin import cards
from tests.standin.api import Doings, methods
from tests.standin.api.plain import changed, listed, plain
from tests.standin.books import Books, letters, merged
from tests.standin.faults import card_error, invalid, wrong_state
from tests.standin.shapes import Thing

_OPEN = ("requires_payment_method", "requires_confirmation", "requires_action")


def create(books: Books, said: Thing) -> Thing:
    customer = said.get("customer")
    if customer:
        books.find("customer", customer, "customer")
    method = methods.usable(books, said["payment_method"], customer) if said.get("payment_method") else None
    intent = books.new(
        "setup_intent",
        "seti",
        customer=customer,
        description=plain(said).get("description"),
        metadata=merged({}, said.get("metadata")),
        payment_method=method and method["id"],
        payment_method_types=said.get("allowed_payment_method_types") or ["card", "sepa_debit"],
        status="requires_confirmation" if method else "requires_payment_method",
        usage=said.get("usage", "off_session"),
    )
    intent["client_secret"] = f"{intent['id']}_secret_{letters()}"
    books.tell("setup_intent.created", intent)
    return confirm(books, said, intent["id"]) if said.get("confirm") else intent


def confirm(books: Books, said: Thing, id: str) -> Thing:
    """Ask the bank whether it will do."""
    intent = books.find("setup_intent", id)
    if intent["status"] not in _OPEN:
        raise wrong_state("The setup intent", id, intent["status"], "setup_intent_unexpected_state")
    asked = said.get("payment_method") or intent["payment_method"]
    if not asked:
        raise invalid("There is no payment method to confirm with", "setup_intent_unexpected_state")
    method = methods.usable(books, asked, intent["customer"])
    books.change(intent, payment_method=method["id"], last_setup_error=None)
    bank = methods.bank_of(books, method)
    if methods.kind(method) == "sepa_debit":
        if not said.get("mandate_data"):
            raise invalid("Who is debited gives a mandate first", "setup_intent_mandate_invalid", "mandate_data")
        intent["mandate"] = methods.mandate(books, method, said["mandate_data"]["customer_acceptance"])["id"]
        return _done(books, intent, method)
    if bank.declines and bank.at_once:
        code, decline = cards.code_of(bank.declines)
        _failed(books, intent, method, code, decline, "card_error")
        raise card_error(code, decline, setup_intent=dict(intent), payment_method=dict(method))
    if bank.challenge != "never":
        return _challenge(books, intent, said)
    return _done(books, intent, method)


def _challenge(books: Books, intent: Thing, said: Thing) -> Thing:
    page, back = f"{books.url}/3ds/{intent['id']}", said.get("return_url")
    action: Any = {"type": "use_stripe_sdk", "use_stripe_sdk": {"stripe_js": page}}
    if back:
        action = {"type": "redirect_to_url", "redirect_to_url": {"url": page, "return_url": back}}
    books.change(intent, status="requires_action", next_action=action)
    books.tell("setup_intent.requires_action", intent)
    return intent


def answer(books: Books, id: str, passed: bool) -> Thing:
    """What the customer's bank found out."""
    intent = books.find("setup_intent", id)
    if intent["status"] != "requires_action":
        return intent
    method = books.find("payment_method", intent["payment_method"])
    books.change(intent, next_action=None)
    if passed:
        return _done(books, intent, method)
    _failed(books, intent, method, "setup_intent_authentication_failure", "", "invalid_request_error")
    return intent


def _done(books: Books, intent: Thing, method: Thing) -> Thing:
    if intent["customer"]:
        methods.put_on_file(books, method, intent["customer"])
    books.aside[method["id"], "set_up"] = True
    books.change(intent, status="succeeded", next_action=None)
    books.tell("setup_intent.succeeded", intent)
    books.concluded(intent)
    return intent


def _failed(books: Books, intent: Thing, method: Thing, code: str, decline: str, kind: str) -> None:
    error = {
        "type": kind,
        "code": code,
        "decline_code": decline or None,
        "message": f"Not set up: {decline or code}",
        "payment_method": dict(method),
    }
    books.change(intent, status="requires_payment_method", payment_method=None, last_setup_error=error)
    books.tell("setup_intent.setup_failed", intent)
    books.concluded(intent)


def cancel(books: Books, said: Thing, id: str) -> Thing:
    intent = books.find("setup_intent", id)
    if intent["status"] not in _OPEN:
        raise wrong_state("The setup intent", id, intent["status"], "setup_intent_unexpected_state")
    books.change(intent, status="canceled", cancellation_reason=said.get("cancellation_reason"), next_action=None)
    books.tell("setup_intent.canceled", intent)
    books.concluded(intent)
    return intent


def update(books: Books, said: Thing, id: str) -> Thing:
    intent = books.find("setup_intent", id)
    books.change(intent, **changed(intent, said))
    return intent


DOINGS: Doings = {
    "post /v1/setup_intents": create,
    "get /v1/setup_intents": lambda books, said: listed(books, "setup_intent", said, "/v1/setup_intents"),
    "get /v1/setup_intents/{}": lambda books, said, id: books.find("setup_intent", id),
    "post /v1/setup_intents/{}": update,
    "post /v1/setup_intents/{}/confirm": confirm,
    "post /v1/setup_intents/{}/cancel": cancel,
}
