"""What the bank writes down about a charge, and what it decides when a card is held against it."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from generator.adapters.sandbox.cards import Card
from generator.model.payment import Charge, DeclineReason, Key

Status = Literal["open", "challenge", "pending", "paid", "registered", "declined"]

FINDS_UNTIL_PAID = 3
"""A slow card is paid when it is asked after for this time."""
ANSWERS_LOST = 2
"""That many answers about an unheard card never arrive."""


@dataclass(frozen=True)
class Entry:
    """One charge. `charge` is None where its key was cancelled before it ever arrived."""

    key: Key
    token: str
    reference: str
    charge: Charge | None
    status: Status = "open"
    reason: DeclineReason | None = None
    card: Card | None = None
    method: str = ""
    finds_left: int = 0
    answers_lost: int = 0

    @property
    def asked(self) -> Charge:
        """The charge of an entry whose page somebody holds in hands: it must have arrived."""
        assert self.charge is not None
        return self.charge

    @property
    def undecided(self) -> bool:
        """Whether the customer still has a say in it."""
        return self.status in ("open", "challenge")


@dataclass(frozen=True)
class Filed:
    """A card on file for a customer, under an id that says nothing."""

    id: str
    customer: str
    card: Card
    default: bool


def present(entry: Entry, card: Card, today: date) -> Entry:
    """What becomes of the charge when this card is to pay it."""
    shown, moves = replace(entry, card=card), bool(entry.asked.amount)
    if card.expired(today):
        return decline(shown, "expired")
    match card.behaviour:
        case "declined" | "expired" as reason:
            return decline(shown, reason)
        case "insufficient_funds" if moves:
            return decline(shown, "insufficient_funds")
        case "challenge":
            return replace(shown, status="challenge")
        case "slow" if moves:
            return replace(shown, status="pending", finds_left=FINDS_UNTIL_PAID)
        case "unheard":
            return replace(accept(shown), answers_lost=ANSWERS_LOST)
    return accept(shown)


def accept(entry: Entry) -> Entry:
    """The money is taken; with nothing to take, the card is registered."""
    return replace(entry, status="paid" if entry.asked.amount else "registered")


def decline(entry: Entry, reason: DeclineReason) -> Entry:
    """No money moves, and with this key none ever will."""
    return replace(entry, status="declined", reason=reason)


def looked_after(entry: Entry) -> Entry:
    """What being asked after does to a charge: a slow one comes nearer to its end."""
    if entry.status != "pending":
        return entry
    nearer = replace(entry, finds_left=entry.finds_left - 1)
    return nearer if nearer.finds_left > 0 else accept(nearer)
