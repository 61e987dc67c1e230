"""Whatever the tiers are: what units cost is what a patient clerk would add up, unit by unit."""

import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from generator import record
from generator.adapters.ledger.lines import consumed, each_term
from generator.adapters.ledger.tiers import cost
from generator.model.catalog import Option, Period, Plan, Scale, Tier
from generator.model.money import Money

MANY = settings(max_examples=int(os.environ.get("EXAMPLES", "200")), deadline=None)
CURRENCIES = ("EUR", "JPY", "KWD")


@some.composite
def scales(draw, rules=("graduated", "volume"), tiers=4):
    currency = draw(some.sampled_from(CURRENCIES))
    money = some.integers(0, 10**6).map(lambda minor: Money(minor, currency))
    ceilings = sorted(draw(some.sets(some.integers(1, 300), max_size=tiers - 1)))
    return Scale(
        tuple(
            Tier(draw(money), ceiling, draw(some.integers(1, 50)), draw(some.one_of(some.none(), money)))
            for ceiling in (*ceilings, None)
        ),
        draw(some.sampled_from(rules)),
    )


def tier_of(scale: Scale, unit: int) -> Tier:
    return next(tier for tier in scale.tiers if tier.up_to is None or unit <= tier.up_to)


def added_up(scale: Scale, units: int) -> int:
    """The clerk: opens an increment where a unit no longer fits into the last one, and looks each unit's tier up."""
    minor, opened, room = 0, None, 0
    for unit in range(1, units + 1):
        tier = tier_of(scale, units if scale.rule == "volume" else unit)
        if tier is not opened:
            minor += tier.flat.minor if tier.flat else 0
            opened, room = tier, 0
        if room == 0:
            minor, room = minor + tier.price.minor, tier.increment
        room -= 1
    return minor


@MANY
@given(scales(), some.integers(-5, 500))
def test_units_cost_what_a_clerk_adds_up(scale, units):
    currency = scale.tiers[0].price.currency
    assert cost(scale, units) == Money(added_up(scale, units), currency)


@MANY
@given(scales(rules=("graduated",)), some.integers(0, 500), some.integers(0, 100))
def test_more_units_never_cost_less_by_a_graduated_scale(scale, units, more):
    assert cost(scale, units) <= cost(scale, units + more)


@MANY
@given(scales(tiers=1), some.integers(0, 500))
def test_one_tier_is_one_price_whatever_the_rule(scale, units):
    assert cost(Scale(scale.tiers, "volume"), units) == cost(Scale(scale.tiers, "graduated"), units)


@MANY
@given(scales(), some.integers(0, 40), some.integers(0, 500))
def test_what_is_included_costs_nothing_and_comes_first(scale, included, units):
    """One line for an option, however many tiers there are, and never one below zero."""
    nothing = Money.zero(scale.tiers[0].price.currency)
    seats = Option("seats", "quantity", {}, scale, included=included, maximum=1000)
    calls = Option("calls", "consumption", {}, scale, included=included)
    plan = Plan("team", {}, {}, nothing, Period(1, "month"), setup=nothing, options=(seats, calls))
    chosen, used = each_term(plan, {"seats": units})[1:], consumed(plan, {"calls": units})
    for lines in (chosen, used):
        assert [line.quantity for line in lines] == ([units - included] if units > included else [])
        assert all(line.amount == cost(scale, units - included) >= nothing for line in lines)


@MANY
@given(some.integers(0, 10**6), some.integers(1, 100), some.integers(0, 500))
def test_an_amount_is_the_short_form_of_one_tier(minor, step, units):
    """A quantity is charged by the unit; of what is consumed, a step is charged where it is begun."""
    price = Money(minor, "EUR")
    seats = Option("seats", "quantity", {}, price, step=step)
    calls = Option("calls", "consumption", {}, price, step=step)
    assert cost(seats.scale, units) == price * units
    assert cost(calls.scale, units) == price * (-(-units // step) * step)


@pytest.mark.parametrize("rule", ["graduated", "volume"])
def test_an_option_is_read_as_it_was_written(rule):
    """Those from before there were tiers, too."""
    yen = Money(120, "JPY")
    tiered = Option("seats", "quantity", {"en": "Seats"}, Scale((Tier(yen, 10, 2, yen), Tier(yen)), rule), included=3)
    plain = Option("seats", "quantity", {"en": "Seats"}, yen)
    for option in (tiered, plain):
        assert record.read(record.write(option), Option) == option
