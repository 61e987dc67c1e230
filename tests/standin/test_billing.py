"""The stand-in's books, asked by Stripe's own library: what is sold, begun, changed, invoiced, lowered and ended."""

from datetime import UTC, datetime

import pytest
import stripe

from tests.standin import shapes
from tests.standin.api import terms
from tests.standin.asking import client

JANUARY = int(datetime(2027, 1, 31, 12, tzinfo=UTC).timestamp())
DAY = 86400


def price(v1, amount=1000, interval="month", **said):
    product = v1.products.create({"name": "Team"}).id
    recurring = {"recurring": {"interval": interval}} if interval else {}
    return v1.prices.create({"product": product, "currency": "eur", "unit_amount": amount, **recurring, **said}).id


@pytest.fixture
def clock(v1):
    return v1.test_helpers.test_clocks.create({"frozen_time": JANUARY}).id


@pytest.fixture
def ada(v1, clock):
    """Who has a card on file, and lives by a clock of her own."""
    settings = {"invoice_settings": {"default_payment_method": "pm_card_visa"}}
    return v1.customers.create({"test_clock": clock, "payment_method": "pm_card_visa", **settings}).id


def travels(shared, v1, clock, to):
    v1.test_helpers.test_clocks.advance(clock, {"frozen_time": to})
    shared.books.do_due()
    while v1.test_helpers.test_clocks.retrieve(clock).status != "ready":
        shared.books.ahead += shared.books.slow


def subscribes(v1, customer, *items, **said):
    wanted = [{"price": item} if isinstance(item, str) else item for item in items]
    return v1.subscriptions.create({"customer": customer, "items": wanted, **said})


def bills(v1, subscription):
    """What its invoices come to, the oldest first, and how they stand."""
    found = v1.invoices.list({"subscription": subscription.id, "limit": 100}).data
    return [(one.total, one.status) for one in found[::-1]]


@pytest.mark.parametrize(
    ("interval", "times", "then"),
    [("month", 1, "2027-02-28"), ("month", 2, "2027-03-31"), ("year", 1, "2028-01-31"), ("week", 2, "2027-02-14")],
)
def test_a_month_that_has_no_such_day_ends_with_its_last(interval, times, then):
    assert datetime.fromtimestamp(terms.after(JANUARY, interval, times), UTC).date().isoformat() == then


def test_a_term_follows_the_other_and_each_is_invoiced_and_an_hour_later_paid(shared, v1, clock, ada):
    made = subscribes(v1, ada, price(v1))
    assert (made.status, bills(v1, made)) == ("active", [(1000, "paid")])

    end = terms.after(JANUARY, "month", 1)
    travels(shared, v1, clock, end + 60)
    assert bills(v1, made) == [(1000, "paid"), (1000, "draft")]
    travels(shared, v1, clock, end + DAY)
    assert bills(v1, made) == [(1000, "paid"), (1000, "paid")]
    item = v1.subscriptions.retrieve(made.id)["items"].data[0]
    assert (item.current_period_start, item.current_period_end) == (end, terms.after(JANUARY, "month", 2))


def test_a_term_that_no_bank_pays_is_past_due(shared, v1, clock, ada):
    made = subscribes(v1, ada, price(v1))
    bad = v1.payment_methods.attach("pm_card_chargeCustomerFail", {"customer": ada}).id
    v1.subscriptions.update(made.id, {"default_payment_method": bad})
    travels(shared, v1, clock, terms.after(JANUARY, "month", 1) + DAY)

    assert v1.subscriptions.retrieve(made.id).status == "past_due"
    (unpaid,) = v1.invoices.list({"subscription": made.id, "status": "open"}).data
    v1.invoices.pay(unpaid.id, {"payment_method": "pm_card_visa"})
    assert v1.subscriptions.retrieve(made.id).status == "active"


def test_who_has_nothing_on_file_begins_nothing(v1):
    nobody = v1.customers.create({}).id
    with pytest.raises(stripe.InvalidRequestError):
        subscribes(v1, nobody, price(v1))

    waits = subscribes(v1, nobody, price(v1), payment_behavior="default_incomplete")
    assert (waits.status, bills(v1, waits)) == ("incomplete", [(1000, "open")])


