"""The live names of each step, and of what follows when nothing is left to fill in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from generator.model.live.parts import (
    About,
    AddressView,
    Already,
    Declined,
    FieldView,
    PlanView,
    QuoteView,
    ScaleView,
    Shell,
    Url,
)
from generator.model.money import Money
from generator.model.payment import MethodKind
from generator.model.problem import FieldFault
from generator.model.promotion import PromotionFault
from generator.model.workflow import Outcome, PaymentCase


@dataclass(frozen=True)
class StepPage(Shell):
    """What every step has."""

    version: int
    """Goes with the form: two windows on one walk are told apart by it."""
    leave: Url
    """Where a customer goes who goes no further."""
    back: Url | None
    """The step before; none on the first."""
    position: int
    """Which step of those that this customer walks this is, from 1."""
    total: int
    """How many steps they walk."""
    faulty: bool
    """Whether anything on the page is to be put right."""
    stale: bool
    """Whether another window changed the walk meanwhile: what was typed is shown again and not kept yet."""


@dataclass(frozen=True)
class PlanCard:
    """A plan that may be chosen."""

    plan: PlanView
    chosen: bool
    """Whether it was chosen before."""


@dataclass(frozen=True)
class TableView:
    """Plans side by side."""

    title: str
    """What stands above them."""
    cards: tuple[PlanCard, ...]


@dataclass(frozen=True)
class CatalogPage(StepPage):
    """Asks for a plan."""

    tables: tuple[TableView, ...]


@dataclass(frozen=True)
class OptionView:
    """One option of the plan."""

    ref: str
    """What the merchant calls it; its input is named after it."""
    anchor: Url
    """Its input on this page, `option-<ref>`."""
    kind: Literal["switch", "quantity"]
    """Whether it is had or not, or had so many times."""
    title: str
    """What customers call it."""
    description: str | None
    """More about it, in the merchant's words."""
    price: Money
    """Of the switch, for each period."""
    scale: ScaleView
    """Of a quantity: what is had above what is included costs, for each period."""
    included: int
    """How many the plan's price includes."""
    some_included: bool
    """Whether it includes any."""
    minimum: int
    """The fewest that can be had."""
    maximum: int
    """The most that can be had."""
    step: int
    """By how many at once there may be more or fewer."""
    value: str
    """What was typed or chosen."""
    on: bool
    """Of a switch: whether it is chosen."""
    fault: Literal[""] | FieldFault
    """What is wrong with what was typed; empty where nothing is."""


@dataclass(frozen=True)
class OptionsPage(StepPage):
    """Asks for what the plan lets a customer choose."""

    plan: PlanView
    quote: QuoteView
    options: tuple[OptionView, ...]


@dataclass(frozen=True)
class FormPage(StepPage):
    """Asks the questions of a form, or for billing details; of a message, only says something."""

    plan: PlanView | None
    """None where the step comes before a plan is chosen."""
    quote: QuoteView | None
    """None before anything is quoted."""
    fields: Mapping[str, FieldView]
    address: tuple[AddressView, ...]
    """What of the address is asked together, in the order of the customer's country."""


@dataclass(frozen=True)
class PromotionView:
    """The promotion code of an order, where the step has an input for one."""

    code: str
    """What was typed, or came with the link."""
    applied: bool
    """Whether it lowers the price."""
    title: str
    """What it is called, once it is applied."""
    fault: Literal["", "missing"] | PromotionFault
    """Why it lowers nothing; `missing` where none was typed."""


@dataclass(frozen=True)
class BillSummaryPage(StepPage):
    """In a workflow that is about no plan."""

    about: About
    """What the customer is about to do."""
    name: str
    """The plan's title, or the invoice's number."""
    recipient: str | None
    """For whom it is, where that is somebody else: their name, or empty where we know none. None is for oneself."""
    already: Already | None
    """What they have of this plan, where they have it: this would be another one."""
    quote: QuoteView
    fields: Mapping[str, FieldView]
    billed_to: tuple[str, ...]
    """Name and address on the invoice, line by line."""
    change_plan: Url | None
    """Back to where the plan is chosen, where a step does that."""
    change_options: Url | None
    """Back to where options are chosen, where a step does that."""
    change_billing_info: Url | None
    """Back to the billing details, where a step asks for them."""
    moved: Literal["", "now", "later", "dates"]
    """What changed since the customer last saw the quote; nothing was charged."""
    quote_before: QuoteView | None
    """What they saw last; none where it has not changed."""
    promotion: PromotionView


