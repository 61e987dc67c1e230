"""Themes that extend others: a nearer one stands in front of what is farther, and problems name the right file."""

import re

import pytest

from generator import shipped
from generator.compiler import shape, source, theme
from generator.compiler.bake import assets
from generator.compiler.bake.oven import BadPage, Oven
from generator.compiler.theme import layers, look
from generator.model.place import NOWHERE
from generator.model.site import Look
from tests.compiler.test_bake import SITE, Bill


class Shelf:
    """A folder of themes that a test writes; `a` extends `b`, which extends `plain`."""

    def __init__(self, folder):
        self.folder = folder
        self.write("a/theme.yaml", "extends: b\n")
        self.write("b/theme.yaml", "extends: plain\n")

    def write(self, name, words):
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(words, encoding="utf-8")

    def load(self, name="a", languages=("en",)):
        problems = []
        return theme.load(
            name, NOWHERE, {self.folder: "themes", shipped.THEMES: "themes"}, languages, problems
        ), problems

    def baked(self, name):
        """What a template of the theme `a` makes, as it stands in the page."""
        loaded, problems = self.load()
        assert problems == []
        return "".join(node.html for node in Oven(SITE, loaded, {}).bake(name, Bill, "en", {}, {}))

    def refused(self, name):
        with pytest.raises(BadPage) as bad:
            self.baked(name)
        problem = bad.value.problem
        return problem.code, str(problem.place).partition("themes/")[2], problem


@pytest.fixture
def shelf(tmp_path):
    return Shelf(tmp_path / "themes")


def test_a_template_stands_in_front_of_the_one_of_the_theme_that_is_extended(shelf):
    shelf.write("b/templates/page.html", "<p>b</p>")
    assert shelf.baked("page.html") == "<p>b</p>"

    shelf.write("a/templates/page.html", "<p>a</p>")
    assert shelf.baked("page.html") == "<p>a</p>"


def test_a_block_is_overridden_and_what_it_was_can_be_said_too(shelf):
    shelf.write("b/templates/page.html", "<p>{% block one %}b1{% endblock %}, {% block two %}b2{% endblock %}</p>")
    shelf.write("a/templates/page.html", '{% extends "b:page.html" %}{% block one %}a1 {{ super() }}{% endblock %}')

    assert shelf.baked("page.html") == "<p>a1 b1, b2</p>"


def test_a_layer_is_reached_by_its_name_and_what_it_asks_for_is_looked_for_in_front_again(shelf):
    shelf.write("b/templates/page.html", '{% include "part.html" %}')
    shelf.write("b/templates/part.html", "<p>b</p>")
    shelf.write("a/templates/page.html", '{% include "b:page.html" %}{% include "b:part.html" %}')
    shelf.write("a/templates/part.html", "<p>a</p>")

    assert shelf.baked("page.html") == "<p>a</p><p>b</p>"


def test_a_theme_says_only_what_it_says_otherwise(shelf):
    shelf.write("b/texts/en.yaml", "step: {continue: Go on}\nprice: {trial_day: {one: one free day}}\n")
    shelf.write("a/texts/en.yaml", "step: {back: Where I was}\nown: {greeting: Hello}\n")
    shelf.write(
        "a/templates/page.html", "<p>{{ t('step.continue') }}, {{ t('step.back') }}, {{ t('own.greeting') }}</p>"
    )

    assert shelf.baked("page.html") == "<p>Go on, Where I was, Hello</p>"
    texts = shelf.load()[0].texts["en"]
    assert [texts["price.trial_day"].forms[form].says for form in ("one", "other")] == [
        "one free day",
        shelf.load("plain")[0].texts["en"]["price.trial_day"].forms["other"].says,
    ]


def test_styles_and_assets_come_from_every_layer_and_a_nearer_file_stands_in_front(shelf):
    shelf.write("b/theme.yaml", "extends: plain\nstyles: {theme: [b.css]}\n")
    shelf.write("a/theme.yaml", "extends: b\nstyles: {theme: [a.css], base: [more.css]}\n")
    shelf.write("a/assets/icon.svg", "<svg/>")
    loaded, _ = shelf.load()

    assert [name.value for name in loaded.listed("styles", "theme")] == ["b.css", "a.css"]
    assert [name.value for name in loaded.listed("styles", "base")][-1] == "more.css"
    assert loaded.asset("icon.svg").parts[-3] == "a"
    assert loaded.asset("live.js").parts[-3] == "plain"


def test_what_a_theme_says_over_another_counts_however_specific_that_one_is(shelf):
    shelf.write("b/theme.yaml", "extends: plain\nstyles: {theme: [b.css]}\n")
    shelf.write("b/assets/b.css", ".primary { border-radius: 0 }")
    loaded, problems = shelf.load()
    dressed = look.dress(loaded.layers, Look(), problems)
    files = assets.gather(loaded, dressed, Look(), shelf.folder, "", problems)
    sheet = files.files[files.address("style.css", "").removeprefix(assets.ADDRESS)].decode()

    assert problems == []
    assert sheet.startswith("@layer tokens,base,parts,pages,theme;")
    assert re.findall(r"@layer (\w+)\{", sheet) == ["tokens", "base", "parts", "pages", "theme"]
    assert sheet.partition("@layer theme{")[2] == ".primary{border-radius:0}}"


