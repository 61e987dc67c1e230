"""What we tell Stripe when something is to be made there, in its own words."""

from collections.abc import Mapping
from typing import Any

from generator.adapters.stripe import amounts
from generator.adapters.stripe.reading import CUSTOMER, KEY
from generator.model.payment import Charge, Key, New, Saved

Words = Mapping[str, Any]

# fmt: off
SPOKEN = frozenset((
    "bg", "cs", "da", "de", "el", "en", "en-GB", "es", "es-419", "et", "fi", "fil", "fr", "fr-CA", "hi-IN", "hr", "hu",
    "id", "it", "ja", "ko", "lt", "lv", "ms", "mt", "nb", "nl", "pl", "pt", "pt-BR", "ro", "ru", "sk", "sl", "sv", "th",
    "tr", "vi", "zh", "zh-HK", "zh-TW",
))
# fmt: on
"""The languages of Checkout."""

KINDS = {"card": "card", "sepa": "sepa_debit"}


def customer(ours: str) -> Words:
    """Nothing of a person: who it is says our name for them, and the rest they say to Stripe themselves."""
    return {"metadata": {CUSTOMER: ours}}


def page(charge: Charge, key: Key, owner: str) -> Words:
    """A page of Checkout: to pay, or without an amount to give a payment method for later."""
    assert isinstance(charge.choice, New), "what is on file needs no page"
    told = {KEY: key}
    common = {
        "allowed_payment_method_types": [KINDS[charge.choice.kind]],
        "cancel_url": charge.come_back,
        "client_reference_id": charge.order[:200],
        "customer": owner,
        "locale": language(charge.language),
        "metadata": told,
        "success_url": charge.come_back,
    }
    if not charge.amount:
        return {**common, "mode": "setup", "setup_intent_data": {"metadata": told}}
    price = {
        "currency": charge.amount.currency.lower(),
        "unit_amount": amounts.theirs(charge.amount),
        "product_data": {"name": charge.payee},
    }
    return {
        **common,
        "mode": "payment",
        "line_items": [{"price_data": price, "quantity": 1}],
        "payment_intent_data": {"metadata": told, "setup_future_usage": "off_session"},
        "submit_type": "pay",
    }


def payment(charge: Charge, key: Key, owner: str) -> Words:
    """A payment with what is on file, not confirmed: it takes nothing yet."""
    assert isinstance(charge.choice, Saved), "what is new is typed on a page"
    euros = charge.amount.currency == "EUR"
    return {
        "allowed_payment_method_types": ["card", "sepa_debit"] if euros else ["card"],
        "amount": amounts.theirs(charge.amount),
        "currency": charge.amount.currency.lower(),
        "customer": owner,
        "metadata": {KEY: key},
        "payment_method": charge.choice.method,
    }


def confirming(charge: Charge) -> Words:
    """Who is there can be sent to their bank; who is not cannot, and the bank is told so."""
    how: Words = {"return_url": charge.come_back} if charge.present else {"off_session": True}
    # By when a debit should be known is said of its charge.
    return {**how, "expand": ["latest_charge"]}


def language(tag: str) -> str:
    """A language of Checkout's; the browser's where it speaks none like it."""
    for spoken in (tag, tag.partition("-")[0]):
        if spoken in SPOKEN:
            return spoken
    return "auto"
