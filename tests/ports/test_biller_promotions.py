"""The biller, with promotions: what they take off, for how long, for whom, and for how many."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from generator.model.catalog import Catalog, Table
from generator.model.payment import Declined, NothingDue, Paid
from generator.model.promotion import Promotion
from generator.model.quote import ChangePlan, Keep, Later, Moved, Order, Refused, Request, Start, Subscribe
from tests.ports.needs import needs
from tests.ports.test_biller import BILLERS, FREE, SUPPORT, TEAM, euros
from tests.ports.test_biller_changes import BIG, SMALL, TRIAL, YEARLY, amounts, later
from tests.ports.together import together

FIFTH = Promotion("FIFTH", {"en": "A fifth off"}, percent=2000, terms=3)
EVER = Promotion("EVER", {"en": "Loyal"}, percent=1000)
GIFT = Promotion("GIFT", {"en": "Gift"}, amount=euros(5000), terms=2)
LAST = replace(FIFTH, code="LAST", uses=1)
PLANS = (SMALL, BIG, YEARLY, TRIAL, FREE, replace(TEAM, options=(SUPPORT,)))
ALL = (
    FIFTH, EVER, GIFT, LAST,
    replace(FIFTH, code="OLD", until=date(2027, 3, 9)),
    replace(FIFTH, code="TODAY", until=date(2027, 3, 10)),
    replace(FIFTH, code="BIGONLY", plans=("big",)),
    replace(FIFTH, code="NEW", new_only=True),
    replace(FIFTH, code="DOLLARS", percent=0, amount=replace(euros(100), currency="USD")),
)  # fmt: skip


@pytest.fixture(params=BILLERS, ids=lambda adapter: adapter.__name__)
def shop(request, tmp_path):
    """Where a tax of a fifth is on everything, and it is the tenth of March."""
    with request.param(tmp_path) as shop:
        sells(shop, ALL)
        shop.knows()
        yield shop


def sells(shop, promotions, plans=PLANS):
    shop.biller.put_catalog(Catalog((Table("all", {}, plans),)), 2000, promotions)


def asks(shop, change, code, ref="ada"):
    customer = shop.biller.customer_by_ref(ref) or shop.knows(ref)
    return shop.biller.quote(Request(customer.id, change, None, {}, promotion=code))


def does(shop, change, code, ref="ada"):
    quote = asks(shop, change, code, ref)
    order = shop.biller.open(quote.id, quote.shown, quote.id)
    closed = shop.biller.close(order.id, Paid("p", "c", quote.due_now) if quote.due_now else NothingDue(), quote.id)
    return shop.biller.subscription(closed.subscription)


def invoiced(shop):
    """What was invoiced, oldest first, before tax."""
    invoices = reversed(shop.biller.invoices(shop.biller.customer_by_ref("ada").id))
    return [sum(line.amount.minor for line in invoice.lines if line.kind != "tax") for invoice in invoices]


def test_a_percentage_is_taken_off_before_tax_now_and_at_the_terms_that_it_lasts(shop):
    quote = asks(shop, Subscribe("small", {}), "FIFTH")
    assert amounts(quote.lines_now) == [("plan", "whole", 1000), ("discount", "whole", -200), ("tax", "whole", 160)]
    assert (quote.due_now, quote.due_later, quote.later_on) == (euros(960), euros(960), date(2027, 4, 10))
    assert quote.afterwards == (Later(date(2027, 6, 10), euros(1200)),)


def test_codes_are_typed_in_any_case_and_with_spaces_around(shop):
    assert asks(shop, Subscribe("small", {}), " fifth ").due_now == euros(960)


def test_set_up_is_paid_in_full(shop):
    quote = asks(shop, Subscribe("team", {}), "EVER")
    assert amounts(quote.lines_now)[:3] == [
        ("plan", "whole", 1000), ("discount", "whole", -100), ("setup", "whole", 2500),
    ]  # fmt: skip
    assert quote.afterwards == ()


def test_a_fixed_amount_never_takes_off_more_than_there_is_and_the_price_that_follows_is_told(shop):
    quote = asks(shop, Subscribe("small", {"support": True}), "GIFT")
    assert amounts(quote.lines_now) == [("plan", "whole", 1000), ("option", "whole", 500), ("discount", "whole", -1500)]
    assert (quote.due_now, quote.due_later, quote.later_on) == (euros(0), euros(1800), date(2027, 5, 10))
    assert quote.method_required
    has = does(shop, Subscribe("small", {"support": True}), "GIFT")
    assert has.period_end == date(2027, 4, 10)


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ("NONE", "unknown"), ("OLD", "expired"), ("BIGONLY", "other_plan"), ("DOLLARS", "other_plan"), ("TODAY", ""),
        ("NEW", ""),
    ],
)  # fmt: skip
def test_a_code_that_lowers_nothing_says_why_and_costs_what_it_costs_without(shop, code, fault):
    quote = asks(shop, Subscribe("small", {}), code)
    assert quote.promotion_fault == fault
    assert quote.due_now == euros(1200 if fault else 960)


def test_what_is_free_cannot_be_lowered(shop):
    assert asks(shop, Subscribe("free", {}), "FIFTH").promotion_fault == "other_plan"


def test_what_is_only_for_who_begins_is_not_for_a_change(shop):
    has = does(shop, Subscribe("small", {}), "")
    quote = asks(shop, ChangePlan(has.id, "big", {}), "NEW")
    assert quote.promotion_fault == "new_only"
    assert all(line.kind != "discount" for line in quote.lines_now)


def test_renewals_use_it_up_and_the_price_is_told_with_the_day(shop):
    has = does(shop, Subscribe("small", {}), "FIFTH")
    assert (has.price, has.reduced) == (euros(1000), euros(800))
    assert [discount.until for discount in has.discounts] == [date(2027, 6, 10)]
    later(shop, date(2027, 5, 20))
    shop.biller.keep_up()
    assert invoiced(shop) == [800, 800, 800]
    assert shop.biller.subscription(has.id).reduced == euros(1000)
    later(shop, date(2027, 7, 11))
    shop.biller.keep_up()
    assert invoiced(shop) == [800, 800, 800, 1000, 1000]
    assert shop.biller.subscription(has.id).discounts == ()


@needs("promotion in a trial")
def test_a_free_trial_uses_nothing_of_it_up(shop):
    has = does(shop, Subscribe("trial", {}), "FIFTH")
    assert [discount.until for discount in has.discounts] == [date(2027, 7, 9)]
    later(shop, date(2027, 7, 10))
    shop.biller.keep_up()
    assert invoiced(shop) == [800, 800, 800, 1000]


def test_what_was_promised_stays_when_the_promotion_is_withdrawn(shop):
    does(shop, Subscribe("small", {}), "FIFTH")
    sells(shop, ())
    later(shop, date(2027, 4, 11))
    shop.biller.keep_up()
    assert invoiced(shop) == [800, 800]
    assert asks(shop, Subscribe("small", {}), "FIFTH").promotion_fault == "unknown"


@needs("terms by the merchant's calendar")
def test_a_change_credits_what_was_really_paid_and_the_discount_goes_along(shop):
    has = does(shop, Subscribe("small", {}), "FIFTH")
    later(shop, date(2027, 3, 25))
    quote = asks(shop, ChangePlan(has.id, "big", {}), "")
    # 373 of 733 hours are left: 1000 → 509, 800 → 407; 4100 → 2086, 3280 → 1669.
    assert amounts(quote.lines_now)[:4] == [
        ("plan", "unused", -509), ("discount", "unused", 102), ("plan", "rest", 2086), ("discount", "rest", -417),
    ]  # fmt: skip
    assert quote.due_later == euros(3936)
    assert quote.afterwards == (Later(date(2027, 6, 10), euros(4920)),)


def test_a_discount_that_is_for_the_old_plan_only_stays_behind(shop):
    sells(shop, (replace(FIFTH, plans=("small",)),))
    has = does(shop, Subscribe("small", {}), "FIFTH")
    quote = asks(shop, ChangePlan(has.id, "big", {}), "")
    assert quote.due_later == euros(4920)
    assert does(shop, ChangePlan(has.id, "big", {}), "").discounts == ()


@needs("promotion with a change")
def test_another_code_is_taken_off_what_the_first_one_leaves(shop):
    has = does(shop, Subscribe("small", {}), "EVER")
    quote = asks(shop, ChangePlan(has.id, "big", {}), "FIFTH")
    assert amounts(quote.lines_later)[:3] == [
        ("plan", "whole", 4100), ("discount", "whole", -410), ("discount", "whole", -738),
    ]  # fmt: skip
    assert asks(shop, ChangePlan(has.id, "big", {}), "ever").promotion_fault == "had_already"


def test_a_scheduled_change_begins_with_what_is_left(shop):
    has = does(shop, Subscribe("big", {}), "FIFTH")
    quote = asks(shop, ChangePlan(has.id, "small", {}), "")
    assert (quote.effective_on, quote.due_later) == (date(2027, 4, 10), euros(960))
    does(shop, ChangePlan(has.id, "small", {}), "")
    later(shop, date(2027, 6, 11))
    while shop.biller.keep_up():
        pass
    assert invoiced(shop) == [3280 + 900, 800, 800, 1000]


@needs("prepare", "start")
def test_what_was_prepared_may_be_taken_with_a_code(shop):
    ada = shop.biller.customer_by_ref("ada")
    prepared = shop.biller.prepare(ada.id, SMALL, {}, date(2027, 3, 20))
    quote = asks(shop, Start(prepared.id, {}), "FIFTH")
    assert (quote.due_now, quote.due_later, quote.later_on) == (euros(0), euros(960), date(2027, 3, 20))
    assert quote.afterwards == (Later(date(2027, 6, 20), euros(1200)),)


@needs("keep")
def test_staying_with_a_promotion_lowers_the_terms_to_come(shop):
    has = does(shop, Subscribe("small", {}), "")
    quote = asks(shop, Keep(has.id), "FIFTH")
    assert (quote.due_now, quote.due_later, quote.later_on) == (euros(0), euros(960), date(2027, 4, 10))
    assert quote.afterwards == (Later(date(2027, 7, 10), euros(1200)),)
    assert does(shop, Keep(has.id), "FIFTH").state == "active_running"
    assert asks(shop, Keep(has.id), "FIFTH") == Refused("not_now")
    assert asks(shop, Keep(has.id), "") == Refused("not_now")
    later(shop, date(2027, 7, 11))
    shop.biller.keep_up()
    assert invoiced(shop) == [1000, 800, 800, 800, 1000]


def test_of_two_who_come_for_the_last_one_the_other_is_shown_the_price_without_it(shop):
    first = asks(shop, Subscribe("small", {}), "LAST")
    second = asks(shop, Subscribe("small", {}), "LAST", "bob")
    order = shop.biller.open(first.id, first.shown, "k1")
    moved = shop.biller.open(second.id, second.shown, "k2")
    assert isinstance(moved, Moved)
    assert (moved.quote.promotion_fault, moved.quote.due_now) == ("used_up", euros(1200))
    shop.biller.close(order.id, Paid("p", "c", first.due_now), "k1")
    assert asks(shop, Subscribe("small", {}), "LAST", "bob").promotion_fault == "used_up"


def test_who_is_declined_gives_it_back(shop):
    first = asks(shop, Subscribe("small", {}), "LAST")
    order = shop.biller.open(first.id, first.shown, "k1")
    assert asks(shop, Subscribe("small", {}), "LAST", "bob").promotion_fault == "used_up"
    shop.biller.close(order.id, Declined("declined"), "k1")
    second = asks(shop, Subscribe("small", {}), "LAST", "bob")
    assert isinstance(shop.biller.open(second.id, second.shown, "k2"), Order)


def test_an_order_of_which_nobody_hears_holds_it_for_a_month(shop):
    first = asks(shop, Subscribe("small", {}), "LAST")
    shop.biller.open(first.id, first.shown, "k1")
    shop.clock.travel(timedelta(days=31))
    assert asks(shop, Subscribe("small", {}), "LAST", "bob").promotion_fault == ""


def test_of_many_at_once_as_many_get_it_as_there_are(shop):
    sells(shop, (replace(LAST, uses=3),))
    quotes = [asks(shop, Subscribe("small", {}), "LAST", f"c{at}") for at in range(8)]
    answers = together(
        *(
            lambda quote=quote, at=at: shop.biller.open(quote.id, quote.shown, f"k{at}")
            for at, quote in enumerate(quotes)
        )
    )
    assert [type(answer) for answer in answers].count(Order) == 3
    assert all(answer.quote.due_now == euros(1200) for answer in answers if isinstance(answer, Moved))


def test_a_promotion_that_is_withdrawn_before_it_was_taken_moves_the_price(shop):
    quote = asks(shop, Subscribe("small", {}), "FIFTH")
    sells(shop, ())
    moved = shop.biller.open(quote.id, quote.shown, "k1")
    assert isinstance(moved, Moved)
    assert moved.quote.due_now == euros(1200)


def test_promotions_are_in_no_catalog(shop):
    assert "FIFTH" not in repr(shop.biller.catalog())
