"""What was typed becomes an answer, or says what is wrong with it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from generator import record
from generator.engine.answers import read, satisfied
from generator.engine.ground import Ground
from generator.engine.readers import READERS
from generator.engine.writing import shown
from generator.locale import speech
from generator.model.day import DayLimit
from generator.model.quote import Answer
from generator.model.rule import Compare, Is
from generator.model.workflow import Choosable, Field

FIELDS = {
    "text": Field("it", "text", max_length=10),
    "long_text": Field("it", "long_text"),
    "email": Field("it", "email"),
    "phone": Field("it", "phone"),
    "integer": Field("it", "integer", minimum=1, maximum=100),
    "decimal": Field("it", "decimal", minimum=Decimal("-1"), maximum=Decimal("2000")),
    "choice": Field("it", "choice", options=(Choosable("mug"), Choosable("tee"))),
    "choices": Field("it", "choices", options=tuple(map(Choosable, ("mug", "tee", "pen"))), minimum=2, maximum=2),
    "date": Field("it", "date", earliest=DayLimit(), latest=DayLimit(date(2027, 1, 31))),
    "country": Field("it", "country"),
    "region": Field("it", "region"),
    "vat_number": Field("it", "vat_number"),
    "iban": Field("it", "iban"),
    "consent": Field("it", "consent"),
}

FRANCE = Ground("", ",", "\u202f", date(2026, 11, 22))
ENGLISH = Ground("", ".", ",")
HOME = {"customer.country": "FR"}


@pytest.mark.parametrize(
    ("kind", "typed", "answer"),
    [
        ("text", "  Ada ", "Ada"),
        ("text", "e\u0301", "\u00e9"),
        ("text", "北京", "北京"),
        ("text", "O'Neil", "O'Neil"),
        ("long_text", "one\r\ntwo", "one\ntwo"),
        ("email", "Ada+pages@Example.COM", "Ada+pages@example.com"),
        ("integer", "007", 7),
        ("integer", "+5", 5),
        ("choice", "tee", "tee"),
        ("country", "FR", "FR"),
        ("vat_number", "fr 40 303 265 045", "FR40303265045"),
        ("vat_number", "EL 094259216", "EL094259216"),
        ("vat_number", "CHE-107.787.577 IVA", "CHE107787577IVA"),
        ("vat_number", "XX12345", "XX12345"),
        ("phone", "06 12 34 56 78", "+33612345678"),
        ("phone", "+44 20 7946 0958", "+442079460958"),
        ("decimal", "1,5", Decimal("1.5")),
        ("decimal", "1.5", Decimal("1.5")),
        ("decimal", "0", Decimal(0)),
        ("decimal", "-,5", Decimal("-0.5")),
        ("decimal", "1 234,5", Decimal("1234.5")),
        ("decimal", "1\u202f234", Decimal("1234")),
        ("date", "2026-11-22", date(2026, 11, 22)),
        ("date", "2027-01-31", date(2027, 1, 31)),
        ("region", "FR-75C", "FR-75C"),
        ("region", "bretagne", "FR-BRE"),
        ("region", "ILE-DE-FRANCE", "FR-IDF"),
        ("iban", "fr14 2004 1010 0505 0001 3m02 606", "FR1420041010050500013M02606"),
        ("consent", "true", True),
        ("consent", "", False),
    ],
)
def test_what_is_typed_is_read(kind, typed, answer):
    reading = read([FIELDS[kind]], {"it": typed}, HOME, FRANCE)

    assert (reading.answers, reading.problems) == ({"it": answer}, ())
    assert satisfied([FIELDS[kind]], reading.answers, HOME)
    assert record.read(record.write(answer, Answer), Answer) == answer


@pytest.mark.parametrize("kind", ["phone", "decimal", "iban", "date", "region"])
def test_what_an_input_shows_reads_back_as_the_same_answer(kind):
    typed = {"phone": "+33612345678", "decimal": "1234,5", "iban": "GB29NWBK60161331926819", "date": "2026-12-01"}
    answer = read([FIELDS[kind]], {"it": typed.get(kind, "FR-BRE")}, HOME, FRANCE).answers["it"]
    again = shown(FIELDS[kind], answer, replace(FRANCE, country="FR"))

    assert read([FIELDS[kind]], {"it": again}, HOME, FRANCE).answers == {"it": answer}


def test_a_phone_number_is_shown_as_people_near_it_write_it():
    field = FIELDS["phone"]

    assert shown(field, "+33612345678", Ground("FR")) == "06 12 34 56 78"
    assert shown(field, "+33612345678", Ground("DE")) == "+33 6 12 34 56 78"
    assert shown(field, "+33612345678", Ground()) == "+33 6 12 34 56 78"


def test_several_boxes_are_one_answer():
    reading = read([FIELDS["choices"]], {"it-pen": "true", "it-mug": "true", "it-tee": "no"}, {})

    assert reading.answers == {"it": ("mug", "pen")}


@pytest.mark.parametrize(
    ("typed", "language", "number"),
    [
        ("1,500", "en", "1500"),
        ("1,500", "fr", "1.500"),
        ("1.500", "de", "1500"),
        ("1,5", "en", "1.5"),
        ("1.5", "fr", "1.5"),
        ("12,345.67", "en", "12345.67"),
        ("12.345,67", "de", "12345.67"),
        (".5", "en", "0.5"),
    ],
)
def test_a_number_is_read_as_its_language_writes_it(typed, language, number):
    point, gap = speech.separators(language)
    reading = read([Field("it", "decimal", digits=3)], {"it": typed}, {}, Ground("", point, gap))

    assert reading.answers == {"it": Decimal(number)}


@given(some.decimals(-(10**9), 10**9, places=2), some.sampled_from(["en", "fr", "de", "ja", "pt-BR", "sv"]))
def test_every_number_that_is_shown_reads_back_exactly(number, language):
    point, gap = speech.separators(language)
    ground = Ground("", point, gap)
    field = Field("it", "decimal")

    assert read([field], {"it": shown(field, number, ground)}, {}, ground).answers == {"it": number}
    assert read([field], {"it": speech.formats(language)["number"](number)}, {}, ground).answers == {"it": number}


def test_a_field_that_is_locked_or_hidden_is_not_read_from_the_form():
    fields = [Field("a", "text", locked=True), Field("b", "hidden", holds="integer"), Field("c", "text", locked=True)]
    ground = Ground(held={"a": "known", "b": "7"})

    assert read(fields, {"a": "x", "b": "8", "c": "typed"}, {}, ground).answers == {"a": "known", "b": 7, "c": "typed"}
    assert read(fields, {"b": "8"}, {}, Ground(held={"b": "eight"})).answers == {}


def test_a_region_is_one_of_the_country_that_is_given_with_it():
    fields = [Field("region", "region", required=True), Field("country", "country")]

    assert read(fields, {"region": "California", "country": "US"}, HOME).answers["region"] == "US-CA"
    assert read(fields, {"region": "FR-BRE", "country": "US"}, HOME).problems[0].fault == "not_offered"
    assert read(fields, {"region": "somewhere", "country": "GI"}, HOME).answers["region"] == "somewhere"
    assert read(fields, {"region": "somewhere", "country": ""}, {}).answers["region"] == "somewhere"


def test_days_that_count_from_today_bound_what_is_typed_and_not_what_was_good_then():
    field = FIELDS["date"]
    grown_up = Field("it", "date", latest=DayLimit(None, -18, "year"))

    assert read([field], {"it": "2026-11-21"}, {}, FRANCE).problems[0].fault == "too_small"
    assert read([grown_up], {"it": "2008-11-23"}, {}, FRANCE).problems[0].fault == "too_large"
    assert read([grown_up], {"it": "2008-11-22"}, {}, FRANCE).problems == ()
    assert satisfied([field], {"it": date(2026, 11, 21)}, {})


def test_conditions_compare_numbers_and_days_exactly():
    known = {"a.n": Decimal("1.50"), "a.d": date(2026, 11, 22)}

    assert Compare("a.n", "above", 1).holds(known)
    assert Is("a.n", (Decimal("1.5"),)).holds(known)
    assert not Is("a.n", (1,)).holds(known)
    assert Compare("a.d", "at_least", date(2026, 11, 22)).holds(known)


@pytest.mark.parametrize("kind", sorted(set(READERS) - {"choice", "choices", "country", "date", "hidden", "region"}))
def test_no_field_that_is_typed_takes_a_card_number(kind):
    for typed in ("4242 4242 4242 4242", "378282246310005", "5555-5555-5555-4444"):
        reading = read([Field("it", kind)], {"it": typed}, HOME)

        assert [problem.fault for problem in reading.problems] == ["card_number"]


def test_a_card_number_in_a_sentence_is_found():
    reading = read([FIELDS["long_text"]], {"it": "Use 4242 4242 4242 4242,\nplease"}, {})

    assert reading.problems[0].fault == "card_number"
    assert read([FIELDS["long_text"]], {"it": "Order 4242 4242 4242 4241"}, {}).problems == ()


@pytest.mark.parametrize(
    ("kind", "typed", "fault"),
    [
        ("text", "x" * 11, "too_long"),
        ("text", "a\x07b", "malformed"),
        ("text", "a\nb", "malformed"),
        ("text", "a\u202eb", "malformed"),
        ("long_text", "4242-4242-4242-4242", "card_number"),
        ("email", "ada", "malformed"),
        ("email", "a@b.c, d@e.f", "malformed"),
        ("email", "ada@exa mple.com", "malformed"),
        ("integer", "3.5", "not_a_number"),
        ("integer", "٣", "not_a_number"),
        ("integer", "0", "too_small"),
        ("integer", "101", "too_large"),
        ("choice", "car", "not_offered"),
        ("country", "XX", "not_offered"),
        ("country", "france", "not_offered"),
        ("vat_number", "FR00000000000", "malformed"),
        ("vat_number", "12", "malformed"),
        ("phone", "12", "malformed"),
        ("phone", "06 12 34 56 78 ext. 5", "malformed"),
        ("phone", "call me", "malformed"),
        ("decimal", "1.500", "not_a_number"),
        ("decimal", "1e3", "not_a_number"),
        ("decimal", "١", "not_a_number"),
        ("decimal", "0,123", "too_many_digits"),
        ("decimal", "-1,01", "too_small"),
        ("decimal", "2000,01", "too_large"),
        ("choices", "mug", "too_small"),
        ("choices", "mug,tee,pen", "too_large"),
        ("choices", "mug,car", "not_offered"),
        ("date", "2026-02-30", "malformed"),
        ("date", "22/11/2026", "malformed"),
        ("date", "20261122", "malformed"),
        ("date", "2026-11-21", "too_small"),
        ("date", "2027-02-01", "too_large"),
        ("region", "US-CA", "not_offered"),
        ("iban", "FR14 2004 1010 0505 0001 3M02 607", "malformed"),
        ("iban", "FR14", "malformed"),
    ],
)
def test_what_cannot_be_read_says_why(kind, typed, fault):
    reading = read([FIELDS[kind]], {"it": typed}, HOME, FRANCE)

    assert reading.answers == {}
    assert [problem.fault for problem in reading.problems] == [fault]


@pytest.mark.parametrize("kind", FIELDS)
def test_an_empty_field_is_a_problem_only_where_it_is_required(kind):
    field = FIELDS[kind]
    required = Field(**{**vars(field), "required": True})

    assert read([field], {}, {}).problems == ()
    assert [problem.fault for problem in read([required], {}, {}).problems] == [
        "unticked" if kind == "consent" else "required"
    ]


def test_a_field_that_does_not_apply_is_not_read():
    field = Field("gift", "text", required=True, when=Is("plan.ref", ("team",)))

    assert read([field], {"gift": "mug"}, {"plan.ref": "solo"}).answers == {}
    assert read([field], {}, {"plan.ref": "team"}).problems[0].fault == "required"
