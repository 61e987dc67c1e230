"""What was typed becomes an answer, or says what is wrong with it."""

import pytest

from generator.engine.answers import read
from generator.model.rule import Is
from generator.model.workflow import Choosable, Field

FIELDS = {
    "text": Field("it", "text", max_length=10),
    "long_text": Field("it", "long_text"),
    "email": Field("it", "email"),
    "integer": Field("it", "integer", minimum=1, maximum=100),
    "choice": Field("it", "choice", options=(Choosable("mug"), Choosable("tee"))),
    "country": Field("it", "country"),
    "vat_number": Field("it", "vat_number"),
    "consent": Field("it", "consent"),
}


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
        ("consent", "true", True),
        ("consent", "", False),
    ],
)
def test_what_is_typed_is_read(kind, typed, answer):
    reading = read([FIELDS[kind]], {"it": typed}, {})

    assert (reading.answers, reading.problems) == ({"it": answer}, ())


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
    ],
)
def test_what_cannot_be_read_says_why(kind, typed, fault):
    reading = read([FIELDS[kind]], {"it": typed}, {})

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
