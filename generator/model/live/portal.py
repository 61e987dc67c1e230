"""The live names of the portal's sections."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from generator.model.invoice import InvoiceState
from generator.model.live.parts import (
    AddressView,
    FieldView,
    LineView,
    MethodView,
    PaymentNews,
    PeriodView,
    PlanView,
    Shell,
    Url,
)
from generator.model.money import Money
from generator.model.subscription import SubscriptionState


@dataclass(frozen=True)
class PortalPage(Shell):
    """What every section has."""

    tabs: Mapping[str, bool] = field(default_factory=dict, kw_only=True)
    """Whether each section is there for this customer: `tabs[<section>]`."""


@dataclass(frozen=True)
class TextPage(PortalPage):
    """A section that only says something."""


@dataclass(frozen=True)
class AnswersPage(PortalPage):
    """A section with the merchant's own questions."""

    fields: Mapping[str, FieldView]
    address: tuple[AddressView, ...]
    """What of the address is asked together, in the order of the customer's country."""
    faulty: bool
    """Whether anything on the page is to be put right."""
    saved: bool
    """Whether what is shown was saved just now."""


@dataclass(frozen=True)
class OptionInUse:
    """An option as the customer has it."""

    kind: Literal["switch", "quantity"]
    """Whether it is had or not, or had so many times."""
    title: str
    """What it is called."""
    quantity: int
    """How many; 1 of a switch."""


@dataclass(frozen=True)
class UsedView:
    """How much of an option was used in the present term."""

    id: str
    """A name for it that no other on the page has."""
    title: str
    """What is counted."""
    used: int
    """How much it was so far."""
    included: int
    """How much the price of a term includes."""
    some_included: bool
    """Whether it includes any."""
    within: int
    """How much of what is included was used: never more than that."""
    beyond: int
    """What is charged for when the term is over; zero where nothing is."""
    any_beyond: bool
    """Whether anything is."""


@dataclass(frozen=True)
class DiscountView:
    """A discount that was promised with a subscription."""

    title: str
    """What it is called."""
    until: date | None
    """The first day without it; none where it lasts for ever."""


@dataclass(frozen=True)
class SubscriptionView:
    """A subscription, as a customer is shown it."""

    id: str
    """Our name for it."""
    detail: Url
    """The page that is about it alone."""
    title: str
    """What its plan is called."""
    state: SubscriptionState
    """How it stands."""
    relation: Literal["own", "for_other", "by_other"]
    """Whether the customer pays for it and has it, pays for what somebody else has, or has what somebody else pays."""
    other: str
    """The name of that somebody; empty where we know none."""
    price: Money
    """Each period with all options, before tax and without discounts."""
    reduced: Money | None
    """The same for the next period with its discounts, where it has any."""
    discounts: tuple[DiscountView, ...]
    free: bool
    """Whether it never costs anything."""
    period: PeriodView
    options: tuple[OptionInUse, ...]
    some_options: bool
    """Whether there is any."""
    used: tuple[UsedView, ...]
    any_counted: bool
    """Whether anything is counted in it."""
    counts_until: date | None
    """The day on which counting begins anew."""
    started: date | None
    """The day on which it began."""
    starts: date | None
    """The day on which it is to begin, where that is to come."""
    renews: date | None
    """The day of the next term; none when it does not go on."""
    trial_until: date | None
    """The day on which its trial is over."""
    trial_paid: bool
    """Whether the trial has a price."""
    committed_until: date | None
    """The day until which it cannot be left."""
    ends: date | None
    """The day on which it ends or has ended."""
    pauses: date | None
    """The day on which a pause begins, where that is to come."""
    resumes: date | None
    """The day on which it goes on by itself."""
    changes_to: str
    """The plan that takes over when the present term is over; empty where none does."""
    changes_on: date | None
    """The day on which that plan takes over, or other options apply."""
    start: Url | None
    """Where what was prepared is taken."""
    resume: Url | None
    """Where the payment of what was ordered is gone on with."""
    change_plan: Url | None
    """Where another plan is chosen, if one may be."""
    change_options: Url | None
    """Where other options are chosen, if they may be."""
    terminate: Url | None
    """Where it is ended, if it may be."""
    restart: Url | None
    """Where it goes on, if it may."""
    undo_change: Url | None
    """Where the form goes that undoes a scheduled change."""
    choose_plan: Url | None
    """Where another one is begun once this has ended."""
    any_action: bool
    """Whether there is anything that may be done."""


