"""Every way of writing a value out in one language, under the names that texts and templates use."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time, get_timezone_gmt
from babel.numbers import format_decimal, format_percent, get_decimal_symbol, get_group_symbol

from generator.locale import countries, money

FORMATS = ("", "money", "date", "time", "iso", "number", "percent", "plural", "country", "flag", "present")
"""`iso` is a day for machines; `percent` takes hundredths of a percent; `flag` answers true or false; `present` whether
there is a value at all."""


@cache
def formats(language: str) -> Mapping[str, Callable[[Any], str]]:
    """The ways of writing, for a BCP 47 language tag."""
    locale = locale_of(language)
    return {
        "": str,
        "money": lambda value: money.say(value, locale),
        "date": lambda value: _day(value, locale),
        "iso": lambda value: str(value.isoformat()),
        "time": lambda value: _time(value, locale),
        "number": lambda value: str(format_decimal(value, locale=locale)),
        "percent": lambda value: str(
            format_percent(Decimal(value).scaleb(-4), locale=locale, decimal_quantization=False)
        ),
        "plural": lambda value: str(locale.plural_form(value)),
        "country": lambda value: countries.name(value, locale),
        "flag": lambda value: "true" if value else "false",
        "present": lambda value: "false" if value is None else "true",
    }


@cache
def locale_of(language: str) -> Locale:
    """Babel's idea of the language. Raises `ValueError` where CLDR has none."""
    try:
        return Locale.parse(language, sep="-")
    except UnknownLocaleError as unknown:
        raise ValueError(f"{language!r} is no language that CLDR knows") from unknown


def separators(language: str) -> tuple[str, str]:
    """What stands in a number before its decimals, and between its thousands."""
    locale = locale_of(language)
    return get_decimal_symbol(locale), get_group_symbol(locale)


def plural_categories(language: str) -> tuple[str, ...]:
    """The forms that the language tells apart when it counts, `other` last: English `one`, `other`."""
    return (*sorted(locale_of(language).plural_form.tags), "other")


def direction(language: str) -> str:
    """`ltr` or `rtl`."""
    return str(locale_of(language).text_direction)


_FAMILY_FIRST = frozenset(("hu", "ja", "ko", "vi", "yue", "zh"))
"""CLDR's `nameOrderLocales`, which Babel does not carry."""


def family_first(language: str) -> bool:
    """Whether the family name comes before the given one."""
    return language.partition("-")[0] in _FAMILY_FIRST


def own_name(language: str) -> str:
    """What a language calls itself: `français`."""
    return str(locale_of(language).get_display_name() or language)


def _day(value: date, locale: Locale) -> str:
    return str(format_date(value, format="long", locale=locale))


def _time(value: datetime, locale: Locale) -> str:
    """The minute of a moment in its own zone, and which zone that is."""
    zone = get_timezone_gmt(value, width="long", locale=locale)
    return f"{format_time(value, format='short', tzinfo=value.tzinfo, locale=locale)} {zone}"