def test_a_payment_that_was_made_elsewhere_begins_it(v1):
    bob = v1.customers.create({}).id
    waits = subscribes(v1, bob, price(v1), payment_behavior="default_incomplete")
    paid = v1.payment_intents.create(
        {"amount": 1000, "currency": "eur", "customer": bob, "payment_method": "pm_card_visa", "confirm": True}
    )
    asked = v1.invoice_payments.list({"invoice": waits.latest_invoice}).data[0].payment.payment_intent
    invoice = v1.invoices.attach_payment(waits.latest_invoice, {"payment_intent": paid.id})

    assert (invoice.status, invoice.amount_paid) == ("paid", 1000)
    assert v1.subscriptions.retrieve(waits.id).status == "active"
    assert v1.payment_intents.retrieve(asked).status == "canceled"
    with pytest.raises(stripe.InvalidRequestError):
        v1.invoices.attach_payment(waits.latest_invoice, {"payment_intent": paid.id})


def test_what_was_never_paid_is_given_up_after_a_day(shared, v1, clock, ada):
    waits = subscribes(v1, ada, price(v1), payment_behavior="default_incomplete")
    travels(shared, v1, clock, JANUARY + DAY)

    assert v1.subscriptions.retrieve(waits.id).status == "incomplete_expired"
    assert bills(v1, waits) == [(1000, "void")]


def test_a_preview_says_what_would_be_invoiced_and_does_nothing(shared, v1, ada):
    each, once = price(v1), price(v1, 2500, interval=None)
    tax = v1.tax_rates.create({"display_name": "VAT", "percentage": 20, "inclusive": False}).id
    before = len(shared.books.things)
    details = {"items": [{"price": each, "quantity": 3}], "default_tax_rates": [tax]}
    asked = {"customer": ada, "subscription_details": details, "invoice_items": [{"price": once}]}
    first = v1.invoices.create_preview(asked)
    later = v1.invoices.create_preview({**asked, "preview_mode": "recurring"})

    assert [line.amount for line in first.lines.data] == [2500, 3000]
    assert (first.subtotal, first.total, first.total_taxes[0].amount) == (5500, 6600, 1100)
    assert later.total == 3600
    assert len(shared.books.things) == before

    made = subscribes(v1, ada, *details["items"], add_invoice_items=[{"price": once}], default_tax_rates=[tax])
    assert bills(v1, made) == [(6600, "paid")]


def test_a_change_within_a_term_costs_what_its_preview_said(shared, v1, clock, ada):
    small, big = price(v1), price(v1, 3100)
    made = subscribes(v1, ada, small)
    half = JANUARY + (terms.after(JANUARY, "month", 1) - JANUARY) // 2
    travels(shared, v1, clock, half)
    items = [{"id": made["items"].data[0].id, "price": big}]
    change = {"items": items, "proration_behavior": "always_invoice", "proration_date": half}
    preview = v1.invoices.create_preview({"subscription": made.id, "subscription_details": change})
    v1.subscriptions.update(made.id, change)

    assert [line.amount for line in preview.lines.data] == [-500, 1550]
    assert bills(v1, made) == [(1000, "paid"), (1050, "paid")]
    assert preview.total == 1050


def test_a_cheaper_plan_within_a_term_leaves_something_for_the_next(shared, v1, clock, ada):
    small, big = price(v1), price(v1, 3000)
    made = subscribes(v1, ada, big)
    travels(shared, v1, clock, JANUARY + 14 * DAY)
    items = [{"id": made["items"].data[0].id, "price": small}]
    v1.subscriptions.update(made.id, {"items": items, "proration_behavior": "always_invoice"})

    assert v1.customers.retrieve(ada).balance == -1000
    travels(shared, v1, clock, terms.after(JANUARY, "month", 1) + DAY)
    latest = v1.invoices.list({"subscription": made.id}).data[0]
    assert (latest.total, latest.amount_due, latest.status) == (1000, 0, "paid")
    assert v1.customers.retrieve(ada).balance == 0


