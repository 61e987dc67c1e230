"""Two years of some customers, drawn by lot: whatever anybody may do happens, and each step is followed by an audit."""

import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import select

from generator import record
from generator.adapters.clock import TravellingClock
from generator.adapters.ledger.audit import audit
from generator.adapters.ledger.biller import Ledger
from generator.adapters.sql.database import Database
from generator.adapters.sql.store_tables import intents
from generator.adapters.store import SqlStore
from generator.model.catalog import Catalog, Option, Period, Plan, Table
from generator.model.credit import Refund
from generator.model.customer import BillingInfo
from generator.model.delivery import Brought
from generator.model.dunning import Dunning
from generator.model.invoice_machine import PAID, PAYABLE
from generator.model.machine import Machine
from generator.model.money import Money
from generator.model.payment import (
    Declined,
    Intent,
    New,
    Offline,
    Paid,
    Saved,
    Without,
)
from generator.model.price_list import PriceList
from generator.model.promotion import Promotion
from generator.model.quote import (
    Change,
    ChangeOptions,
    ChangePlan,
    Keep,
    Order,
    Pause,
    PayInvoice,
    Quote,
    RegisterMethod,
    Replace,
    Request,
    Restart,
    Start,
    Subscribe,
    Terminate,
)
from generator.model.terms import FIVE_AN_HOUR
from generator.model.usage import Usage
from generator.model.walk import Held, Subject, Walk
from generator.ports.trouble import TooMany, Unavailable
from generator.runtime import refunds
from generator.runtime.library import Library
from generator.runtime.parts import Parts
from generator.runtime.till import Till
from generator.runtime.worker import Worker
from generator.seal.keys import Key
from generator.seal.token import Sealer
from tests.lives.whim import Whim
from tests.ports.fresh import Fresh, sqlite

BEGINS = datetime(2027, 1, 28, 9, 0, tzinfo=UTC)
LASTS = timedelta(days=730)
MONTH, WEEK, YEAR = Period(1, "month"), Period(1, "week"), Period(1, "year")


def euros(cents: int) -> Money:
    return Money(cents, "EUR")


SEATS = Option("seats", "quantity", {"en": "Seats"}, euros(300), included=2, minimum=1, maximum=30)
HELP = Option("help", "switch", {"en": "Help"}, euros(500))
CALLS = Option("calls", "consumption", {"en": "Calls"}, euros(7), included=10)


def plan(ref: str, price: int, period: Period = MONTH, **more: Any) -> Plan:
    return Plan(ref, {"en": ref.title()}, {}, euros(price), period, **{"setup": euros(0), **more})


PLANS = (
    plan("free", 0),
    plan("small", 900, options=(HELP, CALLS)),
    plan("team", 2900, setup=euros(1500), options=(SEATS, HELP)),
    plan("tried", 1900, trial=Period(14, "day"), options=(SEATS,)),
    plan("bound", 2400, commitment=3, termination=euros(1000)),
    plan("season", 700, terms=3, options=(HELP,)),
    plan("weekly", 300, WEEK, options=(CALLS,)),
    plan("yearly", 19900, YEAR),
    plan("short", 400, WEEK, terms=2, commitment=3, options=(SEATS, HELP)),
)
CODES = (
    Promotion("HALF", {"en": "Half"}, percent=5000, terms=3),
    Promotion("FIVE", {"en": "Five off"}, amount=euros(500), terms=2),
    Promotion("GIFT", {"en": "A gift"}, percent=10000, terms=1, uses=5),
)
SCHEDULES = (
    Dunning(),
    Dunning(retries=(1, 2), grace=2, patience=3),
    Dunning(retries=(2,), grace=1, patience=2, then="end"),
    Dunning(retries=(4, 4), then="leave"),
    Dunning(retries=(), grace=0, patience=1, above=euros(3000)),
)

_read = lru_cache(maxsize=20_000)(record.read)


class Wrong(AssertionError):
    """What an audit found, with the steps that led there."""


