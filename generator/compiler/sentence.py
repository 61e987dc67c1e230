"""Sentences with holes: `{quote.due_now, money}` puts a value in, `[words](terms)` links to a document of the site."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache


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
