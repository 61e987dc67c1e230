"""An address is asked, held against the rules, and printed as its country does it: a row of the table for each."""

from dataclasses import replace
from pathlib import Path

import pycountry
import pytest
import yaml

from generator.engine import answers, known
from generator.engine.postal import areas, asking, codes
from generator.engine.postal.formats import format_of
from generator.engine.postal.lines import lines
from generator.model.customer import ADDRESS, BillingInfo, Customer
from generator.model.workflow import Field, address

TABLE = yaml.safe_load((Path(__file__).parents[1] / "cases" / "addresses.yaml").read_text(encoding="utf-8"))
FIELDS = tuple(
    Field(part, "region" if part == "region" else "text", required=part != "address_line2", part=part)
    for part in ADDRESS
)
ASKED = (Field("country", "country", required=True), *FIELDS)
CODES = [(country, typed, written) for country, row in TABLE.items() for typed, written in row.get("codes", {}).items()]

each_country = pytest.mark.parametrize("country", TABLE)


@each_country
def test_an_address_is_asked_in_the_order_of_its_country(country):
    row = TABLE[country]
    asked = [field for field in asking.ordered(country, FIELDS) if asking.asks(country, field)]

    assert [field.id for field in asked] == row["asks"]
    lacking = {field.id for field in asked if not asking.needs(country, field)}
    assert lacking == {*row.get("optional", ()), "address_line2"}
    assert {part: name for part in ADDRESS if (name := asking.called(country, part))} == row.get("called", {})


@pytest.mark.parametrize(("country", "typed", "written"), CODES)
def test_a_code_is_kept_as_its_country_writes_it(country, typed, written):
    assert codes.written(country, typed) == (written or "")


@pytest.mark.parametrize(
    ("country", "typed", "printed"),
    [
        (country, row[f"typed{how}"], row[f"printed{how}"])
        for country, row in TABLE.items()
        for how in ("", "_in_latin")
        if f"typed{how}" in row
    ],
)
def test_an_address_is_printed_as_its_country_writes_it(country, typed, printed):
    assert list(lines(BillingInfo(**typed, country=country))) == printed


@each_country
def test_what_a_country_does_not_ask_for_is_neither_missing_nor_kept(country):
    row = TABLE[country]
    typed = {part: "x" for part in ADDRESS if part not in row["asks"]} | row["typed"] | {"country": country}
    reading = answers.read(ASKED if country else FIELDS, typed, {})

    assert reading.problems == ()
    assert {name for name in reading.answers if name in ADDRESS} <= set(row["asks"])
    assert asking.complete(BillingInfo(**{"email": "ada@example.com", **row["typed"]}, country=country)) == bool(
        country
    )


@each_country
def test_a_country_misses_what_it_needs_and_nothing_else(country):
    row = TABLE[country]
    reading = answers.read(FIELDS, {}, {"customer.country": country} if country else {})
    needed = [
        part for part in ADDRESS if part in row["asks"] and part not in (*row.get("optional", ()), "address_line2")
    ]

    assert [problem.field for problem in reading.problems] == needed
    assert {problem.fault for problem in reading.problems} <= {"required"}


@pytest.mark.parametrize("country", sorted(one.alpha_2 for one in pycountry.countries))
def test_every_country_is_known_and_its_own_examples_are_right(country):
    format = format_of(country)

    assert "address_line1" in format.parts
    assert [codes.written(country, one) for one in format.examples if format.pattern] == [
        one for one in format.examples if format.pattern
    ]
    assert not format.pattern or codes.example(country)
    assert len({area.code for area in format.areas}) == len(format.areas)
    for area in format.areas:
        assert area.code in {areas.area(country, words) for words in (area.code, area.name, area.latin)}


def test_a_region_is_found_by_code_sign_and_name():
    meant = ("US-NY", "NY", "new york", "ny")

    assert {areas.area("US", words) for words in meant} == {"US-NY"}
    assert areas.area("US", "Tokyo") == ""
    assert ("JP-13", "東京都") in areas.areas("JP", "ja")
    assert ("JP-13", "Tokyo") in areas.areas("JP", "fr")


def test_a_region_that_must_be_chosen_is_one_of_the_countrys():
    region = FIELDS[-1:]

    assert answers.read(region, {"region": "Paris"}, {}).answers == {}, "where no country is known, nobody asks"
    assert answers.read(region, {"region": "new york"}, {"customer.country": "US"}).answers == {"region": "US-NY"}
    for words, fault in (("Paris", "not_offered"), ("", "required")):
        (problem,) = answers.read(region, {"region": words}, {"customer.country": "US"}).problems
        assert problem.fault == fault


def test_what_the_definition_does_not_require_no_country_needs():
    loose = tuple(replace(field, required=False) for field in FIELDS)

    assert answers.read(loose, {}, {"customer.country": "US"}).problems == ()


def test_a_field_of_the_merchants_own_is_no_part_of_an_address():
    own = (Field("postal_code", "text", required=True),)

    assert answers.read(own, {"postal_code": "no code"}, {"customer.country": "FR"}).problems == ()
    assert len(answers.read(own, {}, {"customer.country": "AE"}).problems) == 1


def test_who_arranges_the_parts_otherwise_keeps_that_order():
    line1, line2, code, city, region = FIELDS
    note = Field("note", "text")

    assert address((note, *FIELDS, note)) == FIELDS
    assert address((line1, code, city)) == (line1, code, city)
    assert address((line1, line2, city, code)) == ()
    assert address((line1, line2, note, code, city, region)) == ()
    assert address((note,)) == ()


def test_nobody_is_asked_again_for_what_their_country_does_not_have():
    dubai = BillingInfo("ada@example.com", "Ada", address_line1="Sheikh Zayed Road 1", country="AE")
    known_of = known.of_customer(Customer("ada", "ada", billing=dubai), has_method=False)

    assert known_of["customer.billing_complete"] is True
