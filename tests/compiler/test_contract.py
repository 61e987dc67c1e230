"""A theme is held to the contract: what it leaves out, brings in or takes away is told where it does so."""

import re
from dataclasses import replace
from functools import cache

import pytest

from generator import shipped
from generator.compiler import theme
from generator.compiler.bake import assets, contract
from generator.compiler.bake.batch import Batch
from generator.compiler.bake.contract import css, removed_focus
from generator.compiler.bake.contract.must import MUST
from generator.compiler.bake.material import Material
from generator.compiler.bake.orders import orders as orders_of
from generator.compiler.build import site_of
from generator.compiler.codes import CODES
from generator.compiler.theme import Theme
from generator.compiler.theme.look import dress
from generator.model.place import NOWHERE
from tests.support.town import ROOT

LAYOUT = (shipped.THEMES / "plain" / "templates" / "layout.html").read_text(encoding="utf-8")


@cache
def site():
    found, problems = site_of(ROOT / "examples" / "demo" / "workflows.yaml", "workflows.yaml")
    assert not problems
    return replace(found, languages=("en", "fr"))


@cache
def shipped_theme():
    """Plain, with its texts, and what it has for its pages: the same for every theme that extends it."""
    problems = []
    look = theme.load("plain", NOWHERE, {shipped.THEMES: "themes"}, ("en",), problems)
    dressed = dress(look.layers, site().look, problems)
    files = assets.gather(look, dressed, site().look, ROOT, "", problems)
    assert problems == []
    return look, dressed, files


def made(look, orders):
    """What is told of these pages in this theme."""
    held, problems = contract.Held(site(), look), []
    yield from held.theme()
    material = Material(look, *shipped_theme()[1:], orders, held)
    for _ in Batch(site(), material, problems).some(("en", order) for order in orders):
        pass
    yield from problems


@pytest.fixture
def told(tmp_path):
    """What is told of a theme `own` with these files, where only one page is made."""

    def tell(page, files):
        for name, words in {"theme.yaml": "extends: plain\n", **files}.items():
            file = tmp_path / "own" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(words, encoding="utf-8")
        problems = []
        layers = theme.layers.chain("own", NOWHERE, {tmp_path: "themes", shipped.THEMES: "themes"}, problems)
        orders = [order for order in orders_of(site()) if order.name == page]
        problems += made(Theme(layers, shipped_theme()[0].texts), orders)
        assert orders
        assert all(problem.hint for problem in problems)
        assert {problem.code for problem in problems} <= set(CODES)
        once = {(problem.code, str(problem.place).removeprefix("themes/own/"), problem.says): 1 for problem in problems}
        return list(once)

    return tell


def without(template, *blocks):
    """A template that fills these blocks of the shipped one with nothing."""
    emptied = "\n".join(f"{{% block {block} %}}{{% endblock %}}" for block in blocks)
    return {f"templates/{template}": f'{{% extends "plain:{template}" %}}\n{emptied}\n'}


SUBSCRIBE = "subscribe_to_plan"


