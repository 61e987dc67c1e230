"""An address as it is written on paper in its country: which lines, in which order, what in capital letters."""

import re
import unicodedata
from collections.abc import Iterator, Mapping

from generator.engine.postal.areas import sign
from generator.engine.postal.formats import format_of
from generator.model.customer import BillingInfo


def lines(billing: BillingInfo) -> tuple[str, ...]:
    """Name, company and address, without the name of the country."""
    format = format_of(billing.country)
    latin = _in_latin_letters(billing.address_line1 + billing.city)
    region = sign(billing.country, billing.region, latin)
    said = {
        "N": billing.name,
        "O": billing.company,
        "A": "\n".join(filter(None, (billing.address_line1, billing.address_line2))),
        "C": _capitals(billing.city, billing.country) if "city" in format.capitals else billing.city,
        "S": "" if region.casefold() == billing.city.casefold() else region,
        "Z": billing.postal_code.upper() if "postal_code" in format.capitals else billing.postal_code,
    }
    if "region" in format.capitals:
        said["S"] = _capitals(said["S"], billing.country)
    written = "\n".join(_line(line, said) for line in (format.latin if latin else format.lines))
    return tuple(filter(None, [*written.split("\n"), *_left_out(format.lines, said)]))


def _line(line: str, said: Mapping[str, str]) -> str:
    """One line; what stands before something that is not there is left out, too."""
    if "%" not in line:
        return line
    made, before = "", ""
    for piece in re.split("(%.)", line):
        if not piece.startswith("%"):
            before = piece
        elif value := said.get(piece[1], ""):
            made += (before if made or before.strip(" ,-") else "") + value
    return made


def _left_out(lines: tuple[str, ...], said: Mapping[str, str]) -> Iterator[str]:
    """What is known and has no place in the country's lines: better on one of its own than lost."""
    place = "".join(lines)
    town = " ".join(value for letter, value in said.items() if letter in "ZC" and value and f"%{letter}" not in place)
    if town:
        yield town


def _in_latin_letters(words: str) -> bool:
    return all(unicodedata.name(letter, "").startswith("LATIN") for letter in words if letter.isalpha())


def _capitals(words: str, country: str) -> str:
    """As the country's language writes them: Turkish keeps its dots, Greek loses its accents."""
    if country in ("TR", "AZ"):
        words = words.replace("i", "İ").replace("ı", "I")
    words = words.upper()
    if country in ("GR", "CY"):
        bare = unicodedata.normalize("NFD", words)
        words = unicodedata.normalize("NFC", "".join(one for one in bare if one != "\u0301"))
    return words
