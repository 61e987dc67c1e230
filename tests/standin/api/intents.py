"""Payment intents: money that is asked for, from the wish to the charge, with all that a bank may say in between."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from tests.standin import cards
from tests.standin.api import Doings, charges, methods
from tests.standin.api.plain import changed, listed, plain
from tests.standin.books import Books, letters, merged
from tests.standin.faults import card_error, invalid, wrong_state
from tests.standin.shapes import Thing

LEAST = 50
"""The smallest amount that is charged, in the currencies in which it is tried here."""

LATE = timedelta(minutes=3)

_OPEN = ("requires_payment_method", "requires_confirmation", "requires_action")
_KEPT = ("description", "receipt_email", "return_url", "setup_future_usage", "shipping", "statement_descriptor_suffix")
_SEPA_ONLY = "eur"


def create(books: Books, said: Thing) -> Thing:
    amount, currency = said["amount"], said["currency"].lower()
    if amount < LEAST:
        raise invalid("The amount is too small to be charged", "amount_too_small", "amount")
    customer = said.get("customer")
    if customer:
        books.find("customer", customer, "customer")
    types = kinds(said, currency)
    method = methods.usable(books, said["payment_method"], customer) if said.get("payment_method") else None
    _fits(method, types)
    intent = books.new(
        "payment_intent",
        "pi",
        amount=amount,
        amount_capturable=0,
        amount_received=0,
        capture_method=said.get("capture_method", "automatic_async"),
        confirmation_method=said.get("confirmation_method", "automatic"),
        currency=currency,
        customer=customer,
        metadata=merged({}, said.get("metadata")),
        payment_method=method and method["id"],
        payment_method_types=types,
        automatic_payment_methods=said.get("automatic_payment_methods"),
        status="requires_confirmation" if method else "requires_payment_method",
        **{name: value for name, value in plain(said).items() if name in _KEPT and name != "return_url"},
    )
    intent["client_secret"] = f"{intent['id']}_secret_{letters()}"
    books.tell("payment_intent.created", intent)
    return confirm(books, said, intent["id"]) if said.get("confirm") else intent


def kinds(said: Mapping[str, Any], currency: str) -> list[str]:
    """The kinds of payment method that may be used; where nothing is said, those of the account."""
    named: list[str] = said.get("allowed_payment_method_types") or []
    return named or ["card", *(["sepa_debit"] if currency == _SEPA_ONLY else [])]


def _fits(method: Thing | None, types: list[str]) -> None:
    if method and methods.kind(method) not in types:
        raise invalid(
            f"A payment method of type {methods.kind(method)} is not allowed here",
            "payment_intent_incompatible_payment_method",
            "payment_method",
        )


def confirm(books: Books, said: Thing, id: str) -> Thing:
    """Pay now, or find out what has to happen first."""
    intent = books.find("payment_intent", id)
    if intent["status"] not in _OPEN:
        raise wrong_state("The payment intent", id, intent["status"], "payment_intent_unexpected_state")
    asked = said.get("payment_method") or intent["payment_method"]
    if not asked:
        raise invalid("There is no payment method to confirm with", "payment_intent_unexpected_state")
    method = methods.usable(books, asked, intent["customer"])
    _fits(method, intent["payment_method_types"])
    if methods.kind(method) == "sepa_debit" and intent["currency"] != _SEPA_ONLY:
        raise invalid("A debit by SEPA is in euros", "payment_method_currency_mismatch", "payment_method")
    changes = {name: value for name, value in plain(said).items() if name in _KEPT and name != "return_url"}
    books.change(intent, payment_method=method["id"], last_payment_error=None, next_action=None, **changes)
    if methods.kind(method) == "sepa_debit":
        return _debit(books, intent, method, said.get("mandate_data"))
    bank, away = methods.bank_of(books, method), said.get("off_session") not in (None, False)
    if _challenged(books, bank, method, away):
        if away or said.get("error_on_requires_action"):
            raise declined(books, intent, method, "authentication_required")
        return _challenge(books, intent, said)
    return _charge(books, intent, method, bank)


def _challenged(books: Books, bank: cards.Bank, method: Thing, away: bool) -> bool:
    if bank.challenge == "unless_set_up":
        return not books.aside.get((method["id"], "set_up"))
    return bank.challenge == "always"


def _challenge(books: Books, intent: Thing, said: Thing) -> Thing:
    """The customer has to go to their bank: by redirect where there is a way back, else by Stripe's script."""
    back = said.get("return_url")
    page = f"{books.url}/3ds/{intent['id']}"
    if back and not said.get("use_stripe_sdk"):
        action: Thing = {"type": "redirect_to_url", "redirect_to_url": {"url": page, "return_url": back}}
    else:
        action = {"type": "use_stripe_sdk", "use_stripe_sdk": {"type": "three_d_secure_redirect", "stripe_js": page}}
        books.aside[intent["id"], "back"] = back
    books.change(intent, status="requires_action", next_action=action)
    books.tell("payment_intent.requires_action", intent)
    return intent