@dataclass
class Life:
    """One world. `told` is what happened, for who has to find out why."""

    lot: Random
    ledger: Ledger
    clock: TravellingClock
    parts: Parts
    whim: Whim
    database: Database
    people: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    done: Counter[str] = field(default_factory=Counter)
    tries: int = 0
    visitors: int = 0

    def live(self, people: int, steps: int) -> None:
        """From the first day to the last."""
        worker, ends = Worker(self.parts), self.clock.now() + LASTS
        for _ in range(people):
            self._arrives()
        for _ in range(steps):
            self._step(worker)
            self._right()
        while self.clock.now() < ends:
            self.clock.travel(timedelta(days=self.lot.choice((1, 3, 9, 30, 45))))
            self.whim.decide()
            self._works(worker)
            self._right()

    def _step(self, worker: Worker) -> None:
        self.clock.travel(timedelta(days=self.lot.choice((0, 0, 0, 1, 1, 2, 5, 9)), minutes=self.lot.randrange(600)))
        if self.lot.random() < 0.5:
            self.whim.decide()
        if self.lot.random() < 0.85:
            self._works(worker)
        event = self.lot.choices(EVENTS, WEIGHTS)[0]
        self.told.append(f"{self.clock.now():%Y-%m-%d %H:%M} {event.__name__}")
        self.done[event.__name__] += 1
        event(self)

    def _works(self, worker: Worker) -> None:
        """The worker does all that is due, as far as the bank answers."""
        self.whim.away = self.lot.random() < 0.05
        for _ in range(50):
            if not worker.round():
                break
        self.whim.away = False

    def _right(self) -> None:
        """The audit finds nothing, and the bank has taken what the books say."""
        with self.database.read() as connection:
            found = list(audit(connection, _read))
            kept = [_read(text, Intent) for text in connection.scalars(select(intents.c.record))]
        taken = self.whim.taken()
        found += [
            f"{key}: the bank took {taken[key]}, without an intent" for key in taken.keys() - {one.key for one in kept}
        ]
        for one in kept:
            if isinstance(one.result, Paid) and taken.get(one.key) != one.amount.minor:
                found.append(f"{one.key}: the bank took {taken.get(one.key)}, the books say {one.amount}")
        if found:
            raise Wrong("\n".join([*self.told[-12:], *map(str, found)]))

    def _arrives(self) -> None:
        ref = f"c{len(self.people)}"
        billing = BillingInfo(f"{ref}@example.com", ref, "", "", "1 Road", "", "1000", "Town", "FR")
        if self.lot.random() < 0.2:
            made = self.ledger.welcome("en", billing)
        else:
            terms = self.lot.choice((0, 0, 0, 10, 30))
            language, held = self.lot.choice(("en", "fr")), self.lot.random() < 0.05
            made = self.ledger.put_customer(ref, language, billing, terms, frozenset(), held)
        self.people.append(made.id)
        if self.lot.random() < 0.7:
            self.whim.files_one(made.id, self.lot.choice(("card", "card", "sepa")))

    # What customers do

    def somebody(self) -> str:
        return self.lot.choice(self.people)

    def something(self, wanted: Callable[[Any], bool] = lambda _: True) -> Any:
        """A subscription of anybody."""
        who = self.somebody()
        has = [one for one in (*self.ledger.subscriptions(who), *self.ledger.paid_for(who)) if wanted(one)]
        return self.lot.choice(has) if has else None

    def asks(self, customer: str, change: Change, recipient: str = "") -> None:
        """As the pages do: a quote, an order, the intent, the bank, the order closed."""
        code = self.lot.choice(("", "", "", *(code.code for code in CODES)))
        quote = self.ledger.quote(Request(customer, change, None, {}, recipient=recipient, promotion=code))
        if not isinstance(quote, Quote):
            self.told.append(f"   refused {quote.reason}")
            return
        self.tries += 1
        now = self.clock.now()
        walk = Walk(f"walk{self.tries}", f"life{self.tries}", customer, Subject(), "none", "en", now, now, quote=quote)
        self.parts.store.begin(walk)
        order = self.ledger.open(quote.id, quote.shown, walk.key)
        if not isinstance(order, Order):
            self.told.append(f"   not opened {order}")
            return
        if self.lot.random() < 0.04:
            self._in_another_window(walk.key)
        choice = self._pays(customer, quote)
        intent = Intent(walk.key, walk.id, order.id, customer, quote.due_now, choice, "us", "en", "back", now, now)
        if self.lot.random() < 0.03:
            self.told.append("   the process dies before the intent is saved")
            return
        try:
            Till(self.parts).ask(replace(walk, standing=Held(walk.key, order.subscription)), intent, FIVE_AN_HOUR)
        except TooMany:
            self.ledger.close(order.id, Declined("cancelled"), walk.key)

    def _in_another_window(self, key: str) -> None:
        """At the same moment somebody commits to something else in the same walk: one of the two will be too late."""
        who = self.somebody()
        owed = [one for one in self.ledger.invoices(who) if one.payable]
        change = PayInvoice(self.lot.choice(owed).id) if owed else Subscribe(self.lot.choice(PLANS).ref, {})
        quote = self.ledger.quote(Request(who, change, None, {}))
        if isinstance(quote, Quote):
            self.told.append(f"   another window: {self.ledger.open(quote.id, quote.shown, key)}")

    def _pays(self, customer: str, quote: Quote) -> Saved | New | Offline | Without:
        known = self.ledger.customer(customer)
        assert known is not None
        filed = self.whim.methods(customer)
        if not quote.due_now and not (quote.method_required and not filed):
            return Without()
        if known.terms and quote.due_now and self.lot.random() < 0.7:
            return Offline("transfer")
        if filed and quote.due_now and self.lot.random() < 0.8:
            return Saved(self.lot.choice(filed).id)
        return New(self.lot.choice(("card", "card", "sepa")))

    def options(self, sold: Plan) -> dict[str, bool | int]:
        return {
            one.ref: self.lot.random() < 0.5 if one.kind == "switch" else self.lot.randrange(1, 9)
            for one in sold.choices
        }


