"""Which tax a sale bears, and how it is rounded: net and tax are the gross, taken back in parts is the whole."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some
from stdnum.eu import vat

from generator.adapters.ledger.crediting import credited
from generator.adapters.ledger.lines import total, with_tax
from generator.adapters.ledger.tax import tax_on, tax_within, treatment
from generator.model.customer import BillingInfo
from generator.model.invoice import Invoice
from generator.model.money import Money
from generator.model.quote import Line
from generator.model.tax import EU, Tax, TaxRate, TaxRules
from tests.ports.test_money import MANY

RATES = (TaxRate("DE", 1900), TaxRate("ES", 2100), TaxRate("ES", 400, "business"), TaxRate("US", 700, "business"))
FRENCH = TaxRules(2000, seller="FR", rates=RATES, outside=0)
SWISS = TaxRules(0, seller="CH", rates=(TaxRate("CH", 810),))

EMPTY, GERMAN, GREEK = "", "DE136695976", "EL094259216"

CASES = {
    "a French consumer": (FRENCH, "FR", EMPTY, EMPTY, Tax(2000)),
    "a French business": (FRENCH, "FR", "Acme", "FR40303265045", Tax(2000)),
    "a German consumer": (FRENCH, "DE", EMPTY, EMPTY, Tax(1900)),
    "a German business without a number": (FRENCH, "DE", "Acme", EMPTY, Tax(1900)),
    "a German business": (FRENCH, "DE", "Acme", GERMAN, Tax(0, note="reverse_charge")),
    "a German business that wrote its number with spaces": (
        FRENCH, "DE", EMPTY, "de 136 695 976", Tax(0, note="reverse_charge")
    ),
    "a German business that left the prefix out": (FRENCH, "DE", EMPTY, "136695976", Tax(0, note="reverse_charge")),
    "a wrong check digit": (FRENCH, "DE", "Acme", "DE136695977", Tax(1900)),
    "a number of another country than the address": (FRENCH, "DE", "Acme", GREEK, Tax(1900)),
    "a Greek business, whose numbers begin with EL": (FRENCH, "GR", "Acme", GREEK, Tax(0, note="reverse_charge")),
    "an address in France with a German number": (FRENCH, "FR", "Acme", GERMAN, Tax(2000)),
    "an EU country without a rate of its own": (FRENCH, "IT", EMPTY, EMPTY, Tax(2000)),
    "a Spanish consumer": (FRENCH, "ES", EMPTY, EMPTY, Tax(2100)),
    "a Spanish business without a number": (FRENCH, "ES", "Acme", EMPTY, Tax(400)),
    "a Swiss customer": (FRENCH, "CH", EMPTY, EMPTY, Tax(0, note="outside")),
    "a Swiss business": (FRENCH, "CH", "Acme", "CHE107787577", Tax(0, note="outside")),
    "outside, with a rate for businesses": (FRENCH, "US", "Acme", EMPTY, Tax(700)),
    "outside, a consumer where only businesses have a rate": (FRENCH, "US", EMPTY, EMPTY, Tax(0, note="outside")),
    "who has not said where they are": (FRENCH, "", EMPTY, EMPTY, Tax(2000)),
    "no reverse charge by the merchant's will": (
        replace(FRENCH, reverse_charge=False), "DE", "Acme", GERMAN, Tax(1900)
    ),
    "inclusive prices, reverse charge": (
        replace(FRENCH, inclusive=True), "DE", "Acme", GERMAN, Tax(0, True, "reverse_charge")
    ),
    "inclusive prices": (replace(FRENCH, inclusive=True), "FR", EMPTY, EMPTY, Tax(2000, True)),
    "a Swiss seller at home": (SWISS, "CH", EMPTY, EMPTY, Tax(810)),
    "a Swiss seller abroad, without a rule for it": (SWISS, "DE", "Acme", GERMAN, Tax(0, note="outside")),
    "the short form": (TaxRules(2000), "DE", "Acme", GERMAN, Tax(2000)),
    "no tax at all": (TaxRules(), "FR", EMPTY, EMPTY, Tax(0)),
}  # fmt: skip


@pytest.mark.parametrize(("rules", "country", "company", "number", "wanted"), CASES.values(), ids=CASES.keys())
def test_the_tax_on_a_sale(rules, country, company, number, wanted):
    assert treatment(rules, BillingInfo(company=company, vat_number=number, country=country)) == wanted


def test_the_members_of_the_eu_are_those_whose_numbers_are_known():
    assert {country.lower() for country in EU} == vat.MEMBER_STATES - {"xi"}


@pytest.mark.parametrize(
    ("net", "rate", "tax"),
    [(4900, 2000, 980), (3, 2000, 1), (2, 2000, 0), (5, 1000, 1), (-5, 1000, -1), (999, 550, 55), (1, 9999, 1)],
)
def test_tax_on_top(net, rate, tax):
    assert tax_on(Money(net, "EUR"), rate).minor == tax


@pytest.mark.parametrize(
    ("gross", "rate", "tax"),
    [(4900, 2000, 817), (12000, 2000, 2000), (11900, 1900, 1900), (1, 2000, 0), (3, 2000, 1), (-4900, 2000, -817)],
)
def test_tax_within(gross, rate, tax):
    assert tax_within(Money(gross, "EUR"), rate).minor == tax


amounts = some.integers(-(10**9), 10**9).map(lambda minor: Money(minor, "EUR"))
rates = some.integers(1, 10_000)
sales = some.lists(amounts, min_size=1, max_size=6).map(
    lambda several: tuple(Line("plan", amount, {}) for amount in several)
)


@MANY
@given(sales, rates, some.booleans())
def test_net_and_tax_are_the_gross(lines, rate, inclusive):
    taxed = with_tax(lines, Tax(rate, inclusive), "EUR")
    said, gross = total(lines, "EUR"), total(taxed, "EUR")
    tax = sum((line.amount + (line.included or Money.zero("EUR")) for line in taxed[len(lines) :]), Money.zero("EUR"))
    net = gross - tax
    assert gross == said if inclusive else net == said
    exact, off = net.minor * rate, tax.minor * 10_000
    assert abs(exact - off) <= (5_000 + rate if inclusive else 5_000), "never further off than half a minor unit"
    assert len(taxed) <= len(lines) + 1, "once, on the sum"


@MANY
@given(sales, rates, some.booleans(), some.lists(some.integers(0, 10**6), max_size=6))
def test_what_is_taken_back_in_parts_is_the_whole(lines, rate, inclusive, cuts):
    taxed = with_tax(lines, Tax(rate, inclusive), "EUR")
    whole = total(taxed, "EUR")
    if whole.minor <= 0:
        return
    invoice = Invoice("i", "INV-000001", "c", "s", "paid", date(2027, 3, 10), None, taxed, whole)
    marks = sorted({0, whole.minor, *(cut % whole.minor for cut in cuts)})
    notes = [credited(invoice, Money(first, "EUR"), Money(until - first, "EUR")) for first, until in pairwise(marks)]
    for (first, until), note in zip(pairwise(marks), notes, strict=True):
        assert total(note, "EUR") == Money(first - until, "EUR")

    def tax_of(lines):
        return sum(
            line.amount.minor + (line.included.minor if line.included else 0) for line in lines if line.kind == "tax"
        )

    assert sum(map(tax_of, notes)) == -tax_of(taxed)
    assert sum(total(note, "EUR").minor for note in notes) == -whole.minor


def test_a_line_says_why_there_is_no_tax_where_something_is_sold():
    sale = (Line("plan", Money(4900, "EUR"), {}),)

    assert with_tax(sale, Tax(0, note="reverse_charge"), "EUR")[1:] == (
        Line("tax", Money.zero("EUR"), {}, note="reverse_charge"),
    )
    assert with_tax(sale, Tax(0), "EUR") == sale
    assert with_tax((), Tax(0, note="reverse_charge"), "EUR") == ()
