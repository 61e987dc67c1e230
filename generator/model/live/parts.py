"""Live names that several pages share."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, NewType

from generator.model.catalog import Unit
from generator.model.customer import AddressName, AddressPart
from generator.model.money import Money
from generator.model.payment import DeclineReason, MethodKind
from generator.model.problem import FieldFault
from generator.model.quote import LineKind, LinePart
from generator.model.tax import TaxNote

Url = NewType("Url", str)
"""The only type that may stand in an address: a path of ours or a checked address."""


@dataclass(frozen=True)
class Who:
    """The customer who is signed in."""

    name: str
    """Their name, that of their company, or their e-mail address; empty where we know none."""
    portal: Url
    """Where the portal begins."""
    sign_out: Url
    """Where the form goes that signs out."""


@dataclass(frozen=True)
class Shell:
    """What every page has."""

    here: Url
    """The page's own address: forms post to it."""
    csrf: str
    """Goes with every form, in a hidden field of this name."""
    who: Who | None
    """Nobody where nobody is signed in."""


@dataclass(frozen=True)
class PeriodView:
    """A length of time: 1 month."""

    count: int
    """How many of the unit."""
    unit: Unit
    """What is counted."""


@dataclass(frozen=True)
class TierView:
    """What units cost from the one that is number `first` on; what is included is counted before them."""

    first: int
    """Where the tier begins."""
    last: int
    """Where the tier ends; in the last one, which does not, the same as `first`."""
    reach: Literal["all", "one", "some", "more"]
    """All units, as there is one price; a single one; those from `first` to `last`; those from `first` on."""
    price: Money
    """For each `increment`, before tax."""
    increment: int
    """How many units the price is for."""
    each: bool
    """Whether every single unit is charged, not whole increments."""
    flat: Money | None
    """What the tier costs once, where any of its units is had."""


@dataclass(frozen=True)
class ScaleView:
    """The price of an option by how many."""

    tiers: tuple[TierView, ...]
    several: bool
    """Whether there is more than one."""
    volume: bool
    """Whether the tier of the last unit is the price of all."""


@dataclass(frozen=True)
class ConsumptionView:
    """An option of a plan whose use is counted: nothing to choose."""

    title: str
    """What is counted."""
    description: str | None
    """More about it, in the merchant's words."""
    included: int
    """What each period's price includes."""
    some_included: bool
    """Whether anything is."""
    scale: ScaleView
    """What is used beyond that costs, before tax."""
    free: bool
    """Whether it costs nothing however much is used."""


@dataclass(frozen=True)
class PlanView:
    """A plan, in the customer's language. Amounts are before tax."""

    ref: str
    """What the merchant calls it, and what a button sends that chooses it."""
    title: str
    """What customers call it."""
    description: str
    """For whom it is, or what it does."""
    price: Money
    """For each period."""
    period: PeriodView
    free: bool
    """Whether it never costs anything."""
    setup: Money | None
    """What is charged once, at the start."""
    trial: PeriodView | None
    trial_price: Money | None
    """What the trial costs; none where it is free."""
    commitment: PeriodView | None
    """How long it cannot be left."""
    highlights: tuple[str, ...]
    """What is good about it, one thing each."""
    consumptions: tuple[ConsumptionView, ...]
    some_consumptions: bool
    """Whether anything is counted in it."""


@dataclass(frozen=True)
class Already:
    """A subscription to the very plan that is about to be bought."""

    title: str
    """What the plan is called."""
    since: date | None
    """None where it has not begun: it waits for its payment, its day, or to be taken."""
    see: Url
    """Where it is shown."""


@dataclass(frozen=True)
class LineView:
    """One line of a quote or an invoice."""

    kind: LineKind
    """What it is for."""
    part: LinePart
    """A whole term, what is credited of one that was paid already, or what is left of the present one."""
    title: str
    """What it is called: the plan, the option, the tax."""
    quantity: int
    """How many of it."""
    amount: Money
    """What it comes to; below zero where it takes something off."""
    rate: int
    """The tax rate in hundredths of a percent, on tax lines."""
    included: Money | None
    """How much of the sum is tax, where prices hold it: such a line adds nothing."""
    note: TaxNote
    """Why there is no tax, on tax lines without a rate."""


@dataclass(frozen=True)
class LaterView:
    """A price that each term has from this day on."""

    first: date
    """The day from which it counts."""
    due: Money
    """What is due for each term."""


