"""The verbs of Stripe as biller: orders are kept here, what came of them at Stripe. Nobody outside is asked within a
transaction."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from generator.adapters.ledger import Ledger, accounts, consents, customers, holding, orders, shelf
from generator.adapters.ledger.calendar import day
from generator.adapters.ledger.drafting import AsOf, Sale
from generator.adapters.ledger.holding import Hold
from generator.adapters.ledger.names import new_id
from generator.adapters.ledger.ordering import subscription_of
from generator.adapters.ledger.prices import Prices
from generator.adapters.ledger.starting import subscription
from generator.adapters.sql.database import Database
from generator.adapters.stripe.account import Account, Said, Silent, asked, opened
from generator.adapters.stripe.account import Refused as AtStripe
from generator.adapters.stripe.books import Books
from generator.adapters.stripe.breaker import Breaker
from generator.adapters.stripe_biller import closing as done_there
from generator.adapters.stripe_biller import lines, reading, sales
from generator.adapters.stripe_biller.cannot import Cannot
from generator.adapters.stripe_biller.closing import Closing, Settled
from generator.adapters.stripe_biller.owners import Owners
from generator.adapters.stripe_biller.people import People
from generator.adapters.stripe_biller.quoting import Quoting, Sight
from generator.adapters.stripe_biller.sales import Sales
from generator.adapters.stripe_biller.shelf import Shelf, sold
from generator.model.catalog import Catalog, Plan
from generator.model.consent import Agreement
from generator.model.credit import NotCredited
from generator.model.customer import Customer
from generator.model.invoice import ALL, Invoice, Sought
from generator.model.payment import Declined, Key, Paid, Promised, Settlement
from generator.model.price_list import PriceList
from generator.model.quote import Closed, Moved, Order, PayInvoice, Quote, Refused, Request, Subscribe
from generator.model.subscription import Subscription
from generator.model.tax import Tax
from generator.ports.biller import OnFile
from generator.ports.clock import Clock
from generator.ports.trouble import Unavailable

_NUMBER = re.compile(r"[A-Za-z0-9-]{1,40}", re.ASCII)


class StripeBiller(People, Cannot):
    """One account at Stripe Billing, with who people are and what they ordered in our own database."""

    def __init__(
        self, account: Account, database: Database, clock: Clock, time_zone: str, breaker: Breaker | None = None
    ) -> None:
        self._database = database
        self._clock = clock
        self._zone = ZoneInfo(time_zone)
        self._register = Ledger(database, clock, time_zone)
        self._breaker = breaker or Breaker()
        self._v1: Any = opened(account, self._breaker).v1
        self._owners = Owners(self._v1, Books(database))
        self._sales = Sales(database)
        self._shelf = Shelf(self._v1, database, self._zone)
        self._quoting = Quoting(self._v1, self._shelf)
        self._closing = Closing(self._v1, self._shelf, self._sales, self._quoting)

    @property
    def _today(self) -> date:
        return day(self._clock.now(), self._zone)

    def on_rest(self, told: Callable[[], object]) -> None:
        self._breaker.told = told

    def sell(self, prices: PriceList) -> None:
        """What Stripe cannot keep is not sold: `check` says so before."""
        with _unavailable():
            self._shelf.fill(prices)
        self._register.sell(prices)

    def catalog(self) -> Catalog:
        return self._sold(self._prices().public)

    def plan(self, ref: str) -> Plan | None:
        prices = self._prices()
        plan = prices.plan(ref)
        return plan if plan in sold(prices) else None

    def plan_changes(self, subscription: str) -> Catalog:
        sale = self._sale(subscription)
        return self._sold(self._prices().changes(sale.sold.plan)) if sale else Catalog(())

    def subscriptions(self, customer: str) -> tuple[Subscription, ...]:
        return self._standing(self._sales.of(customer))

    def paid_for(self, customer: str) -> tuple[Subscription, ...]:
        return self._standing(self._sales.paid_by(customer))

    def subscription(self, id: str) -> Subscription | None:
        of, dot, then = id.partition(".")
        sale = self._sale(of)
        if sale is None:
            return None
        if dot:
            return self._follower(sale) if then == "then" else None
        with _unavailable():
            return reading.subscription(sale, self._stands(sale), self._zone, self._today)

    def undo_change(self, subscription: str) -> None:
        sale = self._sale(subscription)
        if sale is None or sale.then is None or sale.then.on <= self._today:
            return
        with _unavailable():
            self._closing.stays(sale)

    def invoices(self, customer: str, sought: Sought = ALL) -> tuple[Invoice, ...]:
        found = [one for one in self._issued(customer) if _is(one, sought)]
        last = None if sought.most is None else sought.skip + sought.most
        return tuple(found[sought.skip : last])

    def count_invoices(self, customer: str, sought: Sought = ALL) -> int:
        return sum(_is(one, sought) for one in self._issued(customer))

    def invoice(self, id: str) -> Invoice | None:
        if not id.startswith("in_"):
            return None
        with _unavailable():
            try:
                said = asked(self._v1.invoices.retrieve, id)
            except AtStripe as fault:
                if fault.code == "resource_missing":
                    return None
                raise
            whose = self._owners.ours(str(said["customer"]))
            return self._invoice(said, whose) if whose and said["status"] != "draft" else None

    def invoice_numbered(self, number: str) -> Invoice | None:
        """One that was read here before is known by its number; for another Stripe is asked, which is some minutes
        behind with this."""
        known = self._shelf.numbered(number)
        if known:
            return self.invoice(known)
        if not _NUMBER.fullmatch(number):
            return None
        with _unavailable():
            found = asked(self._v1.invoices.search, {"query": f'number:"{number}"', "limit": 1})["data"]
        return self.invoice(str(found[0]["id"])) if found else None

    def receive(self, invoice: str, on: date, reference: str) -> Invoice | Refused:
        found = self.invoice(invoice)
        if found is None or not (found.unpaid or found.state == "paid"):
            return Refused("nothing_to_pay")
        if found.unpaid:
            said = {"paid_out_of_band": True}
            with _unavailable():
                asked(self._v1.invoices.pay, invoice, said, key=f"{invoice}-received")
                note = {"metadata": {"hosted_pages_reference": reference[:500], "hosted_pages_received": str(on)}}
                asked(self._v1.invoices.update, invoice, note)
        return self.invoice(invoice) or Refused("nothing_to_pay")

    def write_off(self, invoice: str, reason: str) -> Invoice | NotCredited:
        found = self.invoice(invoice)
        if found is None or not (found.unpaid or found.state == "uncollectible"):
            return NotCredited("not_now")
        if found.state != "uncollectible":
            with _unavailable():
                asked(self._v1.invoices.mark_uncollectible, invoice, {}, key=f"{invoice}-written-off")
        return self.invoice(invoice) or NotCredited("not_now")

    def end(self, subscription: str, at_once: bool) -> Subscription | Refused:
        sale = self._sale(subscription)
        if sale is None or not sale.object:
            return Refused("not_now")
        with _unavailable():
            said = self._stands(sale)
            if said is not None and said["status"] != "canceled":
                self._closing.stays(sale)
                if at_once:
                    asked(self._v1.subscriptions.cancel, sale.object, {}, key=f"{sale.id}-ended")
                else:
                    asked(self._v1.subscriptions.update, sale.object, {"cancel_at_period_end": True})
        return self.subscription(subscription) or Refused("not_now")

    def forget_quotes(self, before: datetime, most: int) -> int:
        return self._register.forget_quotes(before, most)

    def keep_up(self, on_file: OnFile | None = None) -> int:
        """Stripe's calendar does it. What was held by orders of which nobody heard again is free."""
        return 0

    def quote(self, request: Request) -> Quote | Refused:
        sale = self._work_out(new_id("quote"), request, self._clock.now())
        if isinstance(sale, Refused):
            return sale
        with self._database.write() as connection:
            orders.keep_quote(connection, sale)
        return sale.quote

    def estimate(self, request: Request) -> Quote | Refused:
        sale = self._work_out(new_id("quote"), request, self._clock.now())
        return sale.quote if isinstance(sale, Sale) else sale

    def open(self, quote: str, shown: str, key: Key) -> Order | Moved | Refused:
        with self._database.read() as connection:
            kept = orders.kept_quote(connection, quote)
            there = orders.opened(connection, key, shown)
        if there is not None:
            return there
        sale = self._still_holds(kept)
        if isinstance(sale, Refused):
            return sale
        if sale.quote.shown != shown:
            return Moved(sale.quote)
        with self._database.write() as connection:
            accounts.take_for(connection, sale.quote.request)
            return self._place(connection, sale, key, shown)

    def _place(self, connection: Connection, sale: Sale, key: Key, shown: str) -> Order | Refused:
        opened_before = orders.opened(connection, key, shown)
        if opened_before is not None:
            return opened_before
        now, held = self._clock.now(), _held(sale.quote)
        if holding.in_use(connection, key, now):
            return Refused("under_way")
        holding.let_go(connection, key)
        if holding.taken(connection, held, key, now):
            return Refused("under_way")
        before = orders.with_key(connection, key)
        if before is not None and before.subscription:
            sales.drop(connection, before.subscription)
        starts = new_id("subscription") if isinstance(sale.quote.request.change, Subscribe) else ""
        order = orders.place(connection, sale.quote, key, starts)
        if starts:
            waits = replace(subscription(starts, sale, self._zone), state="draft_customer")
            sales.begin(connection, waits, key)
        holding.take(connection, (*held, *([Hold(starts)] if starts else [])), key, now)
        return order

    def close(self, order: str, settlement: Settlement, key: Key) -> Closed:
        with self._database.read() as connection:
            placed = orders.placed(connection, order, key)
        closed = placed.answer(settlement)
        if closed is not None:
            return closed
        quote = placed.sale.quote
        if quote.due_now and not isinstance(settlement, Paid | Promised | Declined):
            raise ValueError(f"{settlement} does not settle what is due now")
        made = Closed() if isinstance(settlement, Declined) else self._done(placed, settlement, key)
        with self._database.write() as connection:
            request = quote.request
            accounts.take_for(connection, request)
            placed = orders.placed(connection, order, key)
            closed = placed.answer(settlement)
            if closed is not None:
                return closed
            if isinstance(settlement, Declined):
                sales.drop(connection, placed.subscription)
            else:
                if request.billing is not None:
                    customers.bill(connection, request.customer, request.billing)
                whose = (request.customer, made.subscription, made.invoice)
                consents.append(connection, (Agreement(consent, *whose) for consent in request.consents))
            orders.close(connection, order, settlement, made)
            holding.let_go(connection, key)
        return made

    def _done(self, placed: orders.Placed, settlement: Settlement, key: Key) -> Closed:
        quote = placed.sale.quote
        payer = self._customer(quote.request.customer)
        self._sale(subscription_of(quote.request.change))
        billed = replace(payer, billing=quote.request.billing or payer.billing)
        with _unavailable():
            owner = self._owners.told(billed)
            at = AsOf(quote.as_of, self._zone)
            return self._closing.settle(
                Settled(placed.sale, placed.subscription, settlement, key, payer, owner, self._prices(), at)
            )

    def find(self, key: Key) -> Order | None:
        return self._register.find(key)

    def _work_out(self, id: str, request: Request, at: datetime) -> Sale | Refused:
        with _unavailable():
            return self._quoting.work_out(id, request, self._sight(request, at))

    def _sight(self, request: Request, at: datetime) -> Sight:
        customer = self._customer(request.customer)
        if request.billing is not None:
            customer = replace(customer, billing=request.billing)
        change = request.change
        sale = self._sale(subscription_of(change))
        theirs = self._stands(sale) if sale else None
        return Sight(
            customer=customer,
            prices=self._prices(),
            as_of=AsOf(at, self._zone),
            owner=self._owners.known(request.customer),
            recipient=self._register.customer(request.recipient) if request.recipient else None,
            subscription=reading.subscription(sale, theirs, self._zone, self._today) if sale else None,
            object=sale.object if sale else "",
            theirs=theirs,
            invoice=self.invoice(change.invoice) if isinstance(change, PayInvoice) else None,
        )

    def _still_holds(self, kept: Sale) -> Sale | Refused:
        """What was quoted, unless its time is over or something changed meanwhile: then what it costs now."""
        if self._clock.now() <= kept.quote.valid_until:
            again = self._work_out(kept.quote.id, kept.quote.request, kept.quote.as_of)
            if isinstance(again, Refused):
                return again
            if again.quote.shown == kept.quote.shown:
                return kept
        sale = self._work_out(new_id("quote"), kept.quote.request, self._clock.now())
        if isinstance(sale, Sale):
            with self._database.write() as connection:
                orders.keep_quote(connection, sale)
        return sale

    def _customer(self, id: str) -> Customer:
        found = self._register.customer(id)
        if found is None:
            raise KeyError(f"no customer {id}")
        return found

    def _sale(self, id: str) -> sales.Sale | None:
        """The sale of this id; what it was to become by today it is."""
        found = self._sales.one(id) if id else None
        if found is None or found.then is None or found.then.on > self._today:
            return found
        self._sales.change(found.id, found.then.sold, None)
        return replace(found, sold=found.then.sold, then=None)

    def _prices(self) -> Prices:
        with self._database.read() as connection:
            return shelf.present(connection)

    def _sold(self, catalog: Catalog) -> Catalog:
        """Without what Stripe cannot keep."""
        can = sold(self._prices())
        tables = (replace(table, plans=tuple(plan for plan in table.plans if plan in can)) for table in catalog.tables)
        return replace(catalog, tables=tuple(table for table in tables if table.plans))

    def _stands(self, sale: sales.Sale) -> Said | None:
        return asked(self._v1.subscriptions.retrieve, sale.object) if sale.object else None

    def _standing(self, found: tuple[sales.Sale, ...]) -> tuple[Subscription, ...]:
        """How they stand, the newest first, each with what takes its place later."""
        with _unavailable():
            standing = [(one, reading.subscription(one, self._stands(one), self._zone, self._today)) for one in found]
        shown = [one for one in standing if one[1].state != "deleted"]
        shown.sort(key=lambda one: (one[1].started, one[1].since or self._clock.now()), reverse=True)
        followers = (self._follower(sale) for sale, here in shown if here.successor)
        return (*(here for _, here in shown), *(one for one in followers if one))

    def _follower(self, sale: sales.Sale) -> Subscription | None:
        """What it will be, where that is known, as a subscription that waits."""
        if sale.then is None or sale.then.on <= self._today:
            return None
        return replace(
            sale.then.sold,
            id=f"{sale.id}.then",
            state="draft_delayed_upgrade",
            started=sale.then.on,
            period_start=sale.then.on,
        )

    def _issued(self, customer: str) -> list[Invoice]:
        """All that were issued to the customer; what came to nothing is no invoice."""
        owner = self._owners.known(customer)
        if not owner:
            return []
        with _unavailable():
            found = _all(lambda more: self._v1.invoices.list({"customer": owner, **more}))
            return [self._invoice(one, customer) for one in found if one["status"] != "draft" and one["total"]]

    def _invoice(self, said: Said, whose: str) -> Invoice:
        sale = self._sale(done_there.subscription_of(said))
        details = (said.get("parent") or {}).get("subscription_details") or {}
        note = (details.get("metadata") or {}).get(done_there.NOTE, "")
        rates = said.get("default_tax_rates") or []
        rate = round(float(rates[0]["percentage"]) * 100) if rates else 0
        tax = Tax(rate, bool(rates and rates[0]["inclusive"]), note)
        every = lines.every(
            lambda last: asked(self._v1.invoices.line_items.list, said["id"], {"limit": 100, "starting_after": last}),
            said,
        )
        promised = sale.sold.discounts[0].promotion.title if sale and sale.sold.discounts else {}
        self._shelf.number(str(said["number"] or ""), str(said["id"]))
        found = lines.read(self._shelf, said, every, tax, promised)
        return reading.invoice(said, found, whose, sale.id if sale else "", self._zone, self._today)


def _held(quote: Quote) -> tuple[Hold, ...]:
    """What must not be changed or paid by two orders at once."""
    change = quote.request.change
    about = change.invoice if isinstance(change, PayInvoice) else subscription_of(change)
    return (Hold(about),) if about else ()


def _is(invoice: Invoice, sought: Sought) -> bool:
    right = not sought.subscription or invoice.subscription == sought.subscription
    return right and (sought.unpaid is None or invoice.unpaid == sought.unpaid)


def _all(page: Callable[..., Any]) -> Iterator[Said]:
    more: dict[str, Any] = {"limit": 100}
    while True:
        said = asked(page, more)
        yield from said["data"]
        if not said["has_more"]:
            return
        more = {**more, "starting_after": said["data"][-1]["id"]}


@contextmanager
def _unavailable() -> Iterator[None]:
    """What may be asked for again: whether Stripe was silent or refused, it was not done now."""
    try:
        yield
    except (Silent, AtStripe) as fault:
        raise Unavailable(f"at Stripe: {fault}") from fault
