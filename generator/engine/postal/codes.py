"""Postal codes: whether one is right in its country, and its usual way of writing."""

import re
import unicodedata
from collections.abc import Iterator
from string import ascii_uppercase

from generator.engine.postal.formats import format_of


def written(country: str, words: str) -> str:
    """The code as its country writes it: `sw1y4jh` is `SW1Y 4JH`; nothing where it is none of the country's.

    Where nobody says what is right, every code is good.
    """
    format = format_of(country)
    words = "".join(map(_digit, _DASHES.sub("-", unicodedata.normalize("NFKC", words)))).strip()
    if not format.pattern:
        return words
    return next((one for one in _ways(format.examples, words.upper()) if re.fullmatch(format.pattern, one)), "")


def example(country: str) -> str:
    """A code of the country; nothing where it has none."""
    return next(iter(format_of(country).examples), "")


_DASHES = re.compile("[\u2010-\u2015\u2212\u30fc]")
"""All that people write for a hyphen; the last one comes with a Japanese keyboard."""


def _ways(examples: tuple[str, ...], words: str) -> Iterator[str]:
    """With spaces and hyphens where the examples have them, and what they begin with (`LV-1073`), then as it was typed,
    then without the country that stands before it in letters from abroad (`D-10115`)."""
    for typed in (words, re.sub(r"^[A-Z]{1,3}[- ]+(?=[0-9])", "", words)):
        plain = _plain(typed)
        for one in examples:
            before = one[: len(one) - len(one.lstrip(ascii_uppercase))] if re.fullmatch("[A-Z]+-[0-9]+", one) else ""
            for whole in (plain, before + plain):
                if len(_plain(one)) == len(whole):
                    yield _like(one, whole)
        for one in examples[:1]:
            yield _like_from_the_end(one, plain)
        yield plain
        yield typed


def _digit(letter: str) -> str:
    """`١` and `१` are the number 1, and what a carrier reads."""
    return str(unicodedata.decimal(letter, letter))


def _plain(code: str) -> str:
    return re.sub(r"[\s-]", "", code)


def _like(example: str, plain: str) -> str:
    """With the example's separators at the same places."""
    letters = iter(plain)
    return "".join(sign if sign in " -" else next(letters) for sign in example)


def _like_from_the_end(example: str, plain: str) -> str:
    """The same counted from the end, for codes of several lengths: `M2 5BQ`, `EC1Y 8SY`."""
    *_, last = re.split("[ -]", example)
    behind = len(example) - len(last)
    if behind == 0 or len(plain) <= len(last):
        return plain
    return f"{plain[: -len(last)]}{example[behind - 1]}{plain[-len(last) :]}"
