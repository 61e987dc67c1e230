"""A style sheet as its declarations, each with what stands around it and where: enough to hold rules against it.

Read by CSS Syntax, level 3: comments and quoted words hold no braces, and rules may stand in rules.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from generator import shipped
from generator.compiler import lines
from generator.compiler.theme import CASCADE, Theme
from generator.model.place import Place

_QUOTED = re.compile(r"""("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')|/\*.*?(?:\*/|\Z)""", re.DOTALL)
_PIECE = re.compile(r"""([{};])|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|url\([^)"']*\)""", re.DOTALL)


@dataclass(frozen=True)
class Declaration:
    """`around` are the selectors and at-rules in which it stands, the outermost first; of a statement such as `@import`
    `name` is all of it, and `value` empty."""

    around: tuple[str, ...]
    name: str
    value: str
    start: int


@dataclass(frozen=True)
class Sheet:
    """A style sheet that a theme brings itself; `layer` is its number in the cascade, -1 for paper."""

    label: str
    layer: int
    words: str

    @cached_property
    def declarations(self) -> tuple[Declaration, ...]:
        return tuple(_declarations(_QUOTED.sub(_blank, self.words)))

    def at(self, start: int, length: int = 1) -> Place:
        """The place of what begins at this character."""
        starts = lines.starts(self.words)
        line = bisect_right(starts, start)
        return Place(self.label, line, start - starts[line - 1] + 1, length)


def sheets(theme: Theme) -> Iterator[Sheet]:
    """Those that the theme names and that are not shipped, in the order of the cascade."""
    named = [(number, name) for number, layer in enumerate(CASCADE) for name in theme.listed("styles", layer)]
    for number, name in (*named, *((-1, name) for name in theme.listed("prints"))):
        file = theme.asset(str(name.value))
        if file is not None and not file.is_relative_to(shipped.THEMES):
            yield Sheet(theme.named(file), number, file.read_text(encoding="utf-8", errors="replace"))


def _blank(found: re.Match[str]) -> str:
    """A comment is white space, and every character stays where it was."""
    return found[0] if found[1] else re.sub(r"[^\n]", " ", found[0])


def _declarations(words: str) -> Iterator[Declaration]:
    around: list[str] = []
    begun = 0
    for found in _PIECE.finditer(words):
        if not found[1]:
            continue
        said = words[begun : found.start()]
        if found[1] == "{":
            around.append(" ".join(said.split()))
        elif said.strip():
            yield _declaration(tuple(around), said, begun)
        if found[1] == "}" and around:
            around.pop()
        begun = found.end()


def _declaration(around: tuple[str, ...], said: str, begun: int) -> Declaration:
    start = begun + len(said) - len(said.lstrip())
    if said.lstrip().startswith("@"):
        return Declaration(around, " ".join(said.split()), "", start)
    name, _, value = said.partition(":")
    return Declaration(around, name.strip().lower(), " ".join(value.split()), start)
