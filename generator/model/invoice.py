"""An invoice as in accounting: immutable once issued, but for whether it is paid."""

from dataclasses import dataclass, field
from datetime import date

from generator.model.customer import BillingInfo
from generator.model.money import Money
from generator.model.payment import Key
from generator.model.quote import Line
from generator.model.states import InvoiceState as InvoiceState

FIXED = ("id", "number", "customer", "subscription", "issued", "lines", "total", "billed_to")
"""What an invoice says, once it is issued: it never changes."""


@dataclass(frozen=True)
class Invoice:
    """`number` is from a series without gaps. `due` is the last day to pay; None when it is paid or will never be.

    `billed_to` is to whom it was made out when it was issued: a new address is for the next one.

    `received` is the day on which the money came where it came by transfer, `reference` what the bank said of it.
    `paid_on` is the day on which it was paid in whatever way, `charge` the key of the charge that paid it, if one did.
    `before_dispute` is the state that a dispute may lead back to; `reason` is why it is void, disputed or given up.

    `acts` is the day on which something is to become of it by itself: it is charged, it is overdue, or patience with it
    ends; None where nothing is. `asked` counts the charges that were made of it by itself, `failed` those that a bank
    declined or for which there was no payment method. `paper` is the address of the file that the biller has made of
    it; where there is none, ours is what it looks like on paper.
    """

    id: str
    number: str
    customer: str
    subscription: str
    state: InvoiceState
    issued: date
    due: date | None
    lines: tuple[Line, ...]
    total: Money
    billed_to: BillingInfo = field(default_factory=BillingInfo)
    received: date | None = None
    reference: str = ""
    paid_on: date | None = None
    charge: Key = ""
    before_dispute: InvoiceState | None = None
    reason: str = ""
    acts: date | None = None
    asked: int = 0
    failed: int = 0
    paper: str = ""

    @property
    def problem(self) -> bool:
        """Whether it is late, and nobody argues about it."""
        return self.state in ("problem_auto", "problem_overdue")

    @property
    def unpaid(self) -> bool:
        """Whether it is still owed: not what was paid, though it is argued about."""
        return self.state.startswith(("due", "problem")) and not self.settled

    @property
    def settled(self) -> bool:
        """Whether it was paid, whatever became of the money afterwards."""
        return (self.before_dispute or self.state).startswith("paid")

    @property
    def payable(self) -> bool:
        """Whether the customer can pay it now: not while the bank is at it, nor while it is argued about."""
        return self.unpaid and self.state not in ("due_pending", "problem_disputed")


@dataclass(frozen=True)
class Sought:
    """Which of a customer's invoices: of one subscription, of those to be paid or of the others, and which few of them.

    Without `most` it is all of them, behind the first few that `skip` leaves out.
    """

    subscription: str = ""
    unpaid: bool | None = None
    most: int | None = None
    skip: int = 0


ALL = Sought()
UNPAID = Sought(unpaid=True)
