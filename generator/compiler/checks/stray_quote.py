"""A quotation mark that was meant for the file is shown to customers."""

from collections.abc import Iterator

from generator.model.problem import Problem
from generator.model.site import Site
from generator.model.text import Phrase

_PAIRS = {"“": "”", "„": "“", "”": "”", "‘": "’", "«": "»"}
"""Marks that some programs put where YAML needs plain ones."""


def check(site: Site) -> Iterator[Problem]:
    """Half a pair at an end of a text, or marks around all of it in one language and not in the others."""
    for text in site.texts:
        phrases = [phrase for phrase in text.phrases if phrase.language in site.languages]
        for phrase in phrases:
            if stray := _stray(phrase, phrases):
                says = f"customers would read `{stray}` in this text: it encloses nothing"
                hint = 'put plain quotation marks around all of it, "like this", or take the mark away'
                yield Problem("stray-quote", phrase.place, says, hint, "warning")


def _stray(phrase: Phrase, phrases: list[Phrase]) -> str:
    says = phrase.says.strip()
    if says.count('"') == 1 and (says.startswith('"') or (says.endswith('"') and not _inches(says, phrases))):
        return '"'
    if _enclosed(says) and any(not _enclosed(other.says.strip()) for other in phrases):
        return says[0]
    return ""


def _inches(says: str, phrases: list[Phrase]) -> bool:
    """Behind a number the mark means inches, unless another language ends with the same number and no mark."""
    number = says[-2:-1]
    return number.isdigit() and not any(phrase.says.strip().endswith(number) for phrase in phrases)


def _enclosed(says: str) -> bool:
    return len(says) > 1 and _PAIRS.get(says[0]) == says[-1]
