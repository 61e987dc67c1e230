"""Texts in files beside the definition say what it would have said itself."""

import json

import pytest

from generator import shipped
from generator.compiler.build import build, site_of
from tests.support.town import ROOT

DEFINITION = """\
version: 1
extends: default
workflows:
  subscribe_to_plan:
    steps:
      gift:
        kind: form
        after: options
        title: {en: A gift, fr: Un cadeau}
        fields:
          gift: {kind: choice, options: {mug: {en: Mug}, tee: {en: T-shirt}}, label: {en: Gift}}
"""

FRENCH = """\
workflows:
  subscribe_to_plan:
    steps:
      gift:
        fields:
          gift: {label: Cadeau, options: {mug: Tasse, tee: T-shirt}}
"""


def shop(folder, definition=DEFINITION, **texts):
    """A definition with files of texts beside it."""
    (folder / "texts").mkdir(parents=True)
    (folder / "workflows.yaml").write_text(definition, encoding="utf-8")
    for name, words in texts.items():
        (folder / "texts" / f"{name}.yaml").write_text(words, encoding="utf-8")
    return folder / "workflows.yaml"


def told(file):
    return [(problem.code, str(problem.place)) for problem in site_of(file, "shop/workflows.yaml")[1]]


def test_what_is_said_beside_the_definition_is_as_if_it_were_said_in_it(tmp_path):
    beside, wrong = site_of(shop(tmp_path / "shop", fr=FRENCH), "workflows.yaml")
    inline = DEFINITION.replace("{en: Mug}", "{en: Mug, fr: Tasse}").replace(
        "{en: T-shirt}", "{en: T-shirt, fr: T-shirt}"
    )
    inline = inline.replace("{en: Gift}", "{en: Gift, fr: Cadeau}")
    (tmp_path / "inline.yaml").write_text(inline, encoding="utf-8")

    assert wrong == ()
    assert beside == site_of(tmp_path / "inline.yaml", "inline.yaml")[0]
    label = beside.workflow("subscribe_to_plan").step("gift").fields[0].label
    assert [(phrase.says, str(phrase.place)) for phrase in label.phrases] == [
        ("Gift", "workflows.yaml:11:91"),
        ("Cadeau", "texts/fr.yaml:6:25"),
    ]


@pytest.mark.parametrize(
    ("words", "code", "place"),
    [
        ("", "empty-file", "1:1"),
        ("# nothing yet\n", "empty-file", "1:1"),
        ("- a\n", "wrong-type", "1:1"),
        ("a: [\n", "yaml-syntax", "1:5"),
        ("a: 1\na: 2\n", "duplicate-key", "2:1"),
        ("site: {name: Acme}\n", "unknown-key", "1:8"),
        ("workflows: {pay_invoice: {titel: Pay}}\n", "unknown-key", "1:27"),
        ("workflows: {pay_invoice: {title: {fr: Payer}}}\n", "wrong-type", "1:27"),
        ("workflows: {pay_invoice: {title: 7}}\n", "wrong-type", "1:34"),
        ("workflows: {pay_invoice: {steps: {summary: {kind: form}}}}\n", "unknown-key", "1:45"),
        ("workflows: {pay_invoice: {steps: {payment: {text: Merci}}}}\n", "text-not-here", "1:45"),
        ("workflows: {pay_voice: {title: Payer}}\n", "text-for-nothing", "1:13"),
    ],
)
def test_what_is_wrong_in_a_file_of_texts_is_told_at_its_place_there(tmp_path, words, code, place):
    assert told(shop(tmp_path, fr=words)) == [(code, f"shop/texts/fr.yaml:{place}")]


def test_a_text_that_cannot_be_said_is_pointed_at_in_its_file(tmp_path):
    built = build(shop(tmp_path, fr=FRENCH.replace("Cadeau", '"Cadeau {plan.titel}"')), "workflows.yaml")

    assert {(problem.code, str(problem.place)) for problem in built.problems} == {
        ("unknown-placeholder", "texts/fr.yaml:6:25")
    }


def test_two_files_for_one_language_are_one_too_many(tmp_path):
    file = shop(tmp_path, fr=FRENCH)
    (tmp_path / "texts" / "fr.yml").write_text(FRENCH, encoding="utf-8")

    assert told(file) == [("said-twice", "shop/texts/fr.yml:1:1")]


def test_what_the_theme_says_is_said_otherwise(tmp_path):
    words = "theme: {payment: {pay: 'Payer {amount, money}'}, price: {per_day: {one: chaque jour}}}\n"
    built = build(shop(tmp_path, fr=words, definition="version: 1\nextends: default\n"), "workflows.yaml")

    assert built.problems == ()
    page = built.bundle.pages["fr", "subscribe_to_plan.payment.html"]
    assert ">Payer" in page.replace("-->", ">").replace("⟧", ">")
    assert "Commander et payer" not in page


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("theme: {payment: {pai: Payer}}", "unknown-text"),
        ("theme: {price: {per_day: par jour}}", "unknown-text"),
        ("theme: {price: {per_day: {two: deux jours}}}", "unknown-text"),
        ("theme: {payment: {pay: 'Payer {amout}'}}", "unknown-placeholder"),
        ("theme: {payment: {pay: 'Payer {'}}", "bad-placeholder"),
    ],
)
def test_what_the_theme_does_not_say_cannot_be_said_otherwise(tmp_path, words, code):
    built = build(shop(tmp_path, fr=words, definition="version: 1\nextends: default\n"), "workflows.yaml")

    assert {(problem.code, problem.place.file) for problem in built.problems} == {(code, "texts/fr.yaml")}


def test_the_schema_of_texts_has_a_place_for_every_text_of_the_definition_and_for_nothing_else():
    def texts(schema, defs, path=()):
        """Where texts stand below a schema, by the keys that lead there; a name of one's own is `*`."""
        ref = schema.get("$ref", "").rpartition("/")[2]
        if ref in ("text", "sentence"):
            return {path}
        if ref:
            return texts(defs[ref], defs, path) if ref not in ("condition", "wordings") else set()
        found, other = set(), schema.get("additionalProperties")
        for key, below in {**schema.get("properties", {}), "*": other}.items():
            if isinstance(below, dict):
                found |= texts(below, defs, (*path, "*" if isinstance(other, dict) else key))
        return found | (texts(schema["else"], defs, path) if "else" in schema else set())

    definition, spoken = (
        json.loads((shipped.SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))
        for name in ("workflows", "texts")
    )
    named = {"terminate", "keep", "pause", *definition["$defs"]["workflows"]["properties"]}

    def alike(paths):
        return {tuple("*" if key in named else key for key in path) for path in paths}

    there = alike(texts(definition, definition["$defs"]))
    assert len(there) > 10
    assert there == alike(texts(spoken, spoken["$defs"]))


def test_the_example_says_nothing_in_its_definition():
    written = (ROOT / "examples" / "languages" / "workflows.yaml").read_text(encoding="utf-8")

    assert "en:" not in written
    assert "fr:" not in written