DROPPED = [
    (f"{SUBSCRIBE}.summary", "steps/summary.html", ["act"], ["the button that goes on"]),
    (f"{SUBSCRIBE}.summary", "steps/summary.html", ["tools"], ["a way to leave"]),
    (f"{SUBSCRIBE}.summary", "steps/summary.html", ["title"], ["a heading"]),
    (
        f"{SUBSCRIBE}.summary",
        "steps/summary.html",
        ["faults"],
        ["a summary of what is to be put right", "word of what changed meanwhile"],
    ),
    (
        f"{SUBSCRIBE}.summary",
        "steps/summary.html",
        ["fields"],
        ["which quote was shown", "what is charged for, line by line", 'the field "terms"', 'wrong with "terms"'],
    ),
    (
        f"{SUBSCRIBE}.summary",
        "steps/summary.html",
        ["fields", "aside", "price"],
        ["what is due now", "what is due later", "how long it binds", "the day on which it happens"],
    ),
    (f"{SUBSCRIBE}.payment", "steps/payment.html", ["aside", "price"], ["what is due later"]),
    (f"{SUBSCRIBE}.payment", "steps/payment.html", ["aside", "act"], ["what is due now", "the button that goes on"]),
    (f"{SUBSCRIBE}.payment", "steps/payment.html", ["fields"], ["which quote was shown", "the ways to pay", "on file"]),
    (
        f"{SUBSCRIBE}.payment",
        "steps/payment.html",
        ["faults"],
        ["a summary of what is to be put right", "why a try came to nothing", "until when no bank is asked"],
    ),
    (f"{SUBSCRIBE}.options", "steps/options.html", ["fields"], ["the options"]),
    (f"{SUBSCRIBE}.options", "steps/options.html", ["aside", "price"], ["what is due now", "what is due later"]),
    (f"{SUBSCRIBE}.options", "steps/options.html", ["button"], ["the button that goes on"]),
    (f"{SUBSCRIBE}.options", "steps/options.html", ["faults"], ["a summary of what is to be put right"]),
    (
        f"{SUBSCRIBE}.billing_info",
        "steps/form.html",
        ["fields"],
        ['the field "email"', 'wrong with "email"', "14 more"],
    ),
    (f"{SUBSCRIBE}.billing_info", "steps/form.html", ["main"], ["its form", "the walk's version"]),
    (f"{SUBSCRIBE}.billing_info", "steps/form.html", ["faults"], ["a summary of what is to be put right"]),
    (f"{SUBSCRIBE}.billing_info", "steps/form.html", ["act"], ["the button that goes on"]),
    ("choose_plan.catalog", "steps/catalog.html", ["fields"], ["a button for each plan", "each plan's price"]),
    (
        "terminate_subscription.confirm",
        "steps/confirm.html",
        ["fields"],
        ["which quote was shown", "what is due now", "the button that ends it", "the day on which it ends"],
    ),
    ("terminate_subscription.confirm", "steps/confirm.html", ["faults"], ["a summary of what is to be put right"]),
    ("walk.done", "steps/done.html", ["main", "title"], ["a heading", "how it ended", "a way to go on"]),
    ("walk.paying", "steps/paying.html", ["main"], ["a heading", "the way to the provider's page"]),
    ("walk.waiting", "steps/waiting.html", ["main", "title"], ["a heading", "how it stands", "a way to go on"]),
    ("notice.gone", "notice.html", ["main"], ["a heading", "a way to go on"]),
    ("notice.link_once", "notice.html", ["main"], ["its button"]),
    ("entry.sign_in", "entry/sign_in.html", ["fields"], ["the e-mail address", "the button that goes on"]),
    ("entry.code", "entry/code.html", ["fields"], ["the code", "the button that goes on"]),
    ("entry.code", "entry/code.html", ["more"], ["a way to another code"]),
    ("entry.accounts", "entry/accounts.html", ["fields"], ["a button for each account"]),
    ("entry.offers", "entry/offers.html", ["main"], ["a way to each plan", "each plan's price"]),
    ("portal.invoices", "portal/invoices.html", ["nav"], ['a way to the section "billing_info"']),
    (
        "portal.invoices",
        "portal/invoices.html",
        ["section"],
        ["a way to each invoice", "each invoice comes to", "older"],
    ),
    (
        "portal.invoices.one",
        "portal/invoice.html",
        ["section"],
        ["what it comes to", "a way to the file", "line by line"],
    ),
    ("portal.invoices.credit", "portal/credit_note.html", ["section"], ["a way to the file"]),
    (
        "portal.invoices.statement",
        "portal/statement.html",
        ["section"],
        ["what happened in each currency", "to the file"],
    ),
    ("portal.billing_info", "portal/billing_info.html", ["section"], ['the field "email"', 'wrong with "email"']),
    ("portal.payment_method", "portal/payment_method.html", ["section"], ["a way to take one away"]),
    ("portal.payment_method.remove", "portal/remove_method.html", ["section"], ["that takes it away", "a way back"]),
    (
        "portal.subscriptions",
        "portal/subscriptions.html",
        ["section"],
        ["a way to end a subscription", "a way to go on", "to another plan", "to other options", "to undo a change"],
    ),
    ("portal.subscriptions.one", "portal/subscription.html", ["section"], ["a way to end a subscription"]),
    ("print.invoice", "print/invoice.html", ["body", "number"], ["its number", "what it comes to", "its lines"]),
    (
        "print.credit_note",
        "print/credit_note.html",
        ["body", "number"],
        ["its lines", "what it comes to", "its number"],
    ),
    ("print.statement", "print/statement.html", ["body"], ["what happened"]),
    ("mail.code", "mail/code.html", ["letter"], ["the code"]),
    ("mail.fresh_link", "mail/fresh_link.html", ["letter", "small"], ["its link"]),
    ("mail.letter.charged", "mail/told.html", ["letter", "small"], ["its link"]),
    ("mail.link.portal", "mail/link.html", ["letter", "small"], ["its link"]),
]


