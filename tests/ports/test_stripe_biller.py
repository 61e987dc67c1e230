"""Stripe as biller, at the stand-in: what only it does, and that what its table says no to is not done."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from generator.model.capability import STRIPE, lacking
from generator.model.catalog import Catalog, Option, Period, Scale, Table, Tier
from generator.model.payment import NothingDue, Paid, Promised, Registered
from generator.model.promotion import Promotion
from generator.model.quote import (
    ChangeOptions,
    ChangePlan,
    Closed,
    Keep,
    Pause,
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
from generator.model.usage import NotCounted, Usage
from generator.ports.eventful import Eventful
from generator.ports.trouble import Unavailable
from tests.ports.test_biller import FREE, OFFICE, PAID, TEAM, TRIAL, euros
from tests.ports.test_biller_changes import later
from tests.ports.together import together
from tests.standin import trouble
from tests.standin.asking import client
from tests.standin.shop import stripe_shop

BIG = replace(TEAM, ref="big", title={"en": "Big"}, price=euros(4100), setup=euros(0))
YEARLY = replace(BIG, ref="yearly", price=euros(40000), period=Period(1, "year"), options=())
MARCH_25, APRIL_10 = date(2027, 3, 25), date(2027, 4, 10)


@pytest.fixture
def shop(tmp_path):
    with stripe_shop(tmp_path) as shop:
        shop.sells(TEAM, FREE, TRIAL, BIG, YEARLY)
        yield shop


def v1(shop):
    return client(shop.biller.stand_in).v1


def asks(shop, change, **more):
    return shop.biller.quote(Request(shop.biller.customer_by_ref("ada").id, change, None, {}, **more))


def does(shop, change, **more):
    """Ask for a change, commit to it and settle it; what the subscription is then."""
    quote = asks(shop, change, **more)
    assert isinstance(quote, Quote), quote
    order = shop.biller.open(quote.id, quote.shown, quote.id)
    settlement = Paid("p", "card1", quote.due_now) if quote.due_now else NothingDue()
    closed = shop.biller.close(order.id, settlement, quote.id)
    assert shop.biller.close(order.id, settlement, quote.id) == closed
    return shop.biller.subscription(closed.subscription)


def has(shop, plan="team", options=None):
    shop.biller.customer_by_ref("ada") or shop.knows()
    return does(shop, Subscribe(plan, options or {}))


def amounts(lines):
    return [(line.kind, line.part, line.amount.minor) for line in lines]


def at_stripe(shop, kind):
    return list(shop.biller.stand_in.books.all(kind))


def test_a_paid_order_begins_at_stripe_and_its_invoice_is_paid_there(shop):
    order = shop.orders(options={"seats": 5}, billing=OFFICE)
    closed = shop.biller.close(order.id, PAID, "k1")
    ada = shop.knows("ada", OFFICE)
    (subscription,), (invoice,) = shop.biller.subscriptions(ada.id), shop.biller.invoices(ada.id)

    assert closed == Closed(subscription.id, invoice.id)
    assert (subscription.plan, subscription.state, subscription.price) == (TEAM, "active_running", euros(1900))
    assert (subscription.options, subscription.fields) == ({"support": False, "seats": 5}, {"gift.gift": "mug"})
    assert (subscription.period_start, subscription.period_end) == (date(2027, 3, 10), APRIL_10)
    assert (invoice.state, invoice.subscription, invoice.charge) == ("paid", subscription.id, "k1")
    assert (invoice.lines, invoice.total) == (order.quote.lines_now, order.quote.due_now)
    assert (invoice.billed_to.name, invoice.billed_to.city) == ("Analytical SAS", "Paris")
    assert invoice.paper.endswith("/pdf")
    assert shop.biller.invoice_numbered(invoice.number) == invoice
    assert [one["status"] for one in at_stripe(shop, "invoice")] == ["paid"]


def test_what_our_gateway_took_at_stripe_is_for_the_invoice_and_nothing_is_taken_twice(shop):
    order = shop.orders()
    books = shop.biller.stand_in.books
    ada = shop.biller.customer_by_ref("ada").id
    owner = v1(shop).customers.create({}).id
    shop.biller._owners._books.know(ada, owner)
    method = v1(shop).payment_methods.attach("pm_card_visa", {"customer": owner}).id
    paid = v1(shop).payment_intents.create(
        {"amount": 4200, "currency": "eur", "customer": owner, "payment_method": method, "confirm": True}
    )
    shop.biller.close(order.id, Paid(paid.id, method, euros(4200)), "k1")

    assert [one["amount"] for one in books.all("charge", status="succeeded")] == [4200]
    (subscription,) = books.all("subscription")
    assert (subscription["status"], subscription["default_payment_method"]) == ("active", method)
    later(shop, date(2027, 4, 12))
    assert [one.total for one in shop.biller.invoices(ada)] == [euros(1200), euros(4200)]
    assert [one["amount"] for one in books.all("charge", status="succeeded")] == [4200, 1200]


@pytest.mark.parametrize(("drops", "done"), [("post /v1/subscriptions$", True), ("post /v1/subscriptions$", False)])
def test_an_answer_that_is_lost_begins_nothing_twice(shop, drops, done):
    order = shop.orders()
    shop.biller.stand_in.troubles.add(trouble.lost(drops, times=9, done=done))
    with pytest.raises(Unavailable):
        shop.biller.close(order.id, PAID, "k1")
    shop.biller.stand_in.troubles.clear()
    shop.biller.stand_in.forget_keys()

    closed = shop.biller.close(order.id, PAID, "k1")
    assert len(at_stripe(shop, "subscription")) == 1
    assert shop.biller.subscription(closed.subscription).active


def test_what_was_not_closed_for_want_of_an_answer_waits_and_nobody_else_begins_it(shop):
    order = shop.orders()
    waiting = shop.biller.subscription(order.subscription)

    assert (waiting.state, at_stripe(shop, "subscription")) == ("draft_customer", [])
    assert shop.opens(shop.quotes(), "k2").subscription != order.subscription


@pytest.mark.parametrize(
    "fault", [trouble.status("/v1/", 500, 99), trouble.status("/v1/", 429, 99), trouble.page("/v1/", 99)]
)
def test_stripe_away_is_said_so_and_nothing_is_kept(shop, fault):
    request = shop.request()
    shop.biller.stand_in.troubles.add(fault)
    with pytest.raises(Unavailable):
        shop.biller.quote(request)
    with pytest.raises(Unavailable):
        shop.sells(replace(TEAM, price=euros(9999)))

    shop.biller.stand_in.troubles.clear()
    assert shop.biller.plan("team") == TEAM


@pytest.mark.parametrize(("net", "rate"), [(1, 4999), (33, 550), (10**9 + 7, 1999), (0, 2000)])
@pytest.mark.parametrize("trial", [None, Period(14, "day")])
def test_lines_add_up_to_the_totals(shop, net, rate, trial):
    odd = replace(TEAM, price=euros(net), setup=euros(net), trial=trial)
    shop.sells(odd, tax_rate=rate)
    quote = shop.quotes(options={"support": True, "seats": 9})

    assert sum(line.amount.minor for line in quote.lines_now) == quote.due_now.minor >= 0
    assert sum(line.amount.minor for line in quote.lines_later) == quote.due_later.minor > 0


def test_who_only_looks_is_not_known_at_stripe(shop):
    shop.quotes()

    assert at_stripe(shop, "customer") == []


def test_what_is_sold_again_is_the_same_there_and_another_price_is_another(shop):
    prices = [one["id"] for one in at_stripe(shop, "price")]
    shop.sells(TEAM, FREE, TRIAL, BIG, YEARLY)
    assert [one["id"] for one in at_stripe(shop, "price")] == prices

    shop.sells(replace(TEAM, price=euros(1100)))
    assert len(at_stripe(shop, "price")) == len(prices) + 1


TIERED = Option("seats", "quantity", {"en": "Seats"}, Scale((Tier(euros(100)),)), maximum=9)
USED = Option("calls", "consumption", {"en": "Calls"}, euros(1))


def test_a_plan_that_stripe_cannot_keep_is_not_sold(shop):
    plan = replace(TEAM, commitment=3, options=(USED,))
    shop.sells(plan, BIG)

    assert lacking(STRIPE, plan) == ("commitment", "consumption")
    assert (shop.biller.plan(plan.ref), [one.ref for one in shop.biller.catalog().plans]) == (None, ["big"])
    assert shop.quotes(plan.ref) == Refused("plan_withdrawn")


def test_a_dearer_plan_is_had_at_once_and_paid_for_to_the_second(shop):
    before = has(shop)
    later(shop, MARCH_25)
    quote = asks(shop, ChangePlan(before.id, "big", {}))
    # 16 days of 31 are left: for Stripe, which counts in UTC, no night is shorter than others.
    assert amounts(quote.lines_now) == [("plan", "unused", -516), ("plan", "rest", 2116), ("tax", "whole", 320)]
    assert (quote.due_later, quote.later_on) == (euros(4920), APRIL_10)
    after = does(shop, ChangePlan(before.id, "big", {}))

    assert (after.id, after.plan, after.price) == (before.id, BIG, euros(4100))
    assert shop.biller.invoices(after.customer)[0].lines == quote.lines_now
    later(shop, date(2027, 4, 12))
    assert shop.biller.invoices(after.customer)[0].total == euros(4920)


def test_a_plan_of_another_length_begins_a_new_term(shop):
    before = has(shop)
    quote = asks(shop, ChangePlan(before.id, "yearly", {}))
    assert amounts(quote.lines_now) == [("plan", "unused", -1000), ("plan", "whole", 40000), ("tax", "whole", 7800)]
    after = does(shop, ChangePlan(before.id, "yearly", {}))

    assert (after.plan, after.period_end) == (YEARLY, date(2028, 3, 10))


def test_a_cheaper_plan_waits_for_the_end_of_the_term_and_can_be_undone_until_then(shop):
    before = has(shop, "big")
    quote = asks(shop, ChangePlan(before.id, "team", {}))
    assert (quote.due_now, quote.effective_on, quote.due_later) == (euros(0), APRIL_10, euros(1200))
    now = does(shop, ChangePlan(before.id, "team", {}))
    assert (now.state, now.plan) == ("active_delayed_upgrade", BIG)
    waiting = shop.biller.subscription(now.successor)
    assert (waiting.state, waiting.plan, waiting.started) == ("draft_delayed_upgrade", TEAM, APRIL_10)

    for _ in range(2):
        shop.biller.undo_change(before.id)
    assert shop.biller.subscription(before.id).state == "active_running"
    does(shop, ChangePlan(before.id, "team", {}))
    later(shop, date(2027, 4, 12))
    after = shop.biller.subscription(before.id)
    assert (after.plan, after.state, after.price) == (TEAM, "active_running", euros(1000))
    assert [one.total for one in shop.biller.invoices(after.customer)] == [euros(1200), euros(4920)]


def test_a_change_that_breaks_off_on_its_way_to_stripe_is_made_once(shop):
    before = has(shop, "big")
    quote = asks(shop, ChangePlan(before.id, "team", {}))
    order = shop.biller.open(quote.id, quote.shown, "k5")
    shop.biller.stand_in.troubles.add(trouble.lost("post /v1/subscription_schedules/", times=3, done=False))
    with pytest.raises(Unavailable):
        shop.biller.close(order.id, NothingDue(), "k5")
    shop.biller.stand_in.troubles.clear()
    shop.biller.close(order.id, NothingDue(), "k5")

    assert len(at_stripe(shop, "subscription_schedule")) == 1
    assert shop.biller.subscription(before.id).state == "active_delayed_upgrade"


@pytest.mark.parametrize("held", [True, False])
def test_a_way_back_that_breaks_off_when_it_was_paid_begins_one_term(shop, held):
    before = has(shop)
    if held:
        shop.biller.suspend(before.id, "suspended_agent")
    else:
        does(shop, Pause(before.id, date(2027, 6, 1)))
    later(shop, date(2027, 5, 1))
    quote = asks(shop, Restart(before.id))
    order = shop.biller.open(quote.id, quote.shown, "k5")
    paid = Paid("p", "card1", quote.due_now)
    shop.biller.stand_in.troubles.add(trouble.lost(r"post /v1/invoices/\w+$", times=3, done=False))
    with pytest.raises(Unavailable):
        shop.biller.close(order.id, paid, "k5")
    shop.biller.stand_in.troubles.clear()
    shop.clock.travel(timedelta(days=2))
    shop.biller.stand_in.forget_keys()
    shop.biller.close(order.id, paid, "k5")

    back = shop.biller.subscription(before.id)
    assert (back.state, back.period_start, back.period_end) == ("active_running", date(2027, 5, 1), date(2027, 6, 1))
    assert [one.state for one in shop.biller.invoices(before.customer)] == ["paid", "paid"]


def test_what_was_changed_with_a_term_can_be_changed_again(shop):
    before = has(shop, "big")
    does(shop, ChangePlan(before.id, "team", {}))
    later(shop, date(2027, 4, 12))
    does(shop, Terminate(before.id))
    after = shop.biller.subscription(before.id)

    assert (after.plan, after.state) == (TEAM, "active_delayed_termination")


def test_of_many_who_close_an_order_at_once_none_begins_another(shop):
    order = shop.orders()

    def closes():
        try:
            return shop.biller.close(order.id, PAID, "k1")
        except Unavailable:
            return None

    closed = set(together(*[closes] * 6)) - {None}
    assert closed <= {shop.biller.close(order.id, PAID, "k1")}
    assert [len(at_stripe(shop, kind)) for kind in ("subscription", "invoice")] == [1, 1]


def test_more_seats_are_had_at_once_and_fewer_with_the_next_term(shop):
    before = has(shop, options={"seats": 5})
    more = does(shop, ChangeOptions(before.id, {"seats": 7}))
    assert (more.options["seats"], more.price) == (7, euros(2500))

    fewer = does(shop, ChangeOptions(before.id, {"seats": 2}))
    assert fewer.options["seats"] == 7
    later(shop, date(2027, 4, 12))
    assert shop.biller.subscription(before.id).options["seats"] == 2


def test_an_invoice_is_late_when_its_last_day_is_over(shop):
    shop.knows("ada", terms_days=10)
    invoice = shop.biller.close(shop.orders().id, Promised("transfer"), "k1").invoice
    later(shop, MARCH_25)

    assert shop.biller.invoice(invoice).state == "problem_overdue"


def test_a_method_for_later_is_charged_for_all_that_goes_on(shop):
    before = has(shop, "trial")
    owner = v1(shop).customers.list().data[0].id
    method = v1(shop).payment_methods.attach("pm_card_visa", {"customer": owner}).id
    quote = asks(shop, RegisterMethod("EUR"))
    order = shop.biller.open(quote.id, quote.shown, "k9")
    shop.biller.close(order.id, Registered(method), "k9")
    later(shop, date(2027, 3, 26))

    assert [one.state for one in shop.biller.invoices(before.customer)] == ["paid"]


def test_who_does_not_pay_pays_later_by_the_invoice(shop):
    before = has(shop)
    later(shop, date(2027, 4, 12))
    unpaid, _ = shop.biller.invoices(before.customer)
    assert (unpaid.state, unpaid.payable) == ("problem_auto", True)
    does(shop, PayInvoice(unpaid.id))

    assert shop.biller.invoice(unpaid.id).state == "paid"


def coded(shop, *promotions):
    shop.biller.put_catalog(Catalog((Table("all", {}, (TEAM, TRIAL, BIG, YEARLY)),)), 2000, promotions)


def test_a_code_that_others_used_up_in_the_dashboard_is_kept_to_who_was_promised_it(shop):
    coded(shop, Promotion("LAST", {"en": "Last"}, percent=5000, uses=1))
    shop.knows()
    quote = asks(shop, Subscribe("team", {}), promotion="LAST")
    order = shop.biller.open(quote.id, quote.shown, quote.id)
    (code,) = at_stripe(shop, "promotion_code")
    someone, price = v1(shop).customers.create({}).id, at_stripe(shop, "price")[0]["id"]
    taken = {"customer": someone, "items": [{"price": price}], "discounts": [{"promotion_code": code["id"]}]}
    v1(shop).subscriptions.create({**taken, "payment_behavior": "default_incomplete"})
    shop.biller.close(order.id, Paid("p", "card1", quote.due_now), quote.id)

    assert at_stripe(shop, "invoice")[-1]["total"] == quote.due_now.minor
    assert asks(shop, Subscribe("team", {}), promotion="LAST").promotion_fault == "used_up"


def test_a_code_for_terms_of_several_lengths_lasts_as_many_of_each(shop):
    coded(shop, Promotion("LONG", {"en": "Long"}, percent=1000, terms=2))
    shop.knows()
    quotes = [asks(shop, Subscribe(plan, {}), promotion="LONG") for plan in ("big", "yearly")]

    assert [quote.afterwards[0].first for quote in quotes] == [date(2027, 5, 10), date(2029, 3, 10)]
    assert at_stripe(shop, "promotion_code") == [], "a code leads to one coupon"


def test_a_code_whose_terms_stripe_cannot_count_lowers_nothing(shop):
    weekly = replace(TEAM, ref="weekly", period=Period(1, "week"))
    promotion = Promotion("WEEKS", {}, percent=1000, terms=3)
    shop.biller.put_catalog(Catalog((Table("all", {}, (weekly,)),)), 2000, (promotion,))
    shop.knows()

    assert asks(shop, Subscribe("weekly", {}), promotion="WEEKS").promotion_fault == "other_plan"


def test_an_invoice_that_was_never_looked_at_is_found_by_its_number_too(shop):
    invoice = shop.biller.close(shop.orders().id, PAID, "k1").invoice
    (there,) = at_stripe(shop, "invoice")

    assert shop.biller.invoice_numbered(there["number"]).id == invoice
    assert shop.biller.invoice_numbered("../statement") is None
    assert shop.biller.invoice_numbered("NOBODYS-0001") is None


def test_money_that_was_to_go_by_transfer_keeps_none_waiting_that_goes_by_the_gateway(shop):
    for key in ("k1", "k2"):
        shop.biller.close(shop.orders(key=key).id, PAID, key)
    first, second = shop.biller.invoices(shop.biller.customer_by_ref("ada").id)
    shop.biller.stand_in.troubles.add(trouble.lost("post /v1/credit_notes$", times=9, done=False))
    with pytest.raises(Unavailable):
        shop.biller.refund(first.id, euros(500), "transfer", "", "r1")
    shop.biller.stand_in.troubles.clear()
    begun = shop.biller.refund(second.id, euros(500), "gateway", "", "r2")

    assert shop.biller.refunds_to_settle(shop.clock.now(), 1) == (begun,)


def not_sold(shop, plan):
    shop.sells(plan, BIG)
    return shop.quotes(plan.ref) == Refused("plan_withdrawn")


def on_terms(shop, ref):
    """The number of the first invoice of somebody."""
    shop.knows(ref, terms_days=30)
    closed = shop.biller.close(shop.orders(key=ref, ref=ref).id, Promised("transfer"), ref)
    return shop.biller.invoice(closed.invoice).number


def term(shop):
    """How long the first term is, in seconds: the clocks go forward in it."""
    has(shop)
    (item,) = at_stripe(shop, "subscription_item")
    return item["current_period_end"] - item["current_period_start"]


def days_later(shop):
    """The first day of what was ordered on the tenth and paid three days later."""
    order = shop.orders()
    shop.clock.travel(timedelta(days=3))
    return shop.biller.subscription(shop.biller.close(order.id, PAID, "k1").subscription).started


def unpaid_for(shop, days):
    """The state of what nobody pays for so long."""
    before = has(shop)
    shop.clock.travel(timedelta(days=days))
    assert shop.biller.keep_up(lambda _: False) == 0
    return shop.biller.subscription(before.id).state


def with_code(shop, change, promotion):
    shop.knows()
    coded(shop, promotion)
    return asks(shop, change, promotion=promotion.code).promotion_fault


def held_and_late(shop):
    """On hold, with a term that was never paid."""
    before = has(shop)
    later(shop, date(2027, 4, 12))
    shop.biller.suspend(before.id, "suspended_payment_due")
    later(shop, date(2027, 5, 20))
    return before


def lowered(shop):
    coded(shop, EASTER)
    shop.knows()
    return does(shop, Subscribe("team", {}), promotion="EASTER")


EASTER = Promotion("EASTER", {}, percent=1000, terms=2)
NOT_NOW = Refused("not_now")

SAYS_NO = {
    "start": lambda shop: asks(shop, Start(has(shop).id, {})) == NOT_NOW,
    "replace": lambda shop: asks(shop, Replace(has(shop).id, "subscription-1", {})) == NOT_NOW,
    "pause of who has terms": lambda shop: (
        shop.knows(terms_days=30) and asks(shop, Pause(has(shop).id, date(2027, 5, 1))) == NOT_NOW
    ),
    "a discount that rests": lambda shop: asks(shop, Pause(lowered(shop).id, date(2027, 5, 1))) == NOT_NOW,
    "keep": lambda shop: asks(shop, Keep(has(shop).id)) == NOT_NOW,
    "promotion with a change": lambda shop: with_code(shop, ChangePlan(has(shop).id, "big", {}), EASTER) == "new_only",
    "promotion in a trial": lambda shop: (
        shop.knows() and with_code(shop, Subscribe("trial", {}), EASTER) == "other_plan"
    ),
    "paid trial": lambda shop: not_sold(shop, replace(TRIAL, trial_price=euros(100))),
    "commitment": lambda shop: not_sold(shop, replace(TEAM, commitment=3)),
    "number of terms": lambda shop: not_sold(shop, replace(TEAM, terms=2)),
    "fee for leaving": lambda shop: not_sold(shop, replace(TEAM, termination=euros(100))),
    "price by tiers": lambda shop: not_sold(shop, replace(TEAM, options=(TIERED,))),
    "consumption": lambda shop: (
        not_sold(shop, replace(TEAM, options=(USED,)))
        and shop.biller.report(Usage("u1", "ada", "s", "calls", 3)) == NotCounted("no_such_option")
    ),
    "terms by the merchant's calendar": lambda shop: term(shop) == 31 * 86400,
    "numbers from one series": lambda shop: on_terms(shop, "ada")[:8] != on_terms(shop, "bob")[:8],
    "a term from the day of the order": lambda shop: days_later(shop) == date(2027, 3, 13),
    "another subscription with another plan": lambda shop: (
        does(shop, ChangePlan((before := has(shop)).id, "big", {})).id == before.id
    ),
    "dunning by the merchant's rules": lambda shop: unpaid_for(shop, 200) == "active_running",
    "mails about renewals": lambda shop: unpaid_for(shop, 32) and shop.biller.letters(9) == (),
    "events of subscriptions": lambda shop: not isinstance(shop.biller, Eventful),
    "prepare": lambda shop: (
        shop.biller.prepare(shop.knows().id, TEAM, {}) == shop.biller.withdraw("subscription-1") == NOT_NOW
    ),
    "a hold beyond the term": lambda shop: (
        shop.biller.suspend(has(shop).id, "suspended_agent", date(2027, 5, 1)) == NOT_NOW
    ),
    "what is owed with a restart": lambda shop: asks(shop, Restart(held_and_late(shop).id)) == NOT_NOW,
}


@pytest.mark.parametrize("what", [what for what, why in STRIPE.items() if why])
def test_what_the_table_says_no_to_is_not_done(shop, what):
    assert SAYS_NO[what](shop)


def test_what_it_charges_and_writes_nobody_else_does(shop):
    has(shop)

    assert (shop.biller.to_charge(9), shop.biller.letters(9), shop.biller.keep_up()) == ((), (), 0)
