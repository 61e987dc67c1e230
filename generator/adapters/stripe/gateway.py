"""Payment at Stripe. What moves money is asked in a call of its own, after all that moves none: so we know what did.

A payment is made without being confirmed and its id written down before it is confirmed; a page of Checkout is made and
written down before a customer is sent there. What was never written down can never have taken anything.
"""

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from generator.adapters.sql.database import Database
from generator.adapters.stripe import inset, reading
from generator.adapters.stripe.account import Account, Refused, Said, Silent, asked, opened
from generator.adapters.stripe.amounts import NotChargeable
from generator.adapters.stripe.books import Asked, Books
from generator.adapters.stripe.breaker import Breaker, Resting
from generator.adapters.stripe.disputes import Disputes
from generator.adapters.stripe.hooks import Hooks
from generator.adapters.stripe.making import Words, confirming, customer, page, payment
from generator.adapters.stripe.methods import Filed, filed, same_as, shown
from generator.adapters.stripe.refunds import Refunds
from generator.model.hint import Hint
from generator.model.money import Money
from generator.model.payment import (
    Charge,
    Declined,
    Dispute,
    Inset,
    Key,
    Method,
    New,
    RefundResult,
    Registered,
    Result,
    Saved,
    Unknown,
)
from generator.ports.gateway import INSET
from generator.ports.trouble import Unavailable

_OF_SESSION = {"expand": ["payment_intent.latest_charge", "payment_intent.payment_method", "setup_intent"]}
_OF_PAYMENT = {"expand": ["latest_charge"]}
_MOST = 100
"""As many of one kind as Stripe says at once."""

_log = logging.getLogger(__name__)


