"""A language that no theme speaks, brought whole by the file of texts beside a definition."""

from collections.abc import Iterator, Mapping

from generator.compiler.sentence import Anchor, BadPhrase, Hole, parts
from generator.compiler.theme.phrases import Counted, Saying, Texts
from generator.locale import speech
from generator.model.nearest import suggestion
from generator.model.problem import Problem
from generator.model.text import Phrase


def brought(model: Texts, said: Mapping[str, Phrase], language: str, problems: list[Problem]) -> Texts:
    """All that there is to say, as the merchant says it; `model` is the same in a language that the theme speaks.

    What says nothing that there is to say is told where it stands. Of what is missing `tongue.lacking` tells.
    """
    texts: dict[str, Saying] = {}
    for key, saying in model.items():
        spoken = _saying(key, saying, said, language)
        if spoken is not None:
            texts[key] = spoken
    known = {one for key, saying in model.items() for one in keys(key, saying, language)}
    counts = {f"{key}.plural" for key, saying in model.items() if isinstance(saying, Counted)}
    for key, phrase in said.items():
        if key not in known | counts:
            says = f'the theme has no text "{key}" to be said in {language}'
            problems.append(Problem("unknown-text", phrase.place, says, suggestion(key, known)))
    for key, saying in texts.items():
        problems += _differs(key, saying, model[key], language)
    return texts


def _saying(key: str, saying: Saying, said: Mapping[str, Phrase], language: str) -> Saying | None:
    if not isinstance(saying, Counted):
        return said.get(key)
    forms = {form: said[f"{key}.{form}"] for form in speech.plural_categories(language) if f"{key}.{form}" in said}
    return Counted(saying.count, forms, next(iter(forms.values())).place) if forms else None


def keys(key: str, saying: Saying, language: str) -> tuple[str, ...]:
    """The keys under which a text is said in a language: one for each number that it tells apart."""
    if not isinstance(saying, Counted):
        return (key,)
    return tuple(f"{key}.{form}" for form in speech.plural_categories(language))


def _differs(key: str, saying: Saying, model: Saying, language: str) -> Iterator[Problem]:
    """A text has the values and links that it has elsewhere; what is said for one number may leave the number out."""
    wanted = set().union(*map(_holes, _forms(model)))
    count = model.count if isinstance(model, Counted) else ""
    for phrase in _forms(saying):
        try:
            has = _holes(phrase)
        except BadPhrase:
            continue  # told where the text is baked
        lost = sorted(wanted - has - {f"{{{count}}}"})
        if lost:
            says = f'"{key}" says {", ".join(lost)}, and not in {language}'
            yield Problem("placeholder-differs", phrase.place, says, "add it", "warning")


def _forms(saying: Saying) -> tuple[Phrase, ...]:
    return tuple(saying.forms.values()) if isinstance(saying, Counted) else (saying,)


def _holes(phrase: Phrase) -> set[str]:
    """Its values, whatever their format, and its links by where they lead."""
    named = (part for part in parts(phrase.says) if isinstance(part, Hole | Anchor))
    return {f"{{{part.name}}}" if isinstance(part, Hole) else f"[…]({part.document})" for part in named}
