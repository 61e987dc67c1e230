"""What a customer is to be told by mail, because of what became of something while they were away."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

LetterKind = Literal[
    "charged",
    "to_pay",
    "charge_failed",
    "charge_given_up",
    "confirm_charge",
    "overdue",
    "suspended",
    "no_method",
    "ended",
    "debit_returned",
]


@dataclass(frozen=True)
class Letter:
    """`customer` is who pays. `next` is the day on which we try again, where we do."""

    kind: LetterKind
    customer: str
    subscription: str
    invoice: str = ""
    next: date | None = None
