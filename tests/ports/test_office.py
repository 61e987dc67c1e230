"""What every biller must do for the merchant: customers, what is prepared, holds and ends, transfers, and use."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.adapters.ledger.lines import consumed, total
from generator.model.catalog import Option, Period
from generator.model.customer import CustomerNews
from generator.model.payment import NothingDue, Paid, Promised
from generator.model.quote import ChangePlan, PayInvoice, Quote, Refused, Request, Terminate
from generator.model.usage import Consumption, NotCounted, Usage
from tests.ports.needs import needs
from tests.ports.test_biller import BILLERS, HOME, MORNING, TEAM, euros
from tests.ports.together import together

MESSAGES = Option("messages", "consumption", {"en": "Messages"}, euros(2), included=500, step=100)
PLAIN = replace(TEAM, ref="plain", setup=euros(0))
COSTLY = replace(PLAIN, ref="costly", price=euros(5000))
METERED = replace(PLAIN, ref="metered", options=(*TEAM.options, MESSAGES))
DEARER = replace(METERED, ref="dearer", price=euros(5000))
TRIED = replace(METERED, ref="tried", trial=Period(14, "day"))
DAY = timedelta(days=1)


@pytest.fixture(params=BILLERS, ids=lambda adapter: adapter.__name__)
def shop(request, tmp_path):
    with request.param(tmp_path) as shop:
        shop.sells(PLAIN, COSTLY, METERED, DEARER, TRIED)
        yield shop


def has(shop, plan="plain", ref="ada", terms_days=90):
    """A subscription, on terms."""
    customer = shop.biller.customer_by_ref(ref) or shop.knows(ref, terms_days=terms_days)
    commits(shop, Request(customer.id, shop.request(plan, ref=ref).change, None, {}))
    return shop.biller.subscriptions(customer.id)[0]


def commits(shop, request):
    quote = shop.biller.quote(request)
    assert isinstance(quote, Quote), quote
    order = shop.biller.open(quote.id, quote.shown, quote.id)
    shop.biller.close(order.id, Promised("transfer") if quote.due_now else NothingDue(), quote.id)
    return quote


def used(shop, subscription, amount, key="k", at=None, option="messages"):
    return shop.biller.report(Usage(key, subscription.customer, subscription.id, option, amount, at))


def count(shop, subscription):
    return shop.biller.consumption(subscription.id)[0].used


def usage_lines(shop, subscription):
    """The quantity and the amount of every line about use, in all invoices of the customer."""
    invoices = shop.biller.invoices(subscription.customer)
    return [
        (line.quantity, line.amount.minor) for invoice in invoices for line in invoice.lines if line.kind == "usage"
    ]


# Customers


def test_what_is_said_of_a_customer_changes_that_and_nothing_else(shop):
    before = shop.knows(terms_days=30)

    after = shop.biller.tell("ada", CustomerNews(tags=frozenset({"vat"}), billing={"city": "Lyon"}))

    assert after == replace(before, tags=frozenset({"vat"}), billing=replace(HOME, city="Lyon"))
    assert shop.biller.customer(before.id) == after


def test_who_is_not_known_is_created_once(shop):
    told = together(*[lambda: shop.biller.tell("new", CustomerNews(language="fr"))] * 5)

    assert len({customer.id for customer in told}) == 1
    assert shop.biller.customer_by_ref("new").language == "fr"


def test_customers_come_by_pages(shop):
    for ref in ("c", "a", "b"):
        shop.knows(ref)

    first = shop.biller.customers("", 2)

    assert [customer.ref for customer in first] == ["a", "b"]
    assert [customer.ref for customer in shop.biller.customers("b", 2)] == ["c"]


# What is prepared


@needs("prepare")
def test_the_same_key_prepares_once(shop):
    ada = shop.knows()

    one = shop.biller.prepare(ada.id, PLAIN, {}, key="k1")

    assert shop.biller.prepare(ada.id, PLAIN, {}, key="k1") == one
    assert shop.biller.prepare(ada.id, PLAIN, {}, key="k2") != one
    assert len(shop.biller.subscriptions(ada.id)) == 2


@needs("prepare")
def test_what_is_withdrawn_cannot_be_taken(shop):
    ada = shop.knows()
    prepared = shop.biller.prepare(ada.id, PLAIN, {})

    assert shop.biller.withdraw(prepared.id).state == "deleted"
    assert shop.biller.withdraw(prepared.id).state == "deleted"


def test_what_runs_is_not_withdrawn(shop):
    assert shop.biller.withdraw(has(shop).id) == Refused("not_now")


# Holds and ends


@needs("suspend and resume")
def test_a_hold_is_put_on_and_taken_off_within_the_term(shop):
    subscription = has(shop)

    assert shop.biller.suspend(subscription.id, "suspended_agent").state == "suspended_agent"
    assert shop.biller.resume(subscription.id) == subscription


@needs("suspend and resume")
def test_after_its_term_only_the_customer_restarts_what_was_held(shop):
    subscription = has(shop)
    shop.biller.suspend(subscription.id, "suspended_agent")
    shop.clock.travel(40 * DAY)

    assert shop.biller.resume(subscription.id) == Refused("not_now")


@needs("suspend and resume")
def test_a_hold_can_be_for_a_later_day(shop):
    subscription = has(shop)

    shop.biller.suspend(subscription.id, "suspended_agent", date(2027, 3, 20))
    shop.clock.travel(9 * DAY)
    shop.biller.keep_up()
    assert shop.biller.subscription(subscription.id).state == "active_delayed_suspension"
    shop.clock.travel(DAY)
    shop.biller.keep_up()

    assert shop.biller.subscription(subscription.id).state == "suspended_agent"


def test_the_merchant_ends_at_once_or_with_the_term(shop):
    one, other = has(shop), has(shop, ref="bob")

    assert shop.biller.end(one.id, at_once=True).state == "ended_terminated"
    assert shop.biller.end(other.id, at_once=False).state == "active_delayed_termination"
    assert shop.biller.end(one.id, at_once=True) == shop.biller.subscription(one.id)


@needs("suspend and resume")
def test_the_merchant_takes_an_end_back(shop):
    subscription = has(shop)
    shop.biller.end(subscription.id, at_once=False)

    assert shop.biller.resume(subscription.id) == subscription


def test_while_the_customer_pays_for_a_change_the_merchant_waits(shop):
    subscription = has(shop)
    quote = shop.biller.quote(Request(subscription.customer, ChangePlan(subscription.id, "costly", {}), None, {}))
    order = shop.biller.open(quote.id, quote.shown, "k9")

    assert shop.biller.end(subscription.id, at_once=True) == Refused("under_way")
    shop.biller.close(order.id, Paid("p", "m", quote.due_now), "k9")


# Transfers


def test_a_transfer_pays_an_invoice_once(shop):
    subscription = has(shop)
    (invoice,) = shop.biller.invoices(subscription.customer)

    paid = shop.biller.receive(invoice.id, date(2027, 3, 12), "SEPA 77")

    assert (paid.state, paid.due, paid.received, paid.reference) == ("paid", None, date(2027, 3, 12), "SEPA 77")
    assert shop.biller.receive(invoice.id, date(2027, 3, 12), "SEPA 77") == paid
    assert shop.biller.receive(invoice.id, date(2027, 3, 12), "another") == Refused("nothing_to_pay")


def test_an_invoice_that_is_being_paid_is_not_received(shop):
    subscription = has(shop)
    (invoice,) = shop.biller.invoices(subscription.customer)
    quote = shop.biller.quote(Request(subscription.customer, PayInvoice(invoice.id), None, {}))
    shop.biller.open(quote.id, quote.shown, "k9")

    assert shop.biller.receive(invoice.id, date(2027, 3, 12), "") == Refused("under_way")


# Use


@needs("consumption")
def test_what_is_reported_is_counted_once_for_each_key(shop):
    subscription = has(shop, "metered")

    first = used(shop, subscription, 120, "a")

    assert used(shop, subscription, 120, "a") == first
    assert used(shop, subscription, 121, "a") == NotCounted("key_taken")
    used(shop, subscription, 30, "b")
    assert shop.biller.consumption(subscription.id) == (Consumption(MESSAGES, 150),)
    assert shop.biller.consumption(subscription.id)[0].left == 350
    assert [usage.key for _, usage in shop.biller.reports(subscription.id, 0, 10)] == ["a", "b"]


@needs("consumption")
def test_the_same_report_by_several_at_once_counts_once(shop):
    subscription = has(shop, "metered")

    together(*[lambda: used(shop, subscription, 7, "a")] * 6)

    assert count(shop, subscription) == 7


@needs("consumption")
def test_never_is_less_than_nothing_used(shop):
    subscription = has(shop, "metered")
    used(shop, subscription, 10, "a")

    assert used(shop, subscription, -11, "b") == NotCounted("below_zero")
    used(shop, subscription, -10, "b")
    assert count(shop, subscription) == 0


@needs("consumption")
@pytest.mark.parametrize(
    ("at", "option", "reason"),
    [
        (MORNING - DAY, "messages", "term_over"),
        (MORNING + DAY, "messages", "not_yet"),
        (MORNING, "seats", "no_such_option"),
        (MORNING, "letters", "no_such_option"),
    ],
)
def test_what_cannot_count_is_refused(shop, at, option, reason):
    assert used(shop, has(shop, "metered"), 1, at=at, option=option) == NotCounted(reason)


@needs("consumption", "suspend and resume")
@pytest.mark.parametrize("state", ["suspended_agent", "suspended_payment_due"])
def test_what_does_not_run_is_not_used(shop, state):
    subscription = has(shop, "metered")
    shop.biller.suspend(subscription.id, state)

    assert used(shop, subscription, 1) == NotCounted("not_running")


@needs("consumption")
def test_use_is_on_the_next_terms_invoice_and_then_counted_anew(shop):
    subscription = has(shop, "metered")
    used(shop, subscription, 620)
    shop.clock.travel(31 * DAY)
    shop.biller.keep_up()

    invoice, first = shop.biller.invoices(subscription.customer)
    assert [(line.kind, line.quantity, line.amount.minor) for line in invoice.lines] == [
        ("plan", 1, 1000),
        ("usage", 120, 400),
        ("tax", 1, 280),
    ]
    assert count(shop, subscription) == 0
    assert first.total.minor == 1200


@needs("consumption")
def test_a_term_that_is_over_is_closed_even_where_the_calendar_was_not_kept_up_with(shop):
    subscription = has(shop, "metered")
    shop.clock.travel(31 * DAY)

    assert used(shop, subscription, 5, at=MORNING + 2 * DAY) == NotCounted("term_over")
    used(shop, subscription, 5, "b")
    assert count(shop, subscription) == 5


@needs("consumption")
def test_use_in_a_free_trial_costs_nothing(shop):
    subscription = has(shop, "tried")
    used(shop, subscription, 5000)
    shop.clock.travel(14 * DAY)
    shop.biller.keep_up()

    assert usage_lines(shop, subscription) == []
    assert count(shop, subscription) == 0


@needs("consumption")
def test_a_change_of_plan_shows_open_use_and_invoices_it_by_itself(shop):
    subscription = has(shop, "metered")
    used(shop, subscription, 600)

    quote = commits(shop, Request(subscription.customer, ChangePlan(subscription.id, "dearer", {}), None, {}))

    assert [(line.kind, line.amount.minor) for line in quote.lines_used] == [("usage", 200), ("tax", 40)]
    assert all(line.kind != "usage" for line in quote.lines_now)
    assert usage_lines(shop, subscription) == [(100, 200)]
    shop.clock.travel(31 * DAY)
    shop.biller.keep_up()
    assert usage_lines(shop, subscription) == [(100, 200)]


@needs("consumption")
def test_more_use_does_not_move_what_the_customer_agrees_to(shop):
    subscription = has(shop, "metered")
    quote = shop.biller.quote(Request(subscription.customer, ChangePlan(subscription.id, "dearer", {}), None, {}))
    used(shop, subscription, 900)

    again = shop.biller.quote(quote.request)

    assert quote.shown == again.shown
    assert quote.lines_used != again.lines_used


@needs("consumption")
def test_use_is_invoiced_when_the_subscription_ends(shop):
    subscription = has(shop, "metered")
    used(shop, subscription, 600)
    commits(shop, Request(subscription.customer, Terminate(subscription.id), None, {}))

    assert usage_lines(shop, subscription) == []
    used(shop, subscription, 1, "b")
    shop.clock.travel(31 * DAY)
    shop.biller.keep_up()
    shop.biller.keep_up()

    assert usage_lines(shop, subscription) == [(101, 400)]


@needs("consumption")
def test_use_is_invoiced_when_the_merchant_ends_it(shop):
    subscription = has(shop, "metered")
    used(shop, subscription, 600)
    shop.biller.end(subscription.id, at_once=True)

    assert usage_lines(shop, subscription) == [(100, 200)]


@given(st.integers(0, 10**9), st.integers(0, 1000), st.integers(1, 500), st.integers(0, 10**4))
def test_what_is_used_costs_by_begun_steps_and_never_less_than_nothing(used, included, step, price):
    option = replace(MESSAGES, included=included, step=step, price=euros(price))

    cost = total(consumed(replace(METERED, options=(option,)), {"messages": used}), "EUR").minor

    beyond = max(used - included, 0)
    assert beyond * price <= cost < (beyond + step) * price or (cost == 0 and price * beyond == 0)
    assert price == 0 or cost % (step * price) == 0
