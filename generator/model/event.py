"""Something became of a customer, a subscription or an invoice, and the merchant's application may want to know."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Happening:
    """What became of what. It names the things that it is about, and says nothing else of them.

    `kind` is `<thing>.<event>`, as the machines of `model` call them. Customers and subscriptions are named by our ids,
    invoices and credit notes by their numbers.
    """

    kind: str
    customer: str
    subscription: str = ""
    invoice: str = ""
    credit_note: str = ""


@dataclass(frozen=True)
class Event:
    """A happening with its number, which counts all of this merchant's without a gap.

    What becomes of one thing is numbered in that order. `at`, UTC, is when it was numbered: moments after it happened.
    `ref` is the merchant's own name for the customer at that time.
    """

    number: int
    at: datetime
    ref: str
    about: Happening

    @property
    def id(self) -> str:
        """The same however often it is told. Sorted as text they are sorted by number."""
        return f"event-{self.number:012d}"

    @property
    def kind(self) -> str:
        return self.about.kind
