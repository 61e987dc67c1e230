"""From a template to a page: what a theme may do with a live value, and the proof of where it lands."""

import shutil
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import shipped
from generator.bundle import pagefile
from generator.compiler.bake.oven import BadPage, Oven
from generator.compiler.theme import load
from generator.fill import NoValue, fill
from generator.locale.speech import formats
from generator.model.live import Url
from generator.model.money import Money
from generator.model.page import Case, Each, Slot, Text
from generator.model.place import NOWHERE
from generator.model.portal import Portal
from generator.model.site import Look, Redirects, Seller, Site


@dataclass(frozen=True)
class Line:
    title: str
    amount: Money
    paid: bool


@dataclass(frozen=True)
class Bill:
    name: str
    total: Money
    due: date | None
    state: Literal["open", "paid", "void"]
    urgent: bool
    lines: tuple[Line, ...]
    go_on: Url
    count: int
    shop: Line | None


BILL = Bill(
    "Ada",
    Money(120050, "EUR"),
    date(2026, 12, 6),
    "open",
    True,
    (Line("One", Money(100, "EUR"), True), Line("Two", Money(200, "EUR"), False)),
    Url("/portal"),
    2,
    None,
)

SITE = Site("Acme", ("en", "fr"), "EUR", "UTC", Look(), Seller(), {}, Redirects(), Portal(()), ())


@pytest.fixture
def oven(tmp_path):
    """Bakes a template that a test writes, with the texts of the shipped theme."""
    folder = tmp_path / "plain"
    folder.mkdir()
    shutil.copy(shipped.THEMES / "plain" / "theme.yaml", folder)
    shutil.copytree(shipped.THEMES / "plain" / "texts", folder / "texts")
    (folder / "templates").mkdir()
    problems = []
    theme = load("plain", NOWHERE, {tmp_path: "themes"}, SITE.languages, problems)
    assert theme is not None
    assert not problems

    def bake(template, name="page.html", language="en", **given):
        (folder / "templates" / name).write_text(template, encoding="utf-8")
        return Oven(SITE, theme, {}).bake(name, Bill, language, {}, given)

    return bake


def filled(body, bill=BILL, language="en"):
    return fill(body, bill, formats(language))


def refused(oven, template):
    with pytest.raises(BadPage) as bad:
        oven(template)
    return bad.value.problem


def test_a_page_is_four_kinds_of_node(oven):
    body = oven(
        "<ul>{% each lines as line %}<li>{{ line.title }}</li>{% endeach %}</ul>"
        "{% case state %}{% is 'open' %}<b>Open</b>{% otherwise %}<i>Done</i>{% endcase %}"
    )

    assert [type(node) for node in body] == [Text, Each, Text, Case]
    assert body[1].body[1] == Slot(("line", "title"), "", "text")
    assert filled(body) == "<ul><li><bdi>One</bdi></li><li><bdi>Two</bdi></li></ul><b>Open</b>"


def test_what_is_known_at_build_is_decided_at_build(oven):
    body = oven(
        "{% if fancy %}<b>{{ site.name }}</b>{% endif %}{% for n in [1, 2] %}<i>{{ n }}</i>{% endfor %}", fancy=True
    )

    assert body == (Text("<b>Acme</b><i>1</i><i>2</i>"),)


def test_values_are_written_in_the_language_of_the_page(oven):
    body = oven("<p>{{ total }}, {% when due %}{{ due }}{% endwhen %}</p>")

    assert filled(body) == "<p><bdi>€1,200.50</bdi>, <bdi>December 6, 2026</bdi></p>"
    assert filled(body, language="fr").replace("\u202f", " ").replace("\xa0", " ") == (
        "<p><bdi>1 200,50 €</bdi>, <bdi>6 décembre 2026</bdi></p>"
    )


def test_numbers_are_for_people_in_text_and_for_machines_in_attributes(oven):
    bill = Bill(**{**vars(BILL), "count": 12345})

    assert (
        filled(oven('<p data-count="{{ count }}">{{ count }}</p>'), bill)
        == '<p data-count="12345"><bdi>12,345</bdi></p>'
    )


def test_a_boolean_attribute_is_a_branch_between_attributes(oven):
    body = oven('<input type="checkbox"{% when urgent %} checked{% endwhen %}>')

    assert filled(body) == '<input type="checkbox" checked>'


def test_plurals_choose_their_form_when_the_page_is_asked_for(oven):
    body = oven('<p>{{ t("price.trial_day", count=count) }}</p>')

    assert filled(body) == "<p>First <bdi>2</bdi> days free</p>"
    assert filled(body, Bill(**{**vars(BILL), "count": 1})) == "<p><bdi>1</bdi> day free</p>"


