"""What a quote is worked out from, and how it is written down."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from generator.adapters.ledger.calendar import day
from generator.adapters.ledger.discounting import Discounts, Phase
from generator.adapters.ledger.lines import total, with_tax
from generator.adapters.ledger.prices import Prices
from generator.adapters.ledger.tax import treatment
from generator.model.catalog import Period, Plan
from generator.model.customer import Customer
from generator.model.invoice import Invoice
from generator.model.promotion import Promotion, PromotionFault
from generator.model.quote import Later, Line, Quote, Request
from generator.model.subscription import Subscription
from generator.model.tax import Tax

VALID_FOR = timedelta(minutes=30)


@dataclass(frozen=True)
class AsOf:
    """The moment at which a quote is worked out, and the merchant's time zone."""

    moment: datetime
    zone: ZoneInfo

    @property
    def day(self) -> date:
        return day(self.moment, self.zone)


@dataclass(frozen=True)
class Sale:
    """A quote, and the plan as it is sold by it; none where no plan is sold."""

    quote: Quote
    plan: Plan | None


@dataclass(frozen=True)
class Sight:
    """All that a quote is worked out from, beside the request. The customer is billed as the request says, if it does.

    `subscription`, `target` and `invoice` are what it names, whosever they are; `owed` are the subscription's invoices
    that are to be paid, `used` is what it has used in its present term, before tax. `recipient` is whom it is for,
    where that is not the customer and we know them. `promotion` is the one whose code was typed, and whether others
    have used it up.
    """

    customer: Customer
    prices: Prices
    as_of: AsOf
    subscription: Subscription | None = None
    target: Subscription | None = None
    invoice: Invoice | None = None
    owed: tuple[Invoice, ...] = ()
    used: tuple[Line, ...] = ()
    recipient: Customer | None = None
    promotion: Promotion | None = None
    used_up: bool = False

    @property
    def tax(self) -> Tax:
        """The tax on what is sold to the customer."""
        return treatment(self.prices.rules, self.customer.billing)


@dataclass(frozen=True)
class Lines:
    """What is due now and at the end, tax included, and at each next term, before tax, from one day on and then from
    others."""

    currency: str
    now: tuple[Line, ...] = ()
    later: tuple[Phase, ...] = ()
    end: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Days:
    """The period and the days that a quote promises; see `Quote`."""

    period: Period | None = None
    trial_until: date | None = None
    committed_until: date | None = None
    effective_on: date | None = None
    resumes: date | None = None
    trial_paid: bool = False


@dataclass(frozen=True)
class Promised:
    """The discounts of the subscription as it will be, and why a code that was typed is none of them."""

    discounts: Discounts = ()
    fault: PromotionFault | Literal[""] = ""


NOTHING_PROMISED = Promised()


def draft(
    id: str,
    request: Request,
    sight: Sight,
    lines: Lines,
    days: Days,
    promised: Promised = NOTHING_PROMISED,
    *,
    always: bool = False,
) -> Quote:
    """The quote. A method is required where anything is ever due, or `always`, but not of those who were given terms.

    A later charge of nothing is none: what is then due later is due when a discount has come to its end.
    """
    due_now = total(lines.now, lines.currency)
    phases = [(phase.first, with_tax(phase.lines, sight.tax, lines.currency)) for phase in lines.later]
    while phases and not total(phases[0][1], lines.currency):
        del phases[0]
    later_on, lines_later = phases[0] if phases else (None, ())
    due_later = total(lines_later, lines.currency)
    required = always or (bool(due_now or due_later) and not sight.customer.terms)
    return Quote(
        id=id,
        request=request,
        as_of=sight.as_of.moment,
        valid_until=sight.as_of.moment + VALID_FOR,
        lines_now=lines.now,
        lines_later=lines_later,
        due_now=due_now,
        due_later=due_later,
        later_on=later_on,
        period=days.period,
        trial_until=days.trial_until,
        committed_until=days.committed_until,
        method_required=required,
        effective_on=days.effective_on,
        resumes=days.resumes,
        next_term=lines.later[0].first if lines.later else None,
        afterwards=tuple(Later(first, total(priced, lines.currency)) for first, priced in phases[1:]),
        discounts=promised.discounts,
        promotion_fault=promised.fault,
        lines_end=lines.end,
        trial_paid=days.trial_paid and days.trial_until is not None,
    )
