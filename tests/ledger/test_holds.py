"""What an open order holds is held for as long as its payment is under way."""

from dataclasses import replace
from datetime import timedelta

import pytest

from generator.adapters.store import SqlStore
from generator.model.money import Money
from generator.model.payment import Intent, Paid, Pending, Promised, Saved
from generator.model.quote import PayInvoice, Refused, Start, Subscribe
from tests.ports.test_biller import SHOPS
from tests.ports.test_biller_changes import SMALL
from tests.ports.test_people import asks, closes, orders


@pytest.fixture(params=SHOPS, ids=lambda adapter: adapter.__name__)
def shop(request, tmp_path):
    with request.param(tmp_path) as shop:
        shop.sells(SMALL)
        yield shop


def test_a_payment_that_takes_longer_than_anybody_thought_is_still_for_what_it_was_for(shop):
    """The bank was away for two months: meanwhile nobody else can pay the invoice, or say that it was."""
    ada = shop.knows("ada", terms_days=30)
    first = closes(shop, orders(shop, asks(shop, ada, Subscribe("small", {}))), Promised("transfer"))
    order = orders(shop, asks(shop, ada, PayInvoice(first.invoice)))
    key, now = order.quote.id, shop.clock.now()
    begun = Intent(key, "", order.id, ada.id, order.quote.due_now, Saved("m"), "us", "en", "back", now, now)
    SqlStore(shop.biller._database).keep_intent(replace(begun, result=Pending("p")))

    shop.clock.travel(timedelta(days=60))
    shop.biller.keep_up()

    again = asks(shop, ada, PayInvoice(first.invoice))
    assert isinstance(again, Refused) or shop.biller.open(again.id, again.shown, "k2") == Refused("under_way")
    assert shop.biller.receive(first.invoice, shop.clock.now().date(), "REF") == Refused("under_way")
    closes(shop, order, Paid("p", "m", order.quote.due_now))
    assert shop.biller.invoice(first.invoice).charge == key


def test_another_window_that_commits_to_something_else_takes_nothing_from_a_payment_under_way(shop):
    """Both windows have the same key. Before, the second one let go of what the first one was about to pay for."""
    ada = shop.knows("ada", terms_days=30)
    first = closes(shop, orders(shop, asks(shop, ada, Subscribe("small", {}))), Promised("transfer"))
    quote, other = asks(shop, ada, PayInvoice(first.invoice)), asks(shop, ada, Subscribe("small", {}))
    order = shop.biller.open(quote.id, quote.shown, "k")
    assert shop.biller.open(other.id, other.shown, "k") == Refused("under_way"), "the intent may be saved any moment"

    now = shop.clock.now()
    begun = Intent("k", "", order.id, ada.id, quote.due_now, Saved("m"), "us", "en", "back", now, now)
    SqlStore(shop.biller._database).keep_intent(replace(begun, result=Pending("p")))
    shop.clock.travel(timedelta(minutes=20))
    assert shop.biller.open(other.id, other.shown, "k") == Refused("under_way"), "it is under way"
    assert shop.biller.receive(first.invoice, now.date(), "REF") == Refused("under_way")
    shop.biller.close(order.id, Paid("p", "m", quote.due_now), "k")
    assert shop.biller.invoice(first.invoice).charge == "k"


@pytest.mark.parametrize("settled", [Paid("p", "m", Money(0, "EUR")), Promised("transfer")], ids=["paid", "promised"])
def test_a_process_that_stood_still_between_order_and_intent_still_gives_what_was_paid_for(shop, settled):
    """Its order was taken for broken off, and let go: what the customer pays for all the same is theirs."""
    ada = shop.knows("ada", terms_days=30)
    owed = closes(shop, orders(shop, asks(shop, ada, Subscribe("small", {}))), Promised("transfer"))
    offered = shop.biller.prepare(ada.id, SMALL, {})
    for number, change in enumerate((Subscribe("small", {}), Start(offered.id, {}), PayInvoice(owed.invoice))):
        key = f"k{number}"
        quote, other = asks(shop, ada, change), asks(shop, ada, Subscribe("small", {}))
        order = shop.biller.open(quote.id, quote.shown, key)
        shop.clock.travel(timedelta(minutes=2))
        shop.biller.open(other.id, other.shown, key)
        came = replace(settled, amount=quote.due_now) if isinstance(settled, Paid) else settled
        closed = shop.biller.close(order.id, came, key)
        assert shop.biller.subscription(closed.subscription).state == "active_running"
        assert shop.biller.invoice(closed.invoice).state == ("paid" if isinstance(settled, Paid) else "due_offline")
    assert [one for one in shop.biller.audit() if one.code != "charge-without-intent"] == []