@pytest.mark.parametrize(
    ("template", "code", "says", "hint"),
    [
        ("{% if urgent %}<b></b>{% endif %}", "too-early", "known only when a customer asks", "{% when urgent %}"),
        (
            "{% for line in lines %}<b></b>{% endfor %}",
            "too-early",
            "cannot be gone through",
            "{% each lines as item %}",
        ),
        ("{% if state == 'open' %}<b></b>{% endif %}", "too-early", "cannot be compared", "{% case state %}"),
        ("<p>{{ name | upper }}</p>", "too-early", "changed as a text", "{{ name }}"),
        ("<p>{{ count + 1 }}</p>", "too-early", "reckoned with", "`present`"),
        ("<p>{{ lines | length }}</p>", "too-early", "reckoned with", "`present`"),
        ("{% set x = not urgent %}", "too-early", "decide an {% if %}", "{% when urgent %}"),
        ("<p>{{ totl }}</p>", "unknown-name-in-template", '"totl" is no name on this page', 'did you mean "total"?'),
        ("{% when shop %}<p>{{ shop.titel }}</p>{% endwhen %}", "unknown-live-name", '"shop.titel"', '"title"'),
        (
            "{% each lines as line %}<p>{{ line.amout }}</p>{% endeach %}",
            "unknown-live-name",
            '"line.amout"',
            '"amount"',
        ),
        ("<p>{{ total.cents }}</p>", "unknown-live-name", '"total.cents"', "`total` is an amount"),
        ("<p>{{ total | date }}</p>", "wrong-format", '"total" is an amount', "money"),
        ("<p>{{ urgent }}</p>", "wrong-kind", "cannot be written out", "{% when %}"),
        ("<p>{{ lines }}</p>", "wrong-kind", '"lines" is a list', "{% each %}"),
        ("{% when name %}<b></b>{% endwhen %}", "wrong-kind", "neither holds nor not", "{% when %}"),
        ("{% each name as letter %}<b></b>{% endeach %}", "wrong-kind", "not a list", "lists only"),
        ("{% case urgent %}{% is 'x' %}{% endcase %}", "wrong-kind", "no words to choose by", "few words"),
        ("{% case state %}{% is 'opne' %}{% otherwise %}{% endcase %}", "unknown-word", 'never "opne"', '"open"'),
        ("{% case state %}{% is 'open' %}{% endcase %}", "missing-branch", "being paid, void", "{% otherwise %}"),
        ("{% when 3 %}<b></b>{% endwhen %}", "not-live", "known at build", "{% if %}"),
        ("<p>{{ due }}</p>", "may-be-missing", 'not always a "due"', "{% when due %}"),
        ("<p>{{ shop.title }}</p>", "may-be-missing", 'not always a "shop"', "{% when shop %}"),
        ('<p>{{ t("no.such.text") }}</p>', "unknown-text", 'no text "no.such.text"', ""),
        ("{% when urgent %}<p>", "template-syntax", "cannot be read", ""),
    ],
)
def test_a_wrong_use_of_a_live_name_stops_the_build_with_its_remedy(oven, template, code, says, hint):
    problem = refused(oven, template)

    assert problem.code == code
    assert says in problem.says
    assert hint in problem.hint
    assert problem.place.file.endswith("templates/page.html")
    assert problem.place.line == 1


def test_the_place_of_a_wrong_name_is_its_line_and_column(oven):
    problem = refused(oven, "<p>\n  <b>{{ site.name }}</b> {{ totl }}\n</p>")

    assert (problem.place.line, problem.place.column) == (2, 29)


