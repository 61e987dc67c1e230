"""What surely fits a schema is what jsonschema lets pass: of nothing else it is sure."""

import json
from random import Random

import pytest
from jsonschema import Draft202012Validator

from generator import shipped
from generator.compiler import source
from generator.compiler.fits import fits
from generator.compiler.node import plain
from tests.support.town import ROOT

SCHEMA = json.loads((shipped.SCHEMAS / "workflows.schema.json").read_text(encoding="utf-8"))
FILES = sorted(
    (*(ROOT / "tests" / "cases").rglob("*.yaml"), *(ROOT / "examples").rglob("*.yaml"), shipped.DEFAULT_DEFINITION)
)
SCHEMAS = {name: json.loads((shipped.SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8")) for name in (
    "workflows", "catalog", "texts", "theme"
)}  # fmt: skip


def value_of(file):
    node = source.read(file, file.name).node
    return None if node is None else plain(node)


def schema_of(file):
    return next((schema for name, schema in SCHEMAS.items() if name in (file.stem, file.parent.name)), SCHEMA)


def test_of_every_case_and_example_it_says_what_jsonschema_says():
    counted = {True: 0, False: 0}
    for file in FILES:
        value, schema = value_of(file), schema_of(file)
        if value is not None:
            valid = Draft202012Validator(schema).is_valid(value)
            assert fits(value, schema, schema) == valid, file
            counted[valid] += 1

    assert min(counted.values()) > 20


STRANGE = (None, True, 0, -1, 1.0, 1.5, "", "x", "NO", "x" * 5000, [], [1], ["a", "a"], {}, {"a": 1}, {"": {}}, [[]])


def places(value):
    """Every map and list in it."""
    if isinstance(value, (dict, list)):
        yield value
        for below in value.values() if isinstance(value, dict) else value:
            yield from places(below)


@pytest.mark.parametrize("seed", range(5))
def test_of_what_was_put_into_a_good_one_by_lot_it_is_never_sure_where_jsonschema_refuses(seed):
    """The other way round it may be unsure: then jsonschema is asked."""
    lot, validator = Random(seed), Draft202012Validator(SCHEMA)
    for _ in range(60):
        value = value_of(shipped.DEFAULT_DEFINITION)
        for _ in range(lot.randint(1, 2)):
            place = lot.choice([one for one in places(value) if one])
            key = lot.choice(list(place)) if isinstance(place, dict) else lot.randrange(len(place))
            place[key] = lot.choice(STRANGE)
        assert not fits(value, SCHEMA, SCHEMA) or validator.is_valid(value), value


def test_of_a_keyword_that_it_does_not_know_it_is_not_sure():
    assert not fits(1, {"multipleOf": 1}, {})
    assert not fits(1, {"$ref": "#/elsewhere"}, {})
    assert not fits("x", {"if": {"multipleOf": 1}, "then": True}, {})


def test_true_is_not_one_and_a_number_with_nothing_behind_its_point_is_left_to_jsonschema():
    assert not fits(True, {"type": "integer"}, {})
    assert not fits(True, {"const": 1}, {})
    assert not fits(1.0, {"type": "integer"}, {})
    assert fits(1, {"type": "integer", "minimum": 1}, {})
