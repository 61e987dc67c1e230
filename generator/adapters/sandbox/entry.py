"""What the bank writes down about a charge, and what it decides when a card or a mandate is to pay it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from generator.adapters.sandbox.cards import Card
from generator.adapters.sandbox.mandates import DECIDED_AFTER, Mandate
from generator.model.money import Money
from generator.model.payment import Charge, DeclineReason, Key, MethodKind

Status = Literal["open", "challenge", "pending", "paid", "registered", "declined"]

FINDS_UNTIL_PAID = 3
"""A slow card is paid when it is asked after for this time."""
ANSWERS_LOST = 2
"""That many answers about an unheard card never arrive."""


@dataclass(frozen=True)
class Entry:
    """One charge. `charge` is None where its key was cancelled before it ever arrived.

    `method` is the id on file of what pays it, `decides` the day on which a debit is paid or comes back.
    """

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
    mandate: Mandate | None = None
    decides: date | None = None

    @property
    def asked(self) -> Charge:
        """The charge of an entry whose page somebody holds in hands: it must have arrived."""
        assert self.charge is not None
        return self.charge

    @property
    def undecided(self) -> bool:
        """Whether the customer still has a say in it."""
        return self.status in ("open", "challenge")

    @property
    def label(self) -> str:
        """What is to pay it, as its owner recognises it; empty while nothing was given."""
        means = self.mandate or self.card
        return means.label if means else ""


@dataclass(frozen=True)
class Back:
    """Money that was to be given back of a charge: done, or never to be done for this reason."""

    key: Key
    charge: Key
    amount: Money
    reference: str
    reason: Literal["", "unpaid", "too_much", "refused"] = ""
    answers_lost: int = 0


@dataclass(frozen=True)
class Filed:
    """A card or a mandate on file for a customer, under an id that says nothing."""

    id: str
    customer: str
    card: Card | None
    default: bool
    mandate: Mandate | None = None

    @property
    def kind(self) -> MethodKind:
        return "sepa" if self.mandate else "card"

    @property
    def means(self) -> Card | Mandate:
        means = self.mandate or self.card
        assert means is not None, "it is one or the other"
        return means


def present(entry: Entry, means: Card | Mandate, today: date) -> Entry:
    """What becomes of the charge when this is to pay it."""
    return _debit(entry, means, today) if isinstance(means, Mandate) else _pay(entry, means, today)


def _debit(entry: Entry, mandate: Mandate, today: date) -> Entry:
    """A debit is asked of another bank, which answers days later; it is in euros or not at all."""
    given = replace(entry, mandate=mandate)
    if entry.asked.amount.currency != "EUR":
        return decline(given, "declined")
    if mandate.behaviour == "debit_unheard":
        given = replace(given, answers_lost=ANSWERS_LOST)
    if not entry.asked.amount:
        return accept(given)
    return replace(given, status="pending", decides=today + DECIDED_AFTER)


def _pay(entry: Entry, card: Card, today: date) -> Entry:
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


def debited(entry: Entry, mandate: Mandate) -> Entry:
    """How a debit ends by itself."""
    match mandate.behaviour:
        case "debit_unfunded":
            return decline(entry, "insufficient_funds")
        case "debit_refused":
            return decline(entry, "mandate_refused")
    return accept(entry)


def returned(entry: Entry) -> Entry:
    """The bank says no to what it was at."""
    if entry.mandate is None:
        return decline(entry, "declined")
    refused = entry.mandate.behaviour == "debit_refused"
    return decline(entry, "mandate_refused" if refused else "insufficient_funds")


def looked_after(entry: Entry, today: date) -> Entry:
    """What being asked after does to a charge: a slow card comes nearer to its end, a debit when its day has come."""
    if entry.status != "pending":
        return entry
    if entry.mandate is not None and entry.decides is not None:
        return debited(entry, entry.mandate) if today >= entry.decides else entry
    nearer = replace(entry, finds_left=entry.finds_left - 1)
    return nearer if nearer.finds_left > 0 else accept(nearer)


def give_back(entry: Entry | None, given: Sequence[Back], asked: Back) -> Back:
    """What becomes of money that is to go back, where so much of the charge went back before."""
    if entry is None or entry.status != "paid" or entry.asked.amount.currency != asked.amount.currency:
        return replace(asked, reason="unpaid")
    if entry.card is not None and entry.card.behaviour == "kept":
        return replace(asked, reason="refused")
    left = entry.asked.amount.minor - sum(back.amount.minor for back in given if not back.reason)
    unheard = entry.card is not None and entry.card.behaviour == "unheard"
    done = replace(asked, answers_lost=ANSWERS_LOST if unheard else 0)
    return done if asked.amount.minor <= left else replace(asked, reason="too_much")
