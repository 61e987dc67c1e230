"""What an open order holds is held for as long as its payment is under way."""

from dataclasses import replace
from datetime import timedelta

import pytest

from generator.adapters.store import SqlStore
from generator.model.payment import Intent, Paid, Pending, Promised, Saved
from generator.model.quote import PayInvoice, Refused, Subscribe
from tests.ports.test_biller import ledger_shop
from tests.ports.test_biller_changes import SMALL
from tests.ports.test_people import asks, closes, orders


@pytest.fixture
def shop(tmp_path):
    with ledger_shop(tmp_path) as shop:
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