@pytest.mark.parametrize(
    ("page", "template", "blocks", "parts"),
    DROPPED,
    ids=lambda value: value if isinstance(value, str) else "-".join(value)[:30],
)
def test_a_page_that_lost_what_it_must_have_cannot_be_built(told, page, template, blocks, parts):
    found = told(f"{page}.html", without(template, *blocks))

    assert {code for code, _, _ in found} == {"missing-part"}
    assert found[0][1].startswith(f"templates/{template}:")
    said = "; ".join(says for _, _, says in found)
    assert f'the page "{page}" lacks ' in said
    assert [part for part in parts if part not in said] == []


def test_every_part_of_the_table_is_missed_by_a_test():
    templates = {order.kind.template for order in orders_of(site()) if order.kind.template.endswith(".html")}
    for template in templates & set(MUST):
        missed = [said for _, shown, _, known in DROPPED if shown == template for said in known]
        for part in MUST[template]:
            assert any(said in part.says for said in missed), (template, part.says)


def layout(old, new, template="layout.html"):
    assert old in LAYOUT
    return {f"templates/{template}": LAYOUT.replace(old, new)}


@pytest.mark.parametrize(
    ("old", "new", "part"),
    [
        (' lang="{{ language }}"', "", "its language"),
        (' lang="{{ language }}"', ' lang=""', "its language"),
        (re.search("<title>.*</title>", LAYOUT)[0], "<title> </title>", "a title"),
        ("width=device-width", "width=1024", "the width of the screen"),
        ('<main id="main" tabindex="-1">', '<div id="main" role="main">', "its main content"),
        ('action="{{ who.sign_out }}"', 'action="/portal"', "a way to sign out"),
        ('name="language" value', 'name="tongue" value', "the other languages"),
        ('"terms", ', "", "the terms of sale"),
        ('"privacy", ', "", "the privacy policy"),
    ],
)
def test_a_layout_of_ones_own_has_what_every_page_must_have(told, old, new, part):
    files = layout(old, new)
    if "<main" in old:
        files = {name: words.replace("</main>", "</div>") for name, words in files.items()}

    ((code, place, says),) = told("notice.gone.html", files)

    assert (code, place.partition(":")[0]) == ("missing-part", "templates/layout.html")
    assert part in says


def test_a_form_without_its_token_is_found_wherever_it_stands(told):
    ((_, _, says),) = told("notice.gone.html", layout('<input type="hidden" name="csrf" value="{{ csrf }}">\n', ""))
    assert "the token of its form" in says
    form = (
        '<form method="post" action="{{ here }}">{% when go_on %}<input type="hidden" name="csrf" value="{{ csrf }}">'
    )
    words = (
        '{% extends "plain:notice.html" %}{% block main %}{{ super() }}' + form + "{% endwhen %}</form>{% endblock %}"
    )
    ((_, _, says),) = told("notice.gone.html", {"templates/layout.html": LAYOUT, "templates/notice.html": words})
    assert "the token of its form" in says


def test_what_is_there_on_some_ways_only_is_not_there(told):
    """Whoever comes on a trial sees the price, and nobody else does."""
    template = (
        '{% extends "plain:steps/payment.html" %}{% block aside %}{% endblock %}'
        "{% block act %}{% when quote.trial_until %}{{ super() }}{% endwhen %}{% endblock %}"
    )
    ((code, place, says),) = told(f"{SUBSCRIBE}.payment.html", {"templates/steps/payment.html": template})

    assert (code, place) == ("missing-part", "templates/steps/payment.html:1:81")
    assert "what is due now" in says


