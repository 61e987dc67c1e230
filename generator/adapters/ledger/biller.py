"""The verbs of the embedded biller: each call is one transaction on our own database."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from generator.adapters.ledger import (
    accounts,
    books,
    charging,
    consents,
    customers,
    dunning,
    happenings,
    holding,
    letters,
    lifecycle,
    orders,
    promotion_uses,
    shelf,
)
from generator.adapters.ledger.audit import audit, waiting
from generator.adapters.ledger.closing import Closing
from generator.adapters.ledger.drafting import AsOf, Sale, Sight
from generator.adapters.ledger.names import new_id
from generator.adapters.ledger.office import LedgerOffice
from generator.adapters.ledger.ordering import Opening, subscription_of
from generator.adapters.ledger.quoting import work_out
from generator.adapters.ledger.turning import Calendar
from generator.model.answer import Answer
from generator.model.catalog import Catalog, Plan
from generator.model.consent import Agreement
from generator.model.customer import VISITOR, BillingInfo, Customer, Unclaimed
from generator.model.event import Happening
from generator.model.finding import Finding
from generator.model.invoice import ALL, Invoice, Sought
from generator.model.letter import Letter
from generator.model.payment import Declined, Key, Settlement
from generator.model.price_list import PriceList
from generator.model.promotion import Promotion
from generator.model.quote import PROMOTED, Closed, Moved, Order, PayInvoice, Quote, Refused, Replace, Request
from generator.model.subscription import Subscription
from generator.ports.biller import OnFile


class Ledger(LedgerOffice):
    """Sells the merchant's plans at one tax rate, by the days of the merchant's time zone."""

    def put_catalog(self, catalog: Catalog, tax_rate: int, promotions: tuple[Promotion, ...] = ()) -> None:
        """Sell these plans from now on, private ones too, with these promotions, and no others."""
        self.sell(PriceList(catalog, tax_rate, promotions))

    def welcome(self, language: str, billing: BillingInfo) -> Customer:
        ref = f"{VISITOR}{new_id('customer').partition('-')[2]}"
        return self.put_customer(ref, language, billing, 0, frozenset())

    def customer(self, id: str) -> Customer | None:
        with self._database.read() as connection:
            return customers.with_id(connection, id)

    def customer_by_ref(self, ref: str) -> Customer | None:
        with self._database.read() as connection:
            return customers.with_ref(connection, ref)

    def customers_by_email(self, email: str) -> tuple[Customer, ...]:
        with self._database.read() as connection:
            return customers.with_email(connection, email)

    def claim(self, customer: str, ref: str) -> Customer | Unclaimed:
        with self._database.write() as connection:
            return customers.claim(connection, customer, ref)

    def save_billing_info(self, customer: str, billing: BillingInfo) -> None:
        with self._database.write() as connection:
            customers.bill(connection, customer, billing)

    def save_answers(self, customer: str, section: str, answers: Mapping[str, Answer]) -> None:
        with self._database.write() as connection:
            customers.answer(connection, customer, section, answers)

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

    def paid_for(self, customer: str) -> tuple[Subscription, ...]:
        with self._database.read() as connection:
            found = books.paid_for_by(connection, customer)
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
            accounts.take_of(connection, subscription)
            found = books.locked(connection, subscription)
            if found.state != "active_delayed_upgrade":
                return
            if found.successor:
                books.keep(
                    connection, replace(books.locked(connection, found.successor), state="deleted"), "take_over_undone"
                )
            books.keep(
                connection, replace(found, state="active_running", successor="", next_options=None), "change_undone"
            )

    def invoices(self, customer: str, sought: Sought = ALL) -> tuple[Invoice, ...]:
        with self._database.read() as connection:
            return books.invoices_of(connection, customer, sought)

    def count_invoices(self, customer: str, sought: Sought = ALL) -> int:
        with self._database.read() as connection:
            return books.count_of(connection, customer, sought)

    def invoice(self, id: str) -> Invoice | None:
        with self._database.read() as connection:
            return books.invoice(connection, id)

    def consents(self, customer: str) -> tuple[Agreement, ...]:
        with self._database.read() as connection:
            return consents.of(connection, customer)

    def forget_quotes(self, before: datetime, most: int) -> int:
        with self._database.write() as connection:
            return orders.forget_quotes(connection, before, most)

    def keep_up(self, on_file: OnFile | None = None) -> int:
        """Who has a method on file is asked before the transaction: nobody outside is ever asked in one."""
        done = 0
        with self._database.read() as connection:
            lapsed = holding.lapsed(connection, self._clock.now())
        for things in lapsed:
            with self._database.write() as connection:
                accounts.take_of(connection, *things)
                holding.lapse(connection, things, self._clock.now())
        with self._database.read() as connection:
            waiting = {held.id: held.billed for held in books.due(connection, self._today)}
            waiting |= {held.id: held.billed for held in books.late(connection, self._today)}
        for id, payer in waiting.items():
            chargeable = on_file is None or on_file(payer)
            with self._database.write() as connection:
                accounts.take_of(connection, id)
                done += Calendar(connection, self._today, self._clock.now(), chargeable).turn(id)
        return done

    def to_charge(self, most: int) -> tuple[Invoice, ...]:
        with self._database.read() as connection:
            return books.to_charge(connection, self._today, most)

    def cannot_charge(self, invoice: str) -> None:
        with self._database.write() as connection:
            accounts.take_of(connection, invoice)
            found = books.locked_invoice(connection, invoice)
            if found.state == "due_auto" and found.acts and found.acts <= self._today:
                dunning.not_charged(connection, invoice, None, self._today)

    def letters(self, most: int) -> tuple[tuple[str, Letter], ...]:
        with self._database.read() as connection:
            return letters.waiting(connection, most)

    def told(self, letter: str) -> None:
        with self._database.write() as connection:
            letters.sent(connection, letter)

    def happenings(self, most: int) -> tuple[tuple[str, Happening], ...]:
        with self._database.read() as connection:
            return happenings.waiting(connection, most)

    def numbered(self, happening: str) -> None:
        with self._database.write() as connection:
            happenings.numbered(connection, happening)

    def audit(self) -> tuple[Finding, ...]:
        """Everything in the books that cannot be."""
        with self._database.read() as connection:
            return audit(connection)

    def waiting(self) -> tuple[Finding, ...]:
        with self._database.read() as connection:
            return tuple(waiting.findings(connection, self._clock.now(), self._today))

    def quote(self, request: Request) -> Quote | Refused:
        with self._database.write() as connection:
            accounts.take_for(connection, request)
            sale = self._quote(connection, request)
        return sale.quote if isinstance(sale, Sale) else sale

    def estimate(self, request: Request) -> Quote | Refused:
        with self._database.read() as connection:
            sale = self._work_out(connection, request, self._clock.now())
        return sale.quote if isinstance(sale, Sale) else sale

    def open(self, quote: str, shown: str, key: Key) -> Order | Moved | Refused:
        with self._database.write() as connection:
            kept = orders.kept_quote(connection, quote)
            accounts.take_for(connection, kept.quote.request, *holding.held_with(connection, key))
            opened = orders.opened(connection, key, shown)
            if opened is not None:
                return opened
            opening = Opening(connection, key, self._clock.now(), self._zone)
            if not opening.make_room(kept.quote):
                return Refused("under_way")
            promotion_uses.give_back(connection, key)
            if opening.taken(kept.quote):
                return Refused("under_way")
            sale = self._still_holds(connection, kept, key)
            if isinstance(sale, Refused):
                return sale
            if sale.quote.shown != shown:
                return Moved(sale.quote)
            if not promotion_uses.reserve(connection, _taken(sale.quote), key, self._clock.now()):
                again = self._quote(connection, sale.quote.request)
                return Moved(again.quote) if isinstance(again, Sale) else again
            placed = opening.place(sale)
            if isinstance(placed, Refused):
                holding.let_go(connection, key)
                promotion_uses.give_back(connection, key)
            return placed

    def close(self, order: str, settlement: Settlement, key: Key) -> Closed:
        with self._database.write() as connection:
            request = orders.placed(connection, order, key).sale.quote.request
            accounts.take_for(connection, request, *holding.held_with(connection, key))
            placed = orders.placed(connection, order, key)
            closed = placed.answer(settlement)
            if closed is None:
                closed = Closing(connection, placed, settlement, key, self._zone, self._today).settle()
                orders.close(connection, order, settlement, closed)
                holding.let_go(connection, key)
                (promotion_uses.give_back if isinstance(settlement, Declined) else promotion_uses.take)(connection, key)
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

    def _still_holds(self, connection: Connection, kept: Sale, key: Key) -> Sale | Refused:
        """What was quoted, unless its time is over or the merchant has changed it meanwhile: then what it costs now."""
        if self._clock.now() <= kept.quote.valid_until:
            again = self._work_out(connection, kept.quote.request, kept.quote.as_of, key)
            if isinstance(again, Sale) and again.quote.shown == kept.quote.shown:
                return kept
        return self._quote(connection, kept.quote.request)

    def _work_out(self, connection: Connection, request: Request, at: datetime, key: Key = "") -> Sale | Refused:
        """With this key comes who may hold a use of the promotion already."""
        customer = customers.with_id(connection, request.customer)
        if customer is None:
            raise KeyError(f"no customer {request.customer}")
        if request.billing is not None:
            customer = replace(customer, billing=request.billing)
        change = request.change
        recipient = customers.with_id(connection, request.recipient) if request.recipient else None
        prices = shelf.present(connection)
        promotion = prices.promotion(request.promotion) if isinstance(change, PROMOTED) else None
        gone = promotion is not None and promotion_uses.used_up(connection, promotion, self._clock.now(), key)
        sight = Sight(customer, prices, AsOf(at, self._zone), recipient=recipient, promotion=promotion, used_up=gone)
        if isinstance(change, PayInvoice):
            sight = replace(sight, invoice=books.invoice(connection, change.invoice))
        elif id := subscription_of(change):
            found = books.subscription(connection, id)
            owed = books.owed_by(connection, id)
            target = books.subscription(connection, change.target) if isinstance(change, Replace) else None
            found = lifecycle.on(found, self._today) if found else None
            used = charging.used(connection, found) if found else ()
            recipient = customers.with_id(connection, found.customer) if found and found.payer else None
            sight = replace(sight, subscription=found, target=target, owed=owed, used=used, recipient=recipient)
        return work_out(new_id("quote"), request, sight)


def _taken(quote: Quote) -> Promotion | None:
    """The promotion that is taken with this quote: the last that was promised, where a code was typed and was good."""
    asked = quote.request.promotion and isinstance(quote.request.change, PROMOTED) and not quote.promotion_fault
    return quote.discounts[-1].promotion if asked else None