def subscribes(life: Life) -> None:
    who, sold = life.somebody(), life.lot.choice(PLANS)
    other = life.somebody()
    life.asks(who, Subscribe(sold.ref, life.options(sold)), other if other != who and life.lot.random() < 0.15 else "")


def changes_plan(life: Life) -> None:
    if (held := life.something(lambda one: one.active)) is not None:
        sold = life.lot.choice(PLANS)
        life.asks(held.billed, ChangePlan(held.id, sold.ref, life.options(sold)))


def changes_options(life: Life) -> None:
    if (held := life.something(lambda one: one.active and one.plan.choices)) is not None:
        life.asks(held.billed, ChangeOptions(held.id, life.options(held.plan)))


def leaves(life: Life) -> None:
    if (held := life.something(lambda one: one.active or one.suspended)) is not None:
        life.asks(held.billed, Terminate(held.id))


def restarts(life: Life) -> None:
    stopped = ("active_delayed_termination", "active_delayed_suspension")
    if (held := life.something(lambda one: one.suspended or one.state in stopped)) is not None:
        life.asks(held.billed, Restart(held.id))


def undoes(life: Life) -> None:
    if (held := life.something(lambda one: one.state == "active_delayed_upgrade")) is not None:
        life.ledger.undo_change(held.id)


def keeps(life: Life) -> None:
    if (held := life.something(lambda one: one.active)) is not None:
        life.asks(held.billed, Keep(held.id))


def pauses(life: Life) -> None:
    if (held := life.something(lambda one: one.active)) is not None:
        life.asks(held.billed, Pause(held.id, held.period_end + timedelta(days=life.lot.randrange(1, 90))))


def pays(life: Life) -> None:
    who = life.somebody()
    if owed := [one for one in life.ledger.invoices(who) if one.payable]:
        life.asks(who, PayInvoice(life.lot.choice(owed).id))


def registers(life: Life) -> None:
    life.asks(life.somebody(), RegisterMethod("EUR"))


def loses_methods(life: Life) -> None:
    who = life.somebody()
    for method in life.whim.methods(who):
        life.whim.remove(who, method.id)


def prepared(life: Life) -> None:
    sold, who, other = life.lot.choice(PLANS), life.somebody(), life.somebody()
    later = timedelta(days=life.lot.choice((0, 0, 3, 40)))
    starts = (life.clock.now() + later).date() if later else None
    payer = other if life.lot.random() < 0.2 else ""
    life.ledger.prepare(who, sold, life.options(sold), starts, payer=payer)


def takes(life: Life) -> None:
    if (held := life.something(lambda one: one.state == "draft_agent")) is not None:
        life.asks(held.billed, Start(held.id, held.options))


