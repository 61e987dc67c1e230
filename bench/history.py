"""Cost flat in history: what a customer waits for, in books that are nearly empty and in books that are full.

python -m bench.history [--subscriptions N] [--invoices N] [--rounds N]

Both are measured in turns, in one run: what else the machine does at that moment falls on both.
"""

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import click
import urllib3
from sqlalchemy import Connection, insert, text

from generator import record, shipped
from generator.adapters.ledger import books
from generator.adapters.sql.ledger_tables import customers, subscriptions
from generator.bundle import folder
from generator.cli import definition
from generator.compiler.build import build
from generator.model.customer import Customer
from generator.model.invoice import Invoice
from generator.model.payment import Paid
from generator.model.price_list import PriceList
from generator.model.quote import ChangePlan, Order, PayInvoice, Quote, Request, Subscribe, Terminate
from generator.model.subscription import Subscription
from generator.rehearsal.stage import KNOWN
from generator.rehearsal.stand import Stand, stand
from generator.rehearsal.visitor import Visitor
from generator.runtime import links
from generator.runtime.links import Link
from generator.runtime.ways_in import WaysIn

ENOUGH = 1.5
"""How much dearer anything may be in full books."""

A_PAGE = 25
"""Invoices in the nearly empty books: as many as a page shows, and some on the next."""


@dataclass(frozen=True)
class World:
    """A merchant with one customer, who has one subscription, paid invoices and one to pay, and is signed in."""

    stand: Stand
    customer: Customer
    subscription: Subscription
    unpaid: Invoice
    pages: int
    cookies: str
    http: urllib3.PoolManager

    def get(self, path: str) -> None:
        answer = self.http.request("GET", self.stand.pages + path, headers={"Cookie": self.cookies}, redirect=False)
        if answer.status != 200:
            raise SystemExit(f"{path} was answered with {answer.status}")

    def quote(self, change: Any) -> Quote:
        made = self.stand.ledger.quote(Request(self.customer.id, change, None, {}))
        if not isinstance(made, Quote):
            raise SystemExit(f"no quote for {change}: {made}")
        return made


def _order(world: World) -> None:
    """A whole sale: quoted, ordered, paid and invoiced."""
    quote = world.quote(Subscribe("studio", {}))
    order = world.stand.ledger.open(quote.id, quote.shown, quote.id)
    if not isinstance(order, Order):
        raise SystemExit(f"no order: {order}")
    world.stand.ledger.close(order.id, Paid("bench", "bench", quote.due_now), quote.id)


MEASURES: Mapping[str, Callable[[World], object]] = {
    "quote: a new subscription": lambda world: world.quote(Subscribe("studio", {})),
    "quote: another plan": lambda world: world.quote(ChangePlan(world.subscription.id, "business", {"seats": 20})),
    "quote: leaving": lambda world: world.quote(Terminate(world.subscription.id)),
    "quote: an invoice": lambda world: world.quote(PayInvoice(world.unpaid.id)),
    "page: subscriptions": lambda world: world.get("/portal/subscriptions"),
    "page: one subscription": lambda world: world.get(f"/portal/subscriptions/{world.subscription.id}"),
    "page: invoices": lambda world: world.get("/portal/invoices"),
    "page: the oldest invoices": lambda world: world.get(f"/portal/invoices?page={world.pages}"),
    "page: one invoice": lambda world: world.get(f"/portal/invoices/{world.unpaid.number}"),
    "page: the catalog": lambda world: world.get("/catalog"),
    "links that apply": lambda world: WaysIn(world.stand.parts).applying(world.customer),
    "the calendar, nothing due": lambda world: world.stand.ledger.keep_up(),
    "an order, paid and invoiced": _order,
}
"""What somebody waits for. The last one is measured last in a round: it makes the books longer, both alike."""


