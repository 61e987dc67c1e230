"""What editors complete from: every key says what it is for, and the names in conditions are those that there are."""

import json
import re

import pytest

from generator import shipped
from generator.model.facts import FACTS
from tests.support.kept import stands

FILES = ["workflows.schema.json", "catalog.schema.json", "texts.schema.json", "theme.schema.json"]
BELOW = ("if", "then", "else", "additionalProperties", "items", "propertyNames")
FORBIDDEN = {"oneOf", "anyOf", "allOf"}

EXAMPLES = {"flag": [True, False], "amount": [{"above": 0}, 0], "number": [{"above": 0}], "word": [], "words": []}
"""What may be written behind a name, by its kind, where its words are not known."""


def read(name):
    return json.loads((shipped.SCHEMAS / name).read_text(encoding="utf-8"))


def visit(schema, place):
    """Every schema in a schema, with where it stands."""
    if not isinstance(schema, dict):
        return
    yield place, schema
    for group in ("properties", "$defs"):
        for name, below in schema.get(group, {}).items():
            yield from visit(below, f"{place}.{name}")
    for key in BELOW:
        yield from visit(schema.get(key), place)


@pytest.mark.parametrize("name", FILES)
def test_every_key_says_what_it_is_for(name):
    """Editors show it beside the key, when it is proposed and when it is pointed at."""
    root = read(name)
    silent = []
    for place, schema in visit(root, name):
        for key, below in schema.get("properties", {}).items():
            target = root["$defs"][below["$ref"].rpartition("/")[2]] if "$ref" in below else {}
            if not (below.get("description") or target.get("description")):
                silent.append(f"{place}.{key}")
    assert silent == []


@pytest.mark.parametrize("name", FILES)
def test_every_value_of_a_closed_set_says_what_it_means(name):
    for place, schema in visit(read(name), name):
        if "enum" in schema:
            assert len(schema.get("enumDescriptions", ())) == len(schema["enum"]), place
            assert all(says.endswith(".") for says in schema["enumDescriptions"]), place


@pytest.mark.parametrize("name", FILES)
def test_no_schema_offers_several_shapes_at_once(name):
    """What fits none of several says nothing about what was meant; `if` and `then` decide first."""
    assert all(not FORBIDDEN & set(schema) for _, schema in visit(read(name), name))


def test_the_names_in_conditions_are_those_of_the_model():
    """UPDATE=1 writes them."""
    file = shipped.SCHEMAS / "workflows.schema.json"
    text = file.read_text(encoding="utf-8")
    lines = ",\n".join(f"        {json.dumps(name)}: {shape(fact)}" for name, fact in FACTS.items())
    expected = re.sub(r'( {8}"[a-z]+\.[a-z_]+": \{.*\},?\n)+', lambda _: f"{lines}\n", text, count=1)

    assert stands(file, expected) == expected


def shape(fact):
    """How a name is told to editors: what it is, and what may be written behind it."""
    says = f"{fact.says[0].upper()}{fact.says[1:]}{'; may be unknown' if fact.optional else ''}."
    examples = [*fact.words] or EXAMPLES[fact.kind]
    told = {"description": says, **({"examples": examples} if examples else {}), "$ref": "#/$defs/comparison"}
    return json.dumps(told, ensure_ascii=False).replace("{", "{ ").replace("}", " }")
