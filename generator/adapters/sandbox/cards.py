"""The cards that this bank knows, what each one makes happen, and how a typed card is read."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Behaviour = Literal["paid", "declined", "insufficient_funds", "expired", "challenge", "slow", "unheard", "kept"]

CARDS: Mapping[str, Behaviour] = {
    "4242424242424242": "paid",
    "4000000000000002": "declined",
    "4000000000009995": "insufficient_funds",
    "4000000000000069": "expired",
    "4000002500003155": "challenge",
    "4000000000000077": "slow",
    "4000000000000119": "unheard",
    "4000000000005126": "kept",
}
"""`slow` is paid, but not at once; `unheard` is paid at once, but the first answers about it, and about what is given
back of it, get lost; `kept` is paid, and its bank takes nothing back."""

_EXPIRY = re.compile(r"(0?[1-9]|1[0-2])\s*[/.-]?\s*((?:20)?[0-9]{2})")


@dataclass(frozen=True)
class Card:
    """What is kept of a card: never its number, never its security code. `expires` is `YYYY-MM`."""

    brand: str
    last_four: str
    behaviour: Behaviour
    expires: str

    @property
    def label(self) -> str:
        """The card as its owner recognises it."""
        return f"{self.brand} •••• {self.last_four}"

    def expired(self, today: date) -> bool:
        """A card is good to the end of its month."""
        return self.expires < f"{today:%Y-%m}"


@dataclass(frozen=True)
class Typed:
    """What a customer typed. What must not be kept does not show in a traceback either."""

    number: str = field(repr=False)
    expiry: str
    cvc: str = field(repr=False)
    name: str


@dataclass(frozen=True)
class Faults:
    """What is wrong with a typed card, field by field; empty where nothing is."""

    number: Literal["", "malformed", "unknown"] = ""
    expiry: Literal["", "malformed", "past"] = ""
    cvc: Literal["", "malformed"] = ""


def read(typed: Typed, today: date) -> Card | Faults:
    """The card that was typed, or all that is wrong with it."""
    number = re.sub(r"[\s-]", "", _plain(typed.number))
    expires = _expires(typed.expiry)
    faults = Faults(
        number="malformed" if not _luhn(number) else "unknown" if number not in CARDS else "",
        expiry="malformed" if not expires else "past" if expires < f"{today:%Y-%m}" else "",
        cvc="" if re.fullmatch(r"[0-9]{3,4}", _plain(typed.cvc)) else "malformed",
    )
    return known(number, expires) if faults == Faults() else faults


def known(number: str, expires: str) -> Card:
    """The card with this number. Raises `KeyError` where this bank knows no such number."""
    return Card("Visa", number[-4:], CARDS[number], expires)


def _plain(typed: str) -> str:
    """Full-width digits and no-break spaces are digits and spaces."""
    return unicodedata.normalize("NFKC", typed).strip()


def _expires(typed: str) -> str:
    found = _EXPIRY.fullmatch(_plain(typed))
    return f"20{found[2][-2:]}-{int(found[1]):02}" if found else ""


def _luhn(number: str) -> bool:
    """The check digit that every card number ends in."""
    if not re.fullmatch(r"[0-9]{12,19}", number):
        return False
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(number))]
    return sum(digit - 9 if digit > 9 else digit for digit in doubled) % 10 == 0
