"""The merchant's doors of the embedded biller: what is done without a customer, a quote or a payment."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from generator.adapters.ledger import books, charging, customers, holding, lifecycle, shelf, usages
from generator.adapters.ledger.calendar import day
from generator.adapters.ledger.holding import Hold
from generator.adapters.ledger.names import new_id
from generator.adapters.ledger.options import complete
from generator.adapters.ledger.turning import Calendar
from generator.adapters.sql.database import Database
from generator.model.catalog import Plan
from generator.model.customer import BillingInfo, Customer, CustomerNews
from generator.model.invoice import Invoice
from generator.model.payment import Key
from generator.model.price_list import PriceList
from generator.model.quote import Options, Refused
from generator.model.subscription import Subscription, SuspendedState
from generator.model.usage import Consumption, NotCounted, Usage
from generator.ports.clock import Clock

ALLOWANCE = timedelta(seconds=60)
"""How far the merchant's clock may be ahead of ours."""


class LedgerOffice:
    """Each call is one transaction; days are those of the merchant's time zone."""

    def __init__(self, database: Database, clock: Clock, time_zone: str) -> None:
        self._database = database
        self._clock = clock
        self._zone = ZoneInfo(time_zone)

    def price_list(self) -> PriceList:
        with self._database.read() as connection:
            return shelf.written(connection)

    def sell(self, prices: PriceList) -> None:
        with self._database.write() as connection:
            shelf.fill(connection, prices)

    def put_customer(
        self,
        ref: str,
        language: str,
        billing: BillingInfo,
        terms_days: int,
        tags: frozenset[str],
        suspended: bool = False,
    ) -> Customer:
        customer = Customer(new_id("customer"), ref, language, billing, terms_days, tags, suspended)
        with self._database.write() as connection:
            return customers.put(connection, customer)

    def tell(self, ref: str, news: CustomerNews) -> Customer:
        with self._database.write() as connection:
            return customers.tell(connection, Customer(new_id("customer"), ref), news)

    def customers(self, after: str, most: int) -> tuple[Customer, ...]:
        with self._database.read() as connection:
            return customers.page(connection, after, most)

    def prepare(
        self,
        customer: str,
        plan: Plan,
        options: Options,
        starts: date | None = None,
        key: Key = "",
        payer: str = "",
    ) -> Subscription | Refused:
        chosen = complete(plan, options)
        if chosen is None:
            return Refused("option_withdrawn")
        id = _named(customer, key) if key else new_id("subscription")
        with self._database.write() as connection:
            before = books.subscription(connection, id)
            if before is not None:
                return before
            pays = "" if payer == customer else payer
            prepared = lifecycle.prepared(id, customer, plan, chosen, starts or self._today, pays)
            books.start(connection, prepared)
        return prepared

    def withdraw(self, subscription: str) -> Subscription | Refused:
        def withdrawn(_: Connection, found: Subscription) -> Subscription | Refused:
            gone = found.state in ("draft_agent", "deleted")
            return replace(found, state="deleted") if gone else Refused("not_now")

        return self._changed(subscription, withdrawn)

    def suspend(
        self, subscription: str, state: SuspendedState, on: date | None = None, resumes: date | None = None
    ) -> Subscription | Refused:
        def suspended(connection: Connection, found: Subscription) -> Subscription | Refused:
            if found.state == state and on is None:
                return found
            if not found.active:
                return Refused("not_now")
            held = replace(_without_successor(connection, found), resumes=resumes)
            if on is not None and on > self._today:
                return replace(held, state="active_delayed_suspension", ends=on)
            return replace(held, state=state, ends=None)

        return self._changed(subscription, suspended)

    def resume(self, subscription: str) -> Subscription | Refused:
        def resumed(_: Connection, found: Subscription) -> Subscription | Refused:
            held = found.state == "suspended_agent" and found.period_end > self._today
            if not held and found.state not in ("active_delayed_termination", "active_delayed_suspension"):
                return Refused("not_now")
            return replace(found, state="active_running", ends=None, resumes=None)

        return self._changed(subscription, resumed)

    def end(self, subscription: str, at_once: bool) -> Subscription | Refused:
        def ended(connection: Connection, found: Subscription) -> Subscription | Refused:
            if found.state == "ended_terminated":
                return found
            if not found.active and not found.suspended:
                return Refused("not_now")
            left = replace(_without_successor(connection, found), resumes=None)
            if found.active and not at_once:
                return replace(left, state="active_delayed_termination", ends=found.period_end)
            charging.invoice(connection, found, charging.used(connection, found), self._today)
            return replace(left, state="ended_terminated", ends=self._today)

        return self._changed(subscription, ended)

    def invoice_numbered(self, number: str) -> Invoice | None:
        with self._database.read() as connection:
            return books.numbered(connection, number)

    def receive(self, invoice: str, on: date, reference: str) -> Invoice | Refused:
        with self._database.write() as connection:
            if holding.taken(connection, [Hold(invoice)], "", self._clock.now()):
                return Refused("under_way")
            found = books.invoice(connection, invoice)
            if found is None:
                raise KeyError(f"no invoice {invoice}")
            if found.state == "paid" and (found.received, found.reference) == (on, reference):
                return found
            if not found.payable:
                return Refused("nothing_to_pay")
            return books.settle(connection, invoice, on, reference)

    def report(self, usage: Usage) -> Usage | NotCounted:
        with self._database.write() as connection:
            found = books.locked(connection, usage.subscription)
            same = usages.with_key(connection, usage.customer, usage.key)
            if same is not None:
                again = replace(same, at=usage.at and same.at) == usage
                return same if again else NotCounted("key_taken")
            if Calendar(connection, self._today).turn(found.id):
                found = books.locked(connection, found.id)
            counted = replace(usage, at=usage.at or self._clock.now())
            refused = self._not_counted(connection, counted, found)
            if refused is None:
                usages.add(connection, counted, self._day_of(counted))
            return refused or counted

    def _not_counted(self, connection: Connection, usage: Usage, subscription: Subscription) -> NotCounted | None:
        """Why the report is not taken: it must count in a term that is still open."""
        option = subscription.plan.option(usage.option)
        if not subscription.active or subscription.customer != usage.customer:
            return NotCounted("not_running")
        if option is None or option.chosen:
            return NotCounted("no_such_option")
        if usage.at is not None and usage.at > self._clock.now() + ALLOWANCE:
            return NotCounted("not_yet")
        on = self._day_of(usage)
        if on < subscription.period_start:
            return NotCounted("term_over")
        if on >= subscription.period_end:
            return NotCounted("not_yet")
        used = usages.in_term(connection, subscription).get(option.ref, 0)
        return NotCounted("below_zero") if used + usage.amount < 0 else None

    def reports(self, subscription: str, after: int, most: int) -> tuple[tuple[int, Usage], ...]:
        with self._database.read() as connection:
            return usages.reports(connection, subscription, after, most)

    def consumption(self, subscription: str) -> tuple[Consumption, ...]:
        with self._database.read() as connection:
            found = books.subscription(connection, subscription)
            used = usages.in_term(connection, found) if found else {}
        return (
            tuple(Consumption(option, used.get(option.ref, 0)) for option in found.plan.consumptions) if found else ()
        )

    def _changed(
        self, id: str, change: Callable[[Connection, Subscription], Subscription | Refused]
    ) -> Subscription | Refused:
        """The subscription as it is after the change, which waits for no order: what the customer is shown they get."""
        with self._database.write() as connection:
            if holding.taken(connection, [Hold(id)], "", self._clock.now()):
                return Refused("under_way")
            changed = change(connection, lifecycle.on(books.locked(connection, id), self._today))
            if isinstance(changed, Subscription):
                books.keep(connection, changed)
        return changed

    def _day_of(self, usage: Usage) -> date:
        assert usage.at is not None, "it was said or is now"
        return day(usage.at, self._zone)

    @property
    def _today(self) -> date:
        return day(self._clock.now(), self._zone)


def _named(customer: str, key: Key) -> str:
    """The id of what was prepared with this key."""
    return f"subscription-{hashlib.sha256(f'{customer} {key}'.encode()).hexdigest()[:20]}"


def _without_successor(connection: Connection, subscription: Subscription) -> Subscription:
    """What was scheduled to follow will not."""
    if subscription.successor:
        books.keep(connection, replace(books.locked(connection, subscription.successor), state="deleted"))
    return replace(subscription, successor="", next_options=None)