class StripeGateway:
    """One account at Stripe, with what was asked of it in our own database."""

    name = "stripe"

    def __init__(self, account: Account, database: Database, breaker: Breaker | None = None) -> None:
        self.origins = account.pages
        self._books = Books(database)
        self._breaker = breaker or Breaker()
        self._v1: Any = opened(account, self._breaker).v1
        self._account = account
        self._reader = reading.Reader(account.pages)
        self._refunds = Refunds(self._v1, self._books)
        self._disputes = Disputes(self._v1, self._books)
        self._hooks = Hooks(account, self._books)

    def answers(self) -> None:
        with _unavailable():
            asked(self._v1.payment_intents.list, {"limit": 1})

    def on_rest(self, told: Callable[[], object]) -> None:
        self._breaker.told = told

    def ready(self) -> None:
        try:
            self._breaker.look()
        except Resting as fault:
            raise Unavailable(f"at Stripe: {fault}") from fault

    def methods(self, customer: str) -> tuple[Method, ...]:
        id = self._books.customer(customer)
        if not id:
            return ()
        with _unavailable():
            owner = asked(self._v1.customers.retrieve, id)
            if owner.get("deleted"):
                return ()
            default = (owner.get("invoice_settings") or {}).get("default_payment_method")
            return shown(self._filed(id), reading.id_of(default))

    def make_default(self, customer: str, method: str) -> None:
        id = self._books.customer(customer)
        with _unavailable():
            if id and same_as(self._filed(id), method):
                self._prefer(id, method)

    def remove(self, customer: str, method: str) -> None:
        """All that are the same card go: the next time that it is given, it is new."""
        id = self._books.customer(customer)
        if not id:
            return
        with _unavailable():
            going = {one.id for one in same_as(self._filed(id), method)}
            for intent in self._waiting(id) if going else ():
                if reading.id_of(intent.get("payment_method")) in going:
                    asked(self._v1.payment_intents.cancel, intent["id"])
            for one in going:
                asked(self._v1.payment_methods.detach, one)

    def charge(self, charge: Charge, key: Key) -> Result:
        """Nothing that moves money was sent where this raises `Unavailable`."""
        known = self._books.begin(charge, key)
        if known.ended:
            return Declined(known.ended)
        if known.object:
            result = self._stands(known)
            return result or (self._confirmed(known) if isinstance(charge.choice, Saved) else Unknown())
        assert known.charge is not None, "only what was given up has no charge"
        made = self._made(known.charge, key)
        if isinstance(made, Declined):
            return Declined(self._books.end(key, made.reason).ended or made.reason)
        if not self._books.name(key, made["id"]):
            self._close(made)
            return Declined("cancelled")
        if isinstance(charge.choice, New):
            return self._reader.result(key, made, _inset(known.charge, made["id"])) or Unknown()
        return self._confirmed(Asked(key, known.charge, made["id"]))

    def inset(self, key: Key) -> Inset | None:
        known = self._books.charge(key)
        if known is None or known.charge is None or not _inset(known.charge, known.object):
            return None
        with _unavailable():
            return inset.shown(self._account, self._read(known.object))

    def find(self, key: Key) -> Result | None:
        """What was made and never confirmed has not arrived."""
        known = self._books.charge(key)
        if known is None or not known.object:
            return Declined(known.ended) if known is not None and known.ended else None
        return self._stands(known)

    def cancel(self, key: Key) -> Result:
        known = self._books.end(key, "cancelled")
        if known.ended:
            return Declined(known.ended)
        try:
            self._close(self._read(known.object))
        except (Silent, Refused):
            return Unknown()
        return self._stands(known) or Unknown()

    def heard(self, body: bytes, headers: Mapping[str, str]) -> Hint | None:
        return self._hooks.heard(body, headers.get("Stripe-Signature", ""))

    def refund(self, charge: Key, amount: Money, key: Key) -> RefundResult:
        """Raises `Unavailable` where nothing of it was sent."""
        return self._refunds.give_back(charge, amount, key)

    def find_refund(self, key: Key) -> RefundResult | None:
        return self._refunds.find(key)

    def dispute(self, charge: Key) -> Dispute | None:
        with _unavailable():
            return self._disputes.of(charge)

    def _made(self, charge: Charge, key: Key) -> Said | Declined:
        """What Stripe has of it, and nothing is taken yet. Raises `Unavailable`."""
        try:
            owner = self._customer(charge.customer)
            make, parts = self._making(charge, key, owner)
            return asked(make, parts, key=f"{key}-made")
        except NotChargeable as fault:
            _log.error("stripe-not-chargeable key=%s: %s", key, fault)
            return Declined("declined")
        except Refused as fault:
            if fault.param == "payment_method" or fault.code == "amount_too_small":
                _log.warning("stripe-not-made key=%s code=%s", key, fault.code)
                return Declined("declined")
            raise Unavailable(f"Stripe refuses to make it: {fault}") from fault
        except Silent as fault:
            raise Unavailable(str(fault)) from fault

    def _making(self, charge: Charge, key: Key, owner: str) -> tuple[Callable[..., Any], Words]:
        """What is asked to make it, and with what words."""
        match charge.choice:
            case Saved():
                return self._v1.payment_intents.create, payment(charge, key, owner)
            case New(away=False) if self._account.public_key and charge.amount:
                return self._v1.payment_intents.create, inset.payment(charge, key, owner)
            case New(away=False) if self._account.public_key:
                return self._v1.setup_intents.create, inset.setup(charge, key, owner)
        return self._v1.checkout.sessions.create, page(charge, key, owner)

    def _confirmed(self, known: Asked) -> Result:
        """Take it. From here on money may move."""
        assert known.charge is not None, "it was asked for"
        confirm, how = self._v1.payment_intents.confirm, confirming(known.charge)
        try:
            said = asked(confirm, known.object, how, key=f"{known.key}-confirmed")
        except Silent:
            return Unknown()
        except Refused:
            return self._stands(known) or Unknown()
        return self._reader.result(known.key, said) or Unknown()

    def _stands(self, known: Asked) -> Result | None:
        """How it stands at Stripe, with what follows from that done."""
        try:
            said = self._read(known.object)
            here = _inset(known.charge, known.object)
            result = self._reader.result(known.key, said, here)
            if here and isinstance(result, Declined) and said.get("status") in inset.OPEN:
                # Who still has the field open could pay what is over for us.
                self._close(said)
                if self._read(known.object).get("status") != "canceled":
                    return Unknown()
            if known.object.startswith("cs_") and said.get("payment_intent"):
                self._books.pays(known.key, reading.id_of(said["payment_intent"]))
            if isinstance(result, Registered):
                self._prefer(reading.id_of(said.get("customer")), result.method)
            if isinstance(result, Declined) and known.charge is not None and isinstance(known.charge.choice, New):
                self._forget(said)
        except (Silent, Refused):
            return Unknown()
        return result

    def _read(self, object: str) -> Said:
        if object.startswith("cs_"):
            return asked(self._v1.checkout.sessions.retrieve, object, _OF_SESSION)
        if object.startswith("seti_"):
            return asked(self._v1.setup_intents.retrieve, object)
        return asked(self._v1.payment_intents.retrieve, object, _OF_PAYMENT)

    def _close(self, said: Said) -> None:
        """Let nothing come of it any more; where something has, it stays."""
        match said:
            case {"object": "checkout.session", "status": "open", "id": str(id)}:
                close: Callable[..., Any] = self._v1.checkout.sessions.expire
            case {"object": "payment_intent", "status": str(status), "id": str(id)} if status.startswith("requires_"):
                close = self._v1.payment_intents.cancel
            case {"object": "setup_intent", "status": str(status), "id": str(id)} if status.startswith("requires_"):
                close = self._v1.setup_intents.cancel
            case _:
                return
        try:
            asked(close, id)
        except Refused as fault:
            # Meanwhile it was paid, or closed: whoever asks next reads which.
            _log.info("stripe-not-closed object=%s code=%s", id, fault.code)

    def _forget(self, said: Said) -> None:
        """What did not pay when it was given is not kept for the next time."""
        match said:
            case {"payment_intent": {"last_payment_error": {"payment_method": {"id": str(id), "customer": str()}}}} | {
                "last_payment_error": {"payment_method": {"id": str(id), "customer": str()}}
            }:
                asked(self._v1.payment_methods.detach, id)

    def _customer(self, ours: str) -> str:
        known = self._books.customer(ours)
        if known:
            return known
        made = asked(self._v1.customers.create, customer(ours), key=f"customer-{ours}")
        self._books.know(ours, made["id"])
        return str(made["id"])

    def _prefer(self, customer: str, method: str) -> None:
        asked(self._v1.customers.update, customer, {"invoice_settings": {"default_payment_method": method}})

    def _filed(self, customer: str) -> list[Filed]:
        said = self._all(lambda words: self._v1.customers.payment_methods.list(customer, words))
        return [one for one in map(filed, said) if one is not None]

    def _waiting(self, customer: str) -> list[Said]:
        """Payments that the customer has still to confirm."""
        said = self._all(lambda words: self._v1.payment_intents.list({"customer": customer, **words}))
        return [one for one in said if one.get("status") == "requires_action"]

    def _all(self, page: Callable[..., Any]) -> list[Said]:
        found: list[Said] = []
        more: dict[str, Any] = {"limit": _MOST}
        while True:
            said = asked(page, more)
            found += said.get("data") or []
            if not said.get("has_more") or not said.get("data"):
                return found
            more = {"limit": _MOST, "starting_after": said["data"][-1]["id"]}


def _inset(charge: Charge | None, object: str) -> str:
    """The page of ours on which it is paid; empty where it is not."""
    ours = charge is not None and isinstance(charge.choice, New) and inset.stands_on_our_page(object)
    return charge.come_back + INSET if charge is not None and ours else ""


@contextmanager
def _unavailable() -> Iterator[None]:
    """What may be asked for again: whether Stripe was silent or refused, it was not done now."""
    try:
        yield
    except (Silent, Refused) as fault:
        raise Unavailable(f"at Stripe: {fault}") from fault