@pytest.mark.parametrize(
    ("template", "words", "code", "place"),
    [
        ("b/templates/page.html", "<p>\n{{ nam }}</p>", "unknown-name-in-template", "b/templates/page.html:2:4"),
        ("b/templates/page.html", "<p>\n{% if %}</p>", "template-syntax", "b/templates/page.html:2:1"),
        ("b/templates/page.html", "<p>\n{{ t('no.such') }}</p>", "unknown-text", "b/templates/page.html:2:1"),
        ("b/templates/page.html", "<p>\n<a href='{{ name }}'>x</a></p>", "unsafe-place", "b/templates/page.html:2:1"),
        ("a/templates/page.html", '\n{% include "b:nothing.html" %}', "missing-template", "a/templates/page.html:2:13"),
        ("a/templates/page.html", '{% extends "c:page.html" %}', "missing-template", "a/templates/page.html:1:13"),
        ("a/templates/page.html", '{% include "../b/x.html" %}', "missing-template", "a/templates/page.html:1:13"),
        ("a/templates/page.html", '\n{% include "page.html" %}', "circular-template", "a/templates/page.html:2:1"),
    ],
)
def test_a_problem_is_told_at_the_file_of_the_layer_that_has_it(shelf, template, words, code, place):
    shelf.write(template, words)

    assert shelf.refused("page.html")[:2] == (code, place)


@pytest.mark.parametrize(
    ("words", "code", "hint"),
    [
        ("{{ site.nmae }}", "unknown-name-in-template", 'did you mean "name"?'),
        ("{{ site.seller.legl_name }}", "unknown-name-in-template", 'did you mean "legal_name"?'),
        ("{{ {'one': 1}.oen }}", "unknown-name-in-template", 'did you mean "one"?'),
        ("{% import 'b:more.html' as more %}{{ more.shwo() }}", "unknown-name-in-template", 'did you mean "show"?'),
        ("{% block one %}{{ self.oen() }}{% endblock %}", "unknown-name-in-template", 'did you mean "one"?'),
        ("{{ total | mony }}", "template-syntax", 'did you mean "money"?'),
        ("{% if 1 is evn %}{% endif %}", "template-fails", 'did you mean "even"?'),
        ("{{ site.name + 1 }}", "template-fails", "what templates can do"),
        ("{{ [] / 2 }}", "template-fails", "what templates can do"),
        ("{{ site.name() }}", "template-fails", "what templates can do"),
        ("{{ site | length }}", "template-fails", "what templates can do"),
        ("{{ said() }}", "template-fails", "what templates can do"),
        ("{{ 'x' | number }}", "wrong-format", "leave the format away"),
    ],
)
def test_what_cannot_be_said_or_done_in_a_template_is_told_with_what_can(shelf, words, code, hint):
    shelf.write("b/templates/more.html", "{% macro show() %}{% endmacro %}")
    shelf.write("a/templates/page.html", f"<p>\n{words}</p>")

    found, place, problem = shelf.refused("page.html")

    assert (found, place.rpartition(":")[0]) == (code, "a/templates/page.html:2")
    assert hint in problem.hint


def test_what_goes_wrong_in_our_own_code_is_no_mistake_of_a_template(shelf):
    def broken():
        raise TypeError("ours")

    shelf.write("a/templates/page.html", "{{ broken() }}")
    loaded, _ = shelf.load()

    with pytest.raises(TypeError, match="ours"):
        Oven(SITE, loaded, {"broken": broken}).bake("page.html", Bill, "en", {}, {})


def test_a_template_that_meant_the_one_behind_it_is_told_how_to_reach_that(shelf):
    shelf.write("b/templates/page.html", "<p>b</p>")
    shelf.write("a/templates/page.html", '{% extends "page.html" %}')

    code, _, problem = shelf.refused("page.html")

    assert code == "circular-template"
    assert 'write "b:page.html"' in problem.hint


def test_a_text_that_cannot_be_said_is_told_at_the_file_of_the_layer_that_has_it(shelf):
    shelf.write("b/texts/en.yaml", "own:\n  greeting: Hello {nobody}\n")
    shelf.write("a/templates/page.html", "<p>{{ t('own.greeting') }}</p>")

    assert shelf.refused("page.html")[:2] == ("unknown-placeholder", "b/texts/en.yaml:2:13")


@pytest.mark.parametrize(
    ("extends", "code", "says"),
    [
        ("a", "circular-theme", 'the theme "a" extends itself'),
        ("plian", "unknown-theme", 'there is no theme "plian"'),
        ("../b", "bad-value", '"../b" is no good value'),
        ("[plain]", "wrong-type", '"extends" must be a text'),
    ],
)
def test_a_theme_that_extends_what_it_cannot_is_refused_at_that_line(shelf, extends, code, says):
    shelf.write("a/theme.yaml", f"# mine\nextends: {extends}\n")

    loaded, (problem,) = shelf.load()

    assert loaded is None
    assert problem.code == code
    assert says in problem.says
    assert (problem.place.line, problem.place.file.endswith("a/theme.yaml")) == (2, True)
    assert problem.hint


def test_what_is_shipped_has_the_shape_that_it_must_have():
    for manifest in shipped.THEMES.glob("*/theme.yaml"):
        node = source.read(manifest, "theme.yaml").node
        assert shape.check(node, layers.SCHEMA) == []