@pytest.mark.parametrize(
    ("files", "line"),
    [
        ({"templates/parts/recap.html": "{% macro bar(q) %}{% endmacro %}{% macro title(a) %}{% endmacro %}"
          "{% macro aside(q, t) %}{% endmacro %}"}, "templates/parts/recap.html:1:1"),
    ],
)  # fmt: skip
def test_a_part_of_pages_that_was_replaced_is_where_it_is_told(told, files, line):
    ((code, place, says),) = told(f"{SUBSCRIBE}.payment.html", files)

    assert (code, place) == ("missing-part", line)
    assert "what is due later" in says


@pytest.mark.parametrize(
    ("inside", "code", "says"),
    [
        ('<img src="https://a.example/x.png" alt="">', "foreign-origin", "<img> asks for"),
        ('<img src="//a.example/x.png" alt="">', "foreign-origin", "<img> asks for"),
        ('<img src="data:image/png;base64,AA==" alt="">', "foreign-origin", "<img> asks for"),
        ('<img src="/logo.png" alt="">', "foreign-origin", "no file of the theme"),
        ('<img src="/a/x.png" srcset="https://a.example/x.png 2x" alt="">', "foreign-origin", "<img> asks for"),
        ('<video poster="https://a.example/x.png"></video>', "foreign-origin", "<video> asks for"),
        ('<a href="/portal" ping="https://a.example/">{{ site.name }}</a>', "foreign-origin", "`ping` tells"),
        ('<link rel="preconnect" href="https://a.example">', "foreign-origin", "<link> asks for"),
        ('<meta http-equiv="refresh" content="0; url=https://a.example">', "foreign-origin", "`http-equiv` decides"),
        ('<script src="https://a.example/x.js"></script>', "foreign-origin", "<script> asks for"),
        ('<form method="get" action="https://a.example"></form>', "foreign-form", "<form> sends"),
        ('<form method="get" action="//a.example"></form>', "foreign-form", "<form> sends"),
        (
            '<form method="get"><button formaction="https://a.example">.</button></form>',
            "foreign-form",
            "<button> sends",
        ),
        ('<meta name="viewport" content="width=device-width, user-scalable=no">', "disabled-zoom", "keeps people from"),
        ('<meta name="viewport" content="maximum-scale=1; width=9">', "disabled-zoom", "keeps people from"),
        ('<img src="{{ asset("icno.svg") }}" alt="">', "missing-asset", 'there is no "icno.svg"'),
        ("{{ site.name | safe }}", "unescaped-output", "`safe` places words"),
        ("{% filter safe %}x{% endfilter %}", "unescaped-output", "`safe` places words"),
        ("{% autoescape false %}x{% endautoescape %}", "unescaped-output", "`autoescape` places words"),
    ],
)
def test_what_a_theme_may_not_bring_into_a_page_is_told_at_its_line(told, inside, code, says):
    block = f"{{% block main %}}{{{{ super() }}}}\n<p>.</p>{inside}\n{{% endblock %}}"
    words = f'{{% extends "plain:notice.html" %}}\n{block}\n'

    ((found, place, said),) = told("notice.gone.html", {"templates/notice.html": words})

    assert (found, place.rsplit(":", 1)[0]) == (code, "templates/notice.html:3")
    assert says in said


def test_a_block_that_nobody_has_is_told_with_its_nearest(told):
    words = '{% extends "plain:notice.html" %}\n\n{% block toools %}.{% endblock %}'

    ((code, place, says),) = told("notice.gone.html", {"templates/notice.html": words})

    assert (code, place) == ("unknown-block", "templates/notice.html:3:10")
    assert 'has no block "toools"' in says


def test_a_block_inside_of_another_is_new_and_may_be_filled_in_turn(told):
    words = '{% extends "plain:notice.html" %}{% block main %}{% block mine %}{% endblock %}{{ super() }}{% endblock %}'

    assert told("notice.gone.html", {"templates/notice.html": words}) == []


def sheet(words, layer=3):
    return css.Sheet("own.css", layer, words)


