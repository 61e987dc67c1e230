"""The biller, on what is already sold: other plans and options, leaving and coming back."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from generator.model.catalog import Catalog, Period, PlanChange, Table
from generator.model.payment import Declined, NothingDue, Paid, Promised
from generator.model.quote import (
    ChangeOptions,
    ChangePlan,
    PayInvoice,
    Quote,
    Refused,
    Replace,
    Request,
    Restart,
    Start,
    Subscribe,
    Terminate,
)
from tests.ports.needs import needs
from tests.ports.test_biller import BILLERS, HOME, MONTH, OFFICE, SEATS, SUPPORT, TEAM, euros

MARCH_10, MARCH_25, APRIL_10 = date(2027, 3, 10), date(2027, 3, 25), date(2027, 4, 10)
SMALL = replace(TEAM, ref="small", price=euros(1000), setup=euros(0), options=(SUPPORT,))
BIG = replace(TEAM, ref="big", title={"en": "Big"}, price=euros(4100), setup=euros(900), options=(SUPPORT, SEATS))
YEARLY = replace(BIG, ref="yearly", price=euros(40000), period=Period(1, "year"), options=())
BOUND = replace(SMALL, ref="bound", commitment=3, termination=euros(5000))
TRIAL = replace(SMALL, ref="trial", trial=Period(30, "day"))
LONGER = replace(BIG, ref="longer", trial=Period(40, "day"))
FREE = replace(SMALL, ref="free", price=euros(0))


@pytest.fixture(params=BILLERS, ids=lambda adapter: adapter.__name__)
def shop(request, tmp_path):
    """Where a tax of a fifth is on everything, and it is the tenth of March, a month of 31 days."""
    with request.param(tmp_path) as shop:
        shop.sells(SMALL, BIG, YEARLY, BOUND, TRIAL, LONGER, FREE)
        yield shop


def has(shop, plan="small", options=None, ref="ada", terms_days=0):
    """A subscription that was paid for today."""
    customer = shop.biller.customer_by_ref(ref) or shop.knows(ref, terms_days=terms_days)
    return does(shop, Subscribe(plan, options or {}), customer.id)


def does(shop, change, customer=None, settlement=None, fields=None, billing=None):
    """Ask for a change, commit to it and settle it; what the subscription is then."""
    quote = asks(shop, change, customer, fields, billing)
    assert isinstance(quote, Quote), quote
    order = shop.biller.open(quote.id, quote.shown, quote.id)
    settlement = settlement or (Paid("p", "card1", quote.due_now) if quote.due_now else NothingDue())
    closed = shop.biller.close(order.id, settlement, quote.id)
    assert shop.biller.close(order.id, settlement, quote.id) == closed
    return shop.biller.subscription(closed.subscription)


def asks(shop, change, customer=None, fields=None, billing=None):
    customer = customer or shop.biller.customer_by_ref("ada").id
    return shop.biller.quote(Request(customer, change, billing, fields or {}))


def later(shop, day):
    shop.clock.travel(datetime(day.year, day.month, day.day, 9, tzinfo=UTC) - shop.clock.now())


def amounts(lines):
    return [(line.kind, line.part, line.amount.minor) for line in lines]


@needs("terms by the merchant's calendar")
def test_a_dearer_plan_is_had_at_once_and_paid_for_the_rest_of_the_term(shop):
    before = has(shop)
    later(shop, MARCH_25)
    quote = asks(shop, ChangePlan(before.id, "big", {}))
    # The term is of 733 hours: from 10 in the morning to a midnight, and one day has 23. 360 are over: 1000 cost 491.1
    # up to now, and 509 from now on; 4100 cost 2013.6 and 2086. A fifth of the difference is tax.
    assert amounts(quote.lines_now) == [("plan", "unused", -509), ("plan", "rest", 2086), ("tax", "whole", 315)]
    assert (quote.due_now, quote.due_later, quote.later_on) == (euros(1892), euros(4920), APRIL_10)
    after = does(shop, ChangePlan(before.id, "big", {}))
    assert (after.plan, after.state, after.price) == (BIG, "active_running", euros(4100))
    assert (after.started, after.period_start, after.period_end) == (MARCH_10, MARCH_10, APRIL_10)
    gone = shop.biller.subscription(before.id)
    assert (gone.state, gone.ends) == ("ended_upgrade", MARCH_25)
    invoice = shop.biller.invoices(after.customer)[0]
    assert (invoice.subscription, invoice.total, invoice.state) == (after.id, euros(1892), "paid")


def test_a_cheaper_plan_waits_until_what_is_paid_for_is_used_up(shop):
    before = has(shop, "big", {"seats": 5})
    later(shop, MARCH_25)
    quote = asks(shop, ChangePlan(before.id, "small", {}))
    assert (quote.lines_now, quote.due_now, quote.effective_on) == ((), euros(0), APRIL_10)
    assert (quote.due_later, quote.later_on) == (euros(1200), APRIL_10)
    now = does(shop, ChangePlan(before.id, "small", {}))
    assert (now.id, now.state, now.plan) == (before.id, "active_delayed_upgrade", BIG)
    waiting = shop.biller.subscription(now.successor)
    assert (waiting.state, waiting.plan, waiting.started) == ("draft_delayed_upgrade", SMALL, APRIL_10)
    assert shop.biller.invoices(now.customer)[1:] == ()
    assert asks(shop, ChangePlan(before.id, "yearly", {})) == Refused("not_now")


def test_a_scheduled_change_is_undone_and_nothing_is_left_of_it(shop):
    before = has(shop, "big")
    now = does(shop, ChangePlan(before.id, "small", {}))
    shop.biller.undo_change(before.id)
    shop.biller.undo_change(before.id)
    assert shop.biller.subscription(before.id) == before
    assert shop.biller.subscription(now.successor).state == "deleted"


@needs("terms by the merchant's calendar")
def test_another_period_begins_today_and_the_old_one_is_credited(shop):
    before = has(shop)
    later(shop, MARCH_25)
    quote = asks(shop, ChangePlan(before.id, "yearly", {}))
    assert amounts(quote.lines_now)[:2] == [("plan", "unused", -509), ("plan", "whole", 40000)]
    after = does(shop, ChangePlan(before.id, "yearly", {}))
    assert (after.period_start, after.period_end) == (MARCH_25, date(2028, 3, 25))


def test_the_merchant_may_say_otherwise_for_a_table_or_for_a_pair(shop):
    small, big = has(shop), has(shop, "big")
    plans = (SMALL, BIG, YEARLY)

    def sells(changes, pairs=()):
        shop.biller.put_catalog(Catalog((Table("all", {}, plans, changes),), pairs), 2000)

    sells("at_period_end")
    assert asks(shop, ChangePlan(small.id, "big", {})).effective_on == APRIL_10
    sells("never", (PlanChange("small", "big", "now"),))
    assert asks(shop, ChangePlan(small.id, "big", {})).effective_on is None
    assert asks(shop, ChangePlan(small.id, "yearly", {})) == Refused("not_now")
    assert [plan.ref for plan in shop.biller.plan_changes(small.id).plans] == ["big"]
    sells("now")
    quote = asks(shop, ChangePlan(big.id, "small", {}))
    assert (quote.effective_on, quote.due_now) == (APRIL_10, euros(0)), "nobody is owed money by a change"


def test_a_plan_may_change_to_the_public_ones_of_its_table(shop):
    has_small = has(shop)
    tables = (
        Table("one", {}, (SMALL, BIG, replace(YEARLY, private=True))),
        Table("two", {}, (FREE,)),
    )
    shop.biller.put_catalog(Catalog(tables), 2000)
    assert [plan.ref for plan in shop.biller.plan_changes(has_small.id).plans] == ["big"]
    shop.biller.put_catalog(Catalog((Table("one", {}, (BIG,)), Table("two", {}, (FREE,)))), 2000)
    assert [plan.ref for plan in shop.biller.plan_changes(has_small.id).plans] == ["big", "free"]
    assert shop.biller.subscription(has_small.id).plan == SMALL, "who has a plan keeps it"
    assert shop.biller.plan_changes("subscription-of-nobody") == Catalog(())


def test_used_days_of_a_trial_stay_used(shop):
    before = has(shop, "trial")
    assert before.trial_until == date(2027, 4, 9)
    later(shop, MARCH_25)
    quote = asks(shop, ChangePlan(before.id, "longer", {}))
    assert (quote.due_now, quote.trial_until, quote.later_on) == (euros(0), date(2027, 4, 19), date(2027, 4, 19))
    after = does(shop, ChangePlan(before.id, "longer", {}))
    assert (after.started, after.trial_until) == (MARCH_10, date(2027, 4, 19))
    at_once = asks(shop, ChangePlan(after.id, "big", {}))
    assert (at_once.due_now, at_once.trial_until, at_once.later_on) == (euros(4920), None, date(2027, 4, 25))


@needs("commitment")
def test_who_is_committed_keeps_the_plan_until_then(shop):
    before = has(shop, "bound")
    assert before.committed_until == date(2027, 6, 10)
    assert asks(shop, ChangePlan(before.id, "big", {})) == Refused("not_now")


@needs("commitment")
def test_a_new_plan_brings_its_own_commitment(shop):
    before = has(shop)
    later(shop, MARCH_25)
    shop.sells(SMALL, replace(BIG, commitment=2))
    assert asks(shop, ChangePlan(before.id, "big", {})).committed_until == date(2027, 5, 25)


@needs("terms by the merchant's calendar")
def test_more_of_an_option_is_had_at_once_and_less_from_the_next_term_on(shop):
    before = has(shop, "big", {"seats": 4})
    later(shop, MARCH_25)
    quote = asks(shop, ChangeOptions(before.id, {"seats": 6}))
    # Two of four seats were paid for, 300 each; four of six will be. 360 of 733 hours of 600 are 294.7, of 1200 589.4.
    assert amounts(quote.lines_now)[:2] == [("option", "unused", -305), ("option", "rest", 611)]
    more = does(shop, ChangeOptions(before.id, {"seats": 6}))
    assert (more.id, more.options["seats"], more.price) == (before.id, 6, euros(5300))
    less = asks(shop, ChangeOptions(before.id, {"seats": 3}))
    assert (less.due_now, less.effective_on, less.due_later) == (euros(0), APRIL_10, euros(5280))
    waits = does(shop, ChangeOptions(before.id, {"seats": 3}))
    assert (waits.state, waits.options["seats"], waits.next_options["seats"]) == ("active_delayed_upgrade", 6, 3)
    shop.biller.undo_change(before.id)
    assert shop.biller.subscription(before.id) == more


def test_options_in_a_trial_cost_nothing_yet(shop):
    before = has(shop, "trial")
    quote = asks(shop, ChangeOptions(before.id, {"support": True}))
    assert (quote.due_now, quote.due_later, quote.later_on) == (euros(0), euros(1800), before.period_end)
    assert does(shop, ChangeOptions(before.id, {"support": True})).price == euros(1500)


def test_an_option_that_the_plan_does_not_have_is_refused(shop):
    before = has(shop)
    assert asks(shop, ChangeOptions(before.id, {"seats": 4})) == Refused("option_withdrawn")


def test_it_ends_when_what_is_paid_for_is_used_up(shop):
    before = has(shop)
    quote = asks(shop, Terminate(before.id))
    assert (quote.due_now, quote.due_later, quote.effective_on) == (euros(0), euros(0), APRIL_10)
    ending = does(shop, Terminate(before.id), fields={"confirm.reason": "price"})
    assert (ending.state, ending.ends) == ("active_delayed_termination", APRIL_10)
    assert ending.fields["confirm.reason"] == "price"
    later(shop, date(2027, 4, 9))
    assert shop.biller.subscription(before.id).state == "active_delayed_termination"
    later(shop, APRIL_10)
    assert shop.biller.subscription(before.id).state == "ended_terminated"
    assert [one.state for one in shop.biller.subscriptions(before.customer)] == ["ended_terminated"]
    assert asks(shop, Restart(before.id)) == Refused("not_now")


@needs("commitment", "fee for leaving")
def test_a_commitment_moves_the_end_and_a_fee_is_due_now(shop):
    before = has(shop, "bound")
    quote = asks(shop, Terminate(before.id))
    assert (quote.effective_on, quote.committed_until) == (date(2027, 6, 10), date(2027, 6, 10))
    assert amounts(quote.lines_now) == [("termination", "whole", 5000), ("tax", "whole", 1000)]
    assert (quote.due_later, quote.later_on) == (euros(1200), APRIL_10)
    ending = does(shop, Terminate(before.id))
    assert shop.biller.invoices(ending.customer)[0].total == euros(6000)


@needs("fee for leaving")
def test_nobody_pays_for_leaving_a_trial(shop):
    shop.sells(replace(TRIAL, termination=euros(5000)))
    before = has(shop, "trial")
    quote = asks(shop, Terminate(before.id))
    assert (quote.due_now, quote.effective_on) == (euros(0), date(2027, 4, 9))


def test_an_end_that_is_scheduled_is_undone_for_nothing(shop):
    before = has(shop)
    does(shop, Terminate(before.id))
    quote = asks(shop, Restart(before.id))
    assert (quote.due_now, quote.due_later, quote.later_on) == (euros(0), euros(1200), APRIL_10)
    assert does(shop, Restart(before.id)) == before


def test_whoever_changes_the_plan_of_what_was_to_end_goes_on(shop):
    before = has(shop)
    does(shop, Terminate(before.id))
    after = does(shop, ChangePlan(before.id, "big", {}))
    assert (after.state, after.ends) == ("active_running", None)
    big = does(shop, Terminate(after.id))
    back = does(shop, ChangePlan(big.id, "small", {}))
    assert (back.state, back.ends) == ("active_delayed_upgrade", None)


def test_leaving_takes_a_scheduled_change_with_it(shop):
    before = has(shop, "big")
    now = does(shop, ChangePlan(before.id, "small", {}))
    ending = does(shop, Terminate(before.id))
    assert (ending.state, ending.successor) == ("active_delayed_termination", "")
    assert shop.biller.subscription(now.successor).state == "deleted"


@needs("suspend and resume")
@pytest.mark.parametrize("state", ["suspended_agent", "suspended_no_payment_info", "suspended_payment_due"])
def test_what_is_suspended_goes_on_in_the_term_that_is_paid_for(shop, state):
    before = has(shop)
    shop.biller.suspend(before.id, state)
    later(shop, MARCH_25)
    quote = asks(shop, Restart(before.id))
    assert (quote.due_now, quote.due_later, quote.later_on) == (euros(0), euros(1200), APRIL_10)
    assert does(shop, Restart(before.id)) == before


@needs("suspend and resume")
def test_what_was_suspended_for_long_begins_a_new_term(shop):
    before = has(shop)
    shop.biller.suspend(before.id, "suspended_agent")
    later(shop, date(2027, 5, 20))
    quote = asks(shop, Restart(before.id))
    assert (quote.due_now, quote.later_on) == (euros(1200), date(2027, 6, 20))
    again = does(shop, Restart(before.id))
    assert (again.state, again.period_start, again.period_end) == (
        "active_running",
        date(2027, 5, 20),
        date(2027, 6, 20),
    )


@needs("suspend and resume", "what is owed with a restart")
def test_what_it_owes_is_settled_on_the_way(shop):
    ada = shop.knows("ada", terms_days=30)
    before = does(shop, Subscribe("small", {}), ada.id, Promised("transfer"))
    (owed,) = shop.biller.invoices(ada.id)
    shop.biller.suspend(before.id, "suspended_payment_due")
    later(shop, date(2027, 5, 20))
    quote = asks(shop, Restart(before.id))
    assert amounts(quote.lines_now) == [("invoice", "whole", 1200), ("plan", "whole", 1000), ("tax", "whole", 200)]
    assert quote.due_now == euros(2400)
    does(shop, Restart(before.id))
    new, old = shop.biller.invoices(ada.id)
    assert (old.id, old.state) == (owed.id, "paid")
    assert (new.total, new.state) == (euros(1200), "paid"), "what was invoiced before is not invoiced again"


@needs("commitment", "suspend and resume")
def test_what_is_suspended_can_be_left_at_once(shop):
    before = has(shop, "bound")
    shop.biller.suspend(before.id, "suspended_agent")
    quote = asks(shop, Terminate(before.id))
    assert (quote.due_now, quote.effective_on) == (euros(0), None)
    left = does(shop, Terminate(before.id))
    assert (left.state, left.ends) == ("ended_terminated", MARCH_10)


@pytest.mark.parametrize("change", [Restart, Terminate, lambda id: ChangePlan(id, "big", {})])
def test_nobody_changes_what_is_not_theirs_or_is_not_there(shop, change):
    before = has(shop)
    bob = shop.knows("bob")
    assert asks(shop, change(before.id), bob.id) == Refused("not_now")
    assert asks(shop, change("subscription-of-nobody"), bob.id) == Refused("not_now")


def test_what_was_declined_changes_nothing_but_can_be_asked_for_again(shop):
    before = has(shop)
    quote = asks(shop, ChangePlan(before.id, "big", {}), billing=OFFICE)
    order = shop.biller.open(quote.id, quote.shown, "k1")
    shop.biller.close(order.id, Declined("declined"), "k1")
    assert shop.biller.subscription(before.id) == before
    assert shop.biller.customer(before.customer).billing == HOME
    assert does(shop, ChangePlan(before.id, "big", {}), billing=OFFICE).plan == BIG
    assert shop.biller.customer(before.customer).billing == OFFICE


@needs("another subscription with another plan")
def test_one_thing_is_not_changed_by_two_orders_at_once(shop):
    before = has(shop)
    first, second = asks(shop, ChangePlan(before.id, "big", {})), asks(shop, Terminate(before.id))
    order = shop.biller.open(first.id, first.shown, "k1")
    assert shop.biller.open(second.id, second.shown, "k2") == Refused("under_way")
    assert shop.biller.open(first.id, first.shown, "k1") == order
    shop.biller.close(order.id, Paid("p", "card1", first.due_now), "k1")
    assert shop.biller.open(second.id, second.shown, "k2") == Refused("not_now")


def test_a_reservation_of_which_nobody_has_heard_again_lapses(shop):
    before = has(shop)
    first = asks(shop, Terminate(before.id))
    shop.biller.open(first.id, first.shown, "k1")
    shop.clock.travel(timedelta(days=31))
    second = asks(shop, Terminate(before.id))
    assert shop.biller.open(second.id, second.shown, "k2").quote.request == second.request


@needs("suspend and resume", "what is owed with a restart")
def test_an_invoice_is_not_paid_alone_while_a_restart_pays_it(shop):
    ada = shop.knows("ada", terms_days=30)
    before = does(shop, Subscribe("small", {}), ada.id, Promised("transfer"))
    (owed,) = shop.biller.invoices(ada.id)
    shop.biller.suspend(before.id, "suspended_payment_due")
    restart, alone = asks(shop, Restart(before.id)), asks(shop, PayInvoice(owed.id))
    shop.biller.open(restart.id, restart.shown, "k1")
    assert shop.biller.open(alone.id, alone.shown, "k2") == Refused("under_way")


CUSTOM = replace(SMALL, ref="deal", price=euros(700), setup=euros(300))


@needs("prepare", "start")
def test_what_was_prepared_for_a_customer_is_taken_at_its_price(shop):
    ada = shop.knows("ada")
    prepared = shop.biller.prepare(ada.id, CUSTOM, {"support": True})
    assert (prepared.state, prepared.price) == ("draft_agent", euros(1200))
    quote = asks(shop, Start(prepared.id, {}))
    assert amounts(quote.lines_now) == [
        ("plan", "whole", 700),
        ("option", "whole", 500),
        ("setup", "whole", 300),
        ("tax", "whole", 300),
    ]
    taken = does(shop, Start(prepared.id, {"support": False}), fields={"form.note": "yes"})
    assert (taken.id, taken.state, taken.price) == (prepared.id, "active_running", euros(700))
    assert (taken.started, taken.period_end, taken.fields) == (MARCH_10, APRIL_10, {"form.note": "yes"})
    assert asks(shop, Start(prepared.id, {})) == Refused("not_now")
    assert shop.biller.prepare(ada.id, CUSTOM, {"seats": 3}) == Refused("option_withdrawn")


@needs("prepare", "start")
def test_what_is_prepared_for_a_later_day_is_charged_on_that_day(shop):
    ada = shop.knows("ada")
    prepared = shop.biller.prepare(ada.id, CUSTOM, {}, APRIL_10)
    quote = asks(shop, Start(prepared.id, {}))
    assert (quote.due_now, quote.due_later, quote.later_on) == (euros(0), euros(1200), APRIL_10)
    assert (quote.effective_on, quote.method_required) == (APRIL_10, True)
    waits = does(shop, Start(prepared.id, {}))
    assert (waits.state, waits.period_start, waits.period_end) == ("draft_delayed_start", APRIL_10, date(2027, 5, 10))
    later(shop, date(2027, 4, 9))
    assert shop.biller.keep_up() == 0
    later(shop, APRIL_10)
    assert shop.biller.keep_up() == 1
    begun = shop.biller.subscription(prepared.id)
    assert begun == replace(waits, state="active_running")
    (invoice,) = shop.biller.invoices(ada.id)
    assert (invoice.total, invoice.state, invoice.issued) == (euros(1200), "due_auto", APRIL_10)
    assert shop.biller.keep_up() == 0


@needs("prepare", "replace")
def test_what_was_prepared_takes_the_place_of_what_one_has(shop):
    before = has(shop, "bound")
    cheap = shop.biller.prepare(before.customer, CUSTOM, {})
    dear = shop.biller.prepare(before.customer, replace(CUSTOM, price=euros(9000)), {})
    assert asks(shop, Replace(before.id, cheap.id, {})).effective_on == APRIL_10
    after = does(shop, Replace(before.id, dear.id, {}))
    assert (after.id, after.state) == (dear.id, "active_running"), "the merchant's offer is above a commitment"
    assert shop.biller.subscription(before.id).state == "ended_upgrade"
    assert asks(shop, Replace(before.id, cheap.id, {})) == Refused("not_now")


@needs("prepare", "replace")
def test_only_what_was_prepared_for_oneself_can_be_taken(shop):
    before = has(shop)
    bobs = shop.biller.prepare(shop.knows("bob").id, CUSTOM, {})
    assert asks(shop, Replace(before.id, bobs.id, {})) == Refused("not_now")
    assert asks(shop, Replace(before.id, before.id, {})) == Refused("not_now")
    assert asks(shop, Replace(before.id, "subscription-of-nobody", {})) == Refused("not_now")
    assert asks(shop, Start(bobs.id, {})) == Refused("not_now")


def test_a_term_follows_a_term_and_is_invoiced(shop):
    before = has(shop)
    later(shop, date(2027, 6, 20))
    shop.biller.keep_up()
    now = shop.biller.subscription(before.id)
    assert (now.state, now.period_start, now.period_end) == ("active_running", date(2027, 6, 10), date(2027, 7, 10))
    assert [invoice.total for invoice in shop.biller.invoices(now.customer)] == [euros(1200)] * 4


def test_terms_are_counted_from_their_first_day(shop):
    later(shop, date(2028, 1, 31))
    before = has(shop)
    ends = [before.period_end]
    while len(ends) < 4:
        later(shop, ends[-1])
        shop.biller.keep_up()
        ends.append(shop.biller.subscription(before.id).period_end)
    assert ends == [date(2028, 2, 29), date(2028, 3, 31), date(2028, 4, 30), date(2028, 5, 31)]


@needs("another subscription with another plan")
def test_what_was_scheduled_happens_on_its_day(shop):
    down, options = has(shop, "big"), has(shop, "big", {"seats": 5})
    does(shop, ChangePlan(down.id, "small", {}))
    does(shop, ChangeOptions(options.id, {"seats": 3}))
    later(shop, APRIL_10)
    assert shop.biller.keep_up() == 2
    gone = shop.biller.subscription(down.id)
    follows = shop.biller.subscription(gone.successor)
    assert (gone.state, gone.ends, follows.state) == ("ended_upgrade", APRIL_10, "active_running")
    changed = shop.biller.subscription(options.id)
    assert (changed.state, changed.options["seats"], changed.price) == ("active_running", 3, euros(4400))
    assert sorted(invoice.total.minor for invoice in shop.biller.invoices(down.customer)[:2]) == [1200, 5280]


@needs("dunning by the merchant's rules")
def test_who_has_not_paid_begins_no_other_term_and_comes_back_by_paying(shop):
    ada = shop.knows("ada", terms_days=10)
    before = does(shop, Subscribe("small", {}), ada.id, Promised("transfer"))
    later(shop, APRIL_10)
    assert shop.biller.keep_up() == 2, "the invoice is overdue, and then patience with it is over"
    held = shop.biller.subscription(before.id)
    assert held.state == "suspended_payment_due"
    again = does(shop, Restart(before.id))
    assert (again.state, again.period_end) == ("active_running", date(2027, 5, 10))
    assert [invoice.state for invoice in shop.biller.invoices(ada.id)] == ["paid", "paid"]


@needs("number of terms")
def test_a_limited_subscription_ends_by_itself(shop):
    shop.sells(replace(SMALL, terms=2))
    before = has(shop)
    later(shop, date(2027, 5, 9))
    shop.biller.keep_up()
    assert shop.biller.subscription(before.id).state == "active_running"
    later(shop, date(2027, 5, 10))
    shop.biller.keep_up()
    ended = shop.biller.subscription(before.id)
    assert (ended.state, ended.ends) == ("ended_complete", date(2027, 5, 10))
    assert len(shop.biller.invoices(before.customer)) == 2


def test_a_trial_is_followed_by_a_term_that_is_paid(shop):
    before = has(shop, "trial")
    later(shop, date(2027, 4, 9))
    shop.biller.keep_up()
    paid = shop.biller.subscription(before.id)
    assert (paid.period_start, paid.period_end, paid.trial_until) == (date(2027, 4, 9), date(2027, 5, 9), None)


@needs("commitment", "fee for leaving")
def test_a_commitment_is_stayed_for(shop):
    before = has(shop, "bound")
    does(shop, Terminate(before.id))
    later(shop, date(2027, 6, 10))
    shop.biller.keep_up()
    ended = shop.biller.subscription(before.id)
    assert (ended.state, ended.ends) == ("ended_terminated", date(2027, 6, 10))
    fee_and_terms = [invoice.total.minor for invoice in shop.biller.invoices(before.customer)]
    assert sorted(fee_and_terms) == [1200, 1200, 1200, 6000]


def test_a_change_shown_is_a_change_committed(shop):
    before = has(shop)
    quote = asks(shop, ChangePlan(before.id, "big", {}))
    shop.sells(SMALL, replace(BIG, price=euros(5000)))
    moved = shop.biller.open(quote.id, quote.shown, "k1")
    assert moved.quote.due_now != quote.due_now
    assert shop.biller.subscription(before.id) == before
    assert before.period == MONTH
