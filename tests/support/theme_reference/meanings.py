"""What the code says of a class of live names and of each of its fields, and what kind of thing a name stands for."""

import ast
import inspect
import re
from collections import Counter
from functools import cache

from generator.compiler.bake.kinds import Kind, kind_of, names_of
from generator.model.live import live_of
from generator.model.pages import PAGES

ONE = {
    "text": "text",
    "url": "address",
    "number": "number",
    "flag": "true or false",
    "money": "amount",
    "date": "day",
    "moment": "moment",
}


@cache
def _source(one):
    return ast.parse(inspect.getsource(one)).body[0]


def says(one):
    """What a class is; empty where it does not say so itself."""
    return oneline(ast.get_docstring(_source(one)) or "")


@cache
def said(one):
    """Its own fields, in their order, each with its meaning. A thing without words of its own is what its class is."""
    found, kinds = {}, names_of(one)
    body = _source(one).body
    for line, below in zip(body, [*body[1:], None], strict=True):
        if isinstance(line, ast.AnnAssign):
            written = isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant)
            found[line.target.id] = oneline(below.value.value if written else _of_kind(kinds[line.target.id]))
    return found


def _of_kind(kind):
    of = kind_of(kind.of) if kind.sort in ("list", "map") else kind
    return says(of.of) if of.sort == "thing" else ""


def oneline(words):
    return " ".join(words.split())


def cell(words):
    """In a table."""
    return oneline(words).replace("|", "\\|")


def row(*cells):
    return f"| {' | '.join(map(cell, cells))} |"


def code(words):
    return f"`{words}`"


def table(*heads):
    return [f"| {' | '.join(heads)} |", "|---" * len(heads) + "|"]


def anchor(title):
    """Where GitHub puts a heading of this title."""
    return "#" + re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


def link(title):
    return f"[{title}]({anchor(title)})"


@cache
def things():
    """Everything that a live name may be or have below it, by what it is called here."""
    found, waiting = {}, [live_of(page) for page in PAGES]
    tops = set(waiting)
    while waiting:
        for kind in names_of(waiting.pop()).values():
            of = kind_of(kind.of) if kind.sort in ("list", "map") else kind
            if of.sort == "thing" and of.of not in found:
                found[of.of] = None
                waiting.append(of.of)
    assert not tops & set(found)
    names = Counter(one.__name__ for one in found)
    return {called(one, names): one for one in sorted(found, key=lambda one: (one.__name__, one.__module__))}


def called(one, names):
    """Its class, with the room where another has a class of the same name."""
    room = one.__module__.rpartition(".")[2]
    return one.__name__ if names[one.__name__] == 1 else f"{room}.{one.__name__}"


def in_words(kind):
    """What a live name is."""
    return f"{_whole(kind)}, or nothing" if kind.optional else _whole(kind)


def _whole(kind: Kind):
    match kind.sort:
        case "word":
            return "one of " + ", ".join(code(word or '""') for word in kind.words)
        case "thing":
            return link(next(name for name, one in things().items() if one is kind.of))
        case "list":
            return f"list of {_several(kind_of(kind.of))}"
        case "map":
            return f"map of {_several(kind_of(kind.of))}"
        case _:
            return ONE[kind.sort]


def _several(kind):
    return "true or false" if kind.sort == "flag" else _whole(kind) if kind.sort == "thing" else f"{_whole(kind)}s"