@dataclass(frozen=True)
class QuoteView:
    """What it costs, as the biller worked it out."""

    shown: str
    """Goes with the form that commits to it: says which quote the customer has seen."""
    free: bool
    """Nothing is due, now or ever."""
    due_now: Money
    """What is charged when the customer commits."""
    nothing_now: bool
    """Whether that is nothing."""
    lines_now: tuple[LineView, ...]
    any_line_now: bool
    """Whether there is any."""
    due_later: Money
    """What is charged on `later_on`."""
    later_on: date | None
    """The day of the next charge; none when nothing is ever due."""
    later_from: date | None
    """The same day, where it is another than that of the next term, or follows a free trial."""
    lines_later: tuple[LineView, ...]
    period: PeriodView | None
    """How often it is due; none for what is paid a single time."""
    trial_until: date | None
    """The day on which the trial is over."""
    trial_paid: bool
    """Whether the trial has a price."""
    committed_until: date | None
    """The day until which it cannot be left."""
    effective_on: date | None
    """The day on which what was asked for happens; none when that is at once."""
    lines_used: tuple[LineView, ...]
    """What was used so far and is invoiced by itself when the present term is over."""
    any_used: bool
    """Whether there is any."""
    lines_end: tuple[LineView, ...]
    """What leaving costs where that is invoiced on the day of the end."""
    due_end: Money | None
    """What they come to; none where there are none."""
    resumes: date | None
    """The day on which a pause is over."""
    afterwards: tuple[LaterView, ...]
    """Every later change of `due_later` that is known: a discount comes to its end."""


@dataclass(frozen=True)
class RegionView:
    """A region of the country that the customer is in."""

    code: str
    """What is sent for it: ISO 3166-2."""
    name: str
    """What it is called."""
    chosen: bool
    """Whether it is the one that was chosen."""


@dataclass(frozen=True)
class FieldView:
    """One input of a form, by the field's id: `fields[<id>]`; a box of several choices by `fields[<id>-<option>]`."""

    shown: bool
    """Whether the field applies to this customer."""
    value: str
    """What was typed, or is known; `true` or `false` for a consent and for each box of several choices."""
    fault: Literal[""] | FieldFault
    """What is wrong with what was typed; empty where nothing is."""
    locked: bool
    """Whether it is only shown, because it is known and cannot be changed here."""
    said: str
    """The same as the customer would say it: the name of a country, a day in words."""
    earliest: date | None
    """Of a day: the first one that may be chosen."""
    latest: date | None
    """Of a day: the last one that may be chosen."""
    regions: tuple[RegionView, ...]
    """What a region is chosen from."""
    listed: bool
    """Whether there is something to choose from: the country is known, and has regions."""
    needed: bool
    """Whether it must be answered: of an address, where its country cannot do without it."""
    called: AddressName
    """Of an address: what the country calls it, where it has another word than usual."""
    example: str
    """Of a postal code: one of the country's."""


@dataclass(frozen=True)
class AddressView:
    """A part of the address, as the country orders them."""

    part: AddressPart
    """Which part it is: the address field of that name."""
    asked: bool
    """Whether the country's addresses have it; what was typed is kept, in case another country is chosen."""


@dataclass(frozen=True)
class MethodView:
    """A payment method on file."""

    id: str
    """What the gateway calls it."""
    kind: MethodKind
    """What it is."""
    label: str
    """What its customer knows it by."""
    expires: str
    """`YYYY-MM`, or empty."""
    expiry: Literal["", "soon", "past"]
    """Whether it expires within two months, or has."""
    default: bool
    """Whether it is charged where nobody chooses."""
    make_default: Url | None
    """Where it is made the default; none for what is the default already."""
    remove: Url | None
    """Where it is taken away, if it may be."""
    kept: Literal["", "under_way", "invoice", "renews"]
    """Why it cannot be taken away, where others could."""


About = Literal["plan", "change", "options", "restart", "termination", "keep", "pause", "invoice", "method"]
"""What a walk is about: a new subscription; another plan, other options, going on or leaving; staying for less, or
after a pause; an invoice to be paid; a payment method for later."""


@dataclass(frozen=True)
class PaymentNews:
    """What became of a payment while the customer was away."""

    state: Literal["under_way", "failed"]
    """How the payment stands."""
    about: About
    """What it was for."""
    name: str
    """The plan's title, or the invoice's number; empty where neither is known any more."""
    amount: Money
    """How much it is."""
    by: date | None
    """The day by which the bank should have answered, where it takes days."""
    go_on: Url
    """Where the customer sees how it stands, or tries again."""


Declined = Literal[""] | DeclineReason
