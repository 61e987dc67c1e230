"""The verbs of Stripe as biller: orders are kept here, what came of them at Stripe. Nobody outside is asked within a
transaction."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from generator.adapters.ledger import Ledger, accounts, consents, customers, holding, orders, promotion_uses, shelf
from generator.adapters.ledger.drafting import AsOf, Sale
from generator.adapters.ledger.holding import Hold
from generator.adapters.ledger.names import new_id
from generator.adapters.ledger.ordering import subscription_of
from generator.adapters.ledger.prices import Prices
from generator.adapters.ledger.starting import subscription
from generator.adapters.sql.database import Database
from generator.adapters.stripe.account import Account, opened
from generator.adapters.stripe.books import Books
from generator.adapters.stripe.breaker import Breaker
from generator.adapters.stripe_biller import sales
from generator.adapters.stripe_biller.cannot import Cannot
from generator.adapters.stripe_biller.closing import Closing
from generator.adapters.stripe_biller.issued import Issued
from generator.adapters.stripe_biller.looking import Looking
from generator.adapters.stripe_biller.notes import Notes
from generator.adapters.stripe_biller.office import StripeOffice
from generator.adapters.stripe_biller.owners import Owners
from generator.adapters.stripe_biller.people import People
from generator.adapters.stripe_biller.previews import Previews
from generator.adapters.stripe_biller.quoting import Quoting
from generator.adapters.stripe_biller.sales import Sales
from generator.adapters.stripe_biller.settled import Settled
from generator.adapters.stripe_biller.shelf import Shelf, sold
from generator.adapters.stripe_biller.sight import Sight
from generator.adapters.stripe_biller.standing import Standing
from generator.adapters.stripe_biller.trouble import unavailable
from generator.model.catalog import Catalog, Plan
from generator.model.consent import Agreement
from generator.model.customer import Customer
from generator.model.finding import Finding
from generator.model.invoice import ALL, Invoice, Sought
from generator.model.payment import Declined, Key, Paid, Promised, Settlement
from generator.model.price_list import PriceList
from generator.model.promotion import Promotion
from generator.model.quote import (
    Closed,
    Moved,
    Order,
    PayInvoice,
    Quote,
    Refused,
    RegisterMethod,
    Request,
    Restart,
    Subscribe,
)
from generator.model.subscription import Subscription
from generator.ports.biller import OnFile
from generator.ports.clock import Clock

_MOST = 100
"""How many findings of one kind are told."""


class StripeBiller(StripeOffice, People, Cannot):
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
        self._looking = Looking(account, self._v1)
        self._shelf = Shelf(self._v1, database, self._zone)
        previews = Previews(self._v1, self._shelf)
        self._quoting = Quoting(self._v1, self._shelf, previews)
        self._closing = Closing(self._v1, self._shelf, self._sales, previews)
        self._standing = Standing(self._v1, self._sales, clock, self._zone)
        self._notes = Notes(self._v1, self._zone)
        self._issued = Issued(self._v1, database, clock, self._zone, self._owners, self._shelf, self._standing)

    def on_rest(self, told: Callable[[], object]) -> None:
        self._breaker.told = told

    def audit(self) -> tuple[Finding, ...]:
        """The books are Stripe's: what stands in the way of reading them."""
        return tuple(self._looking.findings())

    def waiting(self) -> tuple[Finding, ...]:
        """Refunds that nobody has asked about for a day."""
        long_ago = self._clock.now() - timedelta(days=1)
        do = "look whether a worker runs, and what it says of the gateway"
        waits = self.refunds_to_settle(long_ago, _MOST)
        says = "nobody has asked the gateway about it for a day"
        return tuple(Finding("refunds-unasked", f"refund {one.key}", says, do) for one in waits)

    def sell(self, prices: PriceList) -> None:
        """What Stripe cannot keep is not sold: `check` says so before."""
        with unavailable():
            self._shelf.fill(prices, self._standing.today)
        self._register.sell(prices)

    def catalog(self) -> Catalog:
        return self._sold(self._prices().public)

    def plan(self, ref: str) -> Plan | None:
        prices = self._prices()
        plan = prices.plan(ref)
        return plan if plan in sold(prices) else None

    def plan_changes(self, subscription: str) -> Catalog:
        sale = self._standing.sale(subscription)
        return self._sold(self._prices().changes(sale.sold.plan)) if sale else Catalog(())

    def subscriptions(self, customer: str) -> tuple[Subscription, ...]:
        return self._standing.of(customer)

    def paid_for(self, customer: str) -> tuple[Subscription, ...]:
        return self._standing.paid_by(customer)

    def subscription(self, id: str) -> Subscription | None:
        return self._standing.one(id)

    def undo_change(self, subscription: str) -> None:
        sale = self._standing.sale(subscription)
        if sale is None or sale.coming is None:
            return
        with unavailable():
            self._closing.stays(sale)

    def invoices(self, customer: str, sought: Sought = ALL) -> tuple[Invoice, ...]:
        found = [one for one in self._issued.of(customer) if _is(one, sought)]
        last = None if sought.most is None else sought.skip + sought.most
        return tuple(found[sought.skip : last])

    def count_invoices(self, customer: str, sought: Sought = ALL) -> int:
        return sum(_is(one, sought) for one in self._issued.of(customer))

    def invoice(self, id: str) -> Invoice | None:
        return self._issued.one(id)

    def forget_quotes(self, before: datetime, most: int) -> int:
        return self._register.forget_quotes(before, most)

    def keep_up(self, on_file: OnFile | None = None) -> int:
        """Stripe's calendar does it. What was held by orders of which nobody heard again is free."""
        return 0

    def quote(self, request: Request) -> Quote | Refused:
        sale = self._quoted(request)
        return sale.quote if isinstance(sale, Sale) else sale

    def estimate(self, request: Request) -> Quote | Refused:
        sale = self._work_out(new_id("quote"), request, self._clock.now())
        return sale.quote if isinstance(sale, Sale) else sale

    def open(self, quote: str, shown: str, key: Key) -> Order | Moved | Refused:
        now = self._clock.now()
        with self._database.read() as connection:
            kept = orders.kept_quote(connection, quote)
            there = orders.opened(connection, key, shown)
            busy = holding.in_use(connection, key, now) or holding.taken(connection, _held(kept.quote), key, now)
        if there is not None:
            return there
        if busy:
            return Refused("under_way")
        sale = self._still_holds(kept, key)
        if isinstance(sale, Refused):
            return sale
        if sale.quote.shown != shown:
            return Moved(sale.quote)
        with self._database.write() as connection:
            accounts.take_for(connection, sale.quote.request)
            placed = self._place(connection, sale, key, shown)
        if placed is not None:
            return placed
        again = self._quoted(sale.quote.request)
        return Moved(again.quote) if isinstance(again, Sale) else again

    def _place(self, connection: Connection, sale: Sale, key: Key, shown: str) -> Order | Refused | None:
        """None where others have used its promotion up."""
        opened_before = orders.opened(connection, key, shown)
        if opened_before is not None:
            return opened_before
        now, held = self._clock.now(), _held(sale.quote)
        if holding.in_use(connection, key, now):
            return Refused("under_way")
        holding.let_go(connection, key)
        promotion_uses.give_back(connection, key)
        if holding.taken(connection, held, key, now):
            return Refused("under_way")
        if not promotion_uses.reserve(connection, _taken(sale.quote), key, now):
            return None
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
                promotion_uses.give_back(connection, key)
            else:
                promotion_uses.take(connection, key)
                if isinstance(request.change, RegisterMethod):
                    customers.says(connection, request.customer, request.fields)
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
        billed = replace(payer, billing=quote.request.billing or payer.billing)
        with unavailable():
            owner = self._owners.told(billed)
            sight = self._sight(quote.request, quote.as_of, key)
            return self._closing.settle(Settled(placed.sale, placed.subscription, settlement, key, payer, owner, sight))

    def find(self, key: Key) -> Order | None:
        return self._register.find(key)

    def _work_out(self, id: str, request: Request, at: datetime, key: Key = "") -> Sale | Refused:
        """With this key comes who may hold something of it already."""
        with unavailable():
            return self._quoting.work_out(id, request, self._sight(request, at, key))

    def _sight(self, request: Request, at: datetime, key: Key) -> Sight:
        customer = self._customer(request.customer)
        if request.billing is not None:
            customer = replace(customer, billing=request.billing)
        change, prices = request.change, self._prices()
        sale = self._standing.sale(subscription_of(change))
        theirs = self._standing.theirs(sale) if sale else None
        other = request.recipient or (sale.sold.customer if sale and sale.sold.payer else "")
        return Sight(
            customer=customer,
            prices=prices,
            as_of=AsOf(at, self._zone),
            owner=self._owners.known(request.customer),
            recipient=self._register.customer(other) if other else None,
            subscription=self._standing.read(sale, theirs) if sale else None,
            object=sale.object if sale else "",
            theirs=theirs,
            invoice=self._issued.one(change.invoice, key) if isinstance(change, PayInvoice) else None,
            used_up=self._used_up(request, prices, key),
            owes=isinstance(change, Restart) and self._owes(request.customer, change.subscription),
        )

    def _owes(self, customer: str, subscription: str) -> bool:
        return any(one.unpaid and one.subscription == subscription for one in self._issued.of(customer))

    def _used_up(self, request: Request, prices: Prices, key: Key) -> bool:
        promotion = prices.promotion(request.promotion) if isinstance(request.change, Subscribe) else None
        if promotion is None:
            return False
        with self._database.read() as connection:
            return promotion_uses.used_up(connection, promotion, self._clock.now(), key)

    def _still_holds(self, kept: Sale, key: Key) -> Sale | Refused:
        """What was quoted, unless its time is over or something changed meanwhile: then what it costs now."""
        if self._clock.now() <= kept.quote.valid_until:
            again = self._work_out(kept.quote.id, kept.quote.request, kept.quote.as_of, key)
            if isinstance(again, Refused):
                return again
            if again.quote.shown == kept.quote.shown:
                return kept
        return self._quoted(kept.quote.request)

    def _quoted(self, request: Request) -> Sale | Refused:
        """What it costs now; kept."""
        sale = self._work_out(new_id("quote"), request, self._clock.now())
        if isinstance(sale, Sale):
            with self._database.write() as connection:
                orders.keep_quote(connection, sale)
        return sale

    def _customer(self, id: str) -> Customer:
        found = self._register.customer(id)
        if found is None:
            raise KeyError(f"no customer {id}")
        return found

    def _prices(self) -> Prices:
        with self._database.read() as connection:
            return shelf.present(connection)

    def _sold(self, catalog: Catalog) -> Catalog:
        """Without what Stripe cannot keep."""
        can = sold(self._prices())
        tables = (replace(table, plans=tuple(plan for plan in table.plans if plan in can)) for table in catalog.tables)
        return replace(catalog, tables=tuple(table for table in tables if table.plans))


def _held(quote: Quote) -> tuple[Hold, ...]:
    """What must not be changed or paid by two orders at once."""
    change = quote.request.change
    about = change.invoice if isinstance(change, PayInvoice) else subscription_of(change)
    return (Hold(about),) if about else ()


def _is(invoice: Invoice, sought: Sought) -> bool:
    right = not sought.subscription or invoice.subscription == sought.subscription
    return right and (sought.unpaid is None or invoice.unpaid == sought.unpaid)


def _taken(quote: Quote) -> Promotion | None:
    """The promotion that is taken with this quote, where a code was typed and was good."""
    asked = quote.request.promotion and isinstance(quote.request.change, Subscribe) and not quote.promotion_fault
    return quote.discounts[-1].promotion if asked else None
