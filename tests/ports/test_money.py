"""Whatever is sold to whomever on whichever day: sums add up, and nobody is owed by a sum."""

import os
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as some

from generator.adapters.ledger import lifecycle
from generator.adapters.ledger.calendar import begins
from generator.adapters.ledger.changing import difference
from generator.adapters.ledger.discounting import bill, next_term
from generator.adapters.ledger.drafting import AsOf, Sale, Sight
from generator.adapters.ledger.lines import total, with_tax
from generator.adapters.ledger.options import complete
from generator.adapters.ledger.prices import Prices
from generator.adapters.ledger.proration import SECOND, Term, cost, present
from generator.adapters.ledger.quoting import work_out
from generator.adapters.ledger.starting import subscription
from generator.model.catalog import Catalog, Option, Period, Plan, Table
from generator.model.customer import BillingInfo, Customer
from generator.model.money import Money
from generator.model.promotion import Discount, Promotion
from generator.model.quote import ChangeOptions, ChangePlan, Pause, Quote, Request, Restart, Subscribe, Terminate
from generator.model.subscription import Subscription
from generator.model.tax import Tax

MANY = settings(max_examples=int(os.environ.get("EXAMPLES", "500")), deadline=None)
"""`make properties` asks for ten thousand of each."""
DAY_ONE = date(2027, 1, 1)
ADA = Customer("ada", "ada", "en", BillingInfo(), 0, frozenset())

days = some.integers(0, 3000).map(lambda count: DAY_ONE + timedelta(days=count))
monies = some.builds(Money, some.integers(0, 10**9), some.sampled_from(["EUR", "JPY", "KWD"]))
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
by_percent = some.builds(lambda percent: {"percent": percent}, some.integers(1, 10_000))
by_amount = some.builds(lambda amount: {"amount": amount}, amounts.filter(bool))
promotions = some.builds(
    lambda code, off, terms: Promotion(code, {}, terms=terms, **off),
    some.sampled_from(["SPRING", "WINTER"]),
    some.one_of(by_percent, by_amount),
    some.integers(0, 5),
)
promised = some.lists(
    some.builds(lambda promotion, waits: Discount(promotion, promotion.terms, waits), promotions, some.booleans()),
    max_size=3,
    unique_by=lambda discount: discount.promotion.code,
).map(tuple)


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
def terms(draw):
    """A term that began on some day or within it, and moments that cut it, its start and its end among them."""
    zone = ZoneInfo(draw(some.sampled_from(["UTC", "Europe/Paris", "America/New_York", "Pacific/Auckland"])))
    first, seconds = draw(days), draw(some.integers(0, 79_199))
    start = begins(first, zone) + timedelta(seconds=seconds)
    term = Term(start, begins(first + timedelta(days=draw(some.integers(1, 400))), zone))
    cuts = draw(some.lists(some.integers(0, term.seconds), max_size=8))
    return term, [start + timedelta(seconds=cut) for cut in sorted([0, *cuts, term.seconds])]


@some.composite
def running(draw, plan):
    """A subscription in some term of some length, and a day in that term, by whose noon it had begun."""
    start, length = draw(days), draw(some.integers(1, 400))
    taken = complete(plan, draw(chosen))
    trial = start + timedelta(days=length) if draw(some.booleans()) else None
    has = Subscription(
        "s1", "ada", plan, taken, "active_running", Money(0, "EUR"), plan.period, start, start,
        start + timedelta(days=length), trial_until=trial, discounts=draw(promised),
        since=draw(some.sampled_from([None, noon(start)])),
    )  # fmt: skip
    return has, start + timedelta(days=draw(some.integers(0, length)))


def noon(day):
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def quoted(change, today, plans=(), has=None, rate=2000, promotion=None):
    moment = noon(today)
    prices = Prices(Catalog((Table("all", {}, tuple(plans)),)), rate)
    sight = Sight(ADA, prices, AsOf(moment, ZoneInfo("UTC")), subscription=has, promotion=promotion)
    request = Request("ada", change, None, {}, promotion=promotion.code if promotion else "")
    sale = work_out("q", request, sight)
    assert isinstance(sale, Sale), sale
    return sale.quote


def adds_up(quote: Quote):
    zero = Money.zero("EUR")
    assert sum((line.amount for line in quote.lines_now), zero) == quote.due_now
    assert sum((line.amount for line in quote.lines_later), zero) == quote.due_later
    assert quote.due_now >= zero
    assert quote.due_later >= zero
    assert all(later.due >= zero for later in quote.afterwards)
    days = [later.first for later in quote.afterwards]
    assert days == sorted(days)
    assert not days or quote.later_on < days[0]


@MANY
@given(monies, terms())
def test_a_term_that_is_cut_costs_what_it_costs_whole(amount, drawn):
    """In whatever currency, in whatever zone, on days of 23 hours and of 25."""
    term, at = drawn
    nothing = Money.zero(amount.currency)
    parts = [cost(amount, term, first, until) for first, until in pairwise(at)]
    assert sum(parts, nothing) == amount
    assert all(nothing <= part for part in parts)


