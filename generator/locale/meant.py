"""Which language somebody means who writes its name, or its code in another way."""

from babel import Locale
from babel.localedata import locale_identifiers

from generator.locale import speech


def meant(word: str) -> str:
    """Its code, or nothing where no language is called so: `sv` for `svenska` and `Swedish`, `pt-BR` for `pt_BR`."""
    name = word.replace("_", "-").casefold()
    for code in (name, name.rpartition("-")[0]):
        try:
            return str(speech.locale_of(code)).replace("_", "-")
        except ValueError:
            continue
    codes = sorted(code for code in locale_identifiers() if "_" not in code)
    return next((code for code in codes if name in _names(code)), "")


def _names(code: str) -> set[str]:
    """What a language calls itself, and what it is called in English."""
    locale = Locale.parse(code)
    return {str(name).casefold() for name in (locale.get_display_name(code), locale.get_display_name("en")) if name}
