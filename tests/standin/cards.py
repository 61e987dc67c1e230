"""The cards and accounts with which anybody may try Stripe, and what their banks do: from Stripe's page on testing."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Challenge = Literal["never", "unless_set_up", "always"]


@dataclass(frozen=True)
class Bank:
    """What a bank says. `declines` is a code, empty where it pays; `at_once` whether it says so when the card is given.

    `disputes` is why a charge is disputed afterwards, `takes_back` what becomes of a refund; with `late`
    a debit takes some minutes more.
    """

    declines: str = ""
    at_once: bool = True
    challenge: Challenge = "never"
    disputes: str = ""
    inquires: bool = False
    takes_back: Literal["succeeded", "pending", "failed"] = "succeeded"
    late: bool = False


@dataclass(frozen=True)
class Card:
    number: str
    bank: Bank
    brand: str = "visa"

    @property
    def last4(self) -> str:
        return self.number[-4:]

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.number)


# `late` is the stand-in's own: at Stripe some cards of some countries are decided later, and none can be tried.
CARDS: Mapping[str, Card] = {
    "visa": Card("4242424242424242", Bank()),
    "mastercard": Card("5555555555554444", Bank(), "mastercard"),
    "amex": Card("378282246310005", Bank(), "amex"),
    "bypassPending": Card("4000000000000077", Bank()),
    "chargeDeclined": Card("4000000000000002", Bank("generic_decline")),
    "chargeDeclinedInsufficientFunds": Card("4000000000009995", Bank("insufficient_funds")),
    "chargeDeclinedLostCard": Card("4000000000009987", Bank("lost_card")),
    "chargeDeclinedExpiredCard": Card("4000000000000069", Bank("expired_card")),
    "chargeDeclinedIncorrectCvc": Card("4000000000000127", Bank("incorrect_cvc")),
    "chargeDeclinedProcessingError": Card("4000000000000119", Bank("processing_error")),
    "chargeCustomerFail": Card("4000000000000341", Bank("generic_decline", at_once=False)),
    "authenticationRequiredOnSetup": Card("4000002500003155", Bank(challenge="unless_set_up")),
    "authenticationRequired": Card("4000002760003184", Bank(challenge="always")),
    "threeDSecure2Required": Card("4000000000003220", Bank(challenge="always")),
    "authenticationRequiredChargeDeclinedInsufficientFunds": Card(
        "4000008260003178", Bank("insufficient_funds", at_once=False, challenge="always")
    ),
    "createDispute": Card("4000000000000259", Bank(disputes="fraudulent")),
    "createDisputeProductNotReceived": Card("4000000000002685", Bank(disputes="product_not_received")),
    "createDisputeInquiry": Card("4000000000001976", Bank(disputes="fraudulent", inquires=True)),
    "pendingRefund": Card("4000000000007726", Bank(takes_back="pending")),
    "late": Card("4000000000000051", Bank(late=True)),
    "refundFail": Card("4000000000005126", Bank(takes_back="failed")),
}

_PAYS, _PAYS_LATE = Bank(), Bank(late=True)
_BROKE = Bank("insufficient_funds")
_FAILS, _FAILS_LATE = Bank("debit_not_authorized"), Bank("debit_not_authorized", late=True)

ACCOUNTS: Mapping[str, Bank] = {
    "AT611904300234573201": _PAYS,
    "AT321904300235473204": _PAYS_LATE,
    "AT601904300000121212": _BROKE,
    "AT861904300235473202": _FAILS,
    "AT051904300235473205": _FAILS_LATE,
    "DE89370400440532013000": _PAYS,
    "DE08370400440532013003": _PAYS_LATE,
    "DE62370400440532013001": _FAILS,
    "DE78370400440532013004": _FAILS_LATE,
    "FR1420041010050500013M02606": _PAYS,
    "IT40S0542811101000000123456": _PAYS,
    "IT60X0542811101000000123456": _FAILS,
}
"""What becomes of a debit of the account."""

_OWN_CODE = frozenset({"expired_card", "incorrect_cvc", "processing_error"})
"""What is a code of its own; any other reason stands beside `card_declined`."""

_BY_NUMBER = {card.number: card for card in CARDS.values()}


def known(token: str) -> Card | None:
    """The card behind `visa`, `visa_chargeDeclined` or the like."""
    return CARDS.get(token) or CARDS.get(token.removeprefix("visa_"))


def numbered(number: str) -> Card | None:
    return _BY_NUMBER.get(number)


def code_of(reason: str) -> tuple[str, str]:
    """Code and decline code as they stand in an error."""
    return (reason, reason) if reason in _OWN_CODE else ("card_declined", reason)


def fingerprint(number: str) -> str:
    """The same for the same number, and nothing of it."""
    return hashlib.sha256(number.encode()).hexdigest()[:16]
