"""Every language that is shipped says all of it, in its own words, with the values and forms that it has to have."""

import re
from pathlib import Path

import pytest
import yaml

from generator import shipped
from generator.compiler import source
from generator.compiler.build import build
from generator.compiler.sentence import Anchor, Hole, parts
from generator.compiler.theme import phrases
from generator.compiler.theme.phrases import Counted
from generator.locale import speech

TEXTS = shipped.THEMES / "plain" / "texts"
LANGUAGES = sorted(file.stem for file in TEXTS.glob("*.yaml"))
SAME = yaml.safe_load((Path(__file__).parents[1] / "cases" / "same-in-english.yaml").read_text(encoding="utf-8"))
"""Texts that may be as in English, by language: words that it has, too."""

QUOTES = {
    "ar": "«»",
    "de": "„“",
    "en": "“”",
    "es": "«»",
    "fr": "«»",
    "it": "«»",
    "ja": "「」",
    "nl": "‘’",
    "pl": "„”",
    "pt": "“”",
    "sv": "””",
}
"""How each language quotes what a field is called."""


BROUGHT = {"sv": TEXTS.parents[2] / "examples" / "languages" / "texts" / "sv.yaml"}
"""Languages that an example brings beside its definition: the theme's part of such a file is held to the same."""


def collected(language):
    wrong, file = [], BROUGHT.get(language, TEXTS / f"{language}.yaml")
    node = source.read(file, file.name).node
    found = phrases.collect(node.get("theme") if language in BROUGHT else node, language, wrong)
    assert not wrong
    return found


def said(language):
    """All that the theme says, by key: each sentence, or the form for each number."""
    return {
        key: {name: phrase.says for name, phrase in saying.forms.items()}
        if isinstance(saying, Counted)
        else {"": saying.says}
        for key, saying in collected(language).items()
    }


def holds(says):
    """The values and links of a sentence, whatever the words of the links are."""
    return {
        (part.name, part.format) if isinstance(part, Hole) else part.document
        for part in parts(says)
        if isinstance(part, Hole | Anchor)
    }


ENGLISH = said("en")
COUNTS = {key: saying.count for key, saying in collected("en").items() if isinstance(saying, Counted)}


def test_the_default_speaks_all_the_languages_of_the_theme():
    beside = {file.stem for file in shipped.DEFAULT_TEXTS.glob("*.yaml")}

    assert sorted({"en", "fr", *beside}) == LANGUAGES


@pytest.mark.parametrize("language", [*LANGUAGES, *BROUGHT])
def test_a_language_says_all_of_it_with_the_same_values_in_all_of_its_numbers(language):
    ours, collected_ours = said(language), collected(language)

    assert set(ours) == set(ENGLISH)
    for key, forms in ours.items():
        assert set(forms) == (set(speech.plural_categories(language)) if key in COUNTS else {""}), key
        assert (counts.count if isinstance(counts := collected_ours[key], Counted) else None) == COUNTS.get(key), key
        every = set.union(*map(holds, ENGLISH[key].values()))
        always = {hole for hole in every if hole[0] != COUNTS.get(key)}
        for form, says in forms.items():
            assert always <= holds(says) <= every, f"{key} {form}"
        assert holds(forms.get("other", forms.get(""))) == every, key


@pytest.mark.parametrize("language", [*LANGUAGES, *BROUGHT])
def test_a_language_has_its_own_words_and_its_own_signs(language):
    ours = said(language)
    opening, closing = QUOTES[language]
    straight = [key for key, forms in ours.items() for says in forms.values() if re.search("[\"'`]", says)]
    unquoted = [
        key
        for key, forms in ours.items()
        for says in forms.values()
        if "{label}" in says and not re.search(rf"{opening}\W?{{label}}\W?{closing}", says)
    ]
    english = [key for key, forms in ours.items() if set(forms.values()) & set(ENGLISH[key].values())]

    assert straight == []
    assert unquoted == []
    assert language == "en" or sorted(english) == sorted(SAME[language]), "list it, or say it in the language"


def test_a_site_in_all_of_them_is_made_without_a_problem(tmp_path):
    written = f"version: 1\nextends: default\nsite:\n  name: Lumen\n  languages: [{', '.join(LANGUAGES)}]\n"
    urls = "".join(f"    {one}: https://lumen.example/{one}\n" for one in ("terms", "privacy", "support"))
    (tmp_path / "workflows.yaml").write_text(f"{written}  markets: [EU]\n  urls:\n{urls}", encoding="utf-8")

    made = build(tmp_path / "workflows.yaml", "workflows.yaml")

    assert [str(problem.says) for problem in made.problems if problem.code in ("order-button", "missing-text")] == []
    assert made.bundle is not None
    assert {language for language, _ in made.bundle.pages} == set(LANGUAGES)
