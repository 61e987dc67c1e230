"""How many cells of a terminal words take.

The rules that terminals agree on, and where they do not, those of Unicode's own table and of the ones that know emoji:
marks and joiners take none, wide letters two, and what is joined to one picture is as wide as one.
"""

import unicodedata
from collections.abc import Iterator

JOINER = "\u200d"
COLOURED = "\ufe0f"
"""Asks for the coloured form of the character before it, which is wide."""

TAB = 8


def cells(words: str, start: int = 0) -> int:
    """The cells that words take which begin in column `start`, counted from 0: a tab reaches to the next stop."""
    return sum(each(words, start))


def each(words: str, start: int = 0) -> Iterator[int]:
    """The cells that each character adds."""
    column, picture, joined = start, 0, False
    for letter in words:
        if letter == "\t":
            width = TAB - column % TAB
        elif picture and (joined or letter == COLOURED or "\U0001f3fb" <= letter <= "\U0001f3ff"):
            width = 0 if joined and letter != COLOURED else 2 - picture
        else:
            width = _width(letter)
        if picture and _goes_on(letter, joined):
            picture = min(2, picture + width)
        else:
            picture = width if _can_be_picture(letter) else 0
        joined = bool(picture) and letter == JOINER
        yield width
        column += width


def _goes_on(letter: str, joined: bool) -> bool:
    """Whether a character belongs to the picture before it: what is joined to it, or changes its form."""
    return joined or unicodedata.category(letter) in ("Mn", "Me", "Cf") or "\U0001f3fb" <= letter <= "\U0001f3ff"


def _can_be_picture(letter: str) -> bool:
    return letter in "#*0123456789" or (letter > "\x7f" and unicodedata.category(letter) == "So")


def _width(letter: str) -> int:
    if letter < "\u0300":
        return 1
    if unicodedata.category(letter) in ("Mn", "Me", "Cf") or "\u1160" <= letter <= "\u11ff":
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1
