"""No character turns the direction of what follows: customers would read something else than who reviews the file."""

import re
from collections.abc import Iterator

from generator.compiler import lines
from generator.model.place import Place
from generator.model.problem import Problem

_TURNS = re.compile("[\u202a-\u202e]|\\\\u(?:202[a-eA-E])")
"""As it is, or as an escape between double quotes."""

_ISOLATES = re.compile("[\u2066-\u2069]")


def check(text: str, label: str) -> Iterator[Problem]:
    """What is set off from its surroundings, and closed again on its line, turns nothing else."""
    if text.isascii() and "\\u202" not in text:
        return
    for number, line in enumerate(lines.split(text), 1):
        for found in (*_TURNS.finditer(line), *_unclosed(line)):
            says = (
                "an invisible character turns the direction of the text behind it: customers read it in another order"
            )
            hint = "take it out; the page knows itself which words go from right to left"
            yield Problem(
                "turned-text", Place(label, number, found.start() + 1, found.end() - found.start()), says, hint
            )


def _unclosed(line: str) -> Iterator[re.Match[str]]:
    """Isolates that nothing closes, and what closes none."""
    open_: list[re.Match[str]] = []
    for found in _ISOLATES.finditer(line):
        if found[0] != "\u2069":
            open_.append(found)
        elif open_:
            open_.pop()
        else:
            yield found
    yield from open_
