"""What something costs in the gallery: worked out by the embedded biller's own rules, from nothing but values."""

from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from generator.adapters.ledger.drafting import AsOf, Sight
from generator.adapters.ledger.quoting import work_out
from generator.gallery.sample.moment import NOON
from generator.gallery.sample.sold import Sold
from generator.model.catalog import Plan
from generator.model.customer import Customer
from generator.model.invoice import Invoice
from generator.model.quote import Change, Quote, Refused, Request
from generator.model.subscription import Subscription


@dataclass(frozen=True)
class Matter:
    """What is asked for, and of what. `plan` stands in for the one of its ref that is sold."""

    change: Change
    plan: Plan | None = None
    subscription: Subscription | None = None
    target: Subscription | None = None
    invoice: Invoice | None = None
    recipient: Customer | None = None
    code: str = ""


def quote(sold: Sold, time_zone: str, customer: Customer, matter: Matter) -> Quote | None:
    """The quote; None where the biller refuses."""
    catalog = sold.prices.catalog
    if plan := matter.plan:
        tables = tuple(
            replace(table, plans=tuple(plan if one.ref == plan.ref else one for one in table.plans))
            for table in catalog.tables
        )
        catalog = replace(catalog, tables=tables)
    prices = sold.with_code(replace(sold.prices, catalog=catalog))
    sight = Sight(
        customer,
        prices,
        AsOf(NOON, ZoneInfo(time_zone)),
        subscription=matter.subscription,
        target=matter.target,
        invoice=matter.invoice,
        recipient=matter.recipient,
        promotion=prices.promotion(matter.code) if matter.code else None,
    )
    to = matter.recipient.id if matter.recipient else ""
    request = Request(customer.id, matter.change, None, {}, to, promotion=matter.code)
    sale = work_out("quote", request, sight)
    return None if isinstance(sale, Refused) else sale.quote