def replaces(life: Life) -> None:
    if (held := life.something(lambda one: one.active)) is not None:
        offers = [one for one in life.ledger.subscriptions(held.customer) if one.state == "draft_agent"]
        if offers:
            life.asks(held.billed, Replace(held.id, offers[0].id, offers[0].options))


def withdraws(life: Life) -> None:
    if (held := life.something(lambda one: one.state == "draft_agent")) is not None:
        life.ledger.withdraw(held.id)


def suspends(life: Life) -> None:
    if (held := life.something(lambda one: one.active)) is not None:
        state = life.lot.choice(("suspended_agent", "suspended_no_payment_info", "suspended_payment_due"))
        on = held.period_end + timedelta(days=life.lot.choice((-5, 0, 40))) if life.lot.random() < 0.5 else None
        resumes = (on or held.period_end) + timedelta(days=20) if life.lot.random() < 0.5 else None
        life.ledger.suspend(held.id, "suspended_agent" if on or resumes else state, on, resumes)


def resumes(life: Life) -> None:
    stopped = ("suspended_agent", "active_delayed_termination", "active_delayed_suspension")
    if (held := life.something(lambda one: one.state in stopped)) is not None:
        life.ledger.resume(held.id)


def ends(life: Life) -> None:
    if (held := life.something(lambda one: one.active or one.suspended)) is not None:
        life.ledger.end(held.id, at_once=life.lot.random() < 0.5)


def receives(life: Life) -> None:
    who = life.somebody()
    if owed := [one for one in life.ledger.invoices(who) if one.payable]:
        life.ledger.receive(life.lot.choice(owed).id, life.clock.now().date(), "bank")


def an_invoice(life: Life, *states: str) -> Any:
    """An invoice of anybody that is in one of these states."""
    found = [one for one in life.ledger.invoices(life.somebody()) if one.state in states]
    return life.lot.choice(found) if found else None


def gives_back(life: Life) -> None:
    if (paid := an_invoice(life, "paid", "paid_refunded")) is not None:
        life.tries += 1
        amount = None if life.lot.random() < 0.5 else euros(life.lot.randrange(1, 3000))
        begun = life.ledger.refund(paid.id, amount, None, "a favour", f"refund{life.tries}")
        if isinstance(begun, Refund):
            refunds.carry(life.parts, begun)


def voids(life: Life) -> None:
    if (owed := an_invoice(life, *PAYABLE)) is not None:
        life.ledger.void(owed.id, "a mistake")


def writes_off(life: Life) -> None:
    if (owed := an_invoice(life, *PAYABLE, "problem_disputed")) is not None:
        life.ledger.write_off(owed.id, "they moved away")


def disputes(life: Life) -> None:
    if (owed := an_invoice(life, *PAYABLE, *PAID)) is not None:
        life.ledger.dispute(owed.id, "they say it is not theirs")


def dispute_ends(life: Life) -> None:
    if (owed := an_invoice(life, "problem_disputed")) is not None:
        life.ledger.end_dispute(owed.id, life.lot.random() < 0.6, "settled")


def receives_late(life: Life) -> None:
    if (owed := an_invoice(life, "uncollectible")) is not None:
        life.ledger.receive(owed.id, life.clock.now().date(), "bank")


def uses(life: Life) -> None:
    if (held := life.something(lambda one: one.active and one.plan.consumptions)) is not None:
        life.tries += 1
        life.ledger.report(Usage(held.customer, f"use{life.tries}", held.id, "calls", life.lot.randrange(40), None))


def on_hold(life: Life) -> None:
    known = life.ledger.customer(life.somebody())
    assert known is not None
    held = not known.suspended if life.lot.random() < 0.5 else False
    life.ledger.put_customer(known.ref, known.language, known.billing, known.terms_days, known.tags, held)


def claims(life: Life) -> None:
    who = life.somebody()
    life.visitors += 1
    life.ledger.claim(who, f"claimed{life.visitors}")


def has_terms(life: Life) -> None:
    known = life.ledger.customer(life.somebody())
    assert known is not None
    days = life.lot.choice((0, 10, 30))
    life.ledger.put_customer(known.ref, known.language, known.billing, days, known.tags, known.suspended)


