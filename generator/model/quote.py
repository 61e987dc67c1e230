"""What something costs, worked out by the biller before anybody commits to it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Literal

from generator.model.answer import Answer as Answer
from generator.model.catalog import Period
from generator.model.consent import Consent
from generator.model.customer import BillingInfo
from generator.model.money import Money
from generator.model.promotion import Discount, PromotionFault
from generator.model.tax import TaxNote
from generator.model.text import Words

Options = Mapping[str, bool | int]
"""What a customer chose of a plan's options, by the option's ref."""


@dataclass(frozen=True)
class Subscribe:
    """A new subscription to a plan."""

    plan: str
    options: Options


@dataclass(frozen=True)
class Start:
    """A subscription that the merchant has prepared for this customer."""

    subscription: str
    options: Options


@dataclass(frozen=True)
class Replace:
    """A subscription that the merchant has prepared, the `target`, instead of the one that the customer has."""

    subscription: str
    target: str
    options: Options


@dataclass(frozen=True)
class ChangePlan:
    """Another plan instead of the subscription's."""

    subscription: str
    plan: str
    options: Options


@dataclass(frozen=True)
class ChangeOptions:
    """Other options of the plan that the subscription has."""

    subscription: str
    options: Options


@dataclass(frozen=True)
class Restart:
    """A suspended subscription goes on, or one that was to end or to pause does not."""

    subscription: str


@dataclass(frozen=True)
class Terminate:
    """The subscription ends as soon as it may."""

    subscription: str


@dataclass(frozen=True)
class Keep:
    """The subscription stays, with the request's promotion from its next term on."""

    subscription: str


@dataclass(frozen=True)
class Pause:
    """The subscription rests from the end of its present term, and begins a new one on that day."""

    subscription: str
    until: date


@dataclass(frozen=True)
class PayInvoice:
    """What is still to be paid of an invoice; `automatic` where nobody asks for it, and we charge what is on file."""

    invoice: str
    automatic: bool = False


@dataclass(frozen=True)
class RegisterMethod:
    """A payment method on file for later; nothing is due, in this currency."""

    currency: str


Change = (
    Subscribe
    | Start
    | ChangePlan
    | Replace
    | ChangeOptions
    | Restart
    | Terminate
    | Keep
    | Pause
    | PayInvoice
    | RegisterMethod
)
"""All that a customer can ask the biller for."""

_NAMES: Mapping[type[Change], str] = {
    Subscribe: "subscribe",
    Start: "start",
    ChangePlan: "change_plan",
    Replace: "replace",
    ChangeOptions: "change_options",
    Restart: "restart",
    Terminate: "terminate",
    Keep: "keep",
    Pause: "pause",
    PayInvoice: "pay_invoice",
    RegisterMethod: "register_method",
}


def named(change: Change) -> str:
    """What a change is called where it is told what a biller can do."""
    return _NAMES[type(change)]


@dataclass(frozen=True)
class Request:
    """Who wants what. `fields` are the merchant's own questions, `<step>.<field>`.

    `billing` is to whom it is billed from now on, where that was asked; None leaves it as the biller knows it.
    `recipient` is for whom a new subscription is, where that is somebody else: the customer pays. `consents` are all
    that the customer was asked to agree to. `promotion` is a code as it was typed.
    """

    customer: str
    change: Change
    billing: BillingInfo | None
    fields: Mapping[str, Answer]
    recipient: str = ""
    consents: tuple[Consent, ...] = ()
    promotion: str = ""


PROMOTED = (Subscribe, Start, ChangePlan, Replace, Keep)
"""Changes whose price a promotion may lower."""


LineKind = Literal["plan", "trial", "option", "usage", "discount", "setup", "termination", "invoice", "credit", "tax"]

LinePart = Literal["whole", "unused", "rest"]
"""Of a whole term; what is credited of a term that was paid already; what is left of the present one."""


