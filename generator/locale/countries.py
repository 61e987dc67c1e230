"""The countries of the world under the names that CLDR gives them."""

import unicodedata
from functools import cache

from babel import Locale

from generator.model.countries import CODES


def name(code: str, locale: Locale) -> str:
    """`FR` in English is `France`; a code without a name stays as it is."""
    return str(locale.territories.get(code, code))


@cache
def sorted_by_name(locale: Locale) -> tuple[tuple[str, str], ...]:
    """Every code with its name, in the order in which a reader of the language looks for them, accents put aside."""
    named = [(code, name(code, locale)) for code in CODES]
    return tuple(sorted(named, key=lambda pair: (_plain(pair[1]), pair[0])))


def _plain(word: str) -> str:
    letters = unicodedata.normalize("NFD", word.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
