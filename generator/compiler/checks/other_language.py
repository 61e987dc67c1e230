"""A text stands under its own language: two that changed their places are read by nobody who should."""

from collections.abc import Iterator

from generator.compiler.small_words import WORDS, base, small
from generator.model.problem import Problem, Related
from generator.model.site import Site
from generator.model.text import Text


def check(site: Site) -> Iterator[Problem]:
    """Told where what is said in one language looks like the other, and what is said in the other does not."""
    known = [language for language in site.languages if base(language) in WORDS]
    for text in site.texts:
        for language in known:
            for other in known:
                if base(language) != base(other):
                    yield from _check(text, language, other)


def _check(text: Text, language: str, other: str) -> Iterator[Problem]:
    here, there = text.phrase(language), text.phrase(other)
    if here is None or there is None:
        return
    own, foreign = small(here, language, other), small(here, other, language)
    if foreign and not own and not small(there, other, language):
        says = f'this text stands under "{language}" and seems to be in {other}'
        related = (Related(there.place, f'this is the text under "{other}"'),)
        yield Problem("other-language", here.place, says, "let the two change places", "warning", related)
