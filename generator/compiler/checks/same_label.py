"""Two fields of one page have two labels: nobody could say which of the two to fill in (WCAG 2.4.6)."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from generator.model.place import Place
from generator.model.problem import Problem
from generator.model.rule import ALWAYS
from generator.model.site import Site
from generator.model.workflow import Field


def check(site: Site) -> Iterator[Problem]:
    """Of two fields that one customer may be asked, as far as the definition says their labels itself."""
    for fields in site.forms:
        yield from _check(fields, site.languages)


def _check(fields: Sequence[Field], languages: Sequence[str]) -> Iterator[Problem]:
    for first, second in combinations(fields, 2):
        alike = next((one for one in languages if _label(first, one) and _label(first, one) == _label(second, one)), "")
        if alike and (ALWAYS in (first.when, second.when) or first.when == second.when):
            says = f'"{second.id}" has the same label as "{first.id}" on its page'
            yield Problem("same-label", _place(second, alike), says, "say in each what is to be typed", "warning")


def _label(field: Field, language: str) -> str:
    phrase = field.label.phrase(language) if field.label else None
    return " ".join(phrase.says.split()).casefold() if phrase else ""


def _place(field: Field, language: str) -> Place:
    phrase = field.label.phrase(language) if field.label else None
    return phrase.place if phrase else field.place
