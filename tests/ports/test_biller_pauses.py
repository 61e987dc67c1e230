"""The biller, on pauses: nothing of a paid term is lost, and a new one begins on the day."""

from datetime import date

import pytest

from generator.model.payment import NothingDue, Promised
from generator.model.promotion import Promotion
from generator.model.quote import (
    ChangeOptions,
    ChangePlan,
    Keep,
    Pause,
    Refused,
    Request,
    Restart,
    Subscribe,
    Terminate,
)
from tests.ports.needs import needs
from tests.ports.test_biller import BILLERS, euros
from tests.ports.test_biller_changes import BIG, BOUND, SMALL, TRIAL, asks, does, has, later

APRIL_10, JUNE_1 = date(2027, 4, 10), date(2027, 6, 1)


@pytest.fixture(params=BILLERS, ids=lambda adapter: adapter.__name__)
def shop(request, tmp_path):
    """Where a tax of a fifth is on everything, and it is the tenth of March."""
    with request.param(tmp_path) as shop:
        shop.sells(SMALL, BIG, BOUND, TRIAL)
        yield shop


def paused(shop, until=JUNE_1):
    return does(shop, Pause(has(shop).id, until))


def test_a_pause_costs_nothing_now_and_a_term_on_its_day(shop):
    quote = asks(shop, Pause(has(shop).id, JUNE_1))
    assert (quote.due_now, quote.effective_on, quote.resumes) == (euros(0), APRIL_10, JUNE_1)
    assert (quote.due_later, quote.later_on) == (euros(1200), JUNE_1)


def test_what_is_paid_for_is_used_up_first_then_it_rests_then_a_term_begins(shop):
    subscription = paused(shop)
    assert (subscription.state, subscription.resumes) == ("active_delayed_suspension", JUNE_1)
    later(shop, date(2027, 4, 9))
    assert shop.biller.keep_up() == 0
    later(shop, APRIL_10)
    assert shop.biller.subscription(subscription.id).state == "suspended_agent"
    shop.biller.keep_up()
    later(shop, date(2027, 5, 31))
    assert shop.biller.keep_up() == 0
    later(shop, JUNE_1)
    shop.biller.keep_up()
    running = shop.biller.subscription(subscription.id)
    assert (running.state, running.resumes) == ("active_running", None)
    assert (running.period_start, running.period_end) == (JUNE_1, date(2027, 7, 1))
    assert [invoice.total for invoice in shop.biller.invoices(subscription.customer)] == [euros(1200)] * 2


def test_who_was_away_for_long_finds_it_as_it_would_be(shop):
    subscription = paused(shop)
    later(shop, date(2027, 7, 2))
    shop.biller.keep_up()
    assert shop.biller.subscription(subscription.id).period_end == date(2027, 8, 1)
    assert len(shop.biller.invoices(subscription.customer)) == 3


def test_it_can_be_undone_for_nothing_until_it_begins(shop):
    subscription = paused(shop)
    quote = asks(shop, Restart(subscription.id))
    assert (quote.due_now, quote.later_on) == (euros(0), APRIL_10)
    back = does(shop, Restart(subscription.id))
    assert (back.state, back.resumes, back.period_end) == ("active_running", None, APRIL_10)


def test_who_comes_back_earlier_pays_for_a_term_from_that_day(shop):
    subscription = paused(shop)
    later(shop, date(2027, 5, 1))
    shop.biller.keep_up()
    quote = asks(shop, Restart(subscription.id))
    assert (quote.due_now, quote.later_on) == (euros(1200), JUNE_1)
    back = does(shop, Restart(subscription.id))
    assert (back.state, back.resumes, back.period_end) == ("active_running", None, JUNE_1)


@pytest.mark.parametrize("day", [date(2027, 3, 10), date(2027, 4, 9), APRIL_10])
def test_it_never_begins_within_a_paid_term(shop, day):
    assert asks(shop, Pause(has(shop).id, day)) == Refused("not_now")


@needs("commitment", "suspend and resume")
def test_no_pause_while_committed_in_trial_changing_ending_pausing_or_suspended(shop):
    def refused(subscription):
        return asks(shop, Pause(subscription.id, date(2028, 1, 1))) == Refused("not_now")

    assert refused(has(shop, "bound"))
    assert refused(has(shop, "trial"))
    changing = has(shop, "big")
    does(shop, ChangePlan(changing.id, "small", {}))
    assert refused(changing)
    ending = has(shop)
    does(shop, Terminate(ending.id))
    assert refused(ending)
    pausing = paused(shop)
    assert refused(pausing)
    assert asks(shop, Keep(pausing.id)) == Refused("not_now")
    assert asks(shop, ChangeOptions(pausing.id, {"support": True})) == Refused("not_now")
    suspended = has(shop)
    shop.biller.suspend(suspended.id, "suspended_agent")
    assert refused(suspended)