def test_a_schedule_changes_it_when_its_term_is_over(shared, v1, clock, ada):
    big, small = price(v1, 3000), price(v1)
    made = subscribes(v1, ada, big)
    end = terms.after(JANUARY, "month", 1)
    schedule = v1.subscription_schedules.create({"from_subscription": made.id})
    first = {"items": [{"price": big}], "start_date": JANUARY, "end_date": end}
    then = {"items": [{"price": small}], "duration": {"interval": "month"}}
    v1.subscription_schedules.update(schedule.id, {"phases": [first, then], "end_behavior": "release"})

    with pytest.raises(stripe.InvalidRequestError):
        v1.subscriptions.update(made.id, {"items": [{"price": small}]})
    travels(shared, v1, clock, end + DAY)
    assert bills(v1, made) == [(3000, "paid"), (1000, "paid")]
    travels(shared, v1, clock, terms.after(JANUARY, "month", 2) + DAY)
    assert bills(v1, made)[-1] == (1000, "paid")
    assert v1.subscription_schedules.retrieve(schedule.id).status == "completed"
    assert v1.subscriptions.retrieve(made.id).schedule is None


def test_what_was_scheduled_is_undone_by_letting_it_go(shared, v1, clock, ada):
    made = subscribes(v1, ada, price(v1, 3000))
    schedule = v1.subscription_schedules.create({"from_subscription": made.id})
    v1.subscription_schedules.release(schedule.id)
    travels(shared, v1, clock, terms.after(JANUARY, "month", 1) + DAY)

    assert bills(v1, made) == [(3000, "paid"), (3000, "paid")]


def test_what_is_to_end_with_its_term_ends_and_can_be_kept_until_then(shared, v1, clock, ada):
    ends, stays = subscribes(v1, ada, price(v1)), subscribes(v1, ada, price(v1))
    for one in (ends, stays):
        v1.subscriptions.update(one.id, {"cancel_at_period_end": True})
    v1.subscriptions.update(stays.id, {"cancel_at_period_end": False})
    travels(shared, v1, clock, terms.after(JANUARY, "month", 1) + DAY)

    assert [v1.subscriptions.retrieve(one.id).status for one in (ends, stays)] == ["canceled", "active"]
    assert [one.id for one in v1.subscriptions.list({"customer": ada}).data] == [stays.id]
    assert len(v1.subscriptions.list({"customer": ada, "status": "all"}).data) == 2


@pytest.mark.parametrize(
    ("missing", "ends"), [("pause", "paused"), ("cancel", "canceled"), ("create_invoice", "past_due")]
)
def test_a_trial_without_anything_on_file_ends_as_was_said(shared, v1, clock, missing, ends):
    nobody = v1.customers.create({"test_clock": clock}).id
    settings = {"trial_settings": {"end_behavior": {"missing_payment_method": missing}}}
    tries = subscribes(v1, nobody, price(v1), trial_end=JANUARY + 14 * DAY, **settings)
    assert (tries.status, bills(v1, tries)) == ("trialing", [(0, "paid")])
    travels(shared, v1, clock, JANUARY + 16 * DAY)

    assert v1.subscriptions.retrieve(tries.id).status == ends


def test_a_promotion_code_lowers_as_many_terms_as_its_coupon_says(shared, v1, clock, ada):
    coupon = v1.coupons.create({"percent_off": 25, "duration": "once"}).id
    code = v1.promotion_codes.create(
        {"code": "SPRING", "promotion": {"type": "coupon", "coupon": coupon}, "max_redemptions": 1}
    )
    lowered = {"discounts": [{"promotion_code": code.id}]}
    made = subscribes(v1, ada, price(v1), **lowered)
    travels(shared, v1, clock, terms.after(JANUARY, "month", 1) + DAY)

    assert bills(v1, made) == [(750, "paid"), (1000, "paid")]
    with pytest.raises(stripe.InvalidRequestError) as refused:
        subscribes(v1, ada, price(v1), **lowered)
    assert refused.value.code == "promotion_code_expired"


