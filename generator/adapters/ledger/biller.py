"""The verbs of the embedded biller: each call is one transaction on our own database."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from generator.adapters.ledger import books, customers, orders, shelf
from generator.adapters.ledger.calendar import day
from generator.adapters.ledger.names import new_id
from generator.adapters.ledger.prices import Prices
from generator.adapters.ledger.quoting import AsOf, Sale, Sight, work_out
from generator.adapters.ledger.starting import invoice, subscription
from generator.adapters.sql.database import Database
from generator.model.catalog import Catalog, Plan
from generator.model.customer import BillingInfo, Customer
from generator.model.invoice import Invoice
from generator.model.payment import Declined, Key, Paid, Promised, Settlement
from generator.model.quote import (
    Closed,
    Moved,
    Order,
    PayInvoice,
    Quote,
    Refused,
    RegisterMethod,
    Request,
    Subscribe,
)
from generator.model.subscription import Subscription
from generator.ports.clock import Clock


class Ledger:
    """Sells the merchant's plans at one tax rate, by the days of the merchant's time zone."""

    def __init__(self, database: Database, clock: Clock, time_zone: str) -> None:
        self._database = database
        self._clock = clock
        self._zone = ZoneInfo(time_zone)

    def put_catalog(self, catalog: Catalog, tax_rate: int) -> None:
        """Sell these plans from now on, private ones too, and no others; what is sold already stays as it is.

        Prices are before tax; `tax_rate` is in hundredths of a percent.
        """
        with self._database.write() as connection:
            shelf.fill(connection, Prices(catalog, tax_rate))

    def put_customer(
        self,
        ref: str,
        language: str,
        billing: BillingInfo,
        terms_days: int,
        tags: frozenset[str],
        suspended: bool = False,
    ) -> Customer:
        """Create the customer whom the merchant calls by this name, or make them what is said here."""
        customer = Customer(new_id("customer"), ref, language, billing, terms_days, tags, suspended)
        with self._database.write() as connection:
            return customers.put(connection, customer)

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
            return books.subscriptions_of(connection, customer)

    def invoices(self, customer: str) -> tuple[Invoice, ...]:
        with self._database.read() as connection:
            return books.invoices_of(connection, customer)

    def invoice(self, id: str) -> Invoice | None:
        with self._database.read() as connection:
            return books.invoice(connection, id)

    def quote(self, request: Request) -> Quote | Refused:
        with self._database.write() as connection:
            sale = self._quote(connection, request)
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
            return orders.place(connection, sale.quote, key)

    def close(self, order: str, settlement: Settlement, key: Key) -> Closed:
        with self._database.write() as connection:
            placed = orders.lock(connection, order, key)
            closed = placed.answer(settlement)
            if closed is None:
                closed = self._settle(connection, placed.sale, settlement)
                orders.close(connection, order, settlement, closed)
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
        owed = books.invoice(connection, change.invoice) if isinstance(change, PayInvoice) else None
        sight = Sight(customer, shelf.present(connection), AsOf(at, self._zone), owed)
        return work_out(new_id("quote"), request, sight)

    def _settle(self, connection: Connection, sale: Sale, settlement: Settlement) -> Closed:
        if isinstance(settlement, Declined):
            return Closed()
        match sale.quote.request.change:
            case Subscribe():
                return self._start(connection, sale, settlement)
            case PayInvoice(invoice=id):
                return _pay(connection, id, settlement)
            case RegisterMethod():
                return Closed()

    def _start(self, connection: Connection, sale: Sale, settlement: Settlement) -> Closed:
        """Start the subscription and issue the invoice. Nothing that is due starts unpaid: that would be our bug."""
        request = sale.quote.request
        customer = customers.bill(connection, request.customer, request.billing)
        started = subscription(new_id("subscription"), sale, self._zone)
        books.start(connection, started)
        if not sale.quote.due_now:
            return Closed(started.id)
        if not isinstance(settlement, Paid | Promised):
            raise ValueError(f"{settlement} does not settle what is due now")
        today = day(self._clock.now(), self._zone)
        draft = invoice(new_id("invoice"), started.id, sale.quote, settlement, customer, today)
        return Closed(started.id, books.issue(connection, draft).id)


def _pay(connection: Connection, id: str, settlement: Settlement) -> Closed:
    """The invoice is paid; who promises a transfer owes it as before."""
    owed = books.settle(connection, id) if isinstance(settlement, Paid) else books.invoice(connection, id)
    assert owed is not None, "it was quoted, and an issued invoice stays"
    return Closed(owed.subscription, owed.id)
