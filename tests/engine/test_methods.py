"""The last payment method stays while it is needed; the rule says why."""

from dataclasses import replace
from datetime import date

import pytest

from generator.engine.methods import SAYS, kept
from generator.model.catalog import Period, Plan
from generator.model.customer import Customer
from generator.model.invoice import Invoice
from generator.model.money import Money
from generator.model.payment import Method
from generator.model.subscription import Subscription

CARD = Method("card", "card", "Visa •••• 4242", "2031-01", default=True)
MANDATE = Method("sepa", "sepa", "SEPA •••• 3000")
ADA = Customer("1", "ada")
EURO = Money(100, "EUR")
MONTH = Period(1, "month")
DAY = date(2027, 3, 1)
PLAN = Plan("team", {"en": "Team"}, {"en": ""}, EURO, MONTH, Money(0, "EUR"))
RUNS = Subscription("s", "1", PLAN, {}, "active_running", EURO, MONTH, DAY, DAY, date(2027, 4, 1))
OWED = Invoice("i", "INV-1", "1", "s", "due_auto", DAY, DAY, (), EURO)


def rule(*subscriptions, methods=(CARD,), customer=ADA, invoices=(), under_way=False):
    return kept(CARD, methods, customer, subscriptions, invoices, under_way)


def test_one_of_several_may_go():
    assert rule(RUNS, methods=(CARD, MANDATE), invoices=(OWED,), under_way=True) is None


@pytest.mark.parametrize(
    "state", ["active_running", "active_delayed_upgrade", "draft_delayed_start", "draft_delayed_upgrade"]
)
def test_the_last_stays_while_a_subscription_is_to_be_charged(state):
    assert rule(replace(RUNS, state=state)) == "renews"


@pytest.mark.parametrize(
    "other",
    [
        {"price": Money(0, "EUR")},
        {"state": "active_delayed_termination", "ends": date(2027, 4, 1)},
        {"state": "suspended_payment_due"},
        {"state": "ended_terminated"},
        {"state": "draft_agent"},
    ],
)
def test_the_last_may_go_where_nothing_is_charged_again(other):
    assert rule(replace(RUNS, **other)) is None


def test_the_last_stays_where_a_commitment_charges_once_more():
    assert rule(replace(RUNS, state="active_delayed_termination", ends=date(2027, 6, 1))) == "renews"


@pytest.mark.parametrize(
    ("state", "stays"), [("due_auto", True), ("problem_auto", True), ("due_offline", False), ("paid", False)]
)
def test_the_last_stays_while_an_invoice_is_to_be_charged(state, stays):
    assert (rule(invoices=(replace(OWED, state=state),)) == "invoice") is stays


def test_the_last_stays_while_a_payment_is_under_way():
    assert rule(under_way=True) == "under_way"


def test_who_pays_by_transfer_needs_none_to_renew():
    assert rule(RUNS, customer=replace(ADA, terms_days=30)) is None


def test_every_rule_has_its_sentence():
    assert set(SAYS) == {"under_way", "invoice", "renews"}
