"""Whatever is sold to whomever on whichever day: sums add up, and nobody is owed by a sum."""

import os
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as some

from generator.adapters.ledger.changing import difference
from generator.adapters.ledger.drafting import AsOf, Sale, Sight
from generator.adapters.ledger.lines import each_term, total, with_tax
from generator.adapters.ledger.options import complete
from generator.adapters.ledger.prices import Prices
from generator.adapters.ledger.proration import Term, cost
from generator.adapters.ledger.quoting import work_out
from generator.model.catalog import Catalog, Option, Period, Plan, Table
from generator.model.customer import BillingInfo, Customer
from generator.model.money import Money
from generator.model.quote import ChangeOptions, ChangePlan, Quote, Request, Restart, Subscribe, Terminate
from generator.model.subscription import Subscription

MANY = settings(max_examples=int(os.environ.get("EXAMPLES", "500")), deadline=None)
"""`make properties` asks for ten thousand of each."""
DAY_ONE = date(2027, 1, 1)
ADA = Customer("ada", "ada", "en", BillingInfo(), 0, frozenset())

days = some.integers(0, 3000).map(lambda count: DAY_ONE + timedelta(days=count))
amounts = some.integers(0, 10**9).map(lambda minor: Money(minor, "EUR"))
periods = some.sampled_from([Period(1, "month"), Period(14, "day"), Period(1, "week"), Period(3, "month")])
options = some.tuples(amounts, amounts, some.integers(0, 5)).map(
    lambda drawn: (
        Option("support", "switch", {}, drawn[0]),
        Option("seats", "quantity", {}, drawn[1], included=drawn[2], minimum=0, maximum=99),
    )
)
chosen = some.fixed_dictionaries({"support": some.booleans(), "seats": some.integers(0, 99)})
fees = some.one_of(some.none(), amounts)


@some.composite
def plans(draw, ref, period=periods):
    return Plan(
        ref,
        {},
        {},
        draw(amounts),
        draw(period),
        setup=draw(amounts),
        options=draw(options),
        termination=draw(fees),
        commitment=draw(some.integers(0, 3)),
        trial=draw(some.sampled_from([None, None, Period(10, "day")])),
    )


@some.composite
def running(draw, plan):
    """A subscription in some term of some length, and a day in that term."""
    start, length = draw(days), draw(some.integers(1, 400))
    taken = complete(plan, draw(chosen))
    trial = start + timedelta(days=length) if draw(some.booleans()) else None
    has = Subscription(
        "s1", "ada", plan, taken, "active_running", Money(0, "EUR"), plan.period, start, start,
        start + timedelta(days=length), trial_until=trial,
    )  # fmt: skip
    return has, start + timedelta(days=draw(some.integers(0, length)))


def quoted(change, today, plans=(), has=None, rate=2000):
    moment = datetime(today.year, today.month, today.day, 12, tzinfo=UTC)
    prices = Prices(Catalog((Table("all", {}, tuple(plans)),)), rate)
    sight = Sight(ADA, prices, AsOf(moment, ZoneInfo("UTC")), subscription=has)
    sale = work_out("q", Request("ada", change, None, {}), sight)
    assert isinstance(sale, Sale), sale
    return sale.quote


def adds_up(quote: Quote):
    zero = Money.zero("EUR")
    assert sum((line.amount for line in quote.lines_now), zero) == quote.due_now
    assert sum((line.amount for line in quote.lines_later), zero) == quote.due_later
    assert quote.due_now >= zero
    assert quote.due_later >= zero


@MANY
@given(amounts, days, some.integers(1, 800), some.lists(some.integers(0, 800), max_size=8))
def test_a_term_that_is_cut_costs_what_it_costs_whole(amount, start, length, cuts):
    term = Term(start, start + timedelta(days=length))
    marks = sorted([0, length, *(cut for cut in cuts if cut <= length)])
    at = [start + timedelta(days=mark) for mark in marks]
    parts = [cost(amount, term, first, until) for first, until in pairwise(at)]
    assert sum(parts, Money.zero("EUR")) == amount
    assert all(Money.zero("EUR") <= part for part in parts)


@MANY
@given(plans("team"), chosen, days, some.integers(0, 3000))
def test_what_is_sold_adds_up(plan, taken, today, rate):
    adds_up(quoted(Subscribe("team", taken), today, [plan], rate=rate))


@MANY
@given(some.data())
def test_whatever_is_changed_adds_up_and_owes_nobody(data):
    old = replace(data.draw(plans("old")), commitment=0)
    new = data.draw(plans("new"))
    has, today = data.draw(running(old))
    rate = data.draw(some.integers(0, 3000))
    for change in (
        ChangePlan("s1", "new", data.draw(chosen)),
        ChangeOptions("s1", data.draw(chosen)),
        Terminate("s1"),
    ):
        adds_up(quoted(change, today, [old, new], has, rate))
    adds_up(quoted(Restart("s1"), today, [old], replace(has, state="suspended_agent"), rate))


@MANY
@given(some.data())
def test_a_change_and_its_reverse_on_one_day_are_nothing(data):
    """Line by line and with tax: what is credited of the one is what was charged of it."""
    old, new = data.draw(plans("old")), data.draw(plans("new"))
    has, today = data.draw(running(old))
    before, after = each_term(old, has.options), each_term(new, complete(new, data.draw(chosen)))
    there, back = difference(before, after, has, today), difference(after, before, has, today)
    rate = data.draw(some.integers(0, 3000))
    whole = [total(with_tax(lines, rate, "EUR"), "EUR") for lines in (there, back)]
    assert whole[0] + whole[1] == Money.zero("EUR")