@dataclass(frozen=True)
class SummaryPage(BillSummaryPage):
    """In a workflow that is about a plan."""

    plan: PlanView


@dataclass(frozen=True)
class PauseView:
    """What it costs to pause instead. The days are given for the input, too, as `YYYY-MM-DD`."""

    quote: QuoteView
    value: str
    """The day that was typed, or that is proposed."""
    first: str
    """The first day on which the pause may be over."""
    last: str
    """The last one."""
    first_day: date
    """The first day on which the pause may be over."""
    last_day: date
    """The last one."""
    fault: Literal[""] | FieldFault
    """What is wrong with the day that was typed; empty where nothing is."""
    changed: bool
    """Whether the button was pressed with another day than the one that was shown: nothing has happened yet."""


@dataclass(frozen=True)
class ConfirmPage(StepPage):
    """Before a subscription ends."""

    plan: PlanView
    quote: QuoteView
    """What leaving costs, and on which day it takes effect."""
    bound: bool
    """Whether a commitment has moved that day."""
    moved: Literal["", "now", "later", "dates"]
    """What changed since the customer last saw it."""
    fields: Mapping[str, FieldView]
    keep: QuoteView | None
    """What it costs to stay with the promotion; none where that is not to be had."""
    pause: PauseView | None


@dataclass(frozen=True)
class MethodChoice:
    """A payment method on file that may be chosen."""

    id: str
    """What is sent that chooses it."""
    kind: MethodKind
    """What it is."""
    label: str
    """What its customer knows it by."""
    expires: str
    """`YYYY-MM`, or empty."""
    chosen: bool
    """Whether it is chosen, until the customer chooses another."""


@dataclass(frozen=True)
class BillPaymentPage(StepPage):
    """In a workflow that is about no plan."""

    about: About
    """What is paid for."""
    quote: QuoteView
    case: PaymentCase
    """What the step asks for."""
    several: bool
    """Whether there is more than one way to pay; otherwise it is a new card."""
    methods: tuple[MethodChoice, ...]
    """What is on file."""
    card: bool
    """Whether a new card may be given."""
    card_chosen: bool
    """Whether that is chosen."""
    sepa: bool
    """Whether an account may be given, to be debited by a mandate."""
    sepa_chosen: bool
    """Whether that is chosen."""
    transfer: bool
    """Whether the customer may pay by transfer on terms."""
    transfer_chosen: bool
    """Whether that is chosen."""
    terms_days: int
    """Within how many days it is paid by transfer."""
    declined: Declined
    """Why the last try came to nothing."""
    cooling_until: datetime | None
    """After too many declined tries: until when no bank is asked again."""
    cooling_refused: bool
    """Whether a try was refused just now for that reason."""
    any_way: bool
    """Whether there is any way to pay, here and now."""


@dataclass(frozen=True)
class PaymentPage(BillPaymentPage):
    """In a workflow that is about a plan."""

    plan: PlanView


@dataclass(frozen=True)
class WaitingPage(Shell):
    """Nothing is decided yet."""

    state: Literal["elsewhere", "pending", "unknown"]
    """At the gateway's page; the bank is still at it; nobody can say yet."""
    go_on: Url | None
    """The gateway's page, where it is not finished there."""
    amount: Money
    """What is to be paid."""
    by: date | None
    """The day by which the bank should have answered, where it takes days."""
    nothing_due: bool
    """Whether a method is only registered."""
    leave: Url
    """Where a customer goes who does not wait."""


@dataclass(frozen=True)
class PayingPage(Shell):
    """A card or an account is given in a field of the payment provider's, on this page of ours."""

    script: Url
    """The provider's script, which draws the field: `paying.js` loads it."""
    key: str
    """Says whose field it is. No secret."""
    secret: str
    """Says for which payment the field is."""
    come_back: Url
    """Where the customer is sent when they gave it."""
    amount: Money
    """What is to be paid."""
    nothing_due: bool
    """Whether a method is only registered."""
    leave: Url
    """Where a customer goes who goes no further."""


@dataclass(frozen=True)
class DonePage(Shell):
    """How it ended."""

    outcome: Outcome
    """What became of the payment."""
    about: About
    """What was done."""
    name: str
    """The plan's title, or the invoice's number; empty where neither is known any more."""
    quote: QuoteView
    go_on: Url
    """Back to the merchant, or to the portal."""
    to_merchant: bool
    """Whether `go_on` leads to the merchant."""
    reference: str
    """What a transfer should name: the invoice's number; empty where there is none to pay."""
    terms_days: int
    """Within how many days it is paid by transfer."""
