"""The biller, on who has it, who pays, what they agreed to, and what waits for its payment."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from generator.model.consent import Agreement, Consent
from generator.model.dunning import Dunning
from generator.model.payment import Declined, NothingDue, Paid, Promised, Registered
from generator.model.quote import (
    ChangeOptions,
    ChangePlan,
    Closed,
    PayInvoice,
    Quote,
    Refused,
    RegisterMethod,
    Replace,
    Request,
    Restart,
    Start,
    Subscribe,
    Terminate,
)
from tests.ports.needs import needs
from tests.ports.test_biller import BILLERS, HOME, OFFICE
from tests.ports.test_biller_changes import BIG, FREE, SMALL, later

TERMS = Consent("w", "summary", "terms", True, "I accept.", "", "en", datetime(2027, 3, 10, 8, tzinfo=UTC), "b")
NEWS = replace(TERMS, field="news", given=False, says="Nouvelles ?", language="fr")


@pytest.fixture(params=BILLERS, ids=lambda adapter: adapter.__name__)
def shop(request, tmp_path):
    with request.param(tmp_path) as shop:
        shop.sells(SMALL, BIG, FREE)
        yield shop


def asks(shop, who, change, **said):
    return shop.biller.quote(Request(who.id, change, said.pop("billing", None), said.pop("fields", {}), **said))


def orders(shop, quote):
    assert isinstance(quote, Quote), quote
    return shop.biller.open(quote.id, quote.shown, quote.id)


def closes(shop, order, settlement=None):
    quote = order.quote
    paid = settlement or (Paid("p", "card1", quote.due_now) if quote.due_now else NothingDue())
    return shop.biller.close(order.id, paid, quote.id)


def gives(shop, payer, recipient, plan="small"):
    """A subscription that the one pays for the other."""
    closed = closes(shop, orders(shop, asks(shop, payer, Subscribe(plan, {}), recipient=recipient.id)))
    return shop.biller.subscription(closed.subscription)


# Who has it, and who pays


def test_the_one_has_it_and_the_other_is_billed(shop):
    ada, bob = shop.knows("ada"), shop.knows("bob", OFFICE)
    gift = gives(shop, ada, bob)

    assert (gift.customer, gift.payer, gift.billed) == (bob.id, ada.id, ada.id)
    assert (shop.biller.subscriptions(bob.id), shop.biller.subscriptions(ada.id)) == ((gift,), ())
    assert (shop.biller.paid_for(ada.id), shop.biller.paid_for(bob.id)) == ((gift,), ())
    assert [one.billed_to for one in shop.biller.invoices(ada.id)] == [HOME]
    assert shop.biller.invoices(bob.id) == ()


def test_only_who_pays_may_change_it_and_it_stays_the_others(shop):
    ada, bob, eve = (shop.knows(ref) for ref in ("ada", "bob", "eve"))
    gift = gives(shop, ada, bob)
    for change in (ChangePlan(gift.id, "big", {}), ChangeOptions(gift.id, {"support": True}), Terminate(gift.id)):
        assert asks(shop, bob, change) == Refused("paid_by_other")
        assert asks(shop, eve, change) == Refused("not_now")
    other = shop.biller.subscription(
        closes(shop, orders(shop, asks(shop, ada, ChangePlan(gift.id, "big", {})))).subscription
    )

    assert (other.customer, other.payer, other.plan.ref) == (bob.id, ada.id, "big")


@needs("prepare", "start", "replace")
def test_what_is_prepared_is_taken_by_who_pays(shop):
    ada, bob = shop.knows("ada"), shop.knows("bob")
    prepared = shop.biller.prepare(bob.id, SMALL, {}, payer=ada.id)

    assert asks(shop, bob, Start(prepared.id, {})) == Refused("paid_by_other")
    closes(shop, orders(shop, asks(shop, ada, Start(prepared.id, {}))))
    taken = shop.biller.subscription(prepared.id)
    assert (taken.customer, taken.payer, taken.state) == (bob.id, ada.id, "active_running")
    own = shop.biller.prepare(bob.id, SMALL, {})
    assert asks(shop, ada, Replace(taken.id, own.id, {})) == Refused("not_now")
    assert shop.biller.prepare(bob.id, SMALL, {}, payer=bob.id).payer == ""


def test_nothing_is_begun_for_who_is_unknown_or_on_hold_but_it_can_be_left(shop):
    ada, bob = shop.knows("ada"), shop.knows("bob")
    gift = gives(shop, ada, bob)
    shop.knows("bob", suspended=True)

    assert asks(shop, ada, Subscribe("small", {}), recipient="nobody") == Refused("recipient_unknown")
    assert asks(shop, ada, Subscribe("small", {}), recipient=bob.id) == Refused("recipient_suspended")
    assert asks(shop, ada, ChangePlan(gift.id, "big", {})) == Refused("recipient_suspended")
    assert isinstance(asks(shop, ada, Terminate(gift.id)), Quote)


@needs("dunning by the merchant's rules")
def test_terms_and_methods_are_those_of_who_pays(shop):
    ada, bob, cleo = shop.knows("ada"), shop.knows("bob", terms_days=30), shop.knows("cleo", terms_days=20)
    shop.biller.sell(replace(shop.biller.price_list(), dunning=Dunning(grace=0, patience=0)))
    gives(shop, ada, bob)
    asked = []
    later(shop, date(2027, 4, 10))
    shop.biller.keep_up(lambda customer: asked.append(customer))

    assert asked == [ada.id]
    assert [one.state for one in shop.biller.subscriptions(bob.id)] == ["suspended_no_payment_info"]
    quote = asks(shop, cleo, Subscribe("small", {}), recipient=bob.id)
    closes(shop, orders(shop, quote), Promised("transfer"))
    assert [one.state for one in shop.biller.invoices(cleo.id)] == ["due_offline"]
    later(shop, date(2027, 5, 10))
    shop.biller.keep_up(lambda customer: False)
    assert shop.biller.paid_for(cleo.id)[0].state == "suspended_payment_due", "they are late, and asked for no card"


# What they agreed to


def test_what_was_agreed_to_is_kept_with_what_came_of_it_and_never_twice(shop):
    ada = shop.knows("ada")
    order = orders(shop, asks(shop, ada, Subscribe("small", {}), consents=(TERMS, NEWS)))
    assert shop.biller.consents(ada.id) == ()
    closed = closes(shop, order)
    closes(shop, order)

    whose = (ada.id, closed.subscription, closed.invoice)
    assert shop.biller.consents(ada.id) == (Agreement(TERMS, *whose), Agreement(NEWS, *whose))
    free = orders(shop, asks(shop, ada, RegisterMethod("EUR"), consents=(NEWS,)))
    closes(shop, free, Registered("card1"))
    assert shop.biller.consents(ada.id)[2:] == (Agreement(NEWS, ada.id),)
    assert shop.biller.consents(shop.knows("bob").id) == ()


def test_who_was_declined_has_agreed_to_nothing(shop):
    ada = shop.knows("ada")
    closes(shop, orders(shop, asks(shop, ada, Subscribe("small", {}), consents=(TERMS,))), Declined("declined"))

    assert shop.biller.consents(ada.id) == ()


# What the merchant asks


def test_what_the_merchant_asks_is_kept_with_the_subscription_or_else_with_the_customer(shop):
    ada = shop.knows("ada")
    kept = {}
    order = orders(shop, asks(shop, ada, Subscribe("small", {}), fields={"form.a": "subscribe"}))
    id = closes(shop, order).subscription
    kept["form.a"] = "subscribe"
    said = [
        (ChangeOptions(id, {"support": True}), "form.b"),
        (Terminate(id), "confirm.reason"),
        (Restart(id), "summary.note"),
        (ChangePlan(id, "big", {}), "form.c"),
    ]
    for change, name in said:
        id = closes(shop, orders(shop, asks(shop, ada, change, fields={name: "said"}))).subscription
        kept[name] = "said"
        assert shop.biller.subscription(id).fields == kept, change
    closes(shop, orders(shop, asks(shop, ada, RegisterMethod("EUR"), fields={"form.d": 7})), Registered("card1"))

    assert shop.biller.customer(ada.id).fields == {"form.d": 7}
    assert shop.knows("ada", OFFICE).fields == {"form.d": 7}, "what the merchant says of them does not undo it"


def test_what_is_said_when_an_invoice_is_paid_goes_to_its_subscription(shop):
    ada = shop.knows("ada", terms_days=30)
    closed = closes(shop, orders(shop, asks(shop, ada, Subscribe("small", {}))), Promised("transfer"))
    closes(shop, orders(shop, asks(shop, ada, PayInvoice(closed.invoice), fields={"summary.note": "PO 7"})))

    assert shop.biller.subscription(closed.subscription).fields == {"summary.note": "PO 7"}


# What waits for its payment


@needs("a term from the day of the order")
def test_an_order_starts_the_very_subscription_that_waits(shop):
    ada = shop.knows("ada")
    order = orders(shop, asks(shop, ada, Subscribe("small", {})))
    waits = shop.biller.subscription(order.subscription)

    assert (waits.state, shop.biller.subscriptions(ada.id)) == ("draft_customer", (waits,))
    assert shop.biller.find(order.quote.id) == order
    later(shop, date(2027, 3, 15))
    assert shop.biller.keep_up() == 0
    assert closes(shop, order).subscription == waits.id
    assert shop.biller.subscription(waits.id) == replace(waits, state="active_running")


@needs("prepare", "start")
def test_what_was_declined_never_started_and_what_was_prepared_is_to_be_had_again(shop):
    ada = shop.knows("ada")
    prepared = shop.biller.prepare(ada.id, SMALL, {})
    order, taking = (orders(shop, asks(shop, ada, one)) for one in (Subscribe("big", {}), Start(prepared.id, {})))
    assert taking.subscription == prepared.id
    assert shop.biller.subscription(prepared.id).state == "draft_customer"
    for one in (order, taking):
        assert closes(shop, one, Declined("declined")) == Closed()

    assert shop.biller.subscription(order.subscription).state == "deleted"
    assert shop.biller.subscriptions(ada.id) == (prepared,)
    assert closes(shop, orders(shop, asks(shop, ada, Start(prepared.id, {})))).subscription == prepared.id


def test_a_try_that_broke_off_leaves_no_draft_behind(shop):
    """The same key with something else: nobody was asked for money by the first one."""
    ada = shop.knows("ada")
    first, second = asks(shop, ada, Subscribe("small", {})), asks(shop, ada, Subscribe("big", {}))
    shop.biller.open(first.id, first.shown, "k")
    shop.clock.travel(timedelta(minutes=2))
    order = shop.biller.open(second.id, second.shown, "k")

    assert [one.plan.ref for one in shop.biller.subscriptions(ada.id)] == ["big"]
    assert shop.biller.open(second.id, second.shown, "k") == order
    assert len(shop.biller.subscriptions(ada.id)) == 1


@needs("prepare", "start")
def test_an_order_of_which_nobody_hears_again_lapses(shop):
    ada = shop.knows("ada")
    prepared = shop.biller.prepare(ada.id, SMALL, {})
    order = orders(shop, asks(shop, ada, Subscribe("big", {})))
    orders(shop, asks(shop, ada, Start(prepared.id, {})))
    shop.clock.travel(timedelta(days=31))
    shop.biller.keep_up()

    assert shop.biller.subscriptions(ada.id) == (prepared,)
    assert closes(shop, order).subscription == order.subscription, "but money that comes after all is not lost"
    assert shop.biller.subscription(order.subscription).active


def test_an_invoice_is_at_the_bank_until_the_bank_has_decided(shop):
    ada = shop.knows("ada", terms_days=30)
    closed = closes(shop, orders(shop, asks(shop, ada, Subscribe("small", {}))), Promised("transfer"))
    for settlement, state in (
        (Declined("declined"), "due_offline"),
        (Promised("transfer"), "due_offline"),
        (None, "paid"),
    ):
        two = [asks(shop, ada, PayInvoice(closed.invoice)) for _ in range(2)]
        order = orders(shop, two[0])
        assert shop.biller.invoice(closed.invoice).state == "due_pending"
        assert orders(shop, two[1]) == Refused("under_way")
        assert asks(shop, ada, PayInvoice(closed.invoice)) == Refused("nothing_to_pay")
        closes(shop, order, settlement)
        assert shop.biller.invoice(closed.invoice).state == state


@needs("dunning by the merchant's rules")
def test_who_restarts_does_not_get_around_an_invoice_that_a_bank_is_at(shop):
    ada = shop.knows("ada", terms_days=5)
    closed = closes(shop, orders(shop, asks(shop, ada, Subscribe("small", {}))), Promised("transfer"))
    later(shop, date(2027, 4, 10))
    shop.biller.keep_up()
    assert shop.biller.subscription(closed.subscription).state == "suspended_payment_due"
    order = orders(shop, asks(shop, ada, PayInvoice(closed.invoice)))
    restart = asks(shop, ada, Restart(closed.subscription))

    assert next(line.kind for line in restart.lines_now) == "invoice"
    assert orders(shop, restart) == Refused("under_way")
    closes(shop, order)
    again = orders(shop, asks(shop, ada, Restart(closed.subscription)))
    closes(shop, again)
    assert shop.biller.subscription(closed.subscription).state == "active_running"
