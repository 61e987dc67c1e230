"""Sentences with holes: `{quote.due_now, money}` puts a value in, `[words](terms)` links to a document of the site."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from generator.compiler.node import Map, Node, Scalar, plain
from generator.model.place import Place
from generator.model.problem import Problem
from generator.model.text import Phrase


@dataclass(frozen=True)
class Hole:
    """A value goes here; `format` is empty for the usual way of writing it."""

    name: str
    format: str


@dataclass(frozen=True)
class Anchor:
    """Words that lead to a document of `site.urls`."""

    words: str
    document: str


Part = str | Hole | Anchor


@dataclass(frozen=True)
class Counted:
    """A sentence for each plural category of its language, chosen by the number of this name."""

    count: str
    forms: Mapping[str, Phrase]
    place: Place


Saying = Phrase | Counted
Texts = Mapping[str, Saying]


class BadPhrase(ValueError):
    """The sentence cannot be read; says what to write instead."""


_HOLE = re.compile(r"\{\s*([a-z][a-z0-9_.]*)\s*(?:,\s*([a-z_]+)\s*)?\}")
_ANCHOR = re.compile(r"\[([^\[\]]+)\]\(([a-z_]+)\)")


@lru_cache(maxsize=10_000)
def parts(says: str) -> tuple[Part, ...]:
    """The sentence's parts. `{{` and `}}` stand for the braces themselves. Raises `BadPhrase`."""
    return tuple(_parts(says))


def _parts(says: str) -> Iterator[Part]:
    at, said = 0, ""
    while at < len(says):
        if says.startswith(("{{", "}}"), at):
            said, at = said + says[at], at + 2
        elif found := _HOLE.match(says, at):
            yield from filter(None, [said])
            yield Hole(found[1], found[2] or "")
            said, at = "", found.end()
        elif found := _ANCHOR.match(says, at):
            yield from filter(None, [said])
            yield Anchor(found[1], found[2])
            said, at = "", found.end()
        elif says[at] in "{}":
            raise BadPhrase(
                "write a name between braces, such as {plan.title} or {quote.due_now, money}; a brace as {{"
            )
        else:
            said, at = said + says[at], at + 1
    yield from filter(None, [said])


def collect(node: Node | None, language: str, problems: list[Problem]) -> Texts:
    """A texts file as sentences by dotted key: `summary: {title: …}` is `summary.title`."""
    return dict(_collect(node, language, "", problems)) if isinstance(node, Map) else {}


def _collect(node: Map, language: str, before: str, problems: list[Problem]) -> Iterator[tuple[str, Saying]]:
    for name, entry in node.entries.items():
        key = f"{before}{name}"
        match entry.node:
            case Scalar(value=str(says)):
                yield key, Phrase(language, says, entry.node.place)
            case Map() if "plural" in entry.node.entries:
                yield key, _counted(entry.node, language, entry.key.place)
            case Map():
                yield from _collect(entry.node, language, f"{key}.", problems)
            case _:
                says = f'"{name}" must be a text, and this is {plain(entry.node)!r}'
                problems.append(Problem("wrong-type", entry.key.place, says, "put it between quotes"))


def _counted(node: Map, language: str, place: Place) -> Counted:
    forms = {
        name: Phrase(language, entry.node.value, entry.node.place)
        for name, entry in node.entries.items()
        if name != "plural" and isinstance(entry.node, Scalar) and isinstance(entry.node.value, str)
    }
    count = node.entries["plural"].node
    return Counted(str(count.value) if isinstance(count, Scalar) else "", forms, place)
