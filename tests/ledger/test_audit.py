"""The audit is silent on books that are right, and finds each thing that is not."""

from dataclasses import replace

import pytest

from generator.adapters.store import SqlStore
from generator.model.payment import Intent, Paid, Promised, Saved
from generator.model.quote import ChangePlan, Subscribe, Terminate
from tests.ports.test_biller import SHOPS, euros
from tests.ports.test_biller_changes import BIG, SMALL
from tests.ports.test_people import asks, closes, orders


@pytest.fixture(params=SHOPS, ids=lambda adapter: adapter.__name__)
def shop(request, tmp_path):
    """Three customers: one who leaves, one who changes, one whose order waits for its payment. Nobody paid by card."""
    with request.param(tmp_path) as shop:
        shop.sells(SMALL, BIG)
        ada, bob, cleo = (shop.knows(ref, terms_days=30) for ref in ("ada", "bob", "cleo"))
        for who, plan in ((ada, "small"), (bob, "big")):
            closes(shop, orders(shop, asks(shop, who, Subscribe(plan, {}))), Promised("transfer"))
        orders(shop, asks(shop, cleo, Subscribe("small", {})))
        closes(shop, orders(shop, asks(shop, ada, Terminate(shop.biller.subscriptions(ada.id)[0].id))))
        closes(shop, orders(shop, asks(shop, bob, ChangePlan(shop.biller.subscriptions(bob.id)[0].id, "small", {}))))
        yield shop


def spoilt(shop, statement):
    """As somebody would who writes into the database by hand."""
    with shop.biller._database.write() as connection:
        assert connection.exec_driver_sql(statement).rowcount >= 1


def codes(shop):
    return {finding.code for finding in shop.biller.audit()}


def test_books_that_are_right_are_found_to_be(shop):
    assert shop.biller.audit() == ()


SPOILS = {
    "number-gap": "UPDATE invoices SET position = 7 WHERE position = 2",
    "number-wrong": "UPDATE invoices SET record = replace(record, 'INV-000001', 'INV-000009')",
    "counter-wrong": "UPDATE counters SET last = 9 WHERE name = 'invoice'",
    "sum-wrong": """UPDATE invoices SET record = replace(record, '"minor":200}', '"minor":300}') WHERE position = 1""",
    "due-missing": """UPDATE invoices SET record = replace(record, '"due":"2027-04-09"', '"due":null')""",
    "invoice-held-by-nobody": "UPDATE invoices SET record = replace(record, 'due_offline', 'due_pending')",
    "paid-by-nobody": """UPDATE invoices SET record =
        replace(replace(record, 'due_offline', 'paid'), '"due":"2027-04-09"', '"due":null')""",
    "subscription-held-by-nobody": "DELETE FROM reservations",
    "end-missing": """UPDATE subscriptions SET record = replace(record, '"ends":"2027-04-10"', '"ends":null')""",
    "change-missing": "UPDATE subscriptions SET record = replace(record, 'draft_delayed_upgrade', 'deleted')",
    "change-left-over": "UPDATE subscriptions SET record = replace(record, 'active_delayed_upgrade', 'active_running')",
    "day-left-over": """UPDATE subscriptions SET record =
        replace(record, 'active_delayed_termination', 'suspended_agent')""",
    "follows-nobody": """UPDATE subscriptions SET record =
        replace(record, '"successor":"subscription', '"successor":"no')""",
    "calendar-wrong": "UPDATE subscriptions SET due = '2029-01-01'",
    "term-backwards": """UPDATE subscriptions SET record =
        replace(record, '"period_end":"2027', '"period_end":"2017')""",
}


@pytest.mark.parametrize("code", SPOILS)
def test_what_is_written_by_hand_is_found(shop, code):
    spoilt(shop, SPOILS[code])

    assert code in codes(shop)


@pytest.fixture
def credited(shop):
    """Beside them: what one has paid by transfer went back in two parts, and the invoice of another is void."""
    owed = []
    for ref in ("dan", "eva"):
        order = orders(shop, asks(shop, shop.knows(ref, terms_days=30), Subscribe("small", {})))
        owed.append(closes(shop, order, Promised("transfer")).invoice)
    shop.biller.receive(owed[0], shop.clock.now().date(), "REF")
    shop.biller.refund(owed[0], euros(500), None, "A week lost", "back-1")
    shop.biller.refund(owed[0], euros(700), None, "All of it", "back-2")
    shop.biller.void(owed[1], "By mistake")
    return shop


def test_what_was_credited_rightly_is_found_to_be(credited):
    assert credited.biller.audit() == ()


CREDITS_SPOILT = {
    "number-gap": "UPDATE credit_notes SET position = 9 WHERE position = 2",
    "number-wrong": "UPDATE credit_notes SET record = replace(record, 'CN-000001', 'CN-000009')",
    "counter-wrong": "UPDATE counters SET last = 9 WHERE name = 'credit_note'",
    "invoice-missing": 'UPDATE credit_notes SET record = replace(record, \'"invoice":"\', \'"invoice":"no\')',
    "sum-wrong": "UPDATE credit_notes SET record = replace(record, '-500', '-400') WHERE position = 1",
    "currency-mixed": """UPDATE credit_notes SET record =
        replace(record, '"total":{"currency":"EUR"', '"total":{"currency":"USD"') WHERE position = 3""",
    "credit-of-nothing": "UPDATE credit_notes SET record = replace(record, ':-', ':') WHERE position = 1",
    "credited-too-much": "UPDATE credit_notes SET record = replace(record, '-700', '-900') WHERE position = 2",
    "void-and-owed": "UPDATE credit_notes SET record = replace(record, '-1200', '-100') WHERE position = 3",
    "refunded-by-nobody": """UPDATE credit_notes SET record =
        replace(record, '"invoice":"', '"invoice":"no') WHERE position < 3""",
    "credited-and-due": "UPDATE invoices SET record = replace(record, 'paid_refunded', 'uncollectible')",
    "tax-left-over": """UPDATE credit_notes SET record =
        replace(replace(record, '"minor":-83', '"minor":-80'), '"minor":-417', '"minor":-420') WHERE position = 1""",
    "tax-wrong": """UPDATE invoices SET record =
        replace(replace(record, '"minor":200}', '"minor":190}'), '"minor":1000}', '"minor":1010}')""",
    "credit-without-refund": "UPDATE refunds SET record = replace(record, 'CN-000001', '')",
    "refund-without-credit": "UPDATE refunds SET record = replace(record, 'CN-000001', 'CN-000003')",
    "refund-of-other-amount": """UPDATE refunds SET record =
        replace(record, '"is":"Refunded"', '"is":"Refunded","amount":{"currency":"EUR","minor":1}')""",
    "refund-without-charge": """UPDATE refunds SET record = replace(record, '"charge":""', '"charge":"none"')""",
}


@pytest.mark.parametrize("code", CREDITS_SPOILT)
def test_what_is_written_by_hand_of_credits_is_found(credited, code):
    spoilt(credited, CREDITS_SPOILT[code])

    assert code in codes(credited)


def test_no_charge_gives_back_more_than_it_took(credited):
    """As after a restore of the bank's side: what it says that it took is less."""
    now = credited.clock.now()
    charge = Intent("k", "", "", "c", euros(100), Saved("m"), "us", "en", "back", now, now)
    charge = replace(charge, result=Paid("p", "m", euros(100)))
    SqlStore(credited.biller._database).keep_intent(charge)
    spoilt(credited, """UPDATE refunds SET record = replace(record, '"charge":""', '"charge":"k"')""")

    assert "refunded-too-much" in codes(credited)
