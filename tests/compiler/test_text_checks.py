"""What is checked in texts tells nothing of texts that are right, in any language, and all that it is for."""

from dataclasses import replace

import pytest

from generator import shipped
from generator.compiler import source
from generator.compiler.build import site_of
from generator.compiler.checks import (
    literal_value,
    markup_in_text,
    placeholder_differs,
    untranslated_text,
)
from generator.compiler.theme.phrases import Counted, collect
from generator.model.portal import Portal, Section
from generator.model.text import Phrase, Text
from tests.support.town import ROOT

CHECKS = (literal_value, markup_in_text, placeholder_differs, untranslated_text)


@pytest.fixture(scope="module")
def site():
    return site_of(ROOT / "workflows.yaml", "workflows.yaml")[0]


def saying(site, *texts, languages=("en", "fr")):
    """The site, saying these texts and nothing else."""
    sections = (Section(f"text_{number}", "text", text=text) for number, text in enumerate(texts))
    return replace(site, languages=languages, workflows=(), portal=Portal(tuple(sections)))


def text(**says):
    return Text(tuple(Phrase(language.replace("_", "-"), words) for language, words in says.items()))


def told(site):
    return [(problem.code, problem.says) for module in CHECKS for problem in module.check(site)]


def test_nothing_is_told_of_what_the_theme_says(site):
    said = {}
    for language in ("en", "fr"):
        node = source.read(shipped.THEMES / "plain" / "texts" / f"{language}.yaml", language).node
        for key, saying_ in collect(node, language, []).items():
            forms = {"": saying_} if not isinstance(saying_, Counted) else {"other": saying_.forms["other"]}
            for form, phrase in forms.items():
                said.setdefault((key, form), []).append(phrase)
    texts = [Text(tuple(phrases)) for phrases in said.values()]

    assert len(texts) > 500
    assert told(saying(site, *texts)) == []


RIGHT = [
    "Plan #1, plan no. 2 & more",
    "a < b, b > c and 3<4",
    "Write to <your name>@acme.example",
    "R&D; Q&A; AT&T",
    "ALL 3 plans, the TOP 10, TRY 30 days, ISO 27001, CUP 2026",
    "Version 1.2.3, chapter 4.5, 10/12 of it, from 9.00 to 18.30",
    "24/7, call 01/23/45/67/89 or +33 1 23 45 67 89",
    "5 June 2026, 2026-06-05, 31/12/2026, 06/06/2026",
    "100 % sûr, 1,5 h, 10 km, 20 °C",
    "Économisez jusqu’à un tiers",
    "Über 30.000 Kunden in 12 Ländern",
    "月額プラン１２３",
    "خطة رقم ١٢",
    "מסלול 12",
    "Dollars and euros are welcome: EUR, USD",
]


@pytest.mark.parametrize("words", RIGHT)
def test_nothing_is_told_of_a_text_that_is_right(site, words):
    assert told(saying(site, text(en=words), languages=("en",))) == []


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Only $5", "literal-value"),
        ("5 € par mois", "literal-value"),
        ("1 234,50\u00a0€", "literal-value"),
        ("From EUR 10.00", "literal-value"),
        ("10 CHF", "literal-value"),
        ("¥1000", "literal-value"),
        ("until 05.06.2026.", "literal-value"),
        ("until 5/6/2026", "literal-value"),
        ("<strong>Now</strong>", "markup-in-text"),
        ("line<BR>line", "markup-in-text"),
        ("</p>", "markup-in-text"),
        ("a&nbsp;b", "markup-in-text"),
        ("a&#160;b", "markup-in-text"),
        ("caf&eacute;", "markup-in-text"),
        ('<a href="https://acme.example">', "markup-in-text"),
    ],
)
def test_what_should_not_stand_in_a_text_is_told(site, words, code):
    assert [one for one, _ in told(saying(site, text(en=words), languages=("en",)))] == [code]


@pytest.mark.parametrize(
    ("texts", "languages", "codes"),
    [
        ({"en": "Pay your bill", "fr": "Pay your bill"}, ("en", "fr"), ["untranslated-text"]),
        ({"en": "Your bill", "fr": "Your bill"}, ("en", "fr"), ["untranslated-text"]),
        ({"en": "Plan Studio", "fr": "Plan Studio"}, ("en", "fr"), []),
        ({"en": "Pay your bill", "en_GB": "Pay your bill"}, ("en", "en-GB"), []),
        ({"en": "Pay your bill", "fr": "Pay your bill"}, ("en",), []),
        (
            {"en": "{plan.title} {plan.price} {plan.ref} ok", "fr": "{plan.title} {plan.price} {plan.ref} ok"},
            ("en", "fr"),
            [],
        ),
        ({"en": "For {plan.title}", "fr": "Pour vous"}, ("en", "fr"), ["placeholder-differs"]),
        ({"en": "For {plan.title, text}", "fr": "Pour { plan.title }"}, ("en", "fr"), []),
        ({"en": "Our [terms](terms)", "fr": "Nos [règles](privacy)"}, ("en", "fr"), ["placeholder-differs"] * 2),
        ({"en": "A brace {", "fr": "{plan.title}"}, ("en", "fr"), []),
    ],
)
def test_languages_are_held_against_each_other(site, texts, languages, codes):
    assert [code for code, _ in told(saying(site, text(**texts), languages=languages))] == codes
