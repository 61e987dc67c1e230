"""A text of several words that is the same in two languages was most often forgotten."""

import re
from collections.abc import Iterator

from generator.compiler.sentence import BadPhrase, parts
from generator.compiler.small_words import base, small
from generator.model.problem import Problem, Related
from generator.model.site import Site
from generator.model.text import Phrase

FEWEST = 3
"""Shorter ones may well be the same (T-shirt, Plan Pro), but for those that have a small word of one of the two."""

_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")


def check(site: Site) -> Iterator[Problem]:
    """Every language is held against the first. Variants of one language may say the same."""
    if not site.languages:
        return
    first, *others = site.languages
    names = {word.casefold() for word in _WORD.findall(f"{site.name} {site.seller.legal_name}")}
    for text in site.texts:
        original = text.phrase(first)
        for language in others:
            phrase = text.phrase(language)
            if not original or not phrase or base(language) == base(first):
                continue
            words = [word for word in _words(phrase) if word.casefold() not in names]
            small_ones = small(phrase, first, language) or small(phrase, language, first)
            certain = len(words) >= FEWEST or (words and small_ones)
            if phrase.says.strip() == original.says.strip() and certain:
                says = f"this text is the same in {language} as in {first}"
                related = (Related(original.place, f"this is the text in {first}"),)
                hint = f"say it in {language}"
                yield Problem("untranslated-text", phrase.place, says, hint, "warning", related)


def _words(phrase: Phrase) -> list[str]:
    """What it says beside its placeholders and links."""
    try:
        return [word for part in parts(phrase.says) if isinstance(part, str) for word in _WORD.findall(part)]
    except BadPhrase:
        return []  # told where the text is baked