@pytest.mark.parametrize(
    ("template", "code"),
    [
        ("<p title={{ name }}>x</p>", "not-html"),
        ("<p {{ name }}>x</p>", "unsafe-place"),
        ('<p onclick="{{ name }}">x</p>', "inline-script"),
        ('<p style="color: {{ name }}">x</p>', "inline-script"),
        ("<script>{{ name }}</script>", "unsafe-place"),
        ("<script>alert(1)</script>", "inline-script"),
        ("<style>b{}</style>", "refused-element"),
        ('<iframe src="/x"></iframe>', "refused-element"),
        ('<base href="/x">', "refused-element"),
        ('<a href="{{ name }}">x</a>', "unsafe-place"),
        ('<a href="/x/{{ go_on }}">x</a>', "unsafe-place"),
        ('<a href="{{ go_on }}/x">x</a>', "unsafe-place"),
        ('<a href="{% when urgent %}/x{% endwhen %}">x</a>', "unsafe-place"),
        ('<meta content="{{ name }}">', "unsafe-place"),
        ('<p id="{{ name }}">x</p>', "unsafe-place"),
        ("<!-- {{ name }} -->", "live-in-comment"),
        ("<p>{{ state }}</p>", "unsafe-place"),
        ("<p>{% when urgent %}<b>{% endwhen %}x</b></p>", "uneven-branches"),
        ("<p>{% when urgent %}</p>{% endwhen %}", "uneven-branches"),
        ('<p class="a{% when urgent %}"{% endwhen %}>x</p>', "uneven-branches"),
        ("{% each lines as line %}<li>{% endeach %}", "uneven-branches"),
        ("<p><b>x</p></b>", "uneven-elements"),
        ("<p>x", "unclosed-element"),
        ("<p>1 < 2</p>", "not-html"),
        ("<P>x</P>", "not-html"),
        ("<title><b>x</b></title>", "not-html"),
        ('<textarea><!-- </textarea> --><p title="{{ name }}">x</p>', "not-html"),
        ("<!--> <p>{{ name }}</p> -->", "not-html"),
        ("<noframes><p>{{ name }}</p></noframes>", "refused-element"),
        ("<br/>", "not-html"),
        ("<p>x</p></p>", "uneven-elements"),
    ],
)
def test_a_live_value_stands_nowhere_but_where_it_is_safe(oven, template, code):
    assert refused(oven, template).code == code


def test_a_marks_brackets_in_a_text_stay_a_text(oven):
    body = oven("<p>⟦name||text⟧</p>")

    assert pagefile.read(pagefile.write(body)) == body
    assert filled(body) == "<p>&#x27E6;name||text&#x27E7;</p>"


EVERYWHERE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{ name }}</title></head><body>
<p class="a {{ name }}" title="{{ name }}" data-x='{{ name }}' aria-label="for {{ name }}">{{ name }}</p>
<textarea>{{ name }}</textarea><select><option value="{{ name }}">{{ name }}</option></select>
<a href="{{ go_on }}">{{ name }}</a><input value="{{ name }}"{% when urgent %} checked{% endwhen %}>
{% each lines as line %}<b id="line-{{ line.title }}">{{ line.title }}</b>{% endeach %}
{% case state %}{% is "open" %}<i>{{ name }}</i>{% otherwise %}<u>{{ name }}</u>{% endcase %}</body></html>"""


def shape(html):
    """The elements and attributes of a page as a strict HTML parser sees them, without any text or value."""
    tree = html5lib.HTMLParser(strict=False).parse(html)
    return [(element.tag, sorted(element.attrib)) for element in tree.iter() if isinstance(element.tag, str)]


HOSTILE = st.text(
    alphabet=st.sampled_from(list("<>\"'&/= ab\n\t-!;`{}()⟦⟧\u202e")) | st.characters(codec="utf-8"), max_size=60
)


@settings(max_examples=200, deadline=None)
@given(value=HOSTILE)
def test_no_value_changes_the_shape_of_a_page(value):
    body = _everywhere()
    bill = Bill(**{**vars(BILL), "name": value, "lines": (Line(value, BILL.total, True),)})
    plain = Bill(**{**vars(BILL), "name": "x", "lines": (Line("x", BILL.total, True),)})

    assert shape(filled(body, bill)) == shape(filled(body, plain))


@cache
def _everywhere():
    """Baked once for all examples."""
    with TemporaryDirectory() as home:
        folder = Path(home) / "plain"
        (folder / "templates").mkdir(parents=True)
        (folder / "theme.yaml").write_text("styles: {}\n", encoding="utf-8")
        shutil.copytree(shipped.THEMES / "plain" / "texts", folder / "texts")
        (folder / "templates" / "page.html").write_text(EVERYWHERE, encoding="utf-8")
        theme = load("plain", NOWHERE, {Path(home): "themes"}, SITE.languages, [])
        return Oven(SITE, theme, {}).bake("page.html", Bill, "en", {}, {})


@pytest.mark.parametrize("url", ["javascript:alert(1)", "//evil.example", "data:text/html,x", "", "portal"])
def test_an_address_that_is_none_is_our_bug_and_never_written(oven, url):
    body = oven('<a href="{{ go_on }}">x</a>')

    with pytest.raises(NoValue):
        filled(body, Bill(**{**vars(BILL), "go_on": url}))


def test_a_plain_text_is_filled_as_it_is(oven):
    body = oven("Hello {{ name }}, {{ total }}\n{{ go_on }}\n", name="mail.txt")

    assert filled(body, Bill(**{**vars(BILL), "name": "<Ada & Co>"})) == "Hello <Ada & Co>, €1,200.50\n/portal\n"
