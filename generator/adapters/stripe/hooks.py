"""What Stripe sends unasked: whether Stripe really sent it, just now, and which key of ours it is about."""

import json
import logging
import re
import time
from collections.abc import Callable, Mapping
from typing import Any

import stripe
from stripe import WebhookSignature

from generator.adapters.stripe.account import VERSION, Account
from generator.adapters.stripe.books import Books
from generator.adapters.stripe.reading import KEY, id_of
from generator.model.hint import Aside, Hint
from generator.model.payment import Key

TOLERANCE = 300
"""Seconds by which a message may be old, or ahead of us: Stripe's library looks at the first alone."""

_ABOUT_MONEY = ("charge.", "checkout.session.", "payment_intent.", "refund.", "setup_intent.")
_SIGNED = re.compile(r"(?:^|,)\s*t=([0-9]{1,12})(?:,|$)", re.ASCII)

_log = logging.getLogger(__name__)


class Hooks:
    def __init__(self, account: Account, books: Books, clock: Callable[[], float] = time.time) -> None:
        self._account = account
        self._books = books
        self._clock = clock

    def heard(self, body: bytes, signature: str) -> Hint | None:
        """What the message hints at; None where Stripe did not send it, or not now."""
        if not self._signed(body, signature):
            return None
        said = _json(body)
        match said:
            case {"id": str(id), "type": str(kind), "data": {"object": dict() as thing}} if id and kind:
                key = self._key(thing) if kind.startswith(_ABOUT_MONEY) else ""
                return Hint(id, kind, key, self._aside(key, said), kind.startswith("charge.dispute."))
        _log.error("stripe-hook-senseless: it is signed, and no event")
        return None

    def _signed(self, body: bytes, signature: str) -> bool:
        """While the secret is being changed, two of them are good."""
        when = _SIGNED.search(signature)
        if when is None or int(when[1]) > self._clock() + TOLERANCE:
            _log.warning("stripe-hook-refused: %s", "no time" if when is None else "from the future")
            return False
        for secret in self._account.secrets:
            try:
                WebhookSignature.verify_header(body, signature, secret, TOLERANCE)
            except (stripe.SignatureVerificationError, UnicodeDecodeError):
                continue
            return True
        _log.warning("stripe-hook-refused: not signed with our secret, or too old")
        return False

    def _key(self, thing: Mapping[str, Any]) -> Key:
        """Our key is in the metadata of what we made. A charge has those of its payment; what a bank made has none."""
        told = (thing.get("metadata") or {}).get(KEY)
        if isinstance(told, str) and told:
            return told
        objects = (id_of(thing.get(name)) for name in ("id", "payment_intent"))
        return next((key for key in map(self._books.key_of, filter(None, objects)) if key), "")

    def _aside(self, key: Key, said: Mapping[str, Any]) -> Aside:
        if said.get("livemode") is not self._account.live:
            return "other_mode"
        if said.get("api_version") != VERSION:
            return "other_version"
        return "" if key else "not_ours"


def _json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return None
