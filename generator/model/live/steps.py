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
    back: Url | None
    """The step before; none on the first."""
    position: int
    """Which step of those that this customer walks this is, from 1."""
    total: int
    faulty: bool
    """Whether anything on the page is to be put right."""
    stale: bool
    """Whether another window changed the walk meanwhile: what was typed is shown again and not kept yet."""


@dataclass(frozen=True)
class PlanCard:
    """A plan that may be chosen."""

    plan: PlanView
    chosen: bool


@dataclass(frozen=True)
class TableView:
    """Plans side by side."""

    title: str
    cards: tuple[PlanCard, ...]


@dataclass(frozen=True)
class CatalogPage(StepPage):
    tables: tuple[TableView, ...]


@dataclass(frozen=True)
class OptionView:
    """One option of the plan."""

    ref: str
    anchor: Url
    """Its input on this page, `option-<ref>`."""
    kind: Literal["switch", "quantity"]
    title: str
    description: str | None
    price: Money
    """Of the switch, for each period."""
    scale: ScaleView
    """Of a quantity: what is had above what is included costs, for each period."""
    included: int
    some_included: bool
    minimum: int
    maximum: int
    step: int
    value: str
    """What was typed or chosen."""
    on: bool
    fault: Literal[""] | FieldFault


@dataclass(frozen=True)
class OptionsPage(StepPage):
    plan: PlanView
    quote: QuoteView
    options: tuple[OptionView, ...]


@dataclass(frozen=True)
class FormPage(StepPage):
    plan: PlanView | None
    """None where the step comes before a plan is chosen."""
    quote: QuoteView | None
    fields: Mapping[str, FieldView]
    address: tuple[AddressView, ...]
    """What of the address is asked together, in the order of the customer's country."""


@dataclass(frozen=True)
class PromotionView:
    """The promotion code of an order, where the step has an input for one."""

    code: str
    """What was typed, or came with the link."""
    applied: bool
    title: str
    """What it is called, once it is applied."""
    fault: Literal["", "missing"] | PromotionFault
    """Why it lowers nothing; `missing` where none was typed."""


@dataclass(frozen=True)
class BillSummaryPage(StepPage):
    """In a workflow that is about no plan."""

    about: About
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
    change_options: Url | None
    change_billing_info: Url | None
    moved: Literal["", "now", "later", "dates"]
    """What changed since the customer last saw the quote; nothing was charged."""
    quote_before: QuoteView | None
    promotion: PromotionView


@dataclass(frozen=True)
class SummaryPage(BillSummaryPage):
    plan: PlanView


@dataclass(frozen=True)
class PauseView:
    """What it costs to pause instead. The days are given for the input, too, as `YYYY-MM-DD`."""

    quote: QuoteView
    value: str
    """The day that was typed, or that is proposed."""
    first: str
    last: str
    first_day: date
    """The first day on which the pause may be over."""
    last_day: date
    fault: Literal[""] | FieldFault
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
    kind: MethodKind
    label: str
    expires: str
    """`YYYY-MM`, or empty."""
    chosen: bool


@dataclass(frozen=True)
class BillPaymentPage(StepPage):
    """In a workflow that is about no plan."""

    about: About
    quote: QuoteView
    case: PaymentCase
    several: bool
    """Whether there is more than one way to pay; otherwise it is a new card."""
    methods: tuple[MethodChoice, ...]
    """What is on file."""
    card: bool
    """Whether a new card may be given."""
    card_chosen: bool
    sepa: bool
    """Whether an account may be given, to be debited by a mandate."""
    sepa_chosen: bool
    transfer: bool
    """Whether the customer may pay by transfer on terms."""
    transfer_chosen: bool
    terms_days: int
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
    plan: PlanView


@dataclass(frozen=True)
class WaitingPage(Shell):
    state: Literal["elsewhere", "pending", "unknown"]
    """At the gateway's page; the bank is still at it; nobody can say yet."""
    go_on: Url | None
    """The gateway's page, where it is not finished there."""
    amount: Money
    by: date | None
    """The day by which the bank should have answered, where it takes days."""
    nothing_due: bool
    """Whether a method is only registered."""
    leave: Url


@dataclass(frozen=True)
class DonePage(Shell):
    outcome: Outcome
    about: About
    name: str
    """The plan's title, or the invoice's number; empty where neither is known any more."""
    quote: QuoteView
    go_on: Url
    """Back to the merchant, or to the portal."""
    to_merchant: bool
    reference: str
    """What a transfer should name: the invoice's number; empty where there is none to pay."""
    terms_days: int
