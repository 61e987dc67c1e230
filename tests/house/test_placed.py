"""A shipped theme only places a merchant's own words, and decides nothing by what they say.

So a page that came out well for one merchant does for another (`compiler/bake/known.py`).
"""

import pytest
from jinja2 import Environment, nodes

from generator import shipped
from generator.compiler.bake.known import PLACED
from generator.compiler.bake.tags import LiveTags

TEMPLATES = [file for theme in shipped.THEMES.iterdir() for file in sorted((theme / "templates").rglob("*.*"))]
SAYS = ("t", "said")
"""What may be handed a merchant's words, to say them in a text."""


def chain(node):
    """`site.seller.address` as its parts, `site.urls[document]` as those that are written out."""
    match node:
        case nodes.Name(name=name):
            return (name,)
        case nodes.Getattr(node=below, attr=part) if chain(below):
            return (*chain(below), part)
        case nodes.Getitem(node=below) if chain(below):
            return (*chain(below), "[]")
    return ()


def used(words):
    """Every name of the site in a template, as far as it is written out, with all that it is in."""
    found = []

    def go(node, above):
        parts = chain(node)
        if parts[:1] == ("site",):
            found.append((parts, node, above))
        elif isinstance(node, nodes.Node):
            for child in node.iter_child_nodes():
                go(child, [node, *above])

    go(Environment(extensions=[LiveTags]).parse(words), [])
    return found


def placed(parts, node, above):
    """Whether it is shown as it is, handed to a text, or only asked whether it is said."""
    if "[]" in parts and parts != ("site", "urls", "[]"):
        return False
    for parent in above:
        match parent:
            case nodes.Or() | nodes.And() | nodes.Not():
                node = parent
            case nodes.Output():
                return True
            case nodes.If(test=test) | nodes.CondExpr(test=test):
                return test is node
            case nodes.Keyword():
                node = parent
            case nodes.Call(node=nodes.Name(name=name)):
                return name in SAYS
            case nodes.Operand(op="in"):
                return parts == ("site", "urls")
            case nodes.Call(args=[nodes.Const()]) if parts == ("site", "workflow"):
                node = parent
            case _:
                return False
    return False


def misplaced(words):
    return [
        ".".join(parts)
        for parts, node, above in used(words)
        if (parts[1:] == () or parts[1] in (*PLACED, "workflow")) and not placed(parts, node, above)
    ]


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: "/".join(file.parts[-3:]))
def test_a_shipped_template_places_a_merchant_s_words_and_decides_nothing_by_them(file):
    assert misplaced(file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "words",
    [
        '{% if site.name == "Acme" %}x{% endif %}',
        "{{ site.name | upper }}",
        "{{ site.seller.address[0] }}",
        "{% set name = site.name %}",
        "{% set it = site %}",
        "{{ part(site.name) }}",
        "{% for url in site.urls %}x{% endfor %}",
        '{% if "x" in site.name %}x{% endif %}',
        '{% for step in site.workflow("pay_invoice").steps %}x{% endfor %}',
    ],
)
def test_whatever_does_more_with_them_is_found(words):
    assert misplaced(words)


def test_names_of_the_site_are_found_at_all():
    counted = {parts[1] for file in TEMPLATES for parts, *_ in used(file.read_text(encoding="utf-8")) if parts[1:]}

    assert {*PLACED, "workflow", "portal"} <= counted