@MANY
@given(monies, terms())
def test_a_part_of_a_term_is_rounded_by_less_than_a_unit(amount, drawn):
    """To the minor unit, it costs what its seconds are of all seconds."""
    term, at = drawn
    for first, until in pairwise(at):
        exact = Fraction(amount.minor * ((until - first) // SECOND), term.seconds)
        assert abs(cost(amount, term, first, until).minor - exact) <= 1
        up_to = Fraction(amount.minor * ((until - term.start) // SECOND), term.seconds)
        assert abs(cost(amount, term, term.start, until).minor - up_to) <= Fraction(1, 2)


@MANY
@given(plans("team"), chosen, days, some.integers(0, 3000), some.one_of(some.none(), promotions))
def test_what_is_sold_adds_up(plan, taken, today, rate, promotion):
    adds_up(quoted(Subscribe("team", taken), today, [plan], rate=rate, promotion=promotion))


@MANY
@given(some.data())
def test_whatever_is_changed_adds_up_and_owes_nobody(data):
    old = replace(data.draw(plans("old")), commitment=0)
    new = data.draw(plans("new"))
    has, today = data.draw(running(old))
    rate, promotion = data.draw(some.integers(0, 3000)), data.draw(some.one_of(some.none(), promotions))
    for change in (
        ChangePlan("s1", "new", data.draw(chosen)),
        ChangeOptions("s1", data.draw(chosen)),
        Terminate("s1"),
    ):
        adds_up(quoted(change, today, [old, new], has, rate, promotion))
    if not has.in_trial(today):
        adds_up(quoted(Pause("s1", has.period_end + timedelta(days=9)), today, [old], has, rate))
    adds_up(quoted(Restart("s1"), today, [old], replace(has, state="suspended_agent"), rate))


@MANY
@given(some.data())
def test_a_change_and_its_reverse_at_one_moment_are_nothing(data):
    """Line by line and with tax: what is credited of the one is what was charged of it."""
    old, new = data.draw(plans("old")), data.draw(plans("new"))
    has, today = data.draw(running(old))
    before = bill(old, has.options, has.discounts)
    after = bill(new, complete(new, data.draw(chosen)), data.draw(promised))
    at = present(has, ZoneInfo("UTC")), noon(today)
    there, back = difference(before, after, *at), difference(after, before, *at)
    rate = data.draw(some.integers(0, 3000))
    whole = [total(with_tax(lines, Tax(rate), "EUR"), "EUR") for lines in (there, back)]
    assert whole[0] + whole[1] == Money.zero("EUR")


@MANY
@given(plans("team"), chosen, promised)
def test_discounts_never_take_off_more_than_there_is(plan, taken, discounts):
    lines = bill(plan, complete(plan, taken), discounts).lines
    net = total(lines, "EUR")
    assert Money.zero("EUR") <= net <= total((line for line in lines if line.kind != "discount"), "EUR")
    assert all(line.amount < Money.zero("EUR") for line in lines if line.kind == "discount")


@MANY
@given(plans("team"), chosen, promised, terms())
def test_a_discounted_term_that_is_cut_costs_what_it_costs_whole(plan, taken, discounts, drawn):
    """And what is left of it from any moment on is never less than nothing, nor more than without the discounts."""
    whole, (term, at) = bill(plan, complete(plan, taken), discounts), drawn
    parts = [
        total(whole.share(lambda amount, a=first, z=until: cost(amount, term, a, z), "rest"), "EUR")
        for first, until in pairwise(at)
    ]
    assert sum(parts, Money.zero("EUR")) == total(whole.lines, "EUR")
    assert all(Money.zero("EUR") <= part for part in parts)
    for moment in at:
        rest = whole.share(lambda amount, a=moment: cost(amount, term, a, term.end), "rest")
        assert all(line.amount <= Money.zero("EUR") for line in rest if line.kind == "discount")


@MANY
@given(plans("team"), chosen, days, promotions, some.integers(0, 3000))
def test_every_term_costs_what_was_said_before_it_was_bought(plan, taken, today, promotion, rate):
    """Term after term, with the promotion used up by them and by nothing else."""
    quote = quoted(Subscribe("team", taken), today, [plan], rate=rate, promotion=promotion)
    has = subscription("s1", Sale(quote, plan), ZoneInfo("UTC"))
    for _ in range(8):
        day = has.period_end
        (turned,) = lifecycle.turn(has, day, False, True, None)
        has = turned.subscription
        said = Money.zero("EUR")
        for later in (quote, *quote.afterwards):
            first, due = (later.later_on, later.due_later) if later is quote else (later.first, later.due)
            said = due if first and first <= day else said
        assert total(with_tax(turned.lines, Tax(rate), "EUR"), "EUR") == said


@MANY
@given(some.data())
def test_a_pause_costs_what_was_said_and_rests_until_its_day(data):
    """The term that it puts off uses nothing of a discount up."""
    plan = replace(data.draw(plans("team")), commitment=0)
    has, today = data.draw(running(plan))
    has = replace(has, trial_until=None)
    pause = quoted(Pause("s1", has.period_end + timedelta(days=data.draw(some.integers(1, 99)))), today, [plan], has)
    paused = replace(has, state="active_delayed_suspension", resumes=pause.resumes)
    (rests,) = lifecycle.turn(paused, has.period_end, False, True, None)
    assert (rests.subscription.state, rests.lines) == ("suspended_agent", ())
    assert lifecycle.turn(rests.subscription, pause.resumes - timedelta(days=1), False, True, None) == ()
    (goes_on,) = lifecycle.turn(rests.subscription, pause.resumes, False, True, None)
    said = pause.due_later if pause.later_on == pause.resumes else Money.zero("EUR")
    assert total(with_tax(goes_on.lines, Tax(2000), "EUR"), "EUR") == said
    assert goes_on.subscription.discounts == next_term(has.discounts)
