"""The lines that people wrote, found by the names of their files, and with nothing in them that acts."""

import unicodedata
from collections.abc import Callable, Iterable
from pathlib import Path

from generator.compiler import lines as lines_
from generator.compiler.secret import masked

Lines = Callable[[str], list[str] | None]
"""A file's lines by what its places call it."""

LONGEST_LINE = 2000
"""A longer line is no line of a definition; programs get none of it, or every problem in it would be as long."""


def lines_of(roots: Iterable[Path]) -> Lines:
    """Looks files up by their names, below each of the folders in turn."""
    known: dict[str, list[str] | None] = {}
    folders = list(roots)

    def lines(file: str) -> list[str] | None:
        if file not in known:
            known[file] = next((_lines(root / file) for root in folders if (root / file).is_file()), None)
        return known[file]

    return lines


def _lines(path: Path) -> list[str]:
    try:
        return lines_.split(path.read_bytes().decode("utf-8-sig", errors="replace"))
    except OSError:
        return []


def line_at(lines: Lines, file: str, number: int) -> str | None:
    """One line, where the file has it; what is secret in it stays so."""
    written = lines(file)
    return masked(written[number - 1]) if written and 0 < number <= len(written) else None


def harmless(words: str) -> str:
    """The words with a picture in place of each character that a terminal would act on, or that has no form.

    A definition may hold escape sequences, and marks that turn the direction of everything behind them: shown as they
    are, they would rewrite the report. Each picture is one character, so places stay right.
    """
    return "".join(map(_picture, words)) if not words.isprintable() else words


def _picture(letter: str) -> str:
    if letter < " ":
        return chr(0x2400 + ord(letter))
    if letter == "\x7f":
        return "\u2421"
    if unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp") or letter in _TURNING:
        return "\ufffd"
    return letter


_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
