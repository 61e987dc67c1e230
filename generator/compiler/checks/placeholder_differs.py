"""A text has the same values and links in every language."""

from collections.abc import Iterator

from generator.compiler.sentence import Anchor, BadPhrase, Hole, parts
from generator.model.problem import Problem, Related
from generator.model.site import Site
from generator.model.text import Phrase, Text


def check(site: Site) -> Iterator[Problem]:
    """What one language puts in, and another does not, was most often lost in translation."""
    for text in site.texts:
        yield from _check(text, site.languages)


def _check(text: Text, languages: tuple[str, ...]) -> Iterator[Problem]:
    phrases = [phrase for language in languages if (phrase := text.phrase(language))]
    try:
        has = {phrase.language: _has(phrase) for phrase in phrases}
    except BadPhrase:
        return  # told where the text is baked
    for phrase in phrases:
        for other in phrases:
            missing = [one for one in has[other.language] if one not in has[phrase.language]]
            if missing:
                says = f"this text says {', '.join(missing)} in {other.language}, and not in {phrase.language}"
                related = (Related(other.place, f"this is the text in {other.language}"),)
                hint = "add it, or take it out of the other"
                yield Problem("placeholder-differs", phrase.place, says, hint, "warning", related)
                break


def _has(phrase: Phrase) -> list[str]:
    """Its values, whatever their format, and its links by where they lead: the words are the language's own."""
    found = []
    for part in parts(phrase.says):
        if isinstance(part, Hole):
            found.append(f"{{{part.name}}}")
        elif isinstance(part, Anchor):
            found.append(f"[…]({part.document})")
    return found
