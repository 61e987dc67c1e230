"""What a quote is worked out from, and how it is written down."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from generator.adapters.ledger.calendar import day
from generator.adapters.ledger.lines import total
from generator.adapters.ledger.prices import Prices
from generator.model.catalog import Period, Plan
from generator.model.customer import Customer
from generator.model.invoice import Invoice
from generator.model.quote import Line, Quote, Request
from generator.model.subscription import Subscription

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
    """All that a quote is worked out from, beside the request.

    `subscription`, `target` and `invoice` are what it names, whosever they are; `owed` are the subscription's invoices
    that are to be paid, `used` is what it has used in its present term, before tax. `recipient` is whom it is for,
    where that is not the customer and we know them.
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


@dataclass(frozen=True)
class Lines:
    """What is due now, and at each next term from `later_on`."""

    currency: str
    now: tuple[Line, ...] = ()
    later: tuple[Line, ...] = ()
    later_on: date | None = None


@dataclass(frozen=True)
class Days:
    """The period and the days that a quote promises; see `Quote`."""

    period: Period | None = None
    trial_until: date | None = None
    committed_until: date | None = None
    effective_on: date | None = None


def draft(id: str, request: Request, sight: Sight, lines: Lines, days: Days, *, always: bool = False) -> Quote:
    """The quote. A method is required where anything is ever due, or `always`, but not of those who were given terms.

    A later charge of nothing is none.
    """
    due_now, due_later = total(lines.now, lines.currency), total(lines.later, lines.currency)
    required = always or (bool(due_now or due_later) and not sight.customer.terms)
    return Quote(
        id=id,
        request=request,
        as_of=sight.as_of.moment,
        valid_until=sight.as_of.moment + VALID_FOR,
        lines_now=lines.now,
        lines_later=lines.later if due_later else (),
        due_now=due_now,
        due_later=due_later,
        later_on=lines.later_on if due_later else None,
        period=days.period,
        trial_until=days.trial_until,
        committed_until=days.committed_until,
        method_required=required,
        effective_on=days.effective_on,
    )
