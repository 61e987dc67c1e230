"""Which account at Stripe, in which version and with how much patience; and what it means when nobody answers."""

import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import stripe
from stripe import StripeClient

from generator.adapters.stripe.breaker import Breaker
from generator.adapters.stripe.sending import Rests, Sender

VERSION = "2026-10-28.endive"
"""The version of Stripe's API that all of this was written for. A test holds it to the library's own."""

RETRIES = 2
"""How often a request is sent again, with the same key, when nobody knows whether it arrived, or it is being done."""

CONNECT = 3.05
"""Seconds to reach Stripe at all."""

SCRIPT = f"https://js.stripe.com/{VERSION.partition('.')[2]}/stripe.js"
"""Stripe's own script, of that version. It is changed there at any time: nobody can say its hash."""

PAGES = ("https://checkout.stripe.com", "https://hooks.stripe.com")
"""Where customers are sent: to pay, and to their bank."""

_KEY = re.compile(r"(sk|rk)_(test|live)_\w+", re.ASCII)
_PUBLIC = re.compile(r"pk_(test|live)_\w+", re.ASCII)
_SECRET = re.compile(r"whsec_\w+", re.ASCII)

Said = Mapping[str, Any]
"""What Stripe answers, as plain values."""

_log = logging.getLogger(__name__)


class Silent(Exception):
    """Nobody knows whether it was done: Stripe did not answer, or not with what makes sense."""


class Forbidden(Silent):
    """The key may not do this."""


class Refused(Exception):
    """Stripe says that this cannot be. `code` and `param` are its own words for why."""

    def __init__(self, code: str, param: str) -> None:
        super().__init__(f"{code or 'refused'} {param}".strip())
        self.code = code
        self.param = param


@dataclass(frozen=True)
class Account:
    """What an operator says of it. `secrets` sign what comes in, the newest first; `base` is Stripe unless in tests.

    `patience` is how many seconds an answer may take. Raises `ValueError`: what to write instead, and not the key.
    """

    key: str = field(repr=False)
    secrets: tuple[str, ...] = field(default=(), repr=False)
    base: str = ""
    pages: tuple[str, ...] = PAGES
    patience: float = 10.0
    public_key: str = ""
    """With it, cards are typed in Stripe's field on our page; without, on Stripe's page."""
    script: str = SCRIPT

    def __post_init__(self) -> None:
        if self.key.startswith("pk_"):
            raise ValueError("a publishable key (pk_…), with which nothing can be charged: write the secret one, sk_…")
        if not _KEY.fullmatch(self.key):
            raise ValueError("no key of Stripe's: write one that begins with sk_test_, sk_live_, rk_test_ or rk_live_")
        if self.base and self.live:
            raise ValueError(f"a live key, and would be sent to {self.base}, which is not Stripe: write a test key")
        if self.public_key and not _PUBLIC.fullmatch(self.public_key):
            raise ValueError("with a publishable key that is none: it begins with pk_test_ or pk_live_")
        if self.public_key and ("_live_" in self.public_key) is not self.live:
            raise ValueError("with a publishable key of the other mode: one is for trial money, the other for real")
        if self.script != SCRIPT and self.live:
            raise ValueError(f"with a script that is not Stripe's, {self.script}: write a test key")
        if not all(_SECRET.fullmatch(secret) for secret in self.secrets):
            raise ValueError(
                "with a webhook's secret that is none: it begins with whsec_, and several have commas between"
            )

    @property
    def live(self) -> bool:
        """Whether real money moves."""
        return "_live_" in self.key


def opened(account: Account, breaker: Breaker) -> StripeClient:
    """Stripe's library, with everything said that it would otherwise choose: its own time-out is 80 seconds, its
    retries none."""
    # It would send who runs it and how long requests took, and write what was asked into the log.
    stripe.enable_telemetry = False
    logging.getLogger("stripe").setLevel(logging.WARNING)
    return StripeClient(
        account.key,
        stripe_version=VERSION,
        max_network_retries=RETRIES,
        http_client=Sender(breaker, (CONNECT, account.patience)),
        base_addresses={"api": account.base} if account.base else None,
    )


def asked(call: Callable[..., Any], *words: Any, key: str = "") -> Said:
    """What Stripe answers. Raises `Silent` and `Refused`.

    What is written down is Stripe's word for it and the number of the request, never its message: that may have
    names in it.
    """
    try:
        answer = call(*words, {"idempotency_key": key}) if key else call(*words)
    except (stripe.CardError, stripe.InvalidRequestError, stripe.IdempotencyError) as fault:
        _log.info("stripe-refused %s", _facts(fault))
        raise Refused(fault.code or type(fault).__name__, str(getattr(fault, "param", None) or "")) from fault
    except (stripe.AuthenticationError, stripe.PermissionError) as fault:
        _log.error("stripe-key-refused %s: look at HOSTED_PAGES_STRIPE_KEY", _facts(fault))
        lacks = isinstance(fault, stripe.PermissionError)
        raise (Forbidden if lacks else Silent)("Stripe does not accept our key") from fault
    except Rests as fault:
        raise Silent(f"Stripe is left alone: {fault.user_message}") from fault
    except stripe.StripeError as fault:
        _log.warning("stripe-silent %s", _facts(fault))
        raise Silent(f"Stripe does not answer ({type(fault).__name__})") from fault
    if not isinstance(answer, stripe.StripeObject):
        _log.warning("stripe-silent as=%s: no object", type(answer).__name__)
        raise Silent("Stripe's answer makes no sense")
    said: Said = answer.to_dict()
    return said


def _facts(fault: stripe.StripeError) -> str:
    return f"as={type(fault).__name__} status={fault.http_status} code={fault.code} request={fault.request_id}"
