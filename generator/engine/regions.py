"""The regions of countries (ISO 3166-2, by pycountry): states, provinces, departments, cantons."""

import unicodedata
from functools import cache

import pycountry


@cache
def regions(country: str) -> tuple[tuple[str, str], ...]:
    """Code and name of each, in the order in which a reader looks for them; none where the country has no list."""
    found = pycountry.subdivisions.get(country_code=country) if country else None  # type: ignore[no-untyped-call]
    return tuple(sorted(((one.code, one.name) for one in found or ()), key=lambda pair: (plain(pair[1]), pair[0])))


def region(country: str, words: str) -> str:
    """The code of the region that is meant: by its code, with or without the country, or by its name; else nothing."""
    listed = regions(country)
    codes = {code for code, _ in listed}
    for code in (words.upper(), f"{country}-{words.upper()}"):
        if code in codes:
            return code
    named = [code for code, name in listed if plain(name) == plain(words)]
    return named[0] if len(named) == 1 else ""


def name(country: str, code: str) -> str:
    """What a region is called; words that are no code stay as they are."""
    return dict(regions(country)).get(code, code)


def plain(word: str) -> str:
    """Without accents and capitals."""
    letters = unicodedata.normalize("NFD", word.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
