"""The verbs of the embedded biller: each call is one transaction on our own database."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from generator.adapters.ledger import books, charging, customers, lifecycle, orders, shelf
from generator.adapters.ledger.closing import Closing
from generator.adapters.ledger.drafting import AsOf, Sale, Sight
from generator.adapters.ledger.names import new_id
from generator.adapters.ledger.office import LedgerOffice
from generator.adapters.ledger.prices import Prices
from generator.adapters.ledger.quoting import work_out
from generator.adapters.ledger.turning import Calendar
from generator.model.catalog import Catalog, Plan
from generator.model.customer import BillingInfo, Customer
from generator.model.invoice import Invoice
from generator.model.payment import Key, Settlement
from generator.model.quote import (
    Change,
    ChangeOptions,
    ChangePlan,
    Closed,
    Moved,
    Order,
    PayInvoice,
    Quote,
    Refused,
    Replace,
    Request,
    Restart,
    Start,
    Terminate,
)
from generator.model.subscription import Subscription


class Ledger(LedgerOffice):
    """Sells the merchant's plans at one tax rate, by the days of the merchant's time zone."""

    def put_catalog(self, catalog: Catalog, tax_rate: int) -> None:
        """Sell these plans from now on, private ones too, and no others; what is sold already stays as it is.

        Prices are before tax; `tax_rate` is in hundredths of a percent.
        """
        with self._database.write() as connection:
            shelf.fill(connection, Prices(catalog, tax_rate))

    def welcome(self, language: str, billing: BillingInfo) -> Customer:
        ref = f"visitor-{new_id('customer').partition('-')[2]}"
        return self.put_customer(ref, language, billing, 0, frozenset())

    def customer(self, id: str) -> Customer | None:
        with self._database.read() as connection:
            return customers.with_id(connection, id)

    def customer_by_ref(self, ref: str) -> Customer | None:
        with self._database.read() as connection:
            return customers.with_ref(connection, ref)

    def save_billing_info(self, customer: str, billing: BillingInfo) -> None:
        with self._database.write() as connection:
            customers.bill(connection, customer, billing)

    def catalog(self) -> Catalog:
        with self._database.read() as connection:
            return shelf.present(connection).public

    def plan(self, ref: str) -> Plan | None:
        with self._database.read() as connection:
            return shelf.present(connection).plan(ref)

    def subscriptions(self, customer: str) -> tuple[Subscription, ...]:
        with self._database.read() as connection:
            found = books.subscriptions_of(connection, customer)
        return tuple(lifecycle.on(subscription, self._today) for subscription in found)

    def subscription(self, id: str) -> Subscription | None:
        with self._database.read() as connection:
            found = books.subscription(connection, id)
        return lifecycle.on(found, self._today) if found else None

    def plan_changes(self, subscription: str) -> Catalog:
        with self._database.read() as connection:
            found = books.subscription(connection, subscription)
            prices = shelf.present(connection)
        return prices.changes(found.plan) if found else Catalog(())

    def undo_change(self, subscription: str) -> None:
        with self._database.write() as connection:
            found = books.locked(connection, subscription)
            if found.state != "active_delayed_upgrade":
                return
            if found.successor:
                books.keep(connection, replace(books.locked(connection, found.successor), state="deleted"))
            books.keep(connection, replace(found, state="active_running", successor="", next_options=None))

    def invoices(self, customer: str) -> tuple[Invoice, ...]:
        with self._database.read() as connection:
            return books.invoices_of(connection, customer)

    def invoice(self, id: str) -> Invoice | None:
        with self._database.read() as connection:
            return books.invoice(connection, id)

    def keep_up(self) -> int:
        done = 0
        with self._database.read() as connection:
            waiting = books.due(connection, self._today)
        for id in waiting:
            with self._database.write() as connection:
                done += Calendar(connection, self._today).turn(id)
        return done

    def quote(self, request: Request) -> Quote | Refused:
        with self._database.write() as connection:
            sale = self._quote(connection, request)
        return sale.quote if isinstance(sale, Sale) else sale

    def estimate(self, request: Request) -> Quote | Refused:
        with self._database.read() as connection:
            sale = self._work_out(connection, request, self._clock.now())
        return sale.quote if isinstance(sale, Sale) else sale

    def open(self, quote: str, shown: str, key: Key) -> Order | Moved | Refused:
        with self._database.write() as connection:
            opened = orders.opened(connection, key, shown)
            if opened is not None:
                return opened
            sale = self._still_holds(connection, orders.kept_quote(connection, quote))
            if isinstance(sale, Refused):
                return sale
            if sale.quote.shown != shown:
                return Moved(sale.quote)
            if not orders.reserve(connection, _things(connection, sale.quote), key, self._clock.now()):
                return Refused("under_way")
            return orders.place(connection, sale.quote, key)

    def close(self, order: str, settlement: Settlement, key: Key) -> Closed:
        with self._database.write() as connection:
            placed = orders.lock(connection, order, key)
            closed = placed.answer(settlement)
            if closed is None:
                closed = Closing(connection, placed.sale, settlement, self._zone, self._today).settle()
                orders.close(connection, order, settlement, closed)
                orders.release(connection, key)
        return closed

    def find(self, key: Key) -> Order | None:
        with self._database.read() as connection:
            return orders.with_key(connection, key)

    def _quote(self, connection: Connection, request: Request) -> Sale | Refused:
        """What it costs now; kept."""
        sale = self._work_out(connection, request, self._clock.now())
        if isinstance(sale, Sale):
            orders.keep_quote(connection, sale)
        return sale

    def _still_holds(self, connection: Connection, kept: Sale) -> Sale | Refused:
        """What was quoted, unless its time is over or the merchant has changed it meanwhile: then what it costs now."""
        if self._clock.now() <= kept.quote.valid_until:
            again = self._work_out(connection, kept.quote.request, kept.quote.as_of)
            if isinstance(again, Sale) and again.quote.shown == kept.quote.shown:
                return kept
        return self._quote(connection, kept.quote.request)

    def _work_out(self, connection: Connection, request: Request, at: datetime) -> Sale | Refused:
        customer = customers.with_id(connection, request.customer)
        if customer is None:
            raise KeyError(f"no customer {request.customer}")
        change = request.change
        sight = Sight(customer, shelf.present(connection), AsOf(at, self._zone))
        if isinstance(change, PayInvoice):
            sight = replace(sight, invoice=books.invoice(connection, change.invoice))
        elif id := _subscription_of(change):
            found = books.subscription(connection, id)
            owed = books.owed_by(connection, id)
            target = books.subscription(connection, change.target) if isinstance(change, Replace) else None
            found = lifecycle.on(found, self._today) if found else None
            used = charging.used(connection, found) if found else ()
            sight = replace(sight, subscription=found, target=target, owed=owed, used=used)
        return work_out(new_id("quote"), request, sight)


def _subscription_of(change: Change) -> str:
    """The subscription that is to be changed, where one is."""
    match change:
        case Start() | ChangePlan() | Replace() | ChangeOptions() | Restart() | Terminate():
            return change.subscription
    return ""


def _things(connection: Connection, quote: Quote) -> tuple[str, ...]:
    """The ids of what must not be changed or paid by two orders at once."""
    change = quote.request.change
    if isinstance(change, PayInvoice):
        return (change.invoice,)
    subscription = _subscription_of(change)
    if not subscription:
        return ()
    numbers = [line.title[""] for line in quote.lines_now if line.kind == "invoice"]
    owed = [invoice.id for invoice in books.owed_by(connection, subscription) if invoice.number in numbers]
    target = (change.target,) if isinstance(change, Replace) else ()
    return (subscription, *target, *owed)