@pytest.mark.parametrize(
    "words",
    [
        "a:focus { outline: none }",
        "a:focus-visible { outline: 0 !important }",
        "a { outline: 0px }",
        "* { outline-style: none }",
        "a { outline-width: 0 } b:focus-visible { outline: 2px solid }",
        "a:focus-visible { outline: none; box-shadow: 0 0 0 2px red }",
        "a:focus-visible { outline: 2px solid transparent }",
        "a:focus-visible { outline: 2px solid transparent; box-shadow: none }",
        "@media (min-width: 1px) { .x { a:focus { outline: none } } }",
        ".x { &:focus { outline: none } }",
        "a{outline:none}a:focus:not(:focus-visible){outline:2px solid}",
    ],
)
def test_an_outline_that_is_taken_away_without_another_is_told(words):
    (problem,) = removed_focus.check((sheet(words),))

    assert problem.code == "removed-focus"
    assert words[problem.place.column - 1 :].startswith("outline")


@pytest.mark.parametrize(
    "words",
    [
        "a:focus-visible { outline: 2px solid }",
        "a { outline: none } a:focus-visible { outline: 2px solid red }",
        "a:focus:not(:focus-visible) { outline: none }",
        "a:focus-visible { outline: 2px solid transparent; box-shadow: 0 0 0 2px red }",
        ".row:focus-visible { outline: none } .row:focus-visible::after { outline: 2px solid }",
        "main:focus { outline: none } #main { outline: 0 } [tabindex='-1'] { outline: none }",
        "/* a { outline: none } */ b::before { content: 'a { outline: none }' }",
        "a { outline-offset: 0 } a { border: none }",
    ],
)
def test_an_outline_that_is_drawn_otherwise_is_not_told(words):
    assert list(removed_focus.check((sheet(words),))) == []


def test_an_outline_for_everything_counts_from_a_later_layer():
    removed, drawn = "a { outline: none }", ":focus-visible { outline: 2px solid }"

    assert list(removed_focus.check((sheet(removed, 1), sheet(drawn, 3)))) == []
    assert len(list(removed_focus.check((sheet(removed, 3), sheet(drawn, 1))))) == 1


def test_a_style_sheet_is_read_as_browsers_read_it():
    words = (
        "@import 'x';\n@media print { /* } */ a, b { color: red; background: url(a;b) }\n}\nc { content: '}' ; d: e }"
    )
    found = [(one.around, one.name, one.value, str(sheet(words).at(one.start))) for one in sheet(words).declarations]

    assert found == [
        ((), "@import 'x'", "", "own.css:1:1"),
        (("@media print", "a, b"), "color", "red", "own.css:2:31"),
        (("@media print", "a, b"), "background", "url(a;b)", "own.css:2:43"),
        (("c",), "content", "'}'", "own.css:4:5"),
        (("c",), "d", "e", "own.css:4:20"),
    ]


def test_what_is_shipped_keeps_the_contract(monkeypatch):
    """It is not looked at when a merchant's pages are made: here it is, as if somebody had brought it."""
    look, orders = shipped_theme()[0], [order for order in orders_of(site()) if order.box is None]
    monkeypatch.setattr(shipped, "THEMES", ROOT / "nowhere")

    assert list(made(look, orders)) == []
    assert len(contract.Held(site(), look).sources.own) > 50
    assert len(list(css.sheets(look))) > 10


def test_every_rule_of_the_contract_has_a_code_a_bad_case_a_good_twin_and_a_page():
    rules = {file.stem for file in (ROOT / "generator" / "compiler" / "bake" / "contract").glob("*.py")}
    rooms = {"__init__", "css", "must", "page", "parts", "sources", "tree"}
    page = (ROOT / "docs" / "problems.md").read_text(encoding="utf-8")
    for rule in rules - rooms:
        slug = rule.replace("_", "-")
        section = page.partition(f"\n## {slug}\n")[2].partition("\n## ")[0]
        assert slug in CODES
        assert f"[{slug}]\n" in (ROOT / "tests" / "cases" / "bad" / f"{slug}.out").read_text(encoding="utf-8")
        assert (ROOT / "tests" / "cases" / "good" / slug).is_dir()
        assert "Nothing is said of this:" in section
