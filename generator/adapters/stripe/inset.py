"""Stripe's field on our own page: what is made for it at Stripe, and what a browser may load there."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from generator.adapters.stripe import amounts
from generator.adapters.stripe.account import SCRIPT, Account, Said
from generator.adapters.stripe.making import KINDS, Words
from generator.adapters.stripe.reading import KEY
from generator.model.payment import Charge, Inset, Key, New

# https://docs.stripe.com/security/guide#content-security-policy
SCRIPTS = ("https://js.stripe.com", "https://*.js.stripe.com")
FRAMES = (*SCRIPTS, "https://hooks.stripe.com")
ASKED = ("https://api.stripe.com",)

OPEN = ("requires_payment_method", "requires_confirmation", "requires_action")
"""The customer may still go on in the field."""

WHY: Mapping[str, str] = {
    SCRIPT: "Stripe.js draws the field into which a card or an account is typed, and sends that to Stripe. By Stripe's "
    "rule it comes from there. It changes at any time, so that no hash of it can be checked.",
}
"""Each script that is not ours, and why it is there."""


def stands_on_our_page(object: str) -> bool:
    """Whether this is something that is paid in the field; a page of Checkout is another thing."""
    return object.startswith(("pi_", "seti_"))


def payment(charge: Charge, key: Key, owner: str) -> Words:
    """A payment without a method, to be confirmed in the field. It takes nothing yet."""
    return {
        **_common(charge, key, owner),
        "amount": amounts.theirs(charge.amount),
        "currency": charge.amount.currency.lower(),
        "setup_future_usage": "off_session",
    }


def setup(charge: Charge, key: Key, owner: str) -> Words:
    """The same where a method is only registered."""
    return {**_common(charge, key, owner), "usage": "off_session"}


def _common(charge: Charge, key: Key, owner: str) -> Words:
    assert isinstance(charge.choice, New), "what is on file needs no field"
    return {"allowed_payment_method_types": [KINDS[charge.choice.kind]], "customer": owner, "metadata": {KEY: key}}


def shown(account: Account, said: Said) -> Inset | None:
    """What our page needs; None where there is nothing to go on with."""
    match said:
        case {"status": str(status), "client_secret": str(secret)} if status in OPEN and account.public_key:
            own = account.script == SCRIPT
            origin = "{0.scheme}://{0.netloc}".format(urlsplit(account.script))
            return Inset(
                account.script,
                account.public_key,
                secret,
                SCRIPTS if own else (origin,),
                FRAMES if own else (origin,),
                ASKED if own else (origin,),
            )
    return None