def answer(books: Books, id: str, passed: bool) -> Thing:
    """What the customer's bank found out. Who did not pass has paid nothing."""
    intent = books.find("payment_intent", id)
    if intent["status"] != "requires_action":
        return intent
    method = books.find("payment_method", intent["payment_method"])
    books.change(intent, next_action=None)
    if not passed:
        _failed(books, intent, method, "payment_intent_authentication_failure", "", "invalid_request_error")
        return intent
    bank = methods.bank_of(books, method)
    if bank.declines and not bank.at_once:
        declined(books, intent, method, bank.declines)
        return intent
    return _charge(books, intent, method, bank)


def _charge(books: Books, intent: Thing, method: Thing, bank: cards.Bank) -> Thing:
    if bank.declines:
        raise declined(books, intent, method, bank.declines)
    manual = intent["capture_method"] == "manual"
    if bank.late:
        return _wait(books, intent, method, bank, charges.begin(books, intent, method, "pending", captured=True))
    charge = charges.begin(books, intent, method, "succeeded", captured=not manual)
    _keep(books, intent, method)
    if manual:
        books.change(intent, status="requires_capture", amount_capturable=intent["amount"], latest_charge=charge["id"])
        books.tell("charge.succeeded", charge)
        books.tell("payment_intent.amount_capturable_updated", intent)
        return intent
    succeed(books, intent, charge)
    if bank.disputes:
        charges.dispute(books, charge, bank)
    return intent


def succeed(books: Books, intent: Thing, charge: Thing) -> None:
    """The money is there."""
    received = charge["amount_captured"]
    books.change(intent, status="succeeded", amount_received=received, amount_capturable=0, latest_charge=charge["id"])
    books.tell("charge.succeeded", charge)
    books.tell("payment_intent.succeeded", intent)
    books.concluded(intent)


def _keep(books: Books, intent: Thing, method: Thing) -> None:
    """Who said that the method will be used again has it on file from now on."""
    if intent["setup_future_usage"] and intent["customer"] and method["object"] == "payment_method":
        methods.put_on_file(books, method, intent["customer"])
        books.aside[method["id"], "set_up"] = True


def _debit(books: Books, intent: Thing, method: Thing, acceptance: Any) -> Thing:
    """A debit is asked for, and is known days later."""
    given = next(books.all("mandate", payment_method=method["id"]), None)
    if given is None and not acceptance:
        raise invalid("Who pays by debit gives a mandate first", "payment_intent_mandate_invalid", "mandate_data")
    mandate = given or methods.mandate(books, method, acceptance["customer_acceptance"])
    charge = charges.begin(books, intent, method, "pending", captured=True, mandate=mandate["id"])
    return _wait(books, intent, method, methods.bank_of(books, method), charge)


def _wait(books: Books, intent: Thing, method: Thing, bank: cards.Bank, charge: Thing) -> Thing:
    """What a bank decides later."""
    _keep(books, intent, method)
    books.change(intent, status="processing", latest_charge=charge["id"])
    books.tell("payment_intent.processing", intent)
    books.tell("charge.pending", charge)
    after = books.slow + (LATE if bank.late else timedelta())
    books.later(lambda: settle(books, intent["id"], bank.declines), after, about=intent["id"])
    return intent


