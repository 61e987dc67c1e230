"""Each kind of page has a style sheet without what it has no use for, and nothing that it has a use for is lost."""

import re

import cssselect2
import html5lib
import pytest
import tinycss2

from generator.bundle import pagefile
from generator.compiler.bake.batch import Batch
from generator.compiler.bake.fitted import Words, kept, words_of
from generator.compiler.bake.material import gathered
from generator.compiler.bake.orders import kind_of
from generator.compiler.bake.smaller import settled, small
from generator.compiler.build import site_of
from tests.support.town import ROOT


def words(*whole):
    return Words(frozenset(whole), tuple(word for word in whole if word.endswith("-")))


@pytest.mark.parametrize(
    ("sheet", "left"),
    [
        (".a { b: c } .x { b: c }", ".a { b: c }"),
        ("p.a, .x, .a .x { b: c }", "p.a, .x, .a .x { b: c }"),
        (".x, .a .x, x.a { b: c }", ""),
        (".a:hover > p::before, .x { b: c }", ".a:hover > p::before, .x { b: c }"),
        (".a:not(.x):has(.y, .z:is(q)) { b: c }", ".a:not(.x):has(.y, .z:is(q)) { b: c }"),
        ("[data-x='.y'] { b: c }", "[data-x='.y'] { b: c }"),
        (".saved-card { b: c } .save { b: c }", ".saved-card { b: c }"),
        ("#x { b: c } #a { b: c }", "#a { b: c }"),
        (":root { --x: 1 } * { b: c } html, body { b: c }", ":root { --x: 1 } * { b: c } html, body { b: c }"),
        ("@media (x) { .x { b: c } .y { b: c } }", ""),
        ("@media (x) { .x { b: c } .a { b: c } }", "@media (x) { .a { b: c } }"),
        ("@layer l { @media (x) { .a { b: c } .x { b: c } } } .x { b: c }", "@layer l { @media (x) { .a { b: c } } }"),
        ("@layer one, two; @font-face { src: url(a;b) }", "@layer one, two; @font-face { src: url(a;b) }"),
        (".a { .x { b: c } &:hover { b: c } d: e }", ".a { &:hover { b: c } d: e }"),
        (".x { .a { b: c } d: e } .a { b: '}.x{' }", ".a { b: '}.x{' }"),
        ("@keyframes k { from { b: c } 50% { b: c } }", "@keyframes k { from { b: c } 50% { b: c } }"),
        (".a { b: c; ; }", ".a { b: c; ; }"),
    ],
)  # fmt: skip
def test_a_rule_stays_where_anything_that_it_is_for_may_be(sheet, left):
    found = "".join(kept(sheet, words("a", "p", "saved-")))

    assert "".join(found.split()) == "".join(left.split())


@pytest.fixture(scope="module")
def made():
    """The material of the demo, and a page of each template as it was baked."""
    file = ROOT / "examples" / "demo" / "workflows.yaml"
    problems = []
    site, _ = site_of(file, "workflows.yaml")
    material = gathered(site, file.parent, "", problems)
    pages = {order.kind.template: order for order in material.orders if kind_of(order.kind.template) and not order.box}
    batch = Batch(site, material, problems)
    baked = batch.some(("en", order) for order in pages.values())
    bodies = {order.kind.template: pagefile.write(body) for _, order, body, _ in baked}
    assert problems == []
    return material, bodies


def rules(sheet):
    """Every rule with a selector, by what it says, however deep it stands."""
    return list(_rules(tinycss2.parse_stylesheet(sheet, skip_whitespace=True, skip_comments=True)))


def _rules(nodes):
    for node in nodes:
        if node.type == "qualified-rule":
            yield tinycss2.serialize(node.prelude), tinycss2.serialize(node.content)
        elif node.type == "at-rule" and node.content is not None and node.at_keyword not in ("font-face", "keyframes"):
            yield from _rules(tinycss2.parse_rule_list(node.content, skip_whitespace=True, skip_comments=True))


