"""Objections of customers' banks at Stripe: what is undecided, and what was taken back for good."""

import logging
from typing import Any

from generator.adapters.stripe import amounts, reading
from generator.adapters.stripe.account import Said, asked
from generator.adapters.stripe.books import Books
from generator.model.money import Money
from generator.model.payment import Dispute, Key

_INQUIRIES = ("warning_needs_response", "warning_under_review", "warning_closed")
"""A bank only asks: no money is withdrawn, and it may still be given back as usual."""

_OPEN = ("needs_response", "under_review")
_OVER = ("won", "prevented")
_MOST = 100

_log = logging.getLogger(__name__)


class Disputes:
    def __init__(self, v1: Any, books: Books) -> None:
        self._v1 = v1
        self._books = books

    def of(self, charge: Key) -> Dispute | None:
        """How all objections to this charge stand together. Raises `Silent` and `Refused`."""
        known = self._books.charge(charge)
        if known is None or known.charge is None or not known.object:
            return None
        payment = known.object
        if payment.startswith("cs_"):
            payment = reading.id_of(asked(self._v1.checkout.sessions.retrieve, payment).get("payment_intent"))
        if not payment:
            return None
        listed = asked(self._v1.disputes.list, {"payment_intent": payment, "limit": _MOST})
        there = [one for one in listed["data"] if one.get("status") not in _INQUIRIES]
        return _together(there, known.charge.amount.currency) if there else None


def _together(there: list[Said], currency: str) -> Dispute:
    """Of one that is in no state that we know, or in other money, nobody here can say what it took: it stays open."""
    lost, open_ = Money.zero(currency), False
    for one in there:
        match one:
            case {"status": "lost", "amount": int(amount), "currency": str(code)} if code.upper() == currency:
                lost += amounts.ours(amount, code)
            case {"status": str(status)} if status in _OVER:
                pass
            case _:
                open_ = True
                if one.get("status") not in _OPEN:
                    _log.error("stripe-senseless dispute=%s status=%s", one.get("id"), one.get("status"))
    return Dispute(open_, lost, str(there[0].get("reason") or ""))
