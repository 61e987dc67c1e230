"""The merchant's doors of the embedded biller: what is done without a customer, a quote or a payment."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import Connection

from generator.adapters.ledger import accounts, books, charging, customers, holding, lifecycle, shelf, usages
from generator.adapters.ledger.accounting import LedgerAccounts
from generator.adapters.ledger.calendar import day
from generator.adapters.ledger.holding import Hold
from generator.adapters.ledger.lifecycle import Turn
from generator.adapters.ledger.names import new_id
from generator.adapters.ledger.options import complete
from generator.adapters.ledger.turning import Calendar
from generator.model.catalog import Plan
from generator.model.customer import BillingInfo, Customer, CustomerNews
from generator.model.payment import Key
from generator.model.price_list import PriceList
from generator.model.quote import Options, Refused
from generator.model.subscription import Subscription, SuspendedState
from generator.model.subscription_machine import SUBSCRIPTION, SubscriptionEvent
from generator.model.usage import Consumption, NotCounted, Usage

ALLOWANCE = timedelta(seconds=60)
"""How far the merchant's clock may be ahead of ours."""


class LedgerOffice(LedgerAccounts):
    """Each call is one transaction; days are those of the merchant's time zone."""

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
            accounts.take(connection, customer, *filter(None, [payer]))
            before = books.subscription(connection, id)
            if before is not None:
                return before
            pays = "" if payer == customer else payer
            prepared = lifecycle.prepared(id, customer, plan, chosen, starts or self._today, pays)
            books.start(connection, prepared, "prepared")
        return prepared

    def withdraw(self, subscription: str) -> Subscription | Refused:
        def withdrawn(_: Connection, found: Subscription) -> Turn | Refused:
            return Turn(replace(found, state="deleted"), "withdrawn")

        return self._changed(subscription, "withdrawn", "deleted", withdrawn)

    def suspend(
        self, subscription: str, state: SuspendedState, on: date | None = None, resumes: date | None = None
    ) -> Subscription | Refused:
        assert not resumes or state == "suspended_agent", "only what is put on hold goes on by itself"

        def suspended(connection: Connection, found: Subscription) -> Turn:
            held = replace(_without_successor(connection, found), resumes=resumes)
            if on is not None and on > self._today:
                return Turn(replace(held, state="active_delayed_suspension", ends=on), "hold_planned")
            return Turn(replace(held, state=state, ends=None), "suspended")

        return self._changed(subscription, "suspended", "" if on else state, suspended)

    def resume(self, subscription: str) -> Subscription | Refused:
        def resumed(_: Connection, found: Subscription) -> Turn | Refused:
            if found.suspended and found.period_end <= self._today:
                return Refused("not_now")
            return Turn(replace(found, state="active_running", ends=None, resumes=None), "resumed")

        return self._changed(subscription, "resumed", "", resumed)

    def end(self, subscription: str, at_once: bool) -> Subscription | Refused:
        def ended(connection: Connection, found: Subscription) -> Turn:
            left = replace(_without_successor(connection, found), resumes=None, termination=None)
            if found.active and not at_once:
                return Turn(replace(left, state="active_delayed_termination", ends=found.period_end), "end_planned")
            used = charging.used(connection, found)
            return Turn(replace(left, state="ended_terminated", ends=self._today), "ended", used)

        return self._changed(subscription, "ended", "ended_terminated", ended)

    def report(self, usage: Usage) -> Usage | NotCounted:
        with self._database.write() as connection:
            accounts.take_of(connection, usage.subscription)
            found = books.locked(connection, usage.subscription)
            same = usages.with_key(connection, usage.customer, usage.key)
            if same is not None:
                again = replace(same, at=usage.at and same.at) == usage
                return same if again else NotCounted("key_taken")
            if Calendar(connection, self._today, self._clock.now()).turn(found.id):
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
        self,
        id: str,
        event: SubscriptionEvent,
        done: str,
        change: Callable[[Connection, Subscription], Turn | Refused],
    ) -> Subscription | Refused:
        """The subscription as it is after the change, which waits for no order: what the customer is shown they get.

        What is `done` already stays as it is; what the machine does not let happen is refused.
        """
        with self._database.write() as connection:
            accounts.take_of(connection, id)
            if holding.taken(connection, [Hold(id)], "", self._clock.now()):
                return Refused("under_way")
            found = lifecycle.on(books.locked(connection, id), self._today)
            if found.state == done:
                return found
            changed = change(connection, found) if SUBSCRIPTION.allows(found.state, event) else Refused("not_now")
            if isinstance(changed, Refused):
                return changed
            books.keep(connection, changed.subscription, changed.event)
            charging.invoice(connection, changed.subscription, changed.lines, self._today)
        return changed.subscription

    def _day_of(self, usage: Usage) -> date:
        assert usage.at is not None, "it was said or is now"
        return day(usage.at, self._zone)


def _named(customer: str, key: Key) -> str:
    """The id of what was prepared with this key."""
    return f"subscription-{hashlib.sha256(f'{customer} {key}'.encode()).hexdigest()[:20]}"


def _without_successor(connection: Connection, subscription: Subscription) -> Subscription:
    """What was scheduled to follow will not."""
    if subscription.successor:
        books.keep(
            connection, replace(books.locked(connection, subscription.successor), state="deleted"), "take_over_undone"
        )
    return replace(subscription, successor="", next_options=None)
