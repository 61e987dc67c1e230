"""The states, provinces and prefectures that an address is in, where its country's addresses have one."""

from collections.abc import Callable

from generator.engine import regions
from generator.engine.postal.formats import Area, format_of


def areas(country: str, language: str) -> tuple[tuple[str, str], ...]:
    """Code and name of each, as a reader of the language looks for them."""
    format = format_of(country)
    own = language.partition("-")[0] in {known.partition("-")[0] for known in format.languages}
    named = [(area.code, area.name if own else area.latin) for area in format.areas]
    return tuple(sorted(named, key=lambda pair: (regions.plain(pair[1]), pair[0])))


def area(country: str, words: str) -> str:
    """The code of the one that is meant, by its code, its sign or any of its names; else nothing."""
    known = format_of(country).areas
    by: tuple[Callable[[Area], str], ...] = (
        lambda one: one.code,
        lambda one: one.code.partition("-")[2],
        lambda one: one.sign,
        lambda one: one.name,
        lambda one: one.latin,
    )
    for spelling in by:
        found = [one.code for one in known if regions.plain(spelling(one)) == regions.plain(words)]
        if len(found) == 1:
            return found[0]
    return ""


def listed(country: str) -> bool:
    """Whether there is something to choose from."""
    return bool(format_of(country).areas)


def sign(country: str, words: str, latin: bool) -> str:
    """What stands on an envelope for it; words that are none of ours stay as they are."""
    code = area(country, words)
    found = next((one for one in format_of(country).areas if one.code == code), None) if code else None
    if found is None:
        return words
    return found.latin if latin and not found.sign.isascii() else found.sign