@contextmanager
def world(made: Path, prices: PriceList, invoices: int, others: int) -> Iterator[World]:
    """Books with so many invoices of one customer, and so many subscriptions of others."""
    with stand(made, prices) as there:
        ledger = there.ledger
        ada = ledger.put_customer("ada", "en", KNOWN, 30, frozenset())
        quote = ledger.quote(Request(ada.id, Subscribe("studio", {}), None, {}))
        assert isinstance(quote, Quote), quote
        order = ledger.open(quote.id, quote.shown, "first")
        assert isinstance(order, Order), order
        ledger.close(order.id, Paid("bench", "bench", quote.due_now), "first")
        (subscription,), (paid,) = ledger.subscriptions(ada.id), ledger.invoices(ada.id)
        with there.ledger._database.write() as connection:
            for _ in range(invoices - 2):
                books.issue(connection, replace(paid, id=f"invoice-{random.getrandbits(64):x}"))
            due = paid.issued + timedelta(days=30)
            draft = replace(paid, id="invoice-unpaid", state="due_offline", due=due)
            unpaid = books.issue(connection, draft)
        with there.ledger._database.write() as connection:
            _others(connection, ada, subscription, others)
        with there.ledger._database.write() as connection:
            connection.execute(text("SELECT 1"))
        visitor = Visitor()
        parts = there.parts
        visitor.open(links.make(Link("ada", "portal"), parts.links, there.pages, parts.clock.now()))
        cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in visitor.cookies)
        yield World(there, ada, subscription, unpaid, -(-invoices // 20), cookies, urllib3.PoolManager())


def _others(connection: Connection, ada: Customer, like: Subscription, count: int) -> None:
    """Ten subscriptions for each of so many customers, due on the days of a year; written as the ledger writes them."""
    lean = replace(like, plan=replace(like.plan, highlights=(), description={}))
    person, sold = record.write(ada), record.write(lean)
    all = range(0, count, 10)
    for numbers in (all[start : start + 5_000] for start in range(0, len(all), 5_000)):
        people = [
            {
                "id": f"customer-{number}",
                "ref": f"other-{number}",
                "email": f"other-{number}@example.com",
                "record": person.replace(ada.id, f"customer-{number}").replace('"ada"', f'"other-{number}"'),
            }
            for number in numbers
        ]
        connection.execute(insert(customers), people)
        for first in range(10):
            rows = [
                {
                    "id": f"subscription-{number}-{first}",
                    "customer": f"customer-{number}",
                    "payer": None,
                    "due": (like.period_end + timedelta(days=number % 365)).isoformat(),
                    "record": sold.replace(like.id, f"subscription-{number}-{first}").replace(
                        ada.id, f"customer-{number}"
                    ),
                }
                for number in numbers
            ]
            connection.execute(insert(subscriptions), rows)


def measured(small: World, full: World, rounds: int) -> dict[str, list[tuple[float, float]]]:
    """Milliseconds in the one and in the other, round by round."""
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in MEASURES}
    for number in range(-3, rounds):
        for name, does in MEASURES.items():
            order = (small, full) if number % 2 else (full, small)
            took = {id(world): _milliseconds(does, world) for world in order}
            if number >= 0:
                times[name].append((took[id(small)], took[id(full)]))
    return times


def _milliseconds(does: Callable[[World], object], world: World) -> float:
    began = time.perf_counter()
    does(world)
    return (time.perf_counter() - began) * 1000


def ratio(pairs: list[tuple[float, float]]) -> float:
    """The one median by the other."""
    return statistics.median(full for _, full in pairs) / statistics.median(small for small, _ in pairs)


def spread(pairs: list[tuple[float, float]]) -> tuple[float, float]:
    """Between which the ratio lies in 95 of 100 draws of as many rounds."""
    drawn = sorted(ratio(random.choices(pairs, k=len(pairs))) for _ in range(400))
    return drawn[10], drawn[-11]


@click.command()
@click.option("--subscriptions", default=1_000_000, show_default=True)
@click.option("--invoices", default=10_000, show_default=True)
@click.option("--rounds", default=60, show_default=True)
def main(subscriptions: int, invoices: int, rounds: int) -> None:
    """Measure what customers wait for in nearly empty and in full books, and fail where that is not flat."""
    random.seed(1)
    result = build(shipped.DEFAULT_DEFINITION, "workflows.yaml")
    prices = definition.priced(shipped.DEMO_CATALOG)
    assert result.bundle is not None
    assert prices is not None
    with ExitStack() as running:
        made = Path(running.enter_context(tempfile.TemporaryDirectory()))
        folder.write(result.bundle, made)
        small = running.enter_context(world(made, prices, A_PAGE, 0))
        click.echo(f"filling books with {subscriptions:,} subscriptions and {invoices:,} invoices …", err=True)
        began = time.perf_counter()
        full = running.enter_context(world(made, prices, invoices, subscriptions))
        click.echo(f"filled in {time.perf_counter() - began:.0f} s; {rounds} rounds …", err=True)
        times = measured(small, full, rounds)
    slow = []
    click.echo(f"{'':32}{'few':>10}{'many':>10}{'ratio':>8}   95 of 100")
    for name, pairs in times.items():
        before, after = (statistics.median(pair[at] for pair in pairs) for at in (0, 1))
        low, high = spread(pairs)
        click.echo(f"{name:32}{before:8.2f}ms{after:8.2f}ms{ratio(pairs):8.2f}   {low:.2f}–{high:.2f}")
        slow += [name] if ratio(pairs) > ENOUGH else []
    click.echo(f"within {ENOUGH} ×" if not slow else f"beyond {ENOUGH} ×: {', '.join(slow)}", err=True)
    sys.exit(bool(slow))


if __name__ == "__main__":
    main()