def test_an_amount_off_is_shared_by_the_lines(v1, ada):
    coupon = v1.coupons.create({"amount_off": 100, "currency": "eur", "duration": "forever"}).id
    details = {"items": [{"price": price(v1, 1000)}, {"price": price(v1, 2000)}]}
    asked = {"customer": ada, "subscription_details": details, "discounts": [{"coupon": coupon}]}
    preview = v1.invoices.create_preview(asked)

    assert [line.discount_amounts[0].amount for line in preview.lines.data] == [33, 67]
    assert preview.total == 2900


def test_prices_of_many_go_by_tiers(v1, ada):
    tiers = [{"up_to": 5, "unit_amount": 700}, {"up_to": "inf", "unit_amount": 500}]
    product = v1.products.create({"name": "Seats"}).id
    said = {"product": product, "currency": "eur", "billing_scheme": "tiered", "tiers": tiers}
    totals = []
    for mode in ("graduated", "volume"):
        one = v1.prices.create({**said, "tiers_mode": mode, "recurring": {"interval": "month"}}).id
        details = {"items": [{"price": one, "quantity": 6}]}
        totals.append(v1.invoices.create_preview({"customer": ada, "subscription_details": details}).total)

    assert totals == [5 * 700 + 500, 6 * 500]


def test_an_invoice_shows_ten_lines_and_lists_all(v1, ada):
    for _ in range(12):
        v1.invoice_items.create({"customer": ada, "amount": 100, "currency": "eur"})
    invoice = v1.invoices.create({"customer": ada, "pending_invoice_items_behavior": "include"})

    assert (len(invoice.lines.data), invoice.lines.has_more, invoice.total) == (10, True, 1200)
    assert len(list(v1.invoices.line_items.list(invoice.id, {"limit": 5}).auto_paging_iter())) == 12


def test_what_is_issued_does_not_change_and_is_numbered_without_gaps(v1, ada):
    numbers = []
    for _ in range(2):
        v1.invoice_items.create({"customer": ada, "amount": 100, "currency": "eur"})
        invoice = v1.invoices.create({"customer": ada, "pending_invoice_items_behavior": "include"})
        issued = v1.invoices.finalize_invoice(invoice.id)
        numbers.append(int(issued.number.rpartition("-")[2]))
        with pytest.raises(stripe.InvalidRequestError):
            v1.invoices.update(invoice.id, {"description": "another"})
        assert issued.invoice_pdf.endswith("/pdf")

    assert numbers == [1, 2]


def test_no_more_is_taken_back_than_was_invoiced(v1, ada):
    v1.invoice_items.create({"customer": ada, "amount": 1000, "currency": "eur"})
    invoice = v1.invoices.create({"customer": ada, "pending_invoice_items_behavior": "include"})
    v1.invoices.pay(invoice.id)
    note = v1.credit_notes.create({"invoice": invoice.id, "amount": 400, "refund_amount": 400})

    assert (note.type, v1.refunds.retrieve(note.refunds[0].refund).amount) == ("post_payment", 400)
    with pytest.raises(stripe.InvalidRequestError):
        v1.credit_notes.create({"invoice": invoice.id, "amount": 601, "refund_amount": 601})


def test_what_the_books_cannot_do_they_refuse(stand_in):
    v1 = client(stand_in).v1
    ada = v1.customers.create({}).id
    with pytest.raises(stripe.APIError, match="cannot do this"):
        subscribes(v1, ada, price(v1), backdate_start_date=JANUARY)
    with pytest.raises(stripe.InvalidRequestError) as refused:
        subscribes(v1, ada, price(v1, interval=None))
    assert refused.value.code == "price_not_recurring"


def test_everything_in_the_books_has_the_shape_of_the_librarys_classes(shared):
    """Of all that the tests before this one made."""
    assert [found for thing in shared.books.things.values() for found in shapes.wrong(thing)] == []
