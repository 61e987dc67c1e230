"""An account statement adds up, however time is cut, and says what was owed, invoiced, paid and given back."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from generator.model.credit import CreditNote
from generator.model.customer import BillingInfo
from generator.model.invoice import Invoice
from generator.model.money import Money
from generator.model.statement import Span, statement
from tests.ports.test_money import MANY

MARCH, APRIL = Span(date(2027, 3, 1), date(2027, 3, 31)), Span(date(2027, 4, 1), date(2027, 4, 30))


def euros(minor):
    return Money(minor, "EUR")


def invoice(count=1, state="due_offline", issued=date(2027, 3, 10), minor=5880, currency="EUR", **more):
    total = Money(minor, currency)
    return Invoice(f"i{count}", f"INV-{count:06}", "ada", "s1", state, issued, None, (), total, **more)


def note(of, minor, issued=date(2027, 3, 20), why="refund", back="gateway", count=1):
    total = Money(-minor, of.total.currency)
    return CreditNote(
        f"n{count}", f"CN-{count:06}", of.id, of.number, "ada", "s1", issued, (), total, BillingInfo(), why, back
    )


def rows(said, at=0):
    return [
        (one.day.day, one.kind, one.number, one.amount.minor, one.balance.minor) for one in said.accounts[at].entries
    ]


def edges(said, at=0):
    return said.accounts[at].opening.minor, said.accounts[at].closing.minor


def test_what_is_paid_and_given_back_stands_day_by_day():
    paid = invoice(state="paid_refunded", paid_on=date(2027, 3, 12))

    said = statement([paid], [note(paid, 2000)], MARCH)

    assert rows(said) == [
        (10, "invoice", "INV-000001", 5880, 5880),
        (12, "payment", "INV-000001", -5880, 0),
        (20, "credit_note", "CN-000001", -2000, -2000),
        (20, "refund", "CN-000001", 2000, 0),
    ]
    assert edges(said) == (0, 0)


def test_what_happened_before_is_the_balance_to_begin_with():
    owed, paid = invoice(), invoice(2, "paid", paid_on=date(2027, 4, 2))

    said = statement([owed, paid], [], APRIL)

    assert rows(said) == [(2, "payment", "INV-000002", -5880, 5880)]
    assert edges(said) == (2 * 5880, 5880)


def test_what_is_void_is_owed_no_more_and_nothing_goes_back():
    void = invoice(state="void")

    said = statement([void], [note(void, 5880, why="void", back="nothing")], MARCH)

    assert [kind for _, kind, *_ in rows(said)] == ["invoice", "credit_note"]
    assert edges(said) == (0, 0)


@pytest.mark.parametrize(
    ("state", "before", "closing"),
    [
        ("uncollectible", None, 5880),
        ("problem_disputed", "due_offline", 5880),
        ("problem_disputed", "paid", 0),
        ("due_pending", None, 5880),
        ("problem_auto", None, 5880),
    ],
)
def test_what_is_given_up_stays_owed_and_what_is_argued_about_is_as_it_was(state, before, closing):
    assert edges(statement([invoice(state=state, before_dispute=before)], [], MARCH)) == (0, closing)


def test_each_currency_has_an_account_of_its_own():
    said = statement([invoice(), invoice(2, minor=100, currency="USD")], [], MARCH)

    assert [account.closing for account in said.accounts] == [euros(5880), Money(100, "USD")]
    assert [rows(said, at)[0][2] for at in (0, 1)] == ["INV-000001", "INV-000002"]


def test_what_was_paid_before_anybody_wrote_down_when_was_paid_at_once():
    assert edges(statement([invoice(state="paid")], [], MARCH)) == (0, 0)


def test_who_was_never_invoiced_has_no_account():
    assert statement([], [], MARCH).accounts == ()
    assert statement([invoice(issued=date(2027, 4, 1))], [], MARCH).accounts == ()


days = some.integers(0, 400).map(lambda count: date(2027, 1, 1) + timedelta(days=count))


@some.composite
def books(draw):
    """Invoices of two currencies, some of them paid, some of those given back in parts."""
    invoices, notes = [], []
    for count in range(draw(some.integers(0, 8))):
        issued, minor = draw(days), draw(some.integers(1, 10**6))
        one = invoice(count, issued=issued, minor=minor, currency=draw(some.sampled_from(["EUR", "USD"])))
        if draw(some.booleans()):
            one = replace(one, state="paid", paid_on=issued + timedelta(days=draw(some.integers(0, 60))))
            part = draw(some.integers(0, minor))
            if part:
                notes.append(note(one, part, one.paid_on + timedelta(days=draw(some.integers(0, 60))), count=count))
        invoices.append(one)
    return invoices, notes


@MANY
@given(books(), days, some.integers(0, 200), some.integers(0, 200))
def test_however_time_is_cut_the_parts_are_the_whole(made, first, length, cut):
    middle = first + timedelta(days=min(length, cut))
    last = first + timedelta(days=length + 1)
    whole = statement(*made, Span(first, last))
    one, two = statement(*made, Span(first, middle)), statement(*made, Span(middle + timedelta(days=1), last))
    before = {account.closing.currency: account for account in one.accounts}
    after = {account.closing.currency: account for account in two.accounts}
    for account in whole.accounts:
        currency = account.closing.currency
        zero = Money.zero(currency)
        assert account.opening + sum((entry.amount for entry in account.entries), zero) == account.closing
        assert after[currency].opening == (before[currency].closing if currency in before else zero)
        assert after[currency].closing == account.closing
        parts = (*(before[currency].entries if currency in before else ()), *after[currency].entries)
        assert parts == account.entries