@dataclass(frozen=True)
class InvoiceView:
    """An invoice, as a customer is shown it."""

    number: str
    """As it is printed."""
    detail: Url
    """The page that is about it alone."""
    pdf: Url
    """Where its file is."""
    state: InvoiceState
    """How it stands."""
    unpaid: bool
    """Whether money is still to come for it."""
    issued: date
    """Its day."""
    due: date | None
    """The last day to pay; none where it is paid, or has no such day."""
    total: Money
    """What it comes to, with tax."""
    lines: tuple[LineView, ...]
    billed_to: tuple[str, ...]
    """To whom it was made out when it was issued, line by line."""
    pay: Url | None
    """Where it can be paid, if it can be now."""
    resume: Url | None
    """Where a payment that is under way is gone on with."""
    by_transfer: bool
    """Whether the customer promised a transfer that has not arrived."""
    next_try: date | None
    """The day on which it is charged again by itself, where a charge of it has failed."""


@dataclass(frozen=True)
class CreditView:
    """A credit note, where its invoice is shown."""

    number: str
    """As it is printed."""
    detail: Url
    """Where it is shown."""
    issued: date
    """Its day."""
    total: Money
    """What is taken back, below zero."""


@dataclass(frozen=True)
class AnswerView:
    """What was answered to a question of the merchant's own."""

    label: str
    """What was asked, in a word."""
    said: str
    """What was answered, as the customer would say it."""


@dataclass(frozen=True)
class DetailView:
    """All that there is to say of one subscription."""

    subscription: SubscriptionView
    answers: tuple[AnswerView, ...]
    any_answer: bool
    """Whether there is any."""
    invoices: tuple[InvoiceView, ...]
    """The newest ones that are about it."""
    any_invoice: bool
    """Whether there is any."""


@dataclass(frozen=True)
class OfferView:
    """A plan that can be had."""

    plan: PlanView
    choose: Url | None
    """Where choosing it leads; none where it cannot be chosen now."""


@dataclass(frozen=True)
class OffersView:
    """Plans side by side."""

    title: str
    """What stands above them."""
    offers: tuple[OfferView, ...]


@dataclass(frozen=True)
class SubscriptionsPage(PortalPage):
    """One subscription is shown at once, several in a list; where there is none, the plans that can be had."""

    one: DetailView | None
    """The one that the customer has, where it is the only one."""
    subscriptions: tuple[SubscriptionView, ...]
    """Where there are several that have not ended."""
    news: tuple[PaymentNews, ...]
    """Payments that are under way, or came to nothing while the customer was away."""
    any: bool
    """Whether there is a subscription that has not ended."""
    past: tuple[SubscriptionView, ...]
    """Those that have ended."""
    any_past: bool
    """Whether there is any."""
    choose_plan: Url | None
    """Where another one is begun."""
    tables: tuple[OffersView, ...]
    """What can be had where there is no subscription."""
    any_offer: bool
    """Whether anything can be had."""


@dataclass(frozen=True)
class SubscriptionPage(PortalPage):
    """One subscription by itself."""

    one: DetailView
    back: Url
    """To the list of subscriptions."""


@dataclass(frozen=True)
class InvoicesPage(PortalPage):
    """What was charged, some invoices at a time."""

    invoices: tuple[InvoiceView, ...]
    """Of this page: unpaid ones first, then the newest."""
    news: tuple[PaymentNews, ...]
    """Payments that are under way, or came to nothing while the customer was away."""
    any: bool
    """Whether there is any."""
    page: int
    """Which page of them this is, from 1."""
    pages: int
    """How many pages there are."""
    newer: Url | None
    """To the page before this one."""
    older: Url | None
    """To the page after this one."""
    statement: Url
    """The account statement."""


@dataclass(frozen=True)
class InvoicePage(PortalPage):
    """One invoice by itself."""

    invoice: InvoiceView
    subscription: Url | None
    """The page about the subscription that it is for."""
    credits: tuple[CreditView, ...]
    """What was taken back of it, the newest first."""
    any_credit: bool
    """Whether anything was."""
    back: Url
    """To the list of invoices."""


@dataclass(frozen=True)
class InvoicePrint:
    """An invoice on paper."""

    invoice: InvoiceView
    credits: tuple[CreditView, ...]
    """What was taken back of it, the newest first."""
    any_credit: bool
    """Whether anything was."""
    title: str
    """The invoice's number, as a document's title says it."""


@dataclass(frozen=True)
class BillingInfoPage(AnswersPage):
    """Name and address on the invoices."""


@dataclass(frozen=True)
class PaymentMethodPage(PortalPage):
    """What is on file at the gateway."""

    methods: tuple[MethodView, ...]
    any: bool
    """Whether there is any."""
    register: Url | None
    """Where a new one is given."""
    default_elsewhere: bool
    """Whether the merchant's own page makes one the default: then its address is a link, else a form posts to it."""
    changed: bool
    """Whether what is shown was changed just now."""


@dataclass(frozen=True)
class RemoveMethodPage(PortalPage):
    """Before a payment method is taken away."""

    method: MethodView
    others: bool
    """Whether others are left on file."""
    back: Url
    """To what is on file."""
