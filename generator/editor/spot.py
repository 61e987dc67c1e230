"""Where in a file somebody points, and where in one that is not finished somebody writes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from generator.compiler import source
from generator.compiler.node import Entry, List, Map, Node, Scalar
from generator.editor.grammar import Step
from generator.model.place import Place

_HERE = "zzheredzz"
"""Stands for what is being written: a word that nobody writes."""

_WORD = re.compile(r"[\w.\-]*\Z")
_QUOTED = re.compile(r"""(?:(?<=[\s{\[,:])|\A)(?:"(?:\\.|[^"\\])*"|'(?:''|[^'])*')""")
_CLOSES = {"{": "}", "[": "]"}


@dataclass(frozen=True)
class Spot:
    """What somebody points at: a key, or a value. `path` leads to the value, through that key."""

    path: tuple[Step, ...]
    word: Scalar
    on_key: bool


def pointed(root: Node, line: int, column: int) -> Spot | None:
    """The key or plain value at a place."""
    return next((spot for spot in _spots(root, ()) if _covers(spot.word.place, line, column)), None)


def _spots(node: Node, path: tuple[Step, ...]) -> Iterator[Spot]:
    match node:
        case Scalar():
            yield Spot(path, node, on_key=False)
        case Map():
            for name, entry in node.entries.items():
                yield Spot((*path, name), entry.key, on_key=True)
                yield from _spots(entry.node, (*path, name))
        case List():
            for number, item in enumerate(node.items):
                yield from _spots(item, (*path, number))


def _covers(place: Place, line: int, column: int) -> bool:
    return place.line == line and place.column <= column <= place.column + place.length


def entry_at(root: Node | None, path: tuple[Step, ...]) -> Entry | None:
    """The key at the end of a path, and what stands under it."""
    entry = None
    for step in path:
        if isinstance(root, Map):
            entry = root.entries.get(str(step))
            root = entry.node if entry else None
        elif isinstance(root, List) and isinstance(step, int) and step < len(root.items):
            entry, root = None, root.items[step]
        else:
            return None
    return entry


@dataclass(frozen=True)
class Writing:
    """Where somebody writes: `path` leads to the map whose key it is, or to the value itself.

    `root` is what was written before.
    """

    path: tuple[Step, ...]
    is_key: bool
    begun: str
    root: Node


def written(words: str, offset: int) -> Writing | None:
    """What is being written at a place. All behind it is left out, so that half a line is no mistake."""
    before = words[:offset]
    begun = _WORD.search(before)
    assert begun is not None
    before = before[: begun.start()]
    for closing in _closings(before):
        for attempt, is_key in ((f"{_HERE}: x", True), (_HERE, False)):
            root = source.read_text(f"{before}{attempt}{closing}", "").node
            if root is None:
                continue
            for spot in _spots(root, ()):
                if spot.word.value == _HERE and spot.on_key == is_key:
                    return Writing(spot.path[:-1] if is_key else spot.path, is_key, begun[0], root)
    return None


_MOST_LINES = 12
"""How far above a bracket is looked for that is still open."""


def _closings(before: str) -> list[str]:
    """What may close the brackets that are open, by how many of the last lines are looked at."""
    above = before.split("\n")[-_MOST_LINES:]
    return list(dict.fromkeys(_open("\n".join(above[-count:])) for count in range(1, len(above) + 1)))


def _open(words: str) -> str:
    stack: list[str] = []
    for letter in re.sub(r"(?:(?<=\s)|\A)#.*", "", _QUOTED.sub("", words)):
        if letter in _CLOSES:
            stack.append(_CLOSES[letter])
        elif stack and letter == stack[-1]:
            stack.pop()
    return "".join(reversed(stack))
