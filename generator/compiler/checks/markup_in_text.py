"""A text is words and nothing else: markup in it would be shown as it is written."""

import re
from collections.abc import Iterator
from html.entities import name2codepoint

from generator.model.problem import Problem
from generator.model.site import Site

_TAGS = (
    "a abbr b big blockquote body br button center code div em embed font form h1 h2 h3 h4 h5 h6 hr html i iframe img "
    "input ins li link mark meta object ol p pre s script small span strong style sub sup svg table tbody td th tr u ul"
)
_TAG = re.compile(
    rf"""</?(?:{"|".join(_TAGS.split())})(?:\s+[a-z-]+\s*=\s*["'][^<>]*)?\s*/?>""",
    re.IGNORECASE,
)
"""An element of HTML, and no comparison: of `a < b` and of `<your name>` nothing is one."""

_ENTITY = re.compile(r"&(?:([A-Za-z]+[0-9]*)|#[0-9]{2,7}|#[xX][0-9a-fA-F]{2,6});")


def check(site: Site) -> Iterator[Problem]:
    """Pages say a text letter by letter; what it may hold beside words are placeholders and links to documents."""
    for phrase in site.phrases:
        if tag := _TAG.search(phrase.says):
            says = f"customers would read `{tag[0]}` in this text: it holds no markup"
            hint = "take it away; an empty line begins a paragraph, `[words](terms)` is a link"
            yield Problem("markup-in-text", phrase.place, says, hint, "warning")
        elif entity := next(filter(_is_one, _ENTITY.finditer(phrase.says)), None):
            says = f"customers would read `{entity[0]}` in this text: it holds no markup"
            yield Problem("markup-in-text", phrase.place, says, "write the character itself", "warning")


def _is_one(entity: re.Match[str]) -> bool:
    return entity[1] is None or entity[1] in name2codepoint
