"""How wide words are, and where they break: nothing in a picture may run over its edge, whatever the font."""

import unicodedata
from collections.abc import Iterator

_WIDTHS = {
    "'ijl": 28,
    "IJ ,./:;\\|f-": 36,
    "()[]t!r": 41,
    '"*_`szc?': 55,
    "LFkvxyP": 60,
    "TYaoeESbdghnpqu$0123456789{}": 64,
    "KAVBRXZC": 70,
    "UHNDGOQ&": 79,
    "w#+<=>^~M": 86,
    "%mW@": 100,
}
"""Hundredths of the height of a line, after DejaVu Sans: the widest of the fonts that people are likely to have."""

_WIDTH = {letter: width for letters, width in _WIDTHS.items() for letter in letters}
_BOLD, _OTHER, _WIDE = 1.14, 90, 105


def width(words: str, size: float, bold: bool = False) -> float:
    """How wide the words are at most."""
    return sum(map(_letter, words)) * size / 100 * (_BOLD if bold else 1)


def wrapped(words: str, size: float, room: float, bold: bool = False) -> list[str]:
    """The words in lines that have room; a word that has none by itself is broken."""
    lines = [""]
    for word in words.split():
        for part in _broken(word, size, room, bold):
            longer = f"{lines[-1]} {part}".lstrip()
            if width(longer, size, bold) <= room:
                lines[-1] = longer
            else:
                lines.append(part)
    return [line for line in lines if line]


def _broken(word: str, size: float, room: float, bold: bool) -> Iterator[str]:
    while word:
        fits = len(word)
        while fits > 1 and width(word[:fits], size, bold) > room:
            fits -= 1
        yield word[:fits]
        word = word[fits:]


def _letter(letter: str) -> int:
    if letter in _WIDTH:
        return _WIDTH[letter]
    if unicodedata.combining(letter):
        return 0
    plain = unicodedata.normalize("NFD", letter)[0]
    if plain in _WIDTH:
        return _WIDTH[plain]
    return _WIDE if unicodedata.east_asian_width(letter) in "WF" or letter in "…—" else _OTHER