def settle(books: Books, id: str, fails: str = "") -> None:
    """The bank has decided about a debit, for this reason against it."""
    intent = books.find("payment_intent", id)
    books.forget_later(id)
    if intent["status"] != "processing":
        return
    charge = books.find("charge", intent["latest_charge"])
    if not fails:
        books.change(charge, status="succeeded", paid=True)
        succeed(books, intent, charge)
        return
    books.change(charge, status="failed", paid=False, failure_code=fails, failure_message="The debit came back")
    books.tell("charge.failed", charge)
    _failed(books, intent, books.find("payment_method", charge["payment_method"]), fails, "", "card_error")


def declined(books: Books, intent: Thing, method: Thing, reason: str) -> Any:
    """A charge that failed, and the error that says so."""
    code, decline = (reason, reason) if reason == "authentication_required" else cards.code_of(reason)
    charge = charges.begin(books, intent, method, "failed", captured=False, failure=code)
    books.change(intent, latest_charge=charge["id"])
    books.tell("charge.failed", charge)
    _failed(books, intent, method, code, decline, "card_error", charge["id"])
    error = intent["last_payment_error"]
    return card_error(
        code, decline, payment_intent=dict(intent), payment_method=error["payment_method"], charge=charge["id"]
    )


def _failed(books: Books, intent: Thing, method: Thing, code: str, decline: str, kind: str, charge: str = "") -> None:
    error = {
        "type": kind,
        "code": code,
        "decline_code": decline or None,
        "message": f"Not paid: {decline or code}",
        "payment_method": dict(method),
        **({"charge": charge} if charge else {}),
    }
    books.change(
        intent, status="requires_payment_method", payment_method=None, next_action=None, last_payment_error=error
    )
    books.tell("payment_intent.payment_failed", intent)
    books.concluded(intent)


def cancel(books: Books, said: Thing, id: str) -> Thing:
    books.find("payment_intent", id)
    if books.aside.get((id, "session")):
        raise invalid("It belongs to a page of Checkout: expire that", "payment_intent_unexpected_state")
    return void(books, id, said.get("cancellation_reason"))


def void(books: Books, id: str, reason: str | None) -> Thing:
    intent = books.find("payment_intent", id)
    if intent["status"] not in (*_OPEN, "requires_capture"):
        raise wrong_state("The payment intent", id, intent["status"], "payment_intent_unexpected_state")
    books.change(
        intent,
        status="canceled",
        canceled_at=books.now(),
        cancellation_reason=reason,
        next_action=None,
        amount_capturable=0,
    )
    books.tell("payment_intent.canceled", intent)
    books.concluded(intent)
    return intent


def capture(books: Books, said: Thing, id: str) -> Thing:
    intent = books.find("payment_intent", id)
    if intent["status"] != "requires_capture":
        raise wrong_state("The payment intent", id, intent["status"], "payment_intent_unexpected_state")
    charge = books.find("charge", intent["latest_charge"])
    amount = said.get("amount_to_capture", intent["amount"])
    books.change(charge, captured=True, amount_captured=amount)
    books.change(intent, status="succeeded", amount_received=amount, amount_capturable=0)
    books.tell("charge.captured", charge)
    books.tell("payment_intent.succeeded", intent)
    books.concluded(intent)
    return intent


def update(books: Books, said: Thing, id: str) -> Thing:
    """Nothing is told of it: Stripe has no event for that."""
    intent = books.find("payment_intent", id)
    if intent["status"] not in _OPEN[:2] and set(said) - {"metadata", "description", "expand"}:
        raise wrong_state("The payment intent", id, intent["status"], "payment_intent_unexpected_state")
    changes = changed(intent, said)
    if said.get("payment_method"):
        method = methods.usable(books, said["payment_method"], said.get("customer") or intent["customer"])
        changes |= {"payment_method": method["id"], "status": "requires_confirmation"}
    books.change(intent, **changes)
    return intent


DOINGS: Doings = {
    "post /v1/payment_intents": create,
    "get /v1/payment_intents": lambda books, said: listed(books, "payment_intent", said, "/v1/payment_intents"),
    "get /v1/payment_intents/{}": lambda books, said, id: books.find("payment_intent", id),
    "post /v1/payment_intents/{}": update,
    "post /v1/payment_intents/{}/confirm": confirm,
    "post /v1/payment_intents/{}/cancel": cancel,
    "post /v1/payment_intents/{}/capture": capture,
}
