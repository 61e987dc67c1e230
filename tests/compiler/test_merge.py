"""A merchant's file on top of the default: what they say counts, what they do not say stays."""

import pytest

from generator.compiler import merge, source
from generator.compiler.node import plain

BASE = """
site: {name: Billing, languages: [en, fr], theme: {name: plain, brand: "#3257d6"}}
steps:
  options: {when: {plan.has_options: true}}
  billing_info: {fields: {email: {kind: email}, name: {kind: text}}}
  payment: {methods: [card, transfer]}
"""


def merged(over):
    problems = []
    base = source.read_text(BASE, "base.yaml").node
    node = merge.merge(base, source.read_text(over, "shop.yaml").node, problems)
    assert not problems
    return node


def result_of(over):
    return plain(merged(over))


def test_maps_merge_by_key_and_values_and_lists_replace():
    result = result_of("site: {languages: [de], theme: {brand: '#112233'}}")

    assert result["site"] == {"name": "Billing", "languages": ["de"], "theme": {"name": "plain", "brand": "#112233"}}


@pytest.mark.parametrize("nothing", ["", "~", "{}"])
def test_an_empty_value_says_nothing(nothing):
    assert result_of(f"site: {nothing}") == plain(source.read_text(BASE, "base.yaml").node)


def test_false_removes():
    assert list(result_of("steps: {options: false}")["steps"]) == ["billing_info", "payment"]


def test_restating_never_reorders_and_after_places_and_moves():
    assert list(result_of("steps: {payment: {methods: [card]}, options: {}}")["steps"]) == [
        "options",
        "billing_info",
        "payment",
    ]
    assert list(result_of("steps: {gift: {kind: form, after: options}}")["steps"]) == [
        "options",
        "gift",
        "billing_info",
        "payment",
    ]
    assert list(result_of("steps: {payment: {after: start}}")["steps"]) == ["payment", "options", "billing_info"]
    assert list(result_of("steps: {b: {after: a}, a: {after: options}}")["steps"]) == [
        "options",
        "a",
        "b",
        "billing_info",
        "payment",
    ]
    assert "after" not in result_of("steps: {gift: {after: options}}")["steps"]["gift"]


def test_a_condition_is_replaced_whole():
    assert result_of("steps: {options: {when: {plan.ref: team}}}")["steps"]["options"]["when"] == {"plan.ref": "team"}


def test_every_node_keeps_the_file_of_whoever_wrote_it():
    node = merged("steps: {billing_info: {fields: {name: {max_length: 40}}}}")
    fields = node.get("steps").get("billing_info").get("fields")

    assert fields.get("name").get("max_length").place.file == "shop.yaml"
    assert fields.get("name").get("kind").place.file == "base.yaml"
    assert fields.get("email").get("kind").place.file == "base.yaml"
