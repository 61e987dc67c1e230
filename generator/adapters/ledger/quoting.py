"""What a request costs at one moment: the whole of a quote, from nothing but values."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from generator.adapters.ledger.calendar import after, day
from generator.adapters.ledger.lines import each_term, once, total, with_tax
from generator.adapters.ledger.options import complete
from generator.adapters.ledger.prices import Prices
from generator.model.catalog import Plan
from generator.model.customer import Customer
from generator.model.invoice import Invoice
from generator.model.money import Money
from generator.model.quote import (
    Line,
    Options,
    PayInvoice,
    Quote,
    Refused,
    RegisterMethod,
    Request,
    Subscribe,
)

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
    """All that a quote is worked out from, beside the request. `invoice` is the one that it names, if there is one."""

    customer: Customer
    prices: Prices
    as_of: AsOf
    invoice: Invoice | None = None


def work_out(id: str, request: Request, sight: Sight) -> Sale | Refused:
    """The quote of this id."""
    if sight.customer.suspended:
        return Refused("customer_suspended")
    match request.change:
        case Subscribe() as change:
            return _subscribing(id, request, change, sight)
        case PayInvoice():
            return _paying(id, request, sight)
        case RegisterMethod(currency=currency):
            return Sale(_once(id, request, (), Money.zero(currency), sight.as_of, method_required=True), None)


def _subscribing(id: str, request: Request, change: Subscribe, sight: Sight) -> Sale | Refused:
    """Its request holds all options, also those that the customer did not touch."""
    plan = sight.prices.plan(change.plan)
    if plan is None:
        return Refused("plan_withdrawn")
    options = complete(plan, change.options)
    if options is None:
        return Refused("option_withdrawn")
    request = replace(request, change=Subscribe(plan.ref, options))
    quote = _priced(id, request, plan, options, sight.prices.tax_rate, sight.as_of)
    return Sale(replace(quote, method_required=quote.method_required and not sight.customer.terms), plan)


def _paying(id: str, request: Request, sight: Sight) -> Sale | Refused:
    """An invoice costs what it says: nothing is worked out again."""
    invoice = sight.invoice
    if invoice is None or invoice.customer != request.customer or not invoice.payable:
        return Refused("nothing_to_pay")
    required = not sight.customer.terms
    return Sale(_once(id, request, invoice.lines, invoice.total, sight.as_of, method_required=required), None)


def _once(
    id: str, request: Request, lines: tuple[Line, ...], due: Money, as_of: AsOf, *, method_required: bool
) -> Quote:
    """What is paid a single time, if at all."""
    return Quote(
        id=id,
        request=request,
        as_of=as_of.moment,
        valid_until=as_of.moment + VALID_FOR,
        lines_now=lines,
        lines_later=(),
        due_now=due,
        due_later=Money.zero(due.currency),
        later_on=None,
        period=None,
        trial_until=None,
        committed_until=None,
        method_required=method_required,
    )


def _priced(id: str, request: Request, plan: Plan, options: Options, tax_rate: int, as_of: AsOf) -> Quote:
    """The quote for somebody without terms."""
    currency = plan.price.currency
    start = as_of.day
    trial_until = after(start, plan.trial) if plan.trial else None
    term = each_term(plan, options)
    now = with_tax((*(() if trial_until else term), *once(plan)), tax_rate, currency)
    later = with_tax(term, tax_rate, currency) if total(term, currency) else ()
    return Quote(
        id=id,
        request=request,
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