def other_prices(life: Life) -> None:
    life.ledger.sell(price_list(life.lot))


def nobody_works(life: Life) -> None:
    """A week, or three terms, in which no worker runs."""
    life.clock.travel(timedelta(days=life.lot.choice((7, 7, 95))))


def dies_after_the_charge(life: Life) -> None:
    """The biller cannot be reached when an order is to be closed: the worker finds it so, and comes back."""
    close = life.ledger.close

    def unreachable(*_: Any) -> Any:
        raise Unavailable("it dies here")

    life.ledger.close = unreachable  # type: ignore[method-assign]
    try:
        life._works(Worker(life.parts))
        pays(life)
    finally:
        life.ledger.close = close  # type: ignore[method-assign]


ALL: tuple[tuple[Callable[[Life], None], int], ...] = (
    (subscribes, 14),
    (changes_plan, 7),
    (changes_options, 5),
    (leaves, 4),
    (restarts, 7),
    (undoes, 2),
    (keeps, 2),
    (pauses, 3),
    (pays, 6),
    (registers, 3),
    (loses_methods, 5),
    (prepared, 4),
    (takes, 4),
    (replaces, 3),
    (withdraws, 1),
    (suspends, 4),
    (resumes, 3),
    (ends, 2),
    (receives, 3),
    (gives_back, 3),
    (voids, 2),
    (writes_off, 2),
    (disputes, 3),
    (dispute_ends, 4),
    (receives_late, 2),
    (uses, 5),
    (on_hold, 2),
    (claims, 1),
    (has_terms, 2),
    (other_prices, 2),
    (nobody_works, 2),
    (dies_after_the_charge, 2),
)
EVENTS, WEIGHTS = tuple(event for event, _ in ALL), tuple(weight for _, weight in ALL)


def price_list(lot: Random) -> PriceList:
    """Now and then a plan costs something else, or is not sold."""
    sold = tuple(replace(one, price=one.price * lot.choice((1, 1, 2))) for one in PLANS if lot.random() < 0.9)
    catalog = Catalog((Table("all", {"en": "Plans"}, sold),))
    return PriceList(catalog, 2000, CODES, dunning=lot.choice(SCHEDULES))


Visited = Counter[tuple[str, str, str, str]]
"""How often each transition happened: thing, before, event, after."""


@contextmanager
def watched() -> Iterator[Visited]:
    """Counts every transition that the books make."""
    visited: Visited = Counter()
    check = Machine.check

    def counting(self: Machine, before: str, event: str, after: str) -> None:
        check(self, before, event, after)
        visited[self.thing, before, event, after] += 1

    Machine.check = counting  # type: ignore[method-assign]
    try:
        yield visited
    finally:
        Machine.check = check  # type: ignore[method-assign]


def live(seed: int, library: Library, fresh: Fresh = sqlite, people: int = 3, steps: int = 120) -> Visited:
    """One life. The same seed is the same life, on whichever database it is lived."""
    lot = Random(seed)
    shelf = "/dev/shm" if os.path.isdir("/dev/shm") else None
    with TemporaryDirectory(dir=shelf) as folder, watched() as visited, fresh(Path(folder)) as database:
        clock = TravellingClock(BEGINS)
        ledger = Ledger(database, clock, "Europe/Paris")
        ledger.sell(replace(price_list(lot), dunning=Dunning()))
        key = Key(b"life" * 8)
        whim = Whim(lot)
        parts = Parts(
            library=library,
            biller=ledger,
            gateway=whim,  # type: ignore[arg-type]
            store=SqlStore(database),
            mailer=_Nobody(),
            clock=clock,
            base_url="http://127.0.0.1:1",
            links=Sealer([key], "link"),
            visits=Sealer([key], "visit"),
            forms=key,
            results=key,
            printer=None,  # type: ignore[arg-type]
        )
        life = Life(lot, ledger, clock, parts, whim, database)
        try:
            life.live(people, steps)
        except Exception as fault:
            fault.add_note(f"life {seed}: python -m tests.lives --first {seed} --runs 1\n" + "\n".join(life.told[-15:]))
            raise
    return visited


class _Nobody:
    """Reads no mail."""

    def send(self, mail: Any) -> Brought:
        """It went out."""
        return Brought()
