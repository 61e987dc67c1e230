"""Several hosts at once, on a database that lets them all write: nothing is done twice, forgotten or half seen."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from generator.adapters.clock import TravellingClock
from generator.adapters.ledger.biller import Ledger
from generator.adapters.store import SqlStore
from generator.model.catalog import Catalog, Table
from generator.model.payment import Intent, Paid, Promised, Saved
from generator.model.quote import ChangePlan, Moved, Order, PayInvoice, Quote, Refused, Request, Subscribe
from tests.ports.fresh import ENGINES, again
from tests.ports.shop import HOME, Shop
from tests.ports.test_biller_changes import BIG, SMALL
from tests.ports.test_people import asks, closes, orders
from tests.ports.together import together

LAST_EVENING = datetime(2027, 4, 9, 21, 45, tzinfo=UTC)
"""A quarter to midnight in Paris: a month after everybody's first day."""

MANY = 6


@pytest.fixture(params=ENGINES, ids=lambda engine: engine.__name__)
def hosts(request, tmp_path):
    """Three hosts, each with connections of its own, and one clock."""
    clock = TravellingClock(datetime(2027, 3, 10, 9, tzinfo=UTC))
    with request.param(tmp_path) as first:
        databases = [again(first) for _ in range(3)]
        shops = [Shop(Ledger(one, clock, "Europe/Paris"), clock) for one in databases]
        shops[0].biller.put_catalog(Catalog((Table("all", {"en": "Plans"}, (SMALL, BIG)),)), 2000)
        yield shops
        for database in databases:
            database.close()


def has(shop, ref, terms_days=30):
    who = shop.biller.put_customer(ref, "en", HOME, terms_days, frozenset())
    closed = closes(shop, orders(shop, asks(shop, who, Subscribe("small", {}))), Promised("transfer"))
    return who, closed.subscription, closed.invoice


def bound(asked):
    """No exception: each got an answer that a customer or a merchant can be shown."""
    assert not [one for one in asked if isinstance(one, Exception)], asked
    return asked


def test_workers_that_turn_the_calendar_at_once_begin_each_term_once(hosts):
    people = [has(hosts[0], f"c{count}") for count in range(MANY)]
    hosts[0].clock.travel(LAST_EVENING + timedelta(minutes=30) - hosts[0].clock.now())

    done = bound(together(*[host.biller.keep_up for host in hosts]))

    assert sum(done) == MANY
    assert [len(hosts[0].biller.invoices(who.id)) for who, *_ in people] == [2] * MANY
    assert hosts[0].biller.audit() == ()


def test_a_change_that_is_ordered_while_its_term_begins_anew_is_ordered_before_or_quoted_again(hosts):
    """Whoever comes second sees what the first has done: nobody pays for the rest of a term that is over."""
    shop, other, worker = hosts
    people = [has(shop, f"c{count}") for count in range(MANY)]
    shop.clock.travel(LAST_EVENING - shop.clock.now())
    quotes = [asks(shop, who, ChangePlan(subscription, "big", {})) for who, subscription, _ in people]
    shop.clock.travel(timedelta(minutes=20))

    def opens(quote):
        return other.biller.open(quote.id, quote.shown, quote.id)

    *opened, _, _ = bound(
        together(*[lambda quote=quote: opens(quote) for quote in quotes], worker.biller.keep_up, shop.biller.keep_up)
    )

    for (who, *_), answer in zip(people, opened, strict=True):
        renewed = len(shop.biller.invoices(who.id)) == 2
        assert isinstance(answer, Order) != renewed, (answer, renewed)
        assert isinstance(answer, Order | Moved | Refused)
        if isinstance(answer, Order):
            closes(shop, answer, Promised("transfer"))
    shop.biller.keep_up()
    assert shop.biller.audit() == ()


def test_an_invoice_that_is_paid_while_its_transfer_is_received_or_it_is_voided_is_settled_once(hosts):
    shop, accountant, other = hosts
    people = [has(shop, f"c{count}") for count in range(MANY)]
    quotes = [asks(shop, who, PayInvoice(invoice)) for who, _, invoice in people]
    today = shop.clock.now().date()
    asked = []
    for count, ((_, _, invoice), quote) in enumerate(zip(people, quotes, strict=True)):
        asked.append(lambda quote=quote: other.biller.open(quote.id, quote.shown, quote.id))
        if count % 2:
            asked.append(lambda invoice=invoice: accountant.biller.void(invoice, "By mistake"))
        else:
            asked.append(lambda invoice=invoice: accountant.biller.receive(invoice, today, "REF"))

    answers = bound(together(*asked))

    for (_, _, invoice), opened in zip(people, answers[::2], strict=True):
        stands = shop.biller.invoice(invoice).state
        assert stands == ("due_pending" if isinstance(opened, Order) else stands)
        assert isinstance(opened, Order) == (stands == "due_pending")
        if isinstance(opened, Order):
            closes(shop, opened, Promised("transfer"))
    assert shop.biller.audit() == ()


def test_an_order_is_closed_once_by_however_many_carry_it_on(hosts):
    who, *_ = has(hosts[0], "ada", terms_days=0)
    quote = asks(hosts[0], who, Subscribe("small", {}))
    order = hosts[0].biller.open(quote.id, quote.shown, "k")
    paid = Paid("p", "m", quote.due_now)

    closed = bound(together(*[lambda host=host: host.biller.close(order.id, paid, "k") for host in hosts * 2]))

    assert closed == [closed[0]] * 6
    assert len(hosts[0].biller.invoices(who.id)) == 2


def test_what_orders_have_left_lying_is_let_go_of_once(hosts):
    people = [has(hosts[0], f"c{count}") for count in range(MANY)]
    for who, _, invoice in people:
        quote = asks(hosts[0], who, PayInvoice(invoice))
        assert isinstance(hosts[0].biller.open(quote.id, quote.shown, quote.id), Order)
    hosts[0].clock.travel(timedelta(days=31))

    bound(together(*[host.biller.keep_up for host in hosts]))

    assert {hosts[0].biller.invoice(invoice).state for _, _, invoice in people} == {"due_offline"}
    assert [finding.code for finding in hosts[0].biller.audit()] == []


def test_of_workers_that_would_charge_the_same_invoice_one_begins(hosts):
    now = hosts[0].clock.now()
    quote = hosts[0].biller.quote(Request(has(hosts[0], "ada")[0].id, Subscribe("small", {}), None, {}))
    assert isinstance(quote, Quote)
    begun = Intent("i-auto-1", "", "", "ada", quote.due_now, Saved("m"), "us", "en", "back", now, now)
    stores = [SqlStore(host.biller._database) for host in hosts]

    first = together(
        *[
            lambda store=store, count=count: store.begin_intent(replace(begun, order=str(count)))
            for count, store in enumerate(stores)
        ]
    )

    assert sorted(first) == [False, False, True]
    assert stores[0].intent("i-auto-1").order == str(first.index(True))