@dataclass(frozen=True)
class Line:
    """One line of a quote or an invoice. `rate` is the tax rate in hundredths of a percent, on tax lines only.

    Where tax is on top of prices, its line adds it; where prices hold it, its line adds nothing, and `included` says
    how much of the sum it is. `note` is why there is none.
    A line of kind `invoice` is one that was issued before, its tax included; its number is in `title` under any key.
    One of kind `credit` takes back a part of the invoice whose number is there.
    """

    kind: LineKind
    amount: Money
    title: Words
    quantity: int = 1
    rate: int = 0
    part: LinePart = "whole"
    included: Money | None = None
    note: TaxNote = ""

    @property
    def shown(self) -> list[object]:
        """What a customer is shown of it, as plain values."""
        said: list[object] = [self.kind, self.part, self.amount.minor, self.quantity, self.rate]
        more = [self.included.minor if self.included else 0, self.note]
        return [*said, *more] if any(more) else said


@dataclass(frozen=True)
class Later:
    """From this day on each term costs this: a discount has come to its end."""

    first: date
    due: Money


@dataclass(frozen=True)
class Quote:
    """What a request costs now and at each next term; lines of `due_now` and `due_later` add up to them.

    `next_term` is the day on which the next term begins, charged or not. `later_on` is the day of the next charge in
    the biller's calendar, or None when nothing is ever due; `afterwards` is every later change of that price that is
    known. `effective_on` is the day on which what was asked for happens, or None when that is at once; `resumes` the
    day on which a pause is over. `discounts` are those of the subscription as it will be, and `promotion_fault` is why
    the code that was typed is none of them: it costs the same without it. `as_of` and `valid_until` are UTC.
    `lines_used` is what has been used so far in a term that is cut short or not followed by another: it is owed already
    and invoiced by itself when that term is over, so it is shown, and not part of what the customer commits to.
    `lines_end` are what leaving costs where that is invoiced on the day of the end, and the customer commits to it.
    `trial_paid` is whether the trial has a price.
    """

    id: str
    request: Request
    as_of: datetime
    valid_until: datetime
    lines_now: tuple[Line, ...]
    lines_later: tuple[Line, ...]
    due_now: Money
    due_later: Money
    later_on: date | None
    period: Period | None
    trial_until: date | None
    committed_until: date | None
    method_required: bool
    effective_on: date | None = None
    lines_used: tuple[Line, ...] = ()
    resumes: date | None = None
    next_term: date | None = None
    afterwards: tuple[Later, ...] = ()
    discounts: tuple[Discount, ...] = ()
    promotion_fault: PromotionFault | Literal[""] = ""
    lines_end: tuple[Line, ...] = ()
    trial_paid: bool = False

    @property
    def due_end(self) -> Money:
        """What is invoiced when it ends."""
        return sum((line.amount for line in self.lines_end), Money.zero(self.due_now.currency))

    @property
    def shown(self) -> str:
        """A digest of all that a customer is shown of it: two quotes that promise the same have the same digest."""
        said = [
            [line.shown for line in self.lines_now],
            [line.shown for line in self.lines_later],
            [self.due_now.minor, self.due_later.minor, self.due_now.currency],
            [self.period and [self.period.count, self.period.unit], self.method_required],
            [str(self.later_on), str(self.trial_until), str(self.committed_until), str(self.effective_on)],
            [str(self.resumes), [[str(later.first), later.due.minor] for later in self.afterwards]],
            [type(self.request.change).__name__, asdict(self.request.change)],
            *([[line.shown for line in self.lines_end]] if self.lines_end else []),
        ]
        return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()[:32]


@dataclass(frozen=True)
class Order:
    """A quote that a customer committed to: reserves, starts nothing, until it is closed with a payment result.

    `subscription` is the one that it will start, in draft until then; empty where it starts none.
    """

    id: str
    quote: Quote
    subscription: str = ""


@dataclass(frozen=True)
class Moved:
    """The quote no longer holds; this one does. Nothing was reserved."""

    quote: Quote


@dataclass(frozen=True)
class Refused:
    """The biller will not do this."""

    reason: Literal[
        "plan_withdrawn",
        "option_withdrawn",
        "customer_suspended",
        "recipient_unknown",
        "recipient_suspended",
        "paid_by_other",
        "nothing_to_pay",
        "not_now",
        "under_way",
    ]


@dataclass(frozen=True)
class Closed:
    """What became of an order: the subscription that it is about and the invoice, where there is one."""

    subscription: str = ""
    invoice: str = ""