def test_who_pauses_may_still_leave_or_change_to_another_plan(shop):
    leaving = does(shop, Terminate(paused(shop).id))
    assert (leaving.state, leaving.ends, leaving.resumes) == ("active_delayed_termination", APRIL_10, None)
    changed = does(shop, ChangePlan(paused(shop).id, "big", {}))
    assert (changed.state, changed.resumes) == ("active_running", None)


def test_who_rests_may_leave_at_once(shop):
    subscription = paused(shop)
    later(shop, date(2027, 5, 1))
    shop.biller.keep_up()
    gone = does(shop, Terminate(subscription.id))
    assert (gone.state, gone.resumes) == ("ended_terminated", None)
    later(shop, date(2027, 8, 1))
    assert shop.biller.keep_up() == 0


@needs("suspend and resume")
def test_the_merchant_may_put_it_on_hold_when_its_term_is_over(shop):
    subscription = has(shop)
    shop.biller.suspend(subscription.id, "suspended_agent", subscription.period_end)
    assert shop.biller.subscription(subscription.id).state == "active_delayed_suspension"
    later(shop, date(2027, 9, 1))
    shop.biller.keep_up()
    assert shop.biller.subscription(subscription.id).state == "suspended_agent"
    assert len(shop.biller.invoices(subscription.customer)) == 1


@needs("suspend and resume")
def test_what_rests_within_a_paid_term_goes_on_in_it(shop):
    subscription = has(shop)
    shop.biller.suspend(subscription.id, "suspended_agent", resumes=date(2027, 3, 20))
    later(shop, date(2027, 3, 20))
    shop.biller.keep_up()
    back = shop.biller.subscription(subscription.id)
    assert (back.state, back.resumes, back.period_end) == ("active_running", None, APRIL_10)
    assert len(shop.biller.invoices(subscription.customer)) == 1


@needs("dunning by the merchant's rules")
def test_what_was_on_hold_with_a_late_invoice_does_not_go_on_by_itself(shop):
    ada = shop.knows(terms_days=14)
    subscription = does(shop, Subscribe("small", {}), ada.id, Promised("transfer"))
    does(shop, Pause(subscription.id, JUNE_1))
    later(shop, JUNE_1)
    shop.biller.keep_up()
    late = shop.biller.subscription(subscription.id)
    assert (late.state, late.resumes) == ("suspended_payment_due", None)


@needs("keep", "a discount that rests")
def test_a_discount_rests_with_it(shop):
    fifth = Promotion("FIFTH", {"en": "A fifth off"}, percent=2000, terms=2)
    shop.biller.put_catalog(shop.biller.catalog(), 2000, (fifth,))
    subscription = has(shop)
    kept = shop.biller.quote(Request(subscription.customer, Keep(subscription.id), None, {}, promotion="FIFTH"))
    order = shop.biller.open(kept.id, kept.shown, "keep")
    shop.biller.close(order.id, NothingDue(), "keep")
    does(shop, Pause(subscription.id, JUNE_1))
    assert [discount.until for discount in shop.biller.subscription(subscription.id).discounts] == [date(2027, 8, 1)]
    later(shop, date(2027, 8, 2))
    shop.biller.keep_up()
    totals = [invoice.total.minor for invoice in shop.biller.invoices(subscription.customer)]
    assert totals == [1200, 960, 960, 1200]


@needs("suspend and resume", "dunning by the merchant's rules")
def test_what_nobody_can_pay_for_waits_for_them_and_not_for_a_day(shop):
    """A hold with both its days is planned, and the term is over before."""
    small = has(shop)
    shop.biller.suspend(small.id, "suspended_agent", on=date(2027, 4, 15), resumes=JUNE_1)
    later(shop, APRIL_10)
    assert shop.biller.keep_up(lambda _: False) == 1
    later(shop, JUNE_1)

    assert shop.biller.keep_up(lambda _: False) == 0, "it is not done again and again"
    stopped = shop.biller.subscription(small.id)
    assert (stopped.state, stopped.ends, stopped.resumes) == ("suspended_no_payment_info", None, None)


@needs("dunning by the merchant's rules")
def test_options_that_were_to_come_with_a_term_come_with_the_one_that_is_paid_at_last(shop):
    big = has(shop, "big", {"support": False, "seats": 5})
    does(shop, ChangeOptions(big.id, {"support": False, "seats": 2}))
    later(shop, APRIL_10)
    shop.biller.keep_up(lambda _: False)

    stopped = shop.biller.subscription(big.id)
    assert (stopped.state, stopped.options["seats"], stopped.next_options) == ("suspended_no_payment_info", 2, None)
    assert asks(shop, Restart(big.id)).due_now == euros(4920), "41 and a fifth, and no seat more than is included"
