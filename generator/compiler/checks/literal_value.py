"""A price or a day in a text stays as it is, whatever the catalog and the calendar say."""

import re
from collections.abc import Iterator

from generator.model.problem import Problem
from generator.model.site import Site

_NUMBER = r"\d(?:[\d.,\u00a0\u202f']*\d)?"
_SIGNS = "€$£¥₹₽₩₺₪"
_CODES = ("EUR", "USD", "GBP", "CHF")
"""Codes that are no words; `ALL 3 plans` and `TOP 10` are no amounts, although there are currencies of these names."""

_DAY = re.compile(r"(?<![\d./-])(0?[1-9]|1[0-2])[./](0?[1-9]|1[0-2])[./](?:19|20)\d\d(?![./-]?\d)")
"""A day of which some read the month first. Nobody reads `2026-06-05` or `31/12/2026` wrongly."""


def check(site: Site) -> Iterator[Problem]:
    """What changes with the catalog or is written in another way in each language is for a placeholder to write."""
    codes = "|".join({*_CODES, site.currency} - {""})
    amount = re.compile(
        rf"[{_SIGNS}]\s?{_NUMBER}|{_NUMBER}\s?[{_SIGNS}]|\b(?:{codes})\s{_NUMBER}|{_NUMBER}\s?(?:{codes})\b"
    )
    for phrase in site.phrases:
        if found := amount.search(phrase.says):
            says = (
                f'"{found[0].strip()}" stands in this text as it is: it changes with no price, and has one form for all'
            )
            hint = "where it is what the order costs, write a placeholder such as {quote.due_now, money}"
            yield Problem("literal-value", phrase.place, says, hint, "warning")
        elif (found := _DAY.search(phrase.says)) and found[1] != found[2]:
            says = f'"{found[0]}" is read as another day by who writes the month first'
            hint = "write the month as a word, or a placeholder with the format `date`"
            yield Problem("literal-value", phrase.place, says, hint, "warning")
