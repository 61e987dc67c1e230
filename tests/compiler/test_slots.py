"""What a merchant says in the header, as help and in the footer stands on every page, in its language, as words."""

import re

import pytest

from generator.compiler.bake.batch import Batch
from generator.compiler.build import site_of
from generator.compiler.draft import drafted
from generator.model.page import Text

PAGES = (
    "subscribe_to_plan.billing_info.html",
    "portal.invoices.html",
    "entry.sign_in.html",
    "notice.link_expired.html",
    "walk.done.html",
)
"""One of each kind that customers open."""

START = """\
version: 1
extends: default
site:
  name: Acme & Sons
  languages: [en, ar]
  urls: {support: https://acme.example/help}
  theme: {name: THEME}
"""

SLOTS = """\
  slots:
    header: {en: 'Questions < answers? Call "us".', ar: هل لديك سؤال؟}
    help: {en: "Write to us: [our help](support).", ar: "اكتب إلينا: [مساعدتنا](support)."}
    footer:
      en: |
        {site.name} is a member.

        Of what, we say elsewhere.
      ar: "{site.name} عضو."
"""


def shop(folder, slots="", theme="plain", **texts):
    """A definition with these slots, and with files of texts beside it."""
    file = folder / "workflows.yaml"
    file.write_text(START.replace("THEME", theme) + slots, encoding="utf-8")
    for language, words in texts.items():
        (folder / "texts").mkdir(exist_ok=True)
        (folder / "texts" / f"{language}.yaml").write_text(words, encoding="utf-8")
    return file


def pages(file, *names):
    """What the pages of these names say before anybody opens them, by language and name."""
    draft = drafted(file, file.name)
    assert draft.found.problems == []
    orders = [order for order in draft.material.orders if order.name in (names or PAGES)]
    made = Batch(draft.site, draft.material, draft.found.problems).some(
        (language, order) for language in draft.site.languages for order in orders
    )
    said = {(language, order.name): "".join(of(body)) for language, order, body, _ in made}
    assert draft.found.problems == []
    return said


def of(body):
    return (node.html for node in body if isinstance(node, Text))


def told(file):
    return [(problem.code, problem.place.line, problem.hint) for problem in site_of(file, file.name)[1]]


@pytest.fixture(scope="module")
def said(tmp_path_factory):
    return pages(shop(tmp_path_factory.mktemp("shop"), SLOTS))


@pytest.mark.parametrize("name", PAGES)
def test_each_slot_stands_in_its_place_on_every_page_as_words(said, name):
    page = said["en", name]
    header, rest = page.split("</header>")
    after = rest.partition("</main>")[2]
    aside, footer = after.split("<footer")

    assert "<p>Questions &lt; answers? Call &#34;us&#34;.</p>" in header
    assert '<aside class="aid" aria-labelledby="aid">' in aside
    assert '<h2 id="aid">Need help?</h2>' in aside
    assert '<a href="https://acme.example/help" target="_blank" rel="noopener">our help</a>.</p>' in aside
    assert "<p>Acme &amp; Sons is a member.</p><p>Of what, we say elsewhere.</p>" in footer


@pytest.mark.parametrize("name", PAGES)
def test_each_slot_is_said_in_the_language_of_the_page(said, name):
    page = said["ar", name]

    for words in ("هل لديك سؤال؟", "هل تحتاج إلى مساعدة؟", "مساعدتنا</a>.", "Acme &amp; Sons عضو."):
        assert words in page
    assert "Questions" not in page
    assert "member" not in page


def test_where_nothing_is_said_nothing_stands(tmp_path):
    for page in pages(shop(tmp_path)).values():
        assert not re.search(r"top-note|foot-note|<aside class=\"aid\"|Need help", page)


def test_a_slot_may_be_said_in_the_files_of_texts_alone(tmp_path):
    words = "site:\n  slots:\n    help: "
    file = shop(tmp_path, en=f"{words}Call us.\n", ar=f"{words}اتصل بنا.\n")

    assert told(file) == []
    said = pages(file, "portal.invoices.html")
    assert "<p>Call us.</p>" in said["en", "portal.invoices.html"]
    assert "<p>اتصل بنا.</p>" in said["ar", "portal.invoices.html"]