def test_no_rule_is_lost_that_meets_an_element_of_a_page(made):
    """Of the pages with all branches that they have: whatever a customer may see is there."""
    material, bodies = made
    whole = rules(small(material.files.whole))
    kinds = ("steps", "payment", "portal", "bills", "form", "account", "entry")
    served = {kind: rules(sheet(material, kind)) for kind in kinds}

    assert all(len(found) < len(whole) * 0.9 for found in served.values())
    for template, html in bodies.items():
        there = {prelude for prelude, _ in served[kind_of(template)]}
        root = cssselect2.ElementWrapper.from_html_root(html5lib.parse(html, namespaceHTMLElements=False))
        lost = {prelude for prelude, _ in whole if prelude not in there}
        assert len(lost) > 20
        for prelude in lost:
            found = cssselect2.compile_selector_list(at_most(prelude))
            assert not any(element.matches(one) for one in found for element in root.iter_subtree()), (
                template,
                prelude,
            )


ASKED = r":[\w-]+\([^()]*(?:\([^()]*\)[^()]*)*\)|::?[\w-]+"


def at_most(prelude):
    """Whatever is asked of an element beside its name, its classes and where it stands holds."""
    return re.sub(rf"(?<![\w\])*-])({ASKED})+", "*", re.sub(rf"(?<=[\w\])*-])({ASKED})+", "", prelude))


def test_what_is_written_smaller_says_the_same(made):
    whole = made[0].files.whole
    written = small(whole)

    assert list(map(said, rules(written))) == list(map(said, rules(whole)))
    assert len(written) < len(whole) * 0.85


def said(rule):
    """A rule without white space where it means nothing."""
    prelude, content = rule
    declared = [
        (one.name, plain(tinycss2.serialize(one.value)), one.important)
        for one in tinycss2.parse_blocks_contents(content, skip_whitespace=True, skip_comments=True)
    ]
    return plain(prelude), declared


def plain(words):
    return re.sub(r"\s*([,>+~(])\s*|\s+(?=\))", r"\1", " ".join(words.split()))


def sheet(material, kind):
    kinds = {"steps": "steps/done.html", "payment": "steps/payment.html", "form": "steps/form.html"}
    more = {"portal": "portal/subscriptions.html", "bills": "portal/invoices.html", "account": "portal/text.html"}
    template = {**kinds, **more}.get(kind, "notice.html")
    return material.files.files[material.files.address("style.css", template).rpartition("/")[2]].decode()


def test_what_templates_and_scripts_name_is_kept(made):
    found = words_of(made[0].theme, "steps")

    assert all(word in found for word in ("faulty", "step-payment", "method", "table", "top", "recap"))
    assert not any(word in found for word in ("whole-row", "account-rows", "saved-card"))


@pytest.mark.parametrize(
    ("sheet", "written"),
    [
        ("a  :is(b, c) > d {\n  e : f ;\n  g: h;\n}\n", "a :is(b,c) > d{e :f;g:h}"),
        (".a { content: ';  }' ; b: calc(1px + 2px) }", ".a{content:';  }';b:calc(1px + 2px)}"),
        (
            '@media (a: b) and (c > 1px) { d { e: url( "f  g.png" ) } }',
            '@media (a:b) and (c > 1px){d{e:url( "f  g.png" )}}',
        ),
        ("a { --x: ; b: c !important }", "a{--x:;b:c !important}"),
    ],
)
def test_white_space_goes_only_where_it_means_nothing(sheet, written):
    assert small(sheet) == written


@pytest.mark.parametrize(
    ("sheet", "written"),
    [
        (":root{--a:1px;--b:2px}x{y:var(--a) calc(var(--a) + 1px)}", "x{y:1px calc(1px + 1px)}"),
        (":root{--a:1px}@media (m){:root{--a:2px}}x{y:var(--a)}", None),
        (":root{--a:1px}x{--a:2px}z{y:var(--a)}", None),
        ("x{--a:1px}x z{y:var(--a)}", None),
        (":root{--a:1px;--b:var(--a)}x{y:var(--b)}", "x{y:1px}"),
        (":root{--font-of-texts:'A; }',sans-serif;--c:0}x{y:var(--c,1px)}", ":root{--c:0}x{y:var(--c,1px)}"),
        (":root{--kept:1px}x{y:var(--kept)}", None),
        (":root{--long:a-value-that-is-much-longer}x{y:var(--long)}z{y:var(--long)}p{y:var(--long)}", None),
        (":root{color-scheme:light;--a:1px}@media (m){:root{--b:1px}}", ":root{color-scheme:light}@media (m){}"),
    ],
)
def test_a_token_is_written_out_where_it_is_always_the_same(sheet, written):
    assert settled(sheet, {"kept"}) == (sheet if written is None else written)
