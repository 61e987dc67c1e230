"""Each currency has its own smallest unit, and no sum ever mixes two."""

from decimal import Decimal

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as some

from generator.locale import money
from generator.model.money import CurrencyMismatch, Money

PLACES = {"JPY": 0, "EUR": 2, "KWD": 3}
currencies = some.sampled_from(sorted(PLACES))


@given(some.integers(0, 10**12), currencies)
def test_an_amount_is_read_as_its_minor_units(minor, currency):
    places = PLACES[currency]
    said = f"{Decimal(minor).scaleb(-places):.{places}f} {currency}"
    assert money.read(said) == Money(minor, currency)


@given(some.integers(0, 10**9), currencies)
def test_an_amount_with_the_places_of_another_currency_is_no_amount(whole, currency):
    for places in {0, 1, 2, 3, 4} - {PLACES[currency]}:
        with pytest.raises(money.NotMoney):
            money.read(f"{whole}{'.' if places else ''}{'0' * places} {currency}")


@given(some.integers(), some.integers(), currencies, currencies)
def test_no_sum_mixes_currencies(one, other, left, right):
    if left == right:
        assert Money(one, left) + Money(other, right) == Money(one + other, left)
        return
    for mixed in (Money.__add__, Money.__sub__, Money.__lt__, Money.__le__):
        with pytest.raises(CurrencyMismatch):
            mixed(Money(one, left), Money(other, right))


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "-€29.00"), ("fr", "-29,00\xa0€"), ("sv", "−29,00\xa0€"), ("ar", "\u200f\u200e-29.00\xa0€")],
)
def test_what_is_taken_off_has_the_minus_of_its_language(language, said):
    assert money.say(Money(-2900, "EUR"), Locale(language)) == said
