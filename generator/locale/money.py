"""Amounts as people write them, by CLDR."""

import re
from decimal import Decimal

from babel import Locale
from babel.numbers import format_currency, get_currency_precision, get_minus_sign_symbol, list_currencies

from generator.model.money import Money


class NotMoney(ValueError):
    """The words are no amount with a currency."""


def digits(currency: str) -> int:
    """How many digits a currency has behind the decimal point, as CLDR has it: EUR 2, JPY 0, KWD 3."""
    return get_currency_precision(currency)


def is_currency(code: str) -> bool:
    """Whether this is a currency code that people pay with."""
    return code in list_currencies("en")


def say(money: Money, locale: Locale) -> str:
    """`Money(4900, "EUR")` in English is `€49.00`, in French `49,00 €`.

    A minus is the language's own, as CLDR has it: that of Arabic stays before its digits.
    """
    amount = Decimal(money.minor).scaleb(-digits(money.currency))
    said = str(format_currency(amount, money.currency, locale=locale))
    return said.replace("-", get_minus_sign_symbol(locale), 1) if amount < 0 else said


def written(money: Money) -> str:
    """As authors and operators write it: `58.80 EUR`, which `read` reads back."""
    return f"{figures(money)} {money.currency}"


def figures(money: Money) -> str:
    """The same without the currency: `58.80`."""
    places = digits(money.currency)
    whole, rest = divmod(abs(money.minor), 10**places)
    sign = "-" if money.minor < 0 else ""
    return f"{sign}{whole}{f'.{rest:0{places}}' if places else ''}"


def read(words: str) -> Money:
    """What an author writes as `10.00 EUR`. Raises `NotMoney` with what to write instead."""
    number, _, currency = words.partition(" ")
    if not is_currency(currency):
        raise NotMoney('write an amount and a currency code, such as "10.00 EUR"')
    places = digits(currency)
    behind = rf"\.([0-9]{{{places}}})" if places else "()"
    if not (match := re.fullmatch(rf"(-?[0-9]{{1,15}}){behind}", number)):
        example = "10." + "0" * places if places else "10"
        raise NotMoney(f'write {currency} with {places} digits behind the point, such as "{example} {currency}"')
    return Money(int(match[1] + match[2]), currency)
