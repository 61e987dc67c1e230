"""What a customer is to be told by mail, because of what became of something while they were away."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

LetterKind = Literal[
    "charged",
    "paid",
    "to_pay",
    "charge_failed",
    "charge_given_up",
    "confirm_charge",
    "overdue",
    "disputed",
    "credit_note",
    "suspended",
    "no_method",
    "ending",
    "terminated",
    "completed",
    "ended",
    "debit_returned",
    "card_expires",
    "card_expired",
    "method_defective",
]


@dataclass(frozen=True)
class Letter:
    """`customer` is who pays. `next` is the day on which we try again, where we do; `ends` the one on which a
    subscription is going to end, or after which a card is good no more. `note` is the number of a credit note, `method`
    what a payment method is called.
    """

    kind: LetterKind
    customer: str
    subscription: str = ""
    invoice: str = ""
    next: date | None = None
    ends: date | None = None
    note: str = ""
    method: str = ""
