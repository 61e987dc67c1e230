"""Money back at Stripe. Before it is asked for it is known how much is left, and whether it was asked for already."""

from typing import Any

from generator.adapters.stripe import amounts, reading
from generator.adapters.stripe.account import Refused, Said, Silent, asked
from generator.adapters.stripe.books import AskedBack, Books
from generator.model.money import Money
from generator.model.payment import Key, NotRefunded, RefundResult, Unknown
from generator.ports.trouble import Unavailable

_WITH_CHARGE = {"expand": ["latest_charge"]}
_OF_SESSION = {"expand": ["payment_intent.latest_charge"]}
_MOST = 100
_WHY = {"unpaid": NotRefunded("unpaid"), "too_much": NotRefunded("too_much"), "refused": NotRefunded("refused")}


class Refunds:
    def __init__(self, v1: Any, books: Books) -> None:
        self._v1 = v1
        self._books = books

    def give_back(self, charge: Key, amount: Money, key: Key) -> RefundResult:
        """Raises `Unavailable` where nothing that moves money was sent."""
        known = self._books.begin_refund(AskedBack(key, charge, amount))
        try:
            there, intent = self._there(known), self._intent(known.charge)
        except (Silent, Refused) as fault:
            raise Unavailable(f"at Stripe: {fault}") from fault
        if there is not None:
            return there
        if refused := _wrong(intent, amount):
            self._books.note_refund(key, refused=refused)
            return _WHY[refused]
        assert intent is not None, "nothing is given back of what was never there"
        words = {
            "payment_intent": intent["id"],
            "amount": amounts.theirs(amount),
            "metadata": {reading.KEY: key},
        }
        try:
            return self._noted(key, asked(self._v1.refunds.create, words, key=f"{key}-refund"))
        except Silent:
            return Unknown()
        except Refused as fault:
            refused = "too_much" if fault.code == "charge_already_refunded" else "refused"
            self._books.note_refund(key, refused=refused)
            return _WHY[refused]

    def find(self, key: Key) -> RefundResult | None:
        known = self._books.refund(key)
        try:
            return self._there(known) if known is not None else None
        except (Silent, Refused):
            return Unknown()

    def _there(self, known: AskedBack) -> RefundResult | None:
        """What became of it; None where Stripe has none with this key. An answer may have been lost on its way."""
        if known.refused:
            return _WHY[known.refused]
        if known.object:
            return reading.refund(known.key, asked(self._v1.refunds.retrieve, known.object))
        intent = self._intent(known.charge)
        if intent is None:
            return None
        listed = asked(self._v1.refunds.list, {"payment_intent": intent["id"], "limit": _MOST})
        mine = [one for one in listed["data"] if (one.get("metadata") or {}).get(reading.KEY) == known.key]
        return self._noted(known.key, mine[0]) if mine else None

    def _intent(self, charge: Key) -> Said | None:
        """The payment that the money was taken with, as it stands; None where there is none. What Stripe charged by
        itself has no key of ours, and is called by its id there."""
        if charge.startswith("pi_"):
            return asked(self._v1.payment_intents.retrieve, charge, _WITH_CHARGE)
        known = self._books.charge(charge)
        if known is None or not known.object:
            return None
        if not known.object.startswith("cs_"):
            return asked(self._v1.payment_intents.retrieve, known.object, _WITH_CHARGE)
        intent = asked(self._v1.checkout.sessions.retrieve, known.object, _OF_SESSION).get("payment_intent")
        return intent if isinstance(intent, dict) else None

    def _noted(self, key: Key, said: Said) -> RefundResult:
        result = reading.refund(key, said)
        if not isinstance(result, Unknown):
            self._books.note_refund(key, object=str(said["id"]))
        return result


def _wrong(intent: Said | None, amount: Money) -> str:
    """Why so much cannot go back; empty where it can."""
    match intent:
        case {
            "status": "succeeded",
            "currency": str(currency),
            "latest_charge": {"amount_captured": int(taken), "amount_refunded": int(back)},
        } if currency.upper() == amount.currency:
            return "too_much" if amounts.theirs(amount) > taken - back else ""
    return "unpaid"