def test_a_slot_in_one_language_only_is_told_once(tmp_path):
    file = shop(tmp_path, "  slots:\n    help: {en: Call us.}\n")
    draft = drafted(file, file.name)
    orders = [order for order in draft.material.orders if order.name in PAGES]
    list(Batch(draft.site, draft.material, draft.found.problems).some(("ar", order) for order in orders))

    missing = [(problem.code, problem.place.line, problem.hint) for problem in draft.told(None).problems]
    assert missing == [("missing-text", 9, "add it: `ar: …`, or say it in texts/ar.yaml")]


@pytest.mark.parametrize(
    ("reads", "hint"),
    [
        ("plan.title", "take it away; every page knows {site.name}"),
        ("who.name", "take it away; every page knows {site.name}"),
        ("site.nmae", 'did you mean "site.name"?'),
        ("site.seller.adress", 'did you mean "site.seller.address"?'),
    ],
)
def test_a_slot_reads_only_what_every_page_knows(tmp_path, reads, hint):
    file = shop(tmp_path, f'  slots:\n    footer: {{en: "We: {{{reads}}}", ar: "نحن: {{site.name}}"}}\n')

    assert ("unknown-placeholder", 9, hint) in told(file)


def test_what_is_checked_in_texts_is_checked_in_slots(tmp_path):
    header = '    header: {en: "<b>Call</b> us", ar: "<b>Call</b> us"}'
    slots = f'  slots:\n{header}\n    footer: {{en: "By {{site.name}}", ar: "عضو"}}\n'

    assert {code for code, _, _ in told(shop(tmp_path, slots))} == {
        "markup-in-text",
        "untranslated-text",
        "placeholder-differs",
    }


def layout(folder, *blocks):
    """A theme of the merchant's own, whose layout fills these."""
    own = folder / "themes" / "own"
    (own / "templates").mkdir(parents=True, exist_ok=True)
    (own / "theme.yaml").write_text("extends: plain\n", encoding="utf-8")
    lines = ['{% extends "plain:layout.html" %}', *blocks]
    (own / "templates" / "layout.html").write_text("\n".join(lines), encoding="utf-8")


def lacked(file):
    """What is told of the page of invoices in each language, as (line of the layout, slot)."""
    draft = drafted(file, file.name)
    orders = [order for order in draft.material.orders if order.name == "portal.invoices.html"]
    list(Batch(draft.site, draft.material, draft.found.problems).some(("en", order) for order in orders))
    found = [problem for problem in draft.found.problems if problem.code == "missing-part"]
    return [
        (problem.place.line, slot) for problem in found for slot in re.findall(r"`site\.slots\.(\w+)`", problem.says)
    ]


def test_a_theme_that_leaves_out_what_is_said_in_a_slot_is_told_where(tmp_path):
    layout(tmp_path, "{% block header %}<p>Hello</p>{% endblock %}", "{% block footer %}<p>Bye</p>{% endblock %}")

    assert lacked(shop(tmp_path, SLOTS, "own")) == [(2, "header"), (3, "footer")]


def test_where_nothing_is_said_a_theme_may_fill_a_slot_as_it_likes(tmp_path):
    layout(tmp_path, "{% block header %}<p>Hello</p>{% endblock %}", "{% block help %}{% endblock %}")

    assert lacked(shop(tmp_path, "", "own")) == []


def test_a_theme_may_say_what_is_in_a_slot_with_elements_of_its_own_and_in_another_place(tmp_path):
    said = "{% for one in paragraphs(site.slots.header, language) %}<li>{{ said(one, '') }}</li>{% endfor %}"
    layout(
        tmp_path,
        "{% block header %}{% endblock %}",
        f"{{% block help %}}{{{{ super() }}}}<ul>{said}</ul>{{% endblock %}}",
    )

    assert lacked(shop(tmp_path, SLOTS, "own")) == []


def test_a_theme_of_a_merchant_s_own_fills_a_slot_and_keeps_what_is_said_there(tmp_path):
    layout(
        tmp_path,
        '{% block header %}<p class="strip">Since 1901</p>{{ super() }}{% endblock %}',
        '{% block help %}{{ super() }}<p class="strip">Ask</p>{% endblock %}',
        '{% block footer %}{{ super() }}<p class="strip">Bread</p>{% endblock %}',
    )
    page = pages(shop(tmp_path, SLOTS, "own"), "portal.invoices.html")["en", "portal.invoices.html"]

    assert re.search(r"Since 1901</p>\s*<div class=\"top-note\"><p>Questions", page)
    assert re.search(r"</aside>\s*<p class=\"strip\">Ask</p>\s*<footer", page)
    assert re.search(r"elsewhere\.</p></div>\s*<p class=\"strip\">Bread</p>", page)
