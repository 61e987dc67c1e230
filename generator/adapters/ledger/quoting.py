"""What a purchase costs at one moment: the whole of a quote, from nothing but values."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from generator.adapters.ledger.calendar import after, day
from generator.adapters.ledger.lines import each_term, once, total, with_tax
from generator.adapters.ledger.options import complete
from generator.adapters.ledger.prices import Prices
from generator.model.catalog import Plan
from generator.model.customer import Customer
from generator.model.quote import Purchase, Quote, Refused

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
    """A quote, and the plan as it is sold by it."""

    quote: Quote
    plan: Plan


def work_out(id: str, purchase: Purchase, customer: Customer, prices: Prices, as_of: AsOf) -> Sale | Refused:
    """The quote of this id; its purchase holds all options, also those that the customer did not touch."""
    if customer.suspended:
        return Refused("customer_suspended")
    plan = prices.plan(purchase.plan)
    if plan is None:
        return Refused("plan_withdrawn")
    options = complete(plan, purchase.options)
    if options is None:
        return Refused("option_withdrawn")
    quote = _priced(id, replace(purchase, options=options), plan, prices.tax_rate, as_of)
    return Sale(replace(quote, method_required=quote.method_required and not customer.terms), plan)


def _priced(id: str, purchase: Purchase, plan: Plan, tax_rate: int, as_of: AsOf) -> Quote:
    """The quote for somebody without terms."""
    currency = plan.price.currency
    start = as_of.day
    trial_until = after(start, plan.trial) if plan.trial else None
    term = each_term(plan, purchase.options)
    now = with_tax((*(() if trial_until else term), *once(plan)), tax_rate, currency)
    later = with_tax(term, tax_rate, currency) if total(term, currency) else ()
    return Quote(
        id=id,
        purchase=purchase,
        as_of=as_of.moment,
        valid_until=as_of.moment + VALID_FOR,
        lines_now=now,
        lines_later=later,
        due_now=total(now, currency),
        due_later=total(later, currency),
        later_on=(trial_until or after(start, plan.period)) if later else None,
        period=plan.period,
        trial_until=trial_until,
        committed_until=after(trial_until or start, plan.period, plan.commitment) if plan.commitment else None,
        method_required=bool(total((*now, *later), currency)),
    )
