"""A character that nobody sees does what nobody knows: a name with it is another name, a word is not found."""

import re
import unicodedata
from collections.abc import Iterator

from generator.compiler import lines
from generator.model.place import Place
from generator.model.problem import Problem

_UNSEEN = re.compile("[\u061c\u115f\u1160\u180e\u200b-\u200f\u2060-\u2064\u3164\ufeff\uffa0\U000e0000-\U000e007f]+")
_MARKS = "\u061c\u200e\u200f"
_FLAG = "\U0001f3f4"


def check(text: str, label: str) -> Iterator[Problem]:
    """They stand where scripts need them: between letters that are not Latin, in emoji, beside words from the right."""
    if text.isascii():
        return
    for number, line in enumerate(lines.split(text), 1):
        for found in _UNSEEN.finditer(line) if not line.isascii() else ():
            if not _needed(line, found):
                name = unicodedata.name(found[0][0], f"U+{ord(found[0][0]):04X}").lower()
                says = f"here stands a character that nobody sees: {name}"
                place = Place(label, number, found.start() + 1, len(found[0]))
                yield Problem("invisible-character", place, says, "take it out", "warning")


def _needed(line: str, found: re.Match[str]) -> bool:
    before, behind = line[: found.start()][-1:], line[found.end() :][:1]
    if found[0][0] >= "\U000e0000":
        return before == _FLAG
    if set(found[0]) <= set(_MARKS) and any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in line):
        return True
    return any(letter and not _latin(letter) for letter in (before, behind))


def _latin(letter: str) -> bool:
    """Whether it is a Latin letter, a digit or a sign: nothing that an invisible character joins or parts."""
    return letter.isascii() or unicodedata.name(letter, "").startswith("LATIN ") or letter in "’“”«»–—…°€"
