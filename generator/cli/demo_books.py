"""What the demo's merchant sells, and to whom."""

from dataclasses import dataclass, field
from pathlib import Path

import urllib3

from generator import record
from generator.model.catalog import Catalog
from generator.model.customer import BillingInfo, Customer
from generator.model.payment import Paid, Promised
from generator.model.quote import Order, Quote, Request, Subscribe
from generator.runtime.parts import Parts


@dataclass(frozen=True)
class Member:
    """A customer of the demo. `has` are plans that they subscribed to before; `card` is a card on file."""

    ref: str
    language: str
    billing: BillingInfo
    says: str
    terms_days: int = 0
    card: str = ""
    has: tuple[str, ...] = ()


@dataclass(frozen=True)
class Books:
    """What the demo's merchant sells, and to whom. `tax_rate` is in hundredths of a percent."""

    tax_rate: int
    catalog: Catalog
    customers: tuple[Member, ...] = field(default_factory=tuple)


def read(path: Path) -> Books:
    """The books as they lie beside the demo's definition."""
    return record.read(path.read_text(encoding="utf-8"), Books)


def fill(parts: Parts, books: Books) -> None:
    """Plans and customers; those who are there already stay as they are."""
    ledger = parts.biller
    ledger.put_catalog(books.catalog, books.tax_rate)  # type: ignore[attr-defined]
    for member in books.customers:
        if ledger.customer_by_ref(member.ref) is not None:
            continue
        customer: Customer = ledger.put_customer(  # type: ignore[attr-defined]
            member.ref, member.language, member.billing, member.terms_days, frozenset()
        )
        if member.card:
            _put_card(parts, customer, member.card)
        for plan in member.has:
            _subscribe(parts, customer, plan)


def _put_card(parts: Parts, customer: Customer, number: str) -> None:
    url = f"{parts.gateway.origin}/api/test/customers/{customer.id}/methods"
    urllib3.PoolManager().request("POST", url, json={"number": number, "expires": "2031-01"})


def _subscribe(parts: Parts, customer: Customer, plan: str) -> None:
    """As if the customer had just bought it: paid, or on terms."""
    biller, key = parts.biller, f"demo-{customer.ref}-{plan}"
    quote = biller.quote(Request(customer.id, Subscribe(plan, {}), customer.billing, {}))
    assert isinstance(quote, Quote)
    order = biller.open(quote.id, quote.shown, key)
    assert isinstance(order, Order)
    paid = Promised("transfer") if customer.terms else Paid("demo", "demo", quote.due_now)
    biller.close(order.id, paid, key)
