"""The audit is silent on books that are right, and finds each thing that is not."""

import pytest

from generator.model.payment import Promised
from generator.model.quote import ChangePlan, Subscribe, Terminate
from tests.ports.test_biller import ledger_shop
from tests.ports.test_biller_changes import BIG, SMALL
from tests.ports.test_people import asks, closes, orders


@pytest.fixture
def shop(tmp_path):
    """Three customers: one who leaves, one who changes, one whose order waits for its payment. Nobody paid by card."""
    with ledger_shop(tmp_path) as shop:
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
